"""The house style in the words that laying out a story needs: how sources are named, how much of a passage is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext

Order = Literal["cited", "alphabet"]
LeadIn = Literal["number", "source", "sources"]


@dataclass(frozen=True, slots=True)
class Style:
    """`passage_limit` is in characters; `spanish_mark` is what stands for Spanish after an outlet's name."""

    spanish_mark: str = "sp"
    order: Order = "cited"
    passage_limit: int = 300
    lead_in: LeadIn = "number"

    def language_mark(self, language: str) -> str:
        """What stands after an outlet's name: "sp" or "es" for any Spanish, else the language's own code.

        >>> Style().language_mark("es-MX"), Style().language_mark("en")
        ('sp', 'en')
        """
        code = language.split("-")[0].lower()
        return self.spanish_mark if code == "es" else code

    def excerpt(self, text: str, *, whole: int, limit: int | None = None) -> str:
        """A passage of a report of `whole` characters cut at a word, the ellipsis counted in; `limit` is the outlet's own.

        >>> Style(passage_limit=12).excerpt("No habrá cortes de agua.", whole=900)
        'No habrá…'

        A report's whole text is never shown, however short it is. Whether anything is, `rights` says.
        """
        words = " ".join(text.split())
        limit = min(self.passage_limit, whole - 1, self.passage_limit if limit is None else limit)
        if len(words) <= limit:
            return words
        if limit < 2:
            return ""
        kept = words[: limit - 1]
        if not words[limit - 1].isspace():
            kept = kept.rpartition(" ")[0] or kept
        return kept.rstrip(" ,;:") + "…"

    def sources_word(self, count: int) -> str:
        """ "Source" or "Sources", as the house counts."""
        singular = self.lead_in == "source" or (self.lead_in == "number" and count == 1)
        return gettext("Source") if singular else gettext("Sources")
