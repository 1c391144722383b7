"""What changed between two texts of a story: line by line, and within a line word by word.

A line is a headline, a paragraph, a passage cited: its kind and its words. Of each changed line the words that stayed,
went and came are told in their order, so that either text can be read off again.

>>> old, new = [Line("headline", "Cuts on Monday")], [Line("headline", "No cuts on Monday")]
>>> [(words.what, words.text) for words in compare(old, new)[0].words]
[('gone', 'Cuts '), ('new', 'No cuts '), ('same', 'on Monday')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

What = Literal["same", "gone", "new"]

# Each of them stands once at most, and is the same line however its words change.
HEADS = ("headline", "standfirst", "byline", "dateline", "caption")
ALIKE = 0.4  # of the words in common, from which on a paragraph is the other one changed, not another one
MOST_WORDS = (
    2_000  # of two lines together: beyond, words are not compared, since the time goes with their product
)
MOST_PAIRS = 400  # of lines compared with each other where a stretch of text was written anew


@dataclass(frozen=True, slots=True)
class Line:
    """`language` is given where it is not the story's own."""

    kind: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    what: What
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A line as it became: `words` in the order of the text, what went before what came."""

    kind: str
    words: tuple[Words, ...]
    language: str = ""

    @property
    def what(self) -> Literal["same", "gone", "new", "changed"]:
        found = {words.what for words in self.words}
        return found.pop() if len(found) == 1 else "changed"


@dataclass(frozen=True, slots=True)
class Account:
    """In short: which of the lines above the text changed, how many of the text's own, and whether passages did."""

    heads: tuple[str, ...]
    changed: int
    added: int
    removed: int
    passages: bool


def compare(old: Sequence[Line], new: Sequence[Line]) -> tuple[Changed, ...]:
    """The new text with what became of the old: heads first, then the text, then the passages it rests on."""
    heads = (line for kind in HEADS for line in _one(_of(old, kind), _of(new, kind)))
    texts = _many(_text(old), _text(new))
    return (*heads, *texts, *_many(_of(old, "passage"), _of(new, "passage")))


def account(changed: Sequence[Changed]) -> Account:
    text = [line.what for line in changed if line.kind not in (*HEADS, "passage")]
    return Account(
        heads=tuple(line.kind for line in changed if line.kind in HEADS and line.what != "same"),
        changed=text.count("changed"),
        added=text.count("new"),
        removed=text.count("gone"),
        passages=any(line.kind == "passage" and line.what != "same" for line in changed),
    )


def _of(lines: Sequence[Line], kind: str) -> list[Line]:
    return [line for line in lines if line.kind == kind]


def _text(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.kind not in (*HEADS, "passage")]


def _one(old: list[Line], new: list[Line]) -> Iterator[Changed]:
    if old and new:
        yield _beside(old[0], new[0])
    else:
        yield from (_whole("gone", line) for line in old)
        yield from (_whole("new", line) for line in new)


def _many(old: list[Line], new: list[Line]) -> Iterator[Changed]:
    found = SequenceMatcher(None, old, new, autojunk=False)
    for what, begin, end, start, stop in found.get_opcodes():
        if what == "equal":
            yield from (_whole("same", line) for line in new[start:stop])
        else:
            yield from _stretch(old[begin:end], new[start:stop])


def _stretch(old: list[Line], new: list[Line]) -> Iterator[Changed]:
    """Each new line beside the first old one behind the last that is like it; what is like nothing went, or came."""
    at = 0
    for line in new:
        beside = _like(line, old, at) if len(old) * len(new) <= MOST_PAIRS else None
        if beside is None:
            yield _whole("new", line)
        else:
            yield from (_whole("gone", left) for left in old[at:beside])
            yield _beside(old[beside], line)
            at = beside + 1
    yield from (_whole("gone", left) for left in old[at:])


def _like(line: Line, old: list[Line], at: int) -> int | None:
    for place in range(at, len(old)):
        if old[place].kind == line.kind and _alike(old[place].text, line.text):
            return place
    return None


def _alike(old: str, new: str) -> bool:
    before, after = old.split(), new.split()
    if len(before) + len(after) > MOST_WORDS:
        return False
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= ALIKE


def _words(old: str, new: str) -> tuple[Words, ...]:
    before, after = _cut(old), _cut(new)
    if old != new and len(before) + len(after) > MOST_WORDS:
        return (Words("gone", old), Words("new", new))
    told: list[Words] = []
    for what, begin, end, start, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, came = "".join(before[begin:end]), "".join(after[start:stop])
        told += [Words("same", came)] if what == "equal" else [Words("gone", gone), Words("new", came)]
    return tuple(words for words in told if words.text)


def _cut(text: str) -> list[str]:
    """Words, each with the space behind it."""
    return re.findall(r"\S+\s*|^\s+", text)


def _whole(what: What, line: Line) -> Changed:
    return Changed(line.kind, (Words(what, line.text),), line.language)


def _beside(old: Line, new: Line) -> Changed:
    return Changed(new.kind, _words(old.text, new.text), new.language)
