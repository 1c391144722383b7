"""What was found, marked in its text, and a piece of a long text around it. Plain text in, plain text out.

>>> marked("The night ferry returns", {"ferry"})
(('The night ', False), ('ferry', True), (' returns', False))
"""

from __future__ import annotations

from collections.abc import Collection

from careo.paper.words import Word, words_in

Pieces = tuple[tuple[str, bool], ...]  # words and whether they were looked for

EXCERPT = 240  # characters: three lines of a list
BEFORE = 60  # characters before the first word found, so that it stands in its sentence
LOOKED_AT = (
    20_000  # characters; a story that tells it later than that is long enough to be searched in the browser
)


def marked(text: str, wanted: Collection[str]) -> Pieces:
    """The whole text in pieces; `wanted` are folded words."""
    return _pieces(text, [word for word in words_in(text) if word.folded in wanted])


def excerpt(text: str, wanted: Collection[str]) -> Pieces:
    """That stretch of the text which holds most of the words; nothing where none of them stands in it."""
    text = text[:LOOKED_AT]
    hits = [word for word in words_in(text) if word.folded in wanted]
    if not hits:
        return ()
    begin = _beginning(text, _richest(hits))
    end = _ending(text, begin + EXCERPT)
    inside = [
        Word(hit.folded, hit.begin - begin, hit.end - begin)
        for hit in hits
        if begin <= hit.begin < hit.end <= end
    ]
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    pieces = _pieces(text[begin:end].rstrip(), inside)
    return tuple(piece for piece in ((before, False), *pieces, (after, False)) if piece[0])


def _richest(hits: list[Word]) -> Word:
    """The hit from which on most different words stand within an excerpt; of equals the first."""
    room = EXCERPT - BEFORE
    return max(
        hits,
        key=lambda hit: len({o.folded for o in hits if hit.begin <= o.begin and o.end <= hit.begin + room}),
    )


def _beginning(text: str, hit: Word) -> int:
    """Where a word begins, a little before the hit."""
    at = max(0, hit.begin - BEFORE)
    while 0 < at < hit.begin and not text[at - 1].isspace():
        at += 1
    return at


def _ending(text: str, at: int) -> int:
    """Where a word ends; in the midst of one that is longer than any word."""
    if at >= len(text):
        return len(text)
    space = max(text.rfind(" ", at - BEFORE, at), text.rfind("\n", at - BEFORE, at))
    return space if space > 0 else at


def _pieces(text: str, hits: list[Word]) -> Pieces:
    pieces, at = [], 0
    for hit in hits:
        pieces += [(text[at : hit.begin], False), (text[hit.begin : hit.end], True)]
        at = hit.end
    return tuple(piece for piece in (*pieces, (text[at:], False)) if piece[0])
