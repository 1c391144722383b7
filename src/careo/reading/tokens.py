"""Cut a text into words and marks, in time linear in its length.

A word is a run of letters, digits and what clings to them: joined by hyphens ("press-shy"), apostrophes ("don't",
"O'Malley"), initials and titles with their dots ("U.S.", "J.", "Gov."), digits with their separators ("1,200.50").
The genitive 's stands alone, so that a name is the same with and without it. Everything else that is not space is a
mark of one character.

>>> [word.text for word in words("Olmedo’s aide (a U.S. citizen) didn't pay $1,200.50.")]
['Olmedo', '’s', 'aide', '(', 'a', 'U.S.', 'citizen', ')', "didn't", 'pay', '$', '1,200.50', '.']

Spans are code points. Combining accents, zero-width joiners and marks of direction inside a word belong to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# What may stand inside a word though it is no letter: combining accents, soft hyphen, joiners, marks of direction.
_INNER = "\u0300-\u036f\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufeff"
_RUN = rf"\w[\w{_INNER}]*"
_WORD = re.compile(
    rf"""
    (?P<genitive>['’]s\b)
  | (?:Mr|Mrs|Ms|Dr|Dra|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Rev|Prof|Sr|Sra|Srta|Jr|St)\.(?=\s*[^\W\d_])
  | [^\W\d_](?<=[A-ZÁÉÍÓÚÑ])\.(?=\s[A-ZÁÉÍÓÚÑ])       # an initial: "J. Olmedo"
  | (?:[^\W\d_]\.){{2,}}                              # U.S., a.m., EE.UU. is taken by the next line
  | (?:EE|FF|JJ|RR|OO)\.\s?(?:UU|AA|HH|PP)\.          # Spanish plural initials
  | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|º|ª|°)?(?!\w)
  | {_RUN}(?:(?:['’](?!s\b)|[-&‐‑]){_RUN})*
  | [^\w\s]
    """,
    re.VERBOSE,
)
_FOLD = str.maketrans(
    "", "", "".join(map(chr, [*range(0x200B, 0x2010), 0x00AD, 0x2060, *range(0x2066, 0x206A), 0xFEFF]))
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark. `low` is its lower-case form without invisible characters, to compare by."""

    start: int
    end: int
    text: str
    low: str

    @property
    def is_mark(self) -> bool:
        return not self.text[0].isalnum() and self.low not in ("'s", "’s")

    @property
    def is_capital(self) -> bool:
        """Written with a capital first letter."""
        return self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of text[start:end], in order."""
    stop = len(text) if end is None else end
    return [
        Word(match.start(), match.end(), match.group(), match.group().translate(_FOLD).lower())
        for match in _WORD.finditer(text, start, stop)
    ]
