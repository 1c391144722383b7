"""Ways from the account's page to what other rooms keep for a reader.

What there is, this room cannot know: whoever has such a page registers a function with LINKS_HOOK.
"""

from __future__ import annotations

from typing import NamedTuple

from wagtail import hooks

from careo.readers.models import Reader

LINKS_HOOK = (
    "account_links"  # a function of the reader → AccountLinks, none where there is nothing for that reader
)


class AccountLink(NamedTuple):
    words: str
    address: str


def links_for(reader: Reader) -> list[AccountLink]:
    return [link for tell in hooks.get_hooks(LINKS_HOOK) for link in tell(reader)]
