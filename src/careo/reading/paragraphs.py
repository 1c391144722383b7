"""Where paragraphs lie: a line each, but for text broken into lines of even length, where an empty line parts them.

>>> text = "One.\\nTwo.\\n\\nThree."
>>> [text[p.start : p.end] for p in paragraphs(text)]
['One.', 'Two.', 'Three.']
"""

from __future__ import annotations

import re

from careo.reading.types import Span

_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
# Mail and old archives break lines between these widths, in characters; a line of a list or a headline is shorter.
_NARROWEST, _WIDEST = 45, 100


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs in order, without white space around them; none is empty."""
    return tuple(
        span
        for block in _pieces(text, Span(0, len(text)), _BLANK)
        for span in ((block,) if _is_wrapped(text, block) else _pieces(text, block, _BREAK))
    )


def _pieces(text: str, within: Span, breaks: re.Pattern[str]) -> list[Span]:
    found, start = [], within.start
    for match in breaks.finditer(text, within.start, within.end):
        found.append(_stripped(text, start, match.start()))
        start = match.end()
    found.append(_stripped(text, start, within.end))
    return [span for span in found if span]


def _stripped(text: str, start: int, end: int) -> Span | None:
    """The stretch without white space at its ends; None when nothing else is left."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start + left, start + right) if left < right else None


def _is_wrapped(text: str, block: Span) -> bool:
    """Lines of even width, one of which breaks off in the middle of a sentence."""
    lines = text[block.start : block.end].splitlines()
    if len(lines) < 2 or not all(_NARROWEST <= len(line) <= _WIDEST for line in lines[:-1]):
        return False
    if len(lines[-1]) > _WIDEST:
        return False
    ends_open = sum(1 for line in lines[:-1] if line.rstrip()[-1:] not in '.!?”»":')
    return 2 * ends_open > len(lines) - 1 and any(line[:1].islower() for line in lines[1:])
