"""Names as they stand: runs of capital words, freed of titles before them, told from places and firms where words tell.

Without a dictionary of names this is evidence, not knowledge: a run is a person's name where it begins with a common
given name, bears an honorific or an office, or stands where somebody is said to speak.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import get_args

from careo.reading.given_names import GIVEN
from careo.reading.grammar import Grammar, grammar
from careo.reading.lexicon import common_words
from careo.reading.offices import HONORIFICS, department_ends, is_head, is_honorific, office_before
from careo.reading.references import is_calling
from careo.reading.surface import Sentence, Surface
from careo.reading.tokens import Word
from careo.reading.types import Language, Span
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
    found = _told_apart([name for run in raw if (name := _name(cut, *run, spoken, rules)) is not None])
    found += _spelt_out(cut, raw, found)
    surnames = {
        part
        for name in found
        if name.full
        for token in name.tokens[1:]
        for part in {token, *token.split("-")}
    }
    taken = {name.start for name in found}
    extra = [name for run in raw if (name := _surname(cut, *run, surnames, taken)) is not None]
    return sorted([*found, *extra], key=lambda name: name.start)


def _told_apart(found: list[NameRun]) -> list[NameRun]:
    """Where no given name tells, two words are a full name unless a longer one holds them: "Osorio Chong" is a part."""
    longer = {
        name.tokens[at : at + size]
        for name in found
        for size in range(2, len(name.tokens))
        for at in range(1, len(name.tokens) - size + 1)
    }
    return [
        replace(name, full=name.full or (len(name.tokens) > 1 and name.tokens not in longer))
        for name in found
    ]


def _spelt_out(cut: Surface, raw: list[tuple[int, int, Sentence]], found: list[NameRun]) -> list[NameRun]:
    """The full names of those who speak under a lone surname: "se reunió con Ondrej Halvorsky" where Halvorsky speaks."""
    lone = {name.tokens[0] for name in found if len(name.tokens) == 1}
    lone -= {token for name in found if name.full for token in name.tokens}
    taken = {name.start for name in found}
    spelt = []
    for start, end, sentence in raw:
        name, pronoun, _ = _past_titles(cut, start, end)
        tokens = _tokens(cut, name, end) if name < end else ()
        if (
            not lone.isdisjoint(tokens[1:])
            and len(tokens) <= 5
            and not any(token in _NOT_PEOPLE or token in _PLACES for token in tokens)
            and taken.isdisjoint(range(start, end))
        ):
            spelt.append(NameRun(name, end, start, tokens, True, pronoun, (sentence.first, sentence.last)))
    return spelt


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
            elif (step := _particles(cut, end, sentence) or _nickname(cut, end, sentence)) is not None:
                end = step
            else:
                break
        while end > at + 1 and words[end - 1].is_mark:
            end -= 1
        yield at, end, sentence
        at = end


def _is_name_word(cut: Surface, at: int, sentence: Sentence) -> bool:
    word = cut.words[at]
    if at == sentence.first and (word.low in _OPENING_WORDS[cut.language] or _is_opening_verb(cut, at)):
        return False
    return word.is_capital and not word.is_mark


def _is_opening_verb(cut: Surface, at: int) -> bool:
    """ "Habló | Rosa Ibarra": Spanish lets a sentence begin with its verb."""
    return (
        cut.language == "es"
        and cut.words[at].low.endswith(("ó", "aron", "ieron"))
        and at + 1 < len(cut.words)
        and cut.words[at + 1].is_capital
    )


# What has its capital from the head of a sentence alone: "Para Baltasar Nieto, …".
_OPENING_WORDS = {
    language: grammar(language).prepositions | grammar(language).conjunctions | grammar(language).breaks
    for language in get_args(Language)
}


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


# As many words as a nickname has, quotation marks left out: “la Flaca”.
_NICKNAME = 3


def _nickname(cut: Surface, at: int, sentence: Sentence) -> int | None:
    """Past a nickname in marks to the surname after it: "Rigoberto | “Tigre” Nuño"."""
    words = cut.words
    if words[at].text not in _OPENING_MARKS:
        return None
    for end in range(at + 2, min(at + 3 + _NICKNAME, sentence.last - 1)):
        if words[end].text in _CLOSING_MARKS:
            named = any(word.is_capital for word in words[at + 1 : end])
            return end + 2 if named and _is_name_word(cut, end + 1, sentence) else None
    return None


_OPENING_MARKS, _CLOSING_MARKS = frozenset("“\"«‘'"), frozenset("”\"»’'")


def _name(
    cut: Surface, start: int, end: int, sentence: Sentence, spoken: set[int], rules: Grammar
) -> NameRun | None:
    """The person's name in a run of capital words, if there is one."""
    name, pronoun, titled = _past_titles(cut, start, end)
    if name >= end or cut.words[name].low in _PARTICLES:
        return None  # "Ministra | de Trabajo"
    name = max(name, min(department_ends(cut, name), end - 1))
    if not titled:
        name = _past_shout(cut, _past_places(cut, name, end), end)
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
    told = given
    if len(tokens) == 1:
        if (
            title is None
            and not _is_spoken(cut, name, spoken, tokens, rules, sentence)
            and not (name in spoken and _is_introduced(cut, name, end, sentence, rules))
            and not _is_called(cut, name, sentence)
        ):
            return None
    else:
        told = (
            given
            or title is not None
            or _is_introduced(cut, name, end, sentence, rules)
            or (
                name in spoken
                and tokens[0] not in _PLACES
                and tokens[-1] not in _PLACES
                and not _is_governed(cut, name, sentence, rules)
            )
        )
        if not told and not _looks_like_one(cut, name, end, sentence, rules):
            return None
    if len(tokens) > 1 and tokens[0] in _PLACES and not given:
        return None
    full = told and len(tokens) > 1 and _begins_with_given(cut, tokens)
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


