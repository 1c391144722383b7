"""The head of the forum's pages: how many notices wait for the reader. Only for who came through the door.

What is reckoned for a request is kept with it, so that a thread's page asks once. Without `begin` nothing is asked and
nothing is shown: outsiders are answered in the same frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from careo.forum import telling

if TYPE_CHECKING:
    from careo.forum.listing import ShownThread
    from careo.readers.models import Reader

READER, UNSEEN = "_forum_reader", "_forum_unseen"


def begin(request: HttpRequest, reader: Reader) -> None:
    """The gate let the reader in."""
    setattr(request, READER, reader)


def see(request: HttpRequest, shown: ShownThread) -> None:
    """The reader is shown these posts: what is told of them is seen. After `seen.see`, on which followed threads rest."""
    reader: Reader = getattr(request, READER)
    posts = [one.post.pk for one in shown.posts]
    setattr(request, UNSEEN, telling.see_posts(reader, telling.unseen(reader), posts))


def unseen(request: HttpRequest) -> telling.Unseen | None:
    """What waits; None for who is not let in."""
    reader = getattr(request, READER, None)
    if reader is None:
        return None
    if not hasattr(request, UNSEEN):
        setattr(request, UNSEEN, telling.unseen(reader))
    found: telling.Unseen = getattr(request, UNSEEN)
    return found
