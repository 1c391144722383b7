"""Where quoted words lie, marks included: “ ” " « » „ ‘ ’ and the Spanish dash of speech.

A quotation that runs over several paragraphs is opened again at each and closed once at the end; each paragraph's part
is one `Quotation`, and `continues` says that the part goes on where the last one broke off. Marks without a partner are
left alone, except an opening mark whose paragraph ends before it is closed.

>>> text = "“One,” said Ibarra. “Two.\\n\\n“Three.”"
>>> [(text[q.start : q.end], q.continues) for q in quotations(text)]
[('“One,”', False), ('“Two.', False), ('“Three.”', True)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from careo.reading.paragraphs import paragraphs
from careo.reading.types import Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch in quotation marks, within one paragraph; `start` is at the opening mark, `end` after the closing."""

    start: int
    end: int
    closed: bool
    continues: bool


# Two single marks in a row are one double mark, typed by old systems.
_MARK = re.compile("''|``|[“”\"«»„‟‘’'‹›]")
_DOUBLED = {"''": '"', "``": '"'}
_CLOSERS = {"“": "”", "«": "»", "„": "“”", "‟": "”", "‘": "’", "‹": "›"}
_OPENING_CONTEXT = " \t\n\r\xa0([{—–-/¿¡“«\"'‘:"


def quotations(text: str, within: tuple[Span, ...] | None = None) -> tuple[Quotation, ...]:
    """All outermost quotations in order."""
    found: list[Quotation] = []
    open_before = False
    for paragraph in paragraphs(text) if within is None else within:
        parts, open_before = _of_paragraph(text, paragraph, open_before)
        found.extend(parts)
    return tuple(found)


def _of_paragraph(text: str, paragraph: Span, open_before: bool) -> tuple[list[Quotation], bool]:
    """The paragraph's quotations, and whether the last one is still open at its end."""
    if _is_speech(text, paragraph):
        return [Quotation(paragraph.start, paragraph.end, True, False)], False
    found: list[Quotation] = []
    opened: int | None = None
    mark = ""
    if open_before and _goes_on(text, paragraph):
        opened, mark = paragraph.start, '"' if text.find('"', paragraph.start, paragraph.end) >= 0 else "“"
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        at, character = match.start(), _DOUBLED.get(match.group(), match.group())
        if opened is None:
            if _opens(text, paragraph, at, match.end(), character):
                opened, mark = at, character
        elif _closes(text, paragraph, at, match.end(), character, mark):
            found.append(_quotation(opened, match.end(), True, open_before and opened == paragraph.start))
            opened = None
    still_open = opened is not None and mark not in "'‘" and (mark in "“«„" or opened == paragraph.start)
    if still_open and opened is not None:
        found.append(_quotation(opened, paragraph.end, False, open_before and opened == paragraph.start))
    return found, still_open


def _goes_on(text: str, paragraph: Span) -> bool:
    """Whether the paragraph's first mark closes what the one before left open: a text broken into a line a sentence."""
    first = next(
        (m for m in _MARK.finditer(text, paragraph.start, paragraph.end) if m.group() not in _SINGLE), None
    )
    if first is None or first.group() not in ('"', "”", "''"):
        return False
    mark = _DOUBLED.get(first.group(), first.group())
    return mark == "”" or not _opens(text, paragraph, first.start(), first.end(), mark)


_SINGLE = frozenset("‘’'‹›")


def _is_speech(text: str, paragraph: Span) -> bool:
    """A paragraph that opens with the dash of speech: “—No habrá cortes —dijo Olmedo—.” A list's dash has a space."""
    second = text[paragraph.start + 1 : paragraph.start + 2]
    return text[paragraph.start] in "—–" and (second.isalpha() or second in ("¿", "¡"))


def _quotation(start: int, end: int, closed: bool, continues: bool) -> Quotation:
    return Quotation(start, end, closed, continues)


def _before(text: str, paragraph: Span, at: int) -> str:
    return text[at - 1] if at > paragraph.start else " "


def _after(text: str, paragraph: Span, end: int) -> str:
    return text[end] if end < paragraph.end else " "


# How far a plural's apostrophe ("the workers’ pay") looks for the mark that closes in its stead, in characters.
_AHEAD = 300


def _closes_later(text: str, paragraph: Span, end: int, character: str) -> bool:
    return text.find(character, end, min(paragraph.end, end + _AHEAD)) >= 0


def _opens(text: str, paragraph: Span, at: int, end: int, mark: str) -> bool:
    before, after = _before(text, paragraph, at), _after(text, paragraph, end)
    if mark in "“«„‟":
        return True
    if mark in "\"'‘":
        return (
            not after.isspace()
            and before in _OPENING_CONTEXT
            and (mark == '"' or after.isalnum() or after in '¿¡“"')
        )
    # Spanish papers close and open with the same » at the head of a paragraph that goes on.
    return mark == "»" and at == paragraph.start


def _closes(text: str, paragraph: Span, at: int, end: int, character: str, mark: str) -> bool:
    before, after = _before(text, paragraph, at), _after(text, paragraph, end)
    if mark == '"':
        return character in '"”' and not (before.isspace() and after.isalnum())
    if mark in "'‘":
        ends = character in "'’" and not after.isalnum() and not before.isspace()
        return ends and not (before == "s" and _closes_later(text, paragraph, end, character))
    if mark == "»":
        return character == "»"
    if mark == "“" and character == '"':
        return not before.isspace()
    return character in _CLOSERS[mark]