def _is_introduced(cut: Surface, name: int, end: int, sentence: Sentence, rules: Grammar) -> bool:
    """Whether what stands beside two words tells that they name somebody: a calling before, an age after.

    "El ingeniero | Baltasar Nieto", "la directora del penal, | Narcisa Villavicencio", "Edilson Quispe |, 34,".
    """
    words = cut.words
    if any(word.low in _PLACES for word in words[name:end]):
        return False
    before = words[name - 1] if name > sentence.first else None
    if before is not None and not before.is_capital and is_calling(before.low, cut.language):
        return True
    if before is not None and before.text == "," and _ends_in_calling(cut, name - 1, sentence, rules):
        return end >= sentence.last or words[end].is_mark
    after = [word.low for word in words[end : min(end + 5, sentence.last)]]
    if after[:1] != [","]:
        return False
    spanish = after[1:2] == ["de"] and after[3:4] == ["años"]
    english = len(after) > 2 and after[1].isdigit() and len(after[1]) < 4 and after[2] in (",", ".")
    return spanish or english


def _is_called(cut: Surface, name: int, sentence: Sentence) -> bool:
    """Whether a lone capital word is told to be somebody: "doña | Coco", "su primo | Leopoldo", "se llama | Wilmer"."""
    words = cut.words
    if name == sentence.first or len(words[name].text) < 3 or words[name].text.isupper():
        return False
    low = words[name - 1].low
    if low in _NAMING or (not words[name - 1].is_capital and is_honorific(low)):
        return True
    return low in _KIN or (low == "," and name - 2 >= sentence.first and words[name - 2].low in _KIN)


_NAMING = word_set("llama llaman llamaba llamado llamada apellido named called nicknamed")
_KIN = word_set(
    "padre madre hijo hija hermano hermana primo prima tío tía abuelo abuela nieto nieta sobrino sobrina marido mujer "
    "esposo esposa cuñado cuñada suegro suegra novio novia vecino vecina compadre comadre amigo amiga "
    "father mother son daughter brother sister cousin uncle aunt grandfather grandmother grandson granddaughter nephew "
    "niece husband wife fiancé fiancée neighbour neighbor friend"
)


