"""Names as they stand: runs of capital words, freed of titles before them, told from places and firms where words tell.

Without a dictionary of names this is evidence, not knowledge: a run is a person's name where it begins with a common
given name, bears an honorific or an office, or stands where somebody is said to speak.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from careo.reading.given_names import GIVEN
from careo.reading.grammar import Grammar, grammar
from careo.reading.offices import HONORIFICS, department_ends, is_head, is_honorific, office_before
from careo.reading.surface import Sentence, Surface
from careo.reading.types import Span
from careo.reading.word_sets import word_set

_PARTICLES = word_set("de del la las los van von der den bin al da dos di du le y ibn ben ter ten el")
# A run that holds one of these names no person.
_NOT_PEOPLE = word_set(
    "agency administration airport airlines army assembly association authority avenue bank bay beach "
    "board border bureau campaign capitol center centre chamber church city coast college commission "
    "committee companies company conference congress constitution convention corporation corps council "
    "county court courier democrats department district division east enforcement europe exchange "
    "facebook faith fargo federation force forum foundation fund government group guard hall hill "
    "hospital hotel house independent inc institute intelligence international island islands journal "
    "lake law league library ltd magazine media ministry mount museum national nations navy network news "
    "newspaper north observer office organization organisation pac parliament park party patrol people "
    "police post press primary project province republic republicans reserve river road school security "
    "senate service services society south square state states station street studies supreme survey team "
    "television times tower trade treaty tribune trust twitter union united universities university wall "
    "watch west white wire world act bill plan poll america american americans mexican british english "
    "spanish european african asian central northern southern agencia alianza asamblea asociación "
    "audiencia autonomía ayuntamiento banco banca cámara casa castilla centro ciudad club coalición "
    "comisión comité compañía comunidad confederación congreso consejo constitución convergència "
    "corporación corte costa diario diputación dirección ejército empresa estación estado estados europa "
    "federación foro frente fuerza fuerzas fundación generalitat gobierno grupo guardia iglesia instituto "
    "internacional isla islas izquierda junta juzgado mar mesa ministerio monte movimiento mundial mundo "
    "museo nación nacional naciones norte oficina organización parlamento partido país plaza policía "
    "popular puerto radio real república río sala sección secretaría seguridad senado servicio sindicato "
    "sociedad sur televisión tesoro tribunal unidas unidos unión universidad universidades universal "
    "valle villa xunta europea española francesa brexit covid internet día monday tuesday wednesday "
    "thursday friday saturday sunday january february march april june july august september october "
    "november december"
)
_PLACES = word_set(
    "africa alabama alaska alemania afghanistan afganistán argentina arizona arkansas asia atlanta "
    "australia austria barcelona beijing belgium berlin bogotá bolivia boston brasil brazil britain "
    "bruselas brussels california canada canadá caracas carolina chicago chile china cleveland colombia "
    "colorado connecticut cuba dallas damascus delaware denver detroit egipto egypt ecuador england "
    "españa estonia europe florida france francia georgia germany ginebra grecia greece guatemala hawaii "
    "honduras houston idaho illinois india indiana iowa irak iran irán iraq ireland israel italia italy "
    "jamaica japan japón jerusalem kansas kentucky libya londres london louisiana madrid maine manhattan "
    "maryland massachusetts méxico mexico miami michigan minnesota mississippi missouri montana moscow "
    "moscú nebraska nevada nicaragua ohio oklahoma oregon orlando oslo pakistan panamá panama parís paris "
    "pennsylvania perú peru philadelphia phoenix poland portugal puerto rusia russia salvador scotland "
    "seattle siria spain syria tennessee texas tokyo turkey turquía ucrania ukraine uruguay utah "
    "venezuela vermont vienna virginia washington wisconsin wyoming york euskadi cataluña catalunya "
    "galicia andalucía valencia sevilla zaragoza bilbao meridia norland"
)


@dataclass(frozen=True, slots=True)
class NameRun:
    """A name as words [start, end); `title` is the word at which its office or honorific begins, else `start`.

    `tokens` are its words in lower case without particles; `full` says that it holds a given name or more than one
    word; `pronoun` is what an honorific tells; `sentence` are the bounds, in words, of the sentence it stands in.
    """

    start: int
    end: int
    title: int
    tokens: tuple[str, ...]
    full: bool
    pronoun: str
    sentence: tuple[int, int]


def name_runs(cut: Surface, sources: Iterable[Span] = ()) -> list[NameRun]:
    """The names of people in the text, in order."""
    spoken = _spoken(cut, sources)
    raw = [run for sentence in cut.sentences for run in _capital_runs(cut, sentence)]
    rules = grammar(cut.language)
    found = [name for run in raw if (name := _name(cut, *run, spoken, rules)) is not None]
    surnames = {token for name in found if name.full for token in name.tokens[1:]}
    taken = {name.start for name in found}
    extra = [name for run in raw if (name := _surname(cut, *run, surnames, taken)) is not None]
    return sorted([*found, *extra], key=lambda name: name.start)


def _spoken(cut: Surface, sources: Iterable[Span]) -> set[int]:
    """The words that stand in a source."""
    starts = [word.start for word in cut.words]
    found: set[int] = set()
    for span in sources:
        found.update(range(bisect_left(starts, span.start), bisect_left(starts, span.end)))
    return found


def _capital_runs(cut: Surface, sentence: Sentence) -> Iterable[tuple[int, int, Sentence]]:
    words = cut.words
    at = sentence.first
    while at < sentence.last:
        if not _is_name_word(cut, at, sentence):
            at += 1
            continue
        end = at + 1
        while end < sentence.last:
            if _is_name_word(cut, end, sentence) or _is_dot(cut, end):
                end += 1
            elif (step := _particles(cut, end, sentence)) is not None:
                end = step
            else:
                break
        while end > at + 1 and words[end - 1].is_mark:
            end -= 1
        yield at, end, sentence
        at = end


def _is_name_word(cut: Surface, at: int, sentence: Sentence) -> bool:
    word = cut.words[at]
    return word.is_capital and not word.is_mark


# Abbreviations whose full stop stands inside a name.
_DOTTED = word_set("mr mrs ms dr sen rep gov gen col lt sgt capt adm rev prof jr sr sra dra lic ing st")


def _is_dot(cut: Surface, at: int) -> bool:
    """The full stop of "J." or "Sen." within a name."""
    before = cut.words[at - 1]
    if cut.words[at].text != "." or cut.words[at].start != before.end:
        return False
    return (
        (len(before.text) == 1 or before.low in _DOTTED)
        and at + 1 < len(cut.words)
        and cut.words[at + 1].is_capital
    )


def _particles(cut: Surface, at: int, sentence: Sentence) -> int | None:
    """Past "de la" to the capital word after it."""
    end = at
    while end < min(sentence.last, at + 2) and cut.words[end].low in _PARTICLES:
        end += 1
    if end == at or end >= sentence.last or not _is_name_word(cut, end, sentence):
        return None
    if cut.words[at].low in ("y", "el") or (cut.language == "en" and cut.words[at].low == "la"):
        return None
    return end + 1


def _name(
    cut: Surface, start: int, end: int, sentence: Sentence, spoken: set[int], rules: Grammar
) -> NameRun | None:
    """The person's name in a run of capital words, if there is one."""
    name, pronoun, titled = _past_titles(cut, start, end)
    if name >= end:
        return None
    name = max(name, min(department_ends(cut, name), end - 1))
    if not titled:
        name = _past_places(cut, name, end)
    tokens = _tokens(cut, name, end)
    if not tokens or len(tokens) > 6 or any(token in _NOT_PEOPLE for token in tokens):
        return None
    if cut.words[name].low in rules.determiners or (is_head(tokens[-1]) and tokens[0] not in GIVEN):
        return None
    title = office_before(cut, name, sentence.first, rules)
    if title is not None and cut.words[name - 1].low in rules.prepositions | _ARTICLES:
        title = None  # "a spokesman for Olmedo", "secretary of the Dockers’ Union": somebody else's office
    if title is None and titled:
        title = start
    given = tokens[0] in GIVEN
    if len(tokens) == 1:
        if title is None and not _is_spoken(cut, name, spoken, tokens, rules, sentence):
            return None
    elif not (
        given
        or title is not None
        or (name in spoken and tokens[0] not in _PLACES and tokens[-1] not in _PLACES)
    ):
        return None
    if len(tokens) > 1 and tokens[0] in _PLACES and not given:
        return None
    full = len(tokens) > 1 and _begins_with_given(cut, tokens)
    return NameRun(
        name,
        end,
        name if title is None else min(title, name),
        tokens,
        full,
        pronoun,
        (sentence.first, sentence.last),
    )


