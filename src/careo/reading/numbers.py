"""Numbers in English and Spanish news, as values that can be compared whichever way they are written.

>>> [(str(n.value), n.unit) for n in numbers("un 4,7 por ciento, mil 500 personas y dos mil millones", "es")]
[('4.7', '%'), ('1500', ''), ('2000000000', '')]
>>> [(str(n.value), n.unit) for n in numbers("4.7% of 1,500 people, and $2 billion", "en")]
[('4.7', '%'), ('1500', ''), ('2000000000', '$')]

Spans hold the number with its magnitude, percent sign and currency. What is vague ("thousands", "miles de"), part of
a word (G20, COVID-19) or a time of day (10:30) is no number; "one" and "un" alone are articles as often as numbers,
and left out.

A separator before exactly three digits parts thousands, since Mexico writes 2,000 where Spain writes 2.000, but for
the point in English, which is always decimal when it stands once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from careo.reading.folding import fold
from careo.reading.number_words import (
    CURRENCY_SIGNS,
    JOINERS,
    LONE_SCALES,
    SCALES,
    UNITS,
    VALUES,
    WHOLE_CURRENCIES,
)
from careo.reading.types import Span

_TOKEN = re.compile(
    r"""(?P<digits>(?<![\w.,:])\d{1,3}(?:[.,\u00a0\u202f ’']\d{3})+(?:[.,]\d+)?(?!\w|:\d|[.,]\d)
                |(?<![\w.,:])\d++(?:[.,]\d++)?(?!:\d|[.,]\d|(?:st|nd|rd|th|s|º|ª|°)\b))
      | (?P<sign>US\$|[$€£%])
      | (?P<word>[^\W\d_]+)""",
    re.VERBOSE,
)
_MOST_DIGITS = 24  # separators included; what is longer names an account or a key, and counts nothing
_GAP = re.compile(r"[ \t\u00a0\u202f]*\n?[ \t\u00a0\u202f]*|-")


@dataclass(frozen=True, slots=True)
class Number:
    """A number's span, value and unit: "" for a count, "%", "$" (some dollar or peso), "dollar", "year", "km"…"""

    span: Span
    value: Decimal
    unit: str

    def equals(self, other: Number) -> bool:
        """The same value, and units that do not contradict each other: "4.7" may well be "4.7%"."""
        return self.value == other.value and units_agree(self.unit, other.unit)


def units_agree(a: str, b: str) -> bool:
    """Whether two units may mean the same: one is not named, or they are equal, or one is the bare "$"."""
    if "$" in (a, b):
        return a in ("", "$", *WHOLE_CURRENCIES) and b in ("", "$", *WHOLE_CURRENCIES)
    return a == b or not a or not b


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """All numbers in the order of the text, in time linear in its length."""
    tokens = [_Token(match, text) for match in _TOKEN.finditer(text)]
    found, at = [], 0
    while at < len(tokens):
        number, used = _number_at(tokens, at, text, "es" if language.startswith("es") else "en")
        if number is not None:
            found.append(number)
        at += max(1, used)
    return tuple(found)


class _Token:
    __slots__ = ("digits", "end", "follows", "joined", "low", "sign", "start")

    def __init__(self, match: re.Match[str], text: str) -> None:
        self.start, self.end = match.span()
        self.digits = match.group("digits")
        self.sign = match.group("sign")
        self.low = fold(match.group("word") or "")
        before = text[self.start - 1 : self.start]
        self.joined = before in ("-", "‑") and text[self.start - 2 : self.start - 1].isalpha()


def _number_at(tokens: list[_Token], at: int, text: str, language: str) -> tuple[Number | None, int]:
    """The number that begins at a token, and how many tokens it took."""
    first = at
    sign = tokens[at].sign
    if sign and sign != "%":
        at += 1
        if at == len(tokens) or not tokens[at].digits or not _touch(tokens[at - 1], tokens[at], text):
            return None, 1
    if tokens[at].digits and (tokens[at].joined or len(tokens[at].digits) > _MOST_DIGITS):
        return None, 1
    sum_ = _Sum(language)
    last = at
    for token in _run(tokens, at, text):
        if not sum_.take(token):
            break
        last += 1
    used = sum_.settled
    if not used or sum_.is_article:
        return None, max(1, last - first)
    end = at + used - 1
    unit, unit_end = _unit(tokens, end, text)
    if sign and sign != "%":
        unit = unit if unit in WHOLE_CURRENCIES else CURRENCY_SIGNS[sign]
    covers_unit = unit == "%" or unit in WHOLE_CURRENCIES
    stop = tokens[unit_end].end if covers_unit else tokens[end].end
    taken = (unit_end if covers_unit else end) - first + 1
    return Number(Span(tokens[first].start, stop), sum_.value, unit), taken


def _run(tokens: list[_Token], at: int, text: str) -> Iterator[_Token]:
    """Tokens from `at` on as long as nothing but a space or hyphen stands between them."""
    yield tokens[at]
    for before, token in zip(tokens[at:], tokens[at + 1 :], strict=False):
        if not _touch(before, token, text):
            return
        yield token


def _touch(before: _Token, token: _Token, text: str) -> bool:
    return _GAP.fullmatch(text, before.end, token.start) is not None


def _unit(tokens: list[_Token], end: int, text: str) -> tuple[str, int]:
    """What the number counts and the last token of the words that say so."""
    following = tokens[end + 1 : end + 4]
    words: list[str] = []
    before = tokens[end]
    for count, token in enumerate(following, 1):
        if not _touch(before, token, text):
            break
        words.append(token.sign or token.low)
        before = token
        phrase = " ".join(words)
        if phrase in UNITS:
            return UNITS[phrase], end + count
    return "", end


class _Sum:
    """Adds up a number token by token; `settled` counts the tokens up to the last that made a whole number."""

    def __init__(self, language: str) -> None:
        self._values, self._scales = VALUES[language], SCALES[language]
        self._joiners = JOINERS[language]
        self._alone = LONE_SCALES[language]
        self._language = language
        self._done, self._thousands, self._group = Decimal(0), Decimal(0), Decimal(0)
        self._open = False  # a group was begun
        self._limit: Decimal | None = None  # what follows a scale is smaller than it
        self._digits_given = False
        self._taken = 0
        self._only: str | None = None
        self.settled = 0

    @property
    def value(self) -> Decimal:
        value = self._done + self._thousands + self._group
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()

    @property
    def is_article(self) -> bool:
        return self.settled == 1 and self._only is not None and self._values.get(self._only) in (0.5, 1)

    def take(self, token: _Token) -> bool:
        """Whether the token belongs to the number so far."""
        if token.sign:
            return False
        took = self._take_digits(token.digits) if token.digits else self._take_word(token.low)
        if took:
            self._taken += 1
            self._only = token.low if self._taken == 1 and not token.digits else self._only
            if token.low not in self._joiners:
                self.settled = self._taken
        return took

    def _take_digits(self, digits: str) -> bool:
        value = decimal(digits, self._language)
        if self._open or (self._limit is not None and (self._language != "es" or value >= self._limit)):
            return False
        self._group, self._open, self._digits_given = value, True, True
        return True

    def _take_word(self, word: str) -> bool:
        if word in self._scales:
            return self._take_scale(word, Decimal(self._scales[word]))
        if word in self._joiners:
            return self.settled == self._taken > 0 and (self._open or self._limit is not None)
        if word not in self._values:
            return False
        return self._take_value(Decimal(self._values[word]))

    def _take_value(self, value: Decimal) -> bool:
        tens, hundreds = self._group % 100, self._group >= 100
        fits = (
            not self._open
            or (value < 10 and tens >= 20 and tens % 10 == 0 and not self._digits_given)
            or (value < 100 and hundreds and tens == 0 and not self._digits_given)
        )
        if not fits or (self._limit is not None and value >= self._limit):
            return False
        self._group, self._open = self._group + value, True
        return True

    def _take_scale(self, word: str, scale: Decimal) -> bool:
        if not self._open and not self._thousands and word not in self._alone:
            return False
        if scale == 100:
            if not self._open or self._group >= 100:
                return False
            self._group *= 100
        elif scale == 1000:
            if self._thousands or (self._limit is not None and self._limit <= scale):
                return False
            self._thousands, self._group = (self._group if self._open else Decimal(1)) * 1000, Decimal(0)
            self._open, self._digits_given, self._limit = False, False, scale
        else:
            if self._done and self._limit is not None and self._limit <= scale < 10**6:
                return False
            self._done += (self._thousands + self._group) * scale
            self._thousands = self._group = Decimal(0)
            self._open, self._digits_given, self._limit = False, False, scale
        return True


def decimal(digits: str, language: str) -> Decimal:
    """The value of digits with separators, by the convention of the language or, where it says so, of the digits.

    >>> [str(decimal(d, "es")) for d in ("2.000", "2,000", "4,7", "4.7", "1.234,5", "1,234.5", "0,125")]
    ['2000', '2000', '4.7', '4.7', '1234.5', '1234.5', '0.125']
    """
    plain = re.sub(r"[\u00a0\u202f ’']", "", digits)
    marks = [mark for mark in plain if mark in ".,"]
    if not marks:
        return Decimal(plain)
    whole, fraction = plain.rsplit(marks[-1], 1)
    if _parts_thousands(marks, whole, fraction, language):
        return Decimal(plain.replace(".", "").replace(",", ""))
    return Decimal(f"{whole.replace('.', '').replace(',', '')}.{fraction}")


def _parts_thousands(marks: list[str], whole: str, fraction: str, language: str) -> bool:
    """Whether the last mark parts thousands rather than decimals."""
    if len(set(marks)) > 1 or len(fraction) != 3:
        return False
    if len(marks) > 1:
        return True
    return len(whole) <= 3 and whole.strip("0") != "" and (marks[-1] == "," or language == "es")
