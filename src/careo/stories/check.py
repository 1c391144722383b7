"""The check before publishing: what an editor should look at in a story, in the order of the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from careo.press.models import Report
from careo.reading.errors import UnknownLanguage
from careo.reading.support import check as check_support
from careo.stories.findings import StoryFinding
from careo.stories.shown import Shown, marks_in, statements_in
from careo.stories.storytext import place_of, story_text

TITLE, STANDFIRST = "title", "standfirst"

if TYPE_CHECKING:
    from careo.stories.models import Story


def check(story: Story) -> tuple[StoryFinding, ...]:
    """All findings on the story as it stands in memory, saved or not. Reads the database, changes nothing."""
    blocking = frozenset(story.house_style().blocking)
    whole = story.shown("subscriber")
    return (
        *_lead_picture(story, blocking),
        *_pictures(whole, blocking),
        *_remarks(story, whole, blocking),
        *_lost_citations(story, blocking),
        *_rights(story, whole, blocking),
        *_support(story, whole, blocking),
    )


def repeats(alt: str, caption: str) -> bool:
    """Does the alt text say no more than the caption? Case, accents, punctuation and spaces apart.

    >>> repeats("Rosa Ibarra at the harbour gate.", "Rosa Ibarra, at the harbour gate")
    True
    >>> repeats("A woman speaks through a loudhailer", "Rosa Ibarra at the harbour gate")
    False
    """
    said = _bare(alt)
    return bool(said) and said in _bare(caption)


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def _lead_picture(story: Story, blocking: frozenset[str]) -> Iterator[StoryFinding]:
    if story.lead_picture:
        yield from _picture("lead_picture", story.lead_caption, story.lead_alternative, blocking)


def _pictures(shown: Shown, blocking: frozenset[str]) -> Iterator[StoryFinding]:
    for block in shown.blocks:
        if block.kind == "picture" and block.picture:
            yield from _picture(block.key, block.caption, block.alt, blocking)


def _picture(place: str, caption: str, alt: str, blocking: frozenset[str]) -> Iterator[StoryFinding]:
    if not alt.strip():
        yield _finding(
            "alt-missing", place, "", "Say what is to be seen, for those who cannot see it.", blocking
        )
    elif repeats(alt, caption):
        yield _finding(
            "alt-repeats-caption",
            place,
            alt,
            "The caption names who and what; let the alt text say what is to be seen.",
            blocking,
        )
    if not caption.strip():
        yield _finding("caption-missing", place, "", "Say who and what this is, where and when.", blocking)


def _remarks(story: Story, shown: Shown, blocking: frozenset[str]) -> Iterator[StoryFinding]:
    """Remarks face to face that readers of the story's language are left alone with."""
    ours = story.written_in.split("-")[0]
    for block in shown.blocks:
        for remark in block.remarks:
            if not remark.translation and remark.language.split("-")[0] != ours:
                message = "Write our translation below it, if your readers may not understand it."
                yield _finding("translation-missing", block.key, remark.wording, message, blocking)


def _lost_citations(story: Story, blocking: frozenset[str]) -> Iterator[StoryFinding]:
    kept = {
        (passage.report.pk, passage.begin, passage.end)
        for cited in story.shown("subscriber").citations
        for passage in cited.passages
    }
    for place, words, mark in marks_in(story.body):
        if (mark.report, mark.begin, mark.end) not in kept:
            message = f"There is no passage {mark.begin}–{mark.end} in report {mark.report}; choose it anew."
            yield _finding("citation-lost", place, words, message, blocking)


def _rights(story: Story, shown: Shown, blocking: frozenset[str]) -> Iterator[StoryFinding]:
    """Of each outlet without a basis one finding, where it is first told; of each withheld passage one."""
    asked: set[int] = set()
    for place, words, report, withheld in [*_cited(shown), *_faced(story, shown)]:
        outlet = report.outlet
        if not outlet.has_basis and outlet.pk not in asked:
            asked.add(outlet.pk)
            message = (
                f"Readers will see of {outlet.name} only its name, the link and the day. Say on the outlet's page by "
                "what right its words may be shown."
            )
            yield _finding("outlet-without-basis", place, words, message, blocking)
        if withheld:
            message = f"Since {withheld} readers are not shown what {outlet.name} printed here."
            yield _finding("passage-withheld", place, words, message, blocking)


Told = tuple[str, str, Report, date | None]


def _cited(shown: Shown) -> Iterator[Told]:
    """Block, words of the story, report and since when it is withheld, of each cited passage."""
    by_number = {cited.number: cited for cited in shown.citations}
    for block in shown.blocks:
        for piece in (piece for pieces in block.paragraphs for piece in pieces if piece.number):
            for passage in by_number[piece.number or 0].passages:
                yield block.key, piece.text, passage.report, passage.public.withheld_on


def _faced(story: Story, shown: Shown) -> Iterator[Told]:
    """The same of each remark face to face, whose words are the outlet's and not repeated."""
    remarks = [(block.key, remark) for block in shown.blocks for remark in block.remarks]
    for (key, remark), statement in zip(remarks, statements_in(story.body), strict=True):
        yield key, "", statement.report, remark.withheld_on


def _support(story: Story, shown: Shown, blocking: frozenset[str]) -> Iterator[StoryFinding]:
    above = [(TITLE, story.title), (STANDFIRST, story.standfirst)]
    language = story.written_in.split("-")[0]
    text, places = story_text(shown, above=above, language=language, published=_appears_on(story))
    try:
        found = check_support(text)
    except UnknownLanguage as error:
        yield _finding(
            "not-checked", "", "", f"{error} Compare the words with their passages yourself.", blocking
        )
        return
    for one in found:
        place = place_of(one.span, places)
        words = text.text[one.span.start : one.span.end]
        if place not in (TITLE, STANDFIRST) or not _told_below(one.kind, words, shown):
            yield StoryFinding(one.kind, one.kind in blocking, place, words, one.message, one.passages)


def _told_below(kind: str, words: str, shown: Shown) -> bool:
    """Whether a finding on the headline or standfirst is the body's to answer for.

    They cannot carry a citation; what they repeat from the body is looked at there, beside the passages it rests on.
    What they alone say must stand in a passage of the story.
    """
    return kind == "attribution-without-citation" or _bare(words) in _bare(shown.text)


def _appears_on(story: Story) -> date:
    """The day from which the story's own "yesterday" counts."""
    moment = story.go_live_at or story.first_published_at
    return timezone.localdate(moment) if moment else timezone.localdate()


def _finding(kind: str, place: str, words: str, message: str, blocking: frozenset[str]) -> StoryFinding:
    return StoryFinding(kind, kind in blocking, place, words, message)