_ARTICLES = word_set("the a an")


def _begins_with_given(cut: Surface, tokens: tuple[str, ...]) -> bool:
    """In Spanish two words may be two surnames ("Osorio Chong"): only a known given name makes them a full name."""
    return tokens[0] in GIVEN or len(tokens[0]) == 1 or cut.language == "en"


def _is_spoken(
    cut: Surface, at: int, spoken: set[int], tokens: tuple[str, ...], rules: Grammar, sentence: Sentence
) -> bool:
    """A lone capital word is a name where it is said to speak, and is no place, no initials and no small word."""
    word = cut.words[at]
    if at not in spoken or tokens[0] in _PLACES or tokens[0] in rules.pronouns or len(word.text) < 3:
        return False
    small = (
        rules.determiners
        | rules.prepositions
        | rules.conjunctions
        | rules.breaks
        | rules.adverbs
        | rules.relatives
        | rules.days
        | rules.auxiliaries
    )
    if (
        tokens[0] in small
        or word.text.isupper()
        or is_head(tokens[0])
        or (at > 0 and cut.words[at - 1].low in rules.determiners)
    ):
        return False
    inside = (
        at + 1 >= len(cut.words)
        or at + 1 not in spoken
        or cut.words[at + 1].is_mark
        or cut.words[at + 1].low in ("and", "y", "who")
    )
    before = at - 1 not in spoken or cut.words[at - 1].low in ("and", "y", "both")
    return inside and before


