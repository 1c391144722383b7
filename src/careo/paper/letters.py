"""An e-mail edition as a mail: text, and the same in HTML that mail programs of all kinds can show.

HTML in mails knows no stylesheets of ours, hence the inline styles of `paper/mail/edition.html`. It loads nothing but
the first story's picture, from the paper's own address, and is whole without it. Of a closed story it tells what all
may read: `Story.shown(PUBLIC)` names the sources of the open part alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation

from careo.edge.variants import PUBLIC
from careo.paper.addresses import address_of, full
from careo.paper.composing import Composition
from careo.paper.front import front
from careo.paper.listing import Teaser, teasers
from careo.paper.mail_models import edition_path
from careo.stories.models import Story

PICTURE = "fill-1200x675|format-jpeg"  # shown at half the size, sharp on dense screens too; no mail program lacks JPEG


@dataclass(frozen=True)
class Item:
    """What the mail tells of a story; `day` is when it first appeared, `sources` a whole line or empty."""

    headline: str
    standfirst: str
    section: str
    day: datetime | None
    link: str
    is_closed: bool
    sources: str
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Letter:
    """A mail to be written out for each reader. `page` is where the edition stands on the web."""

    paper: str
    language: str
    composition: Composition
    items: tuple[Item, ...]
    page: str

    @property
    def subject(self) -> str:
        return self.composition.subject

    @property
    def paragraphs(self) -> list[str]:
        """The introduction's."""
        return [
            part.strip()
            for part in self.composition.introduction.replace("\r", "").split("\n\n")
            if part.strip()
        ]

    def text(self, *, leave: str) -> str:
        """`leave`: the address at which the reader at hand ends it."""
        return self._drawn("paper/mail/edition.txt", leave)

    def html(self, *, leave: str) -> str:
        return self._drawn("paper/mail/edition.html", leave)

    def _drawn(self, template: str, leave: str) -> str:
        with translation.override(self.language):
            return render_to_string(template, {"letter": self, "leave": leave})


def letter(composition: Composition) -> Letter:
    """The mail of an edition, its stories looked up once for all readers."""
    frame = front()
    told = teasers(composition.stories)
    items = tuple(_item(teaser, pictured=place == 0) for place, teaser in enumerate(told))
    page = full(edition_path(composition.day, composition.period))
    return Letter(" ".join(frame.name.split()), frame.language, composition, items, page)


def _item(teaser: Teaser, *, pictured: bool) -> Item:
    story = teaser.story
    picture = story.lead_picture if pictured else None
    return Item(
        headline=" ".join(story.title.split()),
        standfirst=" ".join(story.standfirst.split()),
        section=teaser.section.title if teaser.section else "",
        day=story.first_published_at,
        link=address_of(story),
        is_closed=story.is_closed,
        sources=_sources(story),
        picture=full(picture.get_rendition(PICTURE).url) if picture else "",
        alt=story.lead_alternative if picture else "",
    )


def _sources(story: Story) -> str:
    shown = story.shown(PUBLIC)
    named = ", ".join(f"{source.outlet} ({source.mark})" for source in shown.sources)
    return f"{shown.sources_word}: {named}" if named else ""
