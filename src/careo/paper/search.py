"""Search in what all may read: headline, standfirst and the open part of each story, which is all that is indexed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from django.core.paginator import Page, Paginator
from wagtail.search.backends import get_search_backend
from wagtail.search.query import PlainText
from wagtail.search.utils import normalise_query_string

from careo.paper.listing import A_PAGE, Teaser, in_its_time, teasers
from careo.reading.folding import fold
from careo.stories.models import Story

LONGEST = 200  # characters: no reader types more, and the database's parser should not be asked to
WORDS = 12  # each word is one more join of the index
MOST = 200  # stories looked at; who looks for more should say more


@dataclass(frozen=True)
class Query:
    """What was asked for. `words` is what is looked up, empty where nothing is left of it."""

    text: str
    words: str
    page: str

    @classmethod
    def asked(cls, form: Mapping[str, str]) -> Query:
        text = " ".join(normalize("NFC", form.get("q", "")).replace("\0", " ").split())[:LONGEST].strip()
        letters = "".join(letter if letter.isalnum() else " " for letter in text)
        return cls(text, " ".join(normalise_query_string(letters).split()[:WORDS]), form.get("page", "1"))

    def found(self) -> Page[Teaser] | None:
        """The page of results asked for, best first; None where nothing was asked."""
        if not self.words:
            return None
        return Paginator(teasers(self._stories()), A_PAGE).get_page(self.page)

    def _stories(self) -> list[Story]:
        # The index cannot be asked about hours of expiry, and knows the order: so they are looked at afterwards.
        stories = Story.objects.live().public()
        typed = PlainText(self.words, operator="and") | PlainText(fold(self.words), operator="and")
        best = get_search_backend().search(typed, stories)[:MOST]
        return [story for story in best if in_its_time(story)]