def _past_titles(cut: Surface, start: int, end: int) -> tuple[int, str, bool]:
    """Past offices and honorifics; what pronoun they tell; whether there were any."""
    name, pronoun = start, ""
    for at in range(start, end):
        low = cut.words[at].low
        told = next((key for key, listed in HONORIFICS.items() if low.rstrip(".") in listed), None)
        if (told is not None and at + 1 < end) or (is_head(low) and at + 1 < end and low not in GIVEN):
            name, pronoun = at + 1, told or pronoun
    while name < end and cut.words[name].is_mark:
        name += 1
    return name, pronoun, name > start


def _past_places(cut: Surface, start: int, end: int) -> int:
    """Past "Republican" in "Republican Donald Trump": to the first given name, if more follows it."""
    if cut.words[start].low in GIVEN:
        return start
    for at in range(start + 1, end - 1):
        if cut.words[at].low in GIVEN and not cut.words[at - 1].is_mark:
            return at
    return start


def _tokens(cut: Surface, start: int, end: int) -> tuple[str, ...]:
    return tuple(
        word.low
        for word in cut.words[start:end]
        if not word.is_mark and word.low not in _PARTICLES and not is_honorific(word.low)
    )


def _surname(
    cut: Surface, start: int, end: int, sentence: Sentence, surnames: set[str], taken: set[int]
) -> NameRun | None:
    """The surname, known from a full name elsewhere, that a run is or ends with: "in Guatemala | Kelly"."""
    if any(at in taken for at in range(start, end)):
        return None
    tokens = _tokens(cut, start, end)
    if not tokens or tokens[-1] not in surnames or any(token in _NOT_PEOPLE for token in tokens):
        return None
    keep = end - 1
    while keep > start and cut.words[keep - 1].low in surnames:
        keep -= 1
    return NameRun(keep, end, keep, _tokens(cut, keep, end), False, "", (sentence.first, sentence.last))
