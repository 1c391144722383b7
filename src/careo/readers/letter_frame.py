"""The HTML beside a letter that is written as text alone: its paragraphs, with what leads to our own pages as links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

SIGNATURE = "-- \n"  # what mail programs cut off in a text; HTML has no such sign


@dataclass(frozen=True)
class Paragraph:
    text: str

    @property
    def is_link(self) -> bool:
        """Of others' addresses none is made a link: what was typed by somebody may stand in a letter."""
        return re.fullmatch(rf"{re.escape(settings.CAREO_ADDRESS)}/\S*", self.text) is not None


def framed(subject: str, text: str) -> str:
    """The letter as a page of HTML, everything in it escaped."""
    paragraphs = [Paragraph(one) for one in _paragraphs(text)]
    return render_to_string("readers/letters/frame.html", {"subject": subject, "paragraphs": paragraphs})


def _paragraphs(text: str) -> Iterator[str]:
    for one in re.split(r"\n\s*\n", text.strip()):
        if kept := one.removeprefix(SIGNATURE).strip():
            yield kept