def _looks_like_one(cut: Surface, name: int, end: int, sentence: Sentence, rules: Grammar) -> bool:
    """Whether two or more rare capital words stand where a person may: they act, or something is done to them.

    "Eneida Palomino estaba pelando yuca", "condenó a Lizandro Huarcaya". Words that are common in lower case ("Obras
    Públicas") name a thing.
    """
    words = cut.words
    if any(word.low in _PLACES or word.low in _PARTICLES or word.is_mark for word in words[name:end]):
        return False
    if any(_is_common(word) for word in words[name:end]) or words[name].text.isupper():
        return False
    if name > sentence.first:
        before = words[name - 1].low
        if before in rules.determiners or before in rules.prepositions - _OF_PEOPLE:
            return False
    return True


# Prepositions that stand before people as well as before places.
_OF_PEOPLE = word_set("a con por según para by with to from")


def _is_common(word: Word) -> bool:
    return word.low in _NOT_FIRST or word.low in common_words()


# What opens the names of places and clubs.
_NOT_FIRST = word_set(
    "san santa santo puerto villa monte cerro río laguna lago isla cabo punta barrio colonia calle avenida hotel "
    "atlético deportivo racing sporting ferro olimpia defensores mount lake fort saint st port new north south east west"
)


def _ends_in_calling(cut: Surface, comma: int, sentence: Sentence, rules: Grammar) -> bool:
    """Whether the phrase before a comma is somebody's calling: "la directora del penal |,"."""
    for at in range(comma - 1, max(sentence.first, comma - _LONGEST_CALLING) - 1, -1):
        word = cut.words[at]
        if word.is_mark or word.low in rules.relatives:
            return False
        if is_calling(word.low, cut.language):
            return at == sentence.first or not cut.words[at - 1].is_mark
    return False


_LONGEST_CALLING = 10


def _is_governed(cut: Surface, name: int, sentence: Sentence, rules: Grammar) -> bool:
    """Whether a preposition stands before the name: "vecinos de | Palo Seco" is a place until something else tells."""
    at = name - 1
    while at > sentence.first and cut.words[at].low in rules.determiners:
        if cut.words[at].low in ("del", "al"):
            return True
        at -= 1
    return at >= sentence.first and cut.words[at].low in rules.prepositions - _TELLING


# "Según Abundio Cetina", "para Cetina": prepositions that name a speaker.
_TELLING = word_set("según para to by")


def _begins_with_given(cut: Surface, tokens: tuple[str, ...]) -> bool:
    """In Spanish two words may be two surnames ("Osorio Chong"): only a known given name tells at once."""
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


def _past_shout(cut: Surface, start: int, end: int) -> int:
    """Past what only its place puts in capitals: "FURIOUS Kit Mwangi", "Baja Fermín Arce", "Obras Públicas Eusebio Prim"."""
    words = cut.words
    if start + 2 < end and words[start].low not in GIVEN and words[start + 1].low in GIVEN:
        shouted = (
            words[start].text.isupper() and len(words[start].text) > 2 and not words[start + 1].text.isupper()
        )
        if shouted or words[start].low in common_words():
            return start + 1
    return start


def _past_places(cut: Surface, start: int, end: int) -> int:
    """Past "Republican" in "Republican Donald Trump": to the first given name, if more follows it.

    Spanish writes such a word with a capital only in an office, "ministro de Agua Julián Barrera"; elsewhere it is a
    rare given name: "Dulce María Echegollen".
    """
    in_office = start > 0 and cut.words[start - 1].low in ("de", "del", "of")
    if (cut.language == "es" and not in_office) or cut.words[start].low in GIVEN:
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
