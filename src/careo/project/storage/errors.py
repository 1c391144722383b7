"""What can be the matter with a store of files. All are OSErrors, as a disk's troubles are: who keeps a file minds those."""

from __future__ import annotations

from careo.project.storage.address import StoreAddress

_WAIT = "What was not finished was not kept; try again in a minute."


class StoreTrouble(OSError):
    """The store cannot be used; the sentence says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StoreUnreachable(StoreTrouble):
    def __init__(self, address: StoreAddress) -> None:
        super().__init__(f"The store of pictures and snapshots ({address}) cannot be reached. {_WAIT}")


class StoreRefuses(StoreTrouble):
    def __init__(self, address: StoreAddress) -> None:
        super().__init__(
            f"The store of pictures and snapshots ({address}) refuses the paper's key; "
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to one that may read, write and delete there."
        )


class BucketMissing(StoreTrouble):
    def __init__(self, address: StoreAddress) -> None:
        super().__init__(
            f"The store of pictures and snapshots has no {address}; make it, or set CAREO_STORAGE_URL to one that is there."
        )


class OpenToAll(StoreTrouble):
    """Snapshots are other people's pages, kept and never published."""

    def __init__(self, address: StoreAddress) -> None:
        super().__init__(
            f"Anybody may read in {address} without a key, and snapshots must never be public; "
            "close it to all but the paper's key. Pictures need no open bucket: the paper hands them out itself."
        )


class PictureAway(Exception):
    """A picture cannot be read, for the reason that it comes of. No OSError: Wagtail takes one for a picture that is missing,
    and would draw, and the page store keep, a page without it."""

    def __init__(self, trouble: StoreTrouble) -> None:
        super().__init__(trouble.sentence)


class NameTaken(StoreTrouble):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is in the store already, with something else in it; nothing was changed.")
