"""Names, numbers and days of a story that no passage has, in either language.

Names compare without accents and case, places and bodies under their English and Spanish names; what merely describes
an office or belongs to a country ("Minister", "Mexican") is not looked for. Numbers compare by value and unit. Days
compare after resolving both sides against their day of publication, so that "yesterday" supports "on Monday".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from careo.reading.calendar_names import Named, may_be_one, named_alone
from careo.reading.evidence import Evidence, Shelf, passages_of
from careo.reading.exonyms import one_form
from careo.reading.facts import Facts, lies_within
from careo.reading.findings import Finding, Passage, StoryText, finding
from careo.reading.names import Name
from careo.reading.numbers import Number, units_agree
from careo.reading.quoted import named, shown
from careo.reading.same_speaker import TITLES
from careo.reading.similarity import Encoder
from careo.reading.small_counts import counted_noun, is_small_count, one_thing
from careo.reading.titled import person
from careo.reading.types import Days, Span, TimeExpression

_ROUGHLY = re.compile(
    r"(?:about|around|nearly|almost|over|under|some|roughly|approximately|more than|less than|fewer than|at least"
    r"|up to|unos|unas|cerca de|casi|alrededor de|más de|mas de|menos de|al menos|aproximadamente|hasta)\s+$",
    re.IGNORECASE,
)
_ROUGH = Decimal("0.15")  # "about 2,000" may stand for 2,300
_LATIN = re.compile(r"(?<=\w{4})ia$")  # Norland, Norlandia
_DEMONYM = re.compile(r"(?:ian|ean|an|ese|ish|er|ic|i)s?$")
# Common words of institutions and offices: translated, not spelled, in the other language.
_COMMON_WORDS = """\
congress congreso senate senado house camara court corte tribunal supreme suprema suprema parliament parlamento
assembly asamblea council consejo ayuntamiento committee comite commission comision agency agencia bureau police
policia army ejercito navy marina force fuerzas armed armadas border frontera patrol patrulla customs aduanas
immigration inmigracion migracion national nacional federal central bank banco university universidad hospital
association asociacion federation federacion party partido republic republica kingdom reino united unidos unidas
nations naciones north norte south sur east este west oeste northern southern eastern western street calle avenue
avenida square plaza river rio lake lago dam presa island isla airport aeropuerto city ciudad town county
condado province provincia region district distrito capital municipal public publico publica human rights
derechos humanos civil society sociedad international internacional world mundial day dia year ano source sources
fuente fuentes government gobierno administration administracion cabinet gabinete company compania group grupo
energy energia environment medio ambiente transport transporte industry industria agriculture agricultura
culture cultura development desarrollo works obras service servicio institute instituto authority autoridad
god dios internet covid english ingles spanish espanol spain story report"""
_COMMON = TITLES | frozenset(_COMMON_WORDS.split())


def check_names(story: StoryText, told: Facts, shelf: Shelf, standing: Sequence[Span]) -> Iterator[Finding]:
    """A finding for each name without support, at its first mention."""
    forms = {name.form for one in shelf.everything for name in one.facts.names}
    prefixes = frozenset(word[:4] for word in shelf.words)
    seen: set[str] = set()
    for name in filter(None, map(person, told.names)):
        if name.form in seen or lies_within(name.span, standing):
            continue
        seen.add(name.form)
        missing = _missing(name, forms, shelf.words, prefixes)
        if missing:
            message = f"The name “{name.text}” is not in any passage; look at its spelling, or cite the passage that has it."
            yield finding("name-unsupported", name.span, message, passages_of(shelf.everything))


def _missing(name: Name, forms: set[str], words: frozenset[str], prefixes: frozenset[str]) -> bool:
    if name.form in forms:
        return False
    return any(not _known(word, name, forms, words, prefixes) for word in name.words)


def _known(word: str, name: Name, forms: set[str], words: frozenset[str], prefixes: frozenset[str]) -> bool:
    plain = word.replace(".", "").removesuffix("'s")
    if word in words or plain in words or plain in _COMMON or len(plain) < 2:
        return True
    written = next((part for part in name.text.split() if plain in part.lower()), plain)
    if one_form(written) in forms or one_form(plain) in forms or _within_form(plain, name, forms):
        return True
    if (
        all(part in words for part in plain.split("-"))
        or _LATIN.sub("", plain) in words
        or f"{plain}ia" in words
    ):
        return True
    return _DEMONYM.search(plain) is not None and plain[:4] in prefixes and len(plain) > 5


def _within_form(word: str, name: Name, forms: set[str]) -> bool:
    """Whether the word belongs to a part of the name that is known under its one form ("Mexico City Mayor")."""
    parts = name.words
    for begin in range(len(parts)):
        for end in range(begin + 2, len(parts) + 1):
            if word in parts[begin:end] and one_form(" ".join(parts[begin:end])) in forms:
                return True
    return False


def check_numbers(
    story: StoryText,
    told: Facts,
    sentences: Sequence[Span],
    shelf: Shelf,
    standing: Sequence[Span],
    encoder: Encoder,
) -> Iterator[Finding]:
    for number in told.numbers:
        if lies_within(number.span, standing):
            continue
        cited = shelf.cited_at(_sentence_of(number.span, sentences)) or shelf.everything
        rough = _ROUGHLY.search(story.text[max(0, number.span.start - 24) : number.span.start]) is not None
        if _counted(number, cited, rough):
            continue
        if is_small_count(number, story.text, story.language[:2]):
            found = _counted_otherwise(number, story, cited, encoder)
            if found is not None:
                yield found
            continue
        yield _unsupported_number(number, story, cited, _counted(number, shelf.everything, rough))


def _unsupported_number(
    number: Number, story: StoryText, cited: Sequence[Evidence], elsewhere: Passage | None
) -> Finding:
    written = story.text[number.span.start : number.span.end]
    if elsewhere:
        message = f"The number “{written}” is not in the passage cited here but in {named(elsewhere)}; cite that too."
        return finding("number-unsupported", number.span, message, (elsewhere,))
    message = f"The number “{written}” is not in any passage; correct it, or cite the passage that has it."
    return finding("number-unsupported", number.span, message, passages_of(cited))


def _counted_otherwise(
    number: Number, story: StoryText, cited: Sequence[Evidence], encoder: Encoder
) -> Finding | None:
    """A finding where a passage has another number of the same things: "three men" of "dos hombres"."""
    noun = counted_noun(story.text, number.span, story.language[:2])
    if noun is None:
        return None
    for one in cited:
        for other in one.facts.numbers:
            theirs = None if other.unit else counted_noun(one.passage.text, other.span, one.tongue)
            if theirs and one_thing(noun.word, story.language[:2], theirs.word, one.tongue, encoder):
                written = shown(story.text[number.span.start : noun.end])
                said = shown(one.passage.text[other.span.start : theirs.end])
                message = f"“{written}” is “{said}” in {named(one.passage)}; correct the number, or cite the passage that has it."
                return finding("number-unsupported", number.span, message, (one.passage,))
    return None


def _counted(number: Number, evidence: Iterable[Evidence], rough: bool) -> Passage | None:
    for one in evidence:
        for other in one.facts.numbers:
            if number.equals(other) or (rough and _near(number, other)):
                return one.passage
    return None


def _near(number: Number, other: Number) -> bool:
    """A rounder number of about the same size: "some 2,400" does not stand for 2,300."""
    if not units_agree(number.unit, other.unit) or _digits(number) >= _digits(other):
        return False
    return abs(number.value - other.value) <= _ROUGH * other.value


def _digits(number: Number) -> int:
    """How many digits stand before the closing zeros."""
    return len(str(number.value).replace(".", "").strip("0"))


def check_days(
    story: StoryText, told: Facts, sentences: Sequence[Span], shelf: Shelf, standing: Sequence[Span]
) -> Iterator[Finding]:
    for time in told.days:
        if time.days.start is None or lies_within(time.span, standing) or _is_publication(time.days, story):
            continue
        name = named_alone(story.text[time.span.start : time.span.end], time.days)
        if any(_tells_day(one, time.days) or _names_alike(one, name) for one in shelf.everything):
            continue
        written = shown(story.text[time.span.start : time.span.end])
        message = f"The time “{written}” ({_days(time)}) is not in any passage; correct it, or cite the passage that has it."
        looked_at = shelf.cited_at(_sentence_of(time.span, sentences)) or shelf.everything
        yield finding("date-unsupported", time.span, message, passages_of(looked_at))


def _tells_day(one: Evidence, days: Days) -> bool:
    """Whether the passage speaks of a day within `days`, appeared then, or cannot be pinned to the calendar at all."""
    published = one.passage.published
    if published is None:
        # "yesterday" of a passage whose day is not known may be any day: no finding can rest on it.
        if any(time.days.start is None for time in one.facts.days):
            return True
    elif _touches(Days(published, published, "day"), days):
        return True
    return any(_touches(time.days, days) for time in one.facts.days)


def _names_alike(one: Evidence, name: Named | None) -> bool:
    """Whether the passage names the same month or day, no year being stated on either side."""
    if name is None:
        return False
    text = one.passage.text
    others = (named_alone(text[time.span.start : time.span.end], time.days) for time in one.facts.days)
    return any(may_be_one(name, other) for other in others if other is not None)


def _is_publication(days: Days, story: StoryText) -> bool:
    return story.published is not None and _touches(Days(story.published, story.published, "day"), days)


def _touches(a: Days, b: Days) -> bool:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    if a.granularity == "year" and b.granularity != "year":
        return False  # a passage that knows the year alone supports no day of it
    return a.start <= b.end and b.start <= a.end


def _days(time: TimeExpression) -> str:
    start, end = time.days.start, time.days.end
    if start is None or end is None or end - start < timedelta(days=1):
        return str(start)
    return f"{start} to {end}"


def _sentence_of(span: Span, sentences: Sequence[Span]) -> Span:
    return next((one for one in sentences if one.start <= span.start < one.end), span)
