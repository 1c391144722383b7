"""Where a noun phrase begins or ends, walking from a verb: who stands before "said", who after "dijo".

No parser: a phrase is what lies between the words of closed classes. Every walk is bounded, so that a sentence without
end costs no more than its length.
"""

from __future__ import annotations

from careo.reading.cues import cue
from careo.reading.grammar import Grammar, grammar
from careo.reading.surface import Surface
from careo.reading.word_sets import word_set

# The longest subject worth showing, in words; a title with its holder and an apposition fits.
LONGEST = 40
_QUOTES = frozenset('"“”„«»‟')
_STOPS = frozenset(";:?!()[]—–…") | _QUOTES
PARTICLES = word_set("de del la las los van von der den bin al el y da dos di du le")


def subject_before(cut: Surface, verb: int, first: int) -> tuple[int, int] | None:
    """The words [start, end) of the noun phrase that ends before the verb group of word `verb`."""
    rules = grammar(cut.language)
    end = _before_day(cut, before_auxiliaries(cut, verb, first, rules), first, rules)
    if end <= first:
        return None
    last = cut.words[end - 1]
    if last.text in '"”»' and cut.quoted[end - 1] >= 0:
        return _with_quoted_name(cut, end, first, rules)
    if last.text == ")":
        return _with_parenthesis(cut, end, first, rules)
    if last.low == ",":
        return _with_apposition(cut, end, first, rules)
    if last.is_mark or last.low in rules.conjunctions or (cut.quoted[end - 1] >= 0 and last.text in _QUOTES):
        return None
    start = _phrase_start(cut, end, first, rules)
    return (start, end) if start < end else None


def _before_day(cut: Surface, end: int, first: int, rules: Grammar) -> int:
    """Without "on Monday", "el lunes" between the subject and its verb."""
    if end - 1 > first and cut.words[end - 1].low in rules.days:
        end -= 1
        if end - 1 > first and cut.words[end - 1].low in ("on", "el", "este"):
            end -= 1
    return end


def before_auxiliaries(cut: Surface, verb: int, first: int, rules: Grammar) -> int:
    """The word at which the verb group of `verb` begins: "has repeatedly | said"."""
    at = verb
    while at > first and verb - at < 8:
        word = cut.words[at - 1]
        if not (
            word.low in rules.auxiliaries
            or (word.low == "since" and at < verb)
            or is_adverb(cut, at - 1, rules)
        ) or (word.is_capital and at - 1 > first):
            break
        at -= 1
    return at


# A name in quotation marks ("Le Figaro") or a note in brackets ("(R-Ohio)") is no longer than this, in words and marks.
_SHORT = 8


def _with_quoted_name(cut: Surface, end: int, first: int, rules: Grammar) -> tuple[int, int] | None:
    """the daily "Le Figaro" | says: back over the quoted name to its noun."""
    quotation = cut.quotations[cut.quoted[end - 1]]
    at = end - 1
    while at > first and end - at <= _SHORT and cut.words[at].start > quotation.start:
        at -= 1
    if cut.words[at].start != quotation.start or at + 1 >= end or not cut.words[at + 1].is_capital:
        return None
    if at == first or cut.words[at - 1].is_mark:
        return None if cut.words[end - 2].is_mark else (at, end)
    return _phrase_start(cut, at, first, rules), end


def _with_parenthesis(cut: Surface, end: int, first: int, rules: Grammar) -> tuple[int, int] | None:
    """Sen. Marsh (R-Ohio) | said."""
    at = end - 1
    while at > first and end - at <= _SHORT and cut.words[at].text != "(":
        at -= 1
    if cut.words[at].text != "(" or at == first:
        return None
    start = _phrase_start(cut, at, first, rules)
    return (start, end) if start < at else None


def is_adverb(cut: Surface, at: int, rules: Grammar) -> bool:
    """Whether the word only colours a verb: "also", "repeatedly", "rotundamente"."""
    word = cut.words[at]
    if word.low in rules.adverbs:
        return True
    if word.is_capital:
        return False
    return (
        word.low.endswith("mente")
        if cut.language == "es"
        else word.low.endswith("ly") and word.low not in _NO_ADVERBS
    )


_NO_ADVERBS = word_set("family ally reply supply assembly anomaly bully rally fly daily weekly elderly")


def _with_apposition(cut: Surface, end: int, first: int, rules: Grammar) -> tuple[int, int] | None:
    """ "Rosa Ibarra, leader of the union," before the verb: back to the comma that opens the apposition, and its noun."""
    floor = max(first, end - LONGEST)
    aside = _before_aside(cut, end, first)
    if aside is not None:
        start = _phrase_start(cut, aside, first, rules)
        return (start, aside) if start < aside else None
    at = end - 2
    while at >= floor and cut.words[at].low != "," and cut.words[at].text not in _STOPS:
        at -= 1
    if at < floor or cut.words[at].low != ",":
        return None
    if cut.words[at - 1].text == ")" and at > first:
        noted = _with_parenthesis(cut, at, first, rules)
        return (noted[0], end - 1) if noted else None
    start = _phrase_start(cut, at, first, rules)
    return (start, end - 1) if start < at else None


# What stands between commas after a subject and is no part of it.
_ASIDES = frozenset(
    (
        "en cambio",
        "sin embargo",
        "por su parte",
        "por ejemplo",
        "no obstante",
        "eso sí",
        "a su vez",
        "además",
        "asimismo",
        "however",
        "meanwhile",
        "for example",
        "in turn",
        "for his part",
        "for her part",
        "for its part",
        "in contrast",
        "on the other hand",
        "too",
        "though",
        "by contrast",
    )
)


def _before_aside(cut: Surface, end: int, first: int) -> int | None:
    """The word at which the subject of "Ibarra, however, | said" ends; `end` is after the second comma."""
    words = cut.words
    for at in range(end - 2, max(first, end - 7), -1):
        if words[at].low == ",":
            said = " ".join(word.low for word in words[at + 1 : end - 1])
            return at if said in _ASIDES and not words[at - 1].is_mark else None
    return None


def _phrase_start(cut: Surface, end: int, first: int, rules: Grammar) -> int:
    words = cut.words
    at = end
    floor = max(first, end - LONGEST)
    while at > floor:
        word = words[at - 1]
        low = word.low
        if (
            word.text in _STOPS
            or low == ","
            or (low in rules.breaks and (not word.is_capital or at - 1 == first))
        ):
            break
        if low in rules.pronouns and at == end:
            return at - 1
        if low in _ONE or low in ("they", "we"):
            if at < end and words[at].low in rules.conjunctions and low in _ONE:
                return at - 2 if at - 2 >= floor and words[at - 2].low in ("both", "tanto") else at - 1
            break
        if low in rules.relatives and not (low == "that" and at < end and not words[at].is_capital):
            break
        if low in rules.conjunctions:
            if not (
                at - 1 > floor
                and at < end
                and (_pairs(words[at - 2].text, words[at].text) or words[at - 2].low in _ONE)
            ):
                break
        elif (
            low in rules.auxiliaries
            and low not in ("'s", "’s")
            and low not in rules.determiners
            and low not in rules.prepositions
        ) or (at < end and cue(low, cut.language) is not None and not word.is_capital and low not in NOUNS):
            break
        at -= 1
        if (
            low in rules.determiners
            and low not in ("del", "al")
            and not _continues_left(cut, at, floor, rules)
        ):
            return at - 1 if at > floor and low in _COUNTS and words[at - 1].low in _ARTICLES else at
    return _trimmed(cut, at, end, rules)


# Forms of cue verbs that are nouns more often than verbs inside a subject.
NOUNS = word_set(
    "report claim state question attack challenge call show offer point cause estimate reports claims "
    "states questions demand comment highlights informe anuncio pregunta cuenta queja crítica pide estima"
)


_ONE = word_set("he she i él ella")


def _pairs(left: str, right: str) -> bool:
    return left[0].isupper() == right[0].isupper()


# "The two governments": a determiner that another one may stand before.
_COUNTS = word_set(
    "two three four five six seven eight nine ten few many other dos tres cuatro cinco otro otra otros otras"
)


def _continues_left(cut: Surface, at: int, floor: int, rules: Grammar) -> bool:
    """Whether the phrase goes on before a determiner: "a spokesman for the …"."""
    if at - 1 <= floor:
        return False
    low = cut.words[at - 1].low
    nominal = low in rules.prepositions and low not in ("as", "by", "to", "según", "por", "tras", "a")
    return nominal and not cut.words[at - 1].is_capital


def _trimmed(cut: Surface, at: int, end: int, rules: Grammar) -> int:
    """Without what cannot begin a phrase: "of", "and", an adverb."""
    while at < end:
        low = cut.words[at].low
        if (
            low in rules.prepositions
            or low in rules.conjunctions
            or low in rules.adverbs
            or cut.words[at].is_mark
        ):
            if (cut.language == "es" and low in ("el", "la")) or low in rules.determiners:
                break
            at += 1
        else:
            break
    return at


def subject_after(
    cut: Surface, start: int, last: int, *, within_quotation: bool = False, opening: bool = False
) -> tuple[int, int] | None:
    """The words of the noun phrase that begins at `start`: "dijo | el ministro de Agua, Julián Barrera |, en la radio"."""
    rules = grammar(cut.language)
    words = cut.words
    ceiling = min(last, start + LONGEST)
    while start < ceiling and words[start].low in rules.adverbs:
        start += 1
    if cut.language == "es":
        start = _past_circumstances(cut, start, ceiling, rules)
    if start >= ceiling or not _can_begin(cut, start, rules, within_quotation):
        return None
    if words[start].low in rules.pronouns:
        return start, start + 1
    at = start
    while at < ceiling:
        word = words[at]
        low = word.low
        if (word.is_mark and low not in ("'", "’", "-", "/", "&")) or low in rules.breaks:
            break
        if at > start and (
            low in rules.relatives
            or (low in rules.auxiliaries - rules.determiners - rules.prepositions and low not in ("'s", "’s"))
        ):
            break
        if low in rules.prepositions and low not in _NOMINAL[cut.language]:
            break
        if low in rules.conjunctions and not (
            at > start and at + 1 < ceiling and _pairs(words[at - 1].text, words[at + 1].text)
        ):
            break
        if low in rules.days or (at > start and low in rules.adverbs):
            break
        at += 1
    at = _with_trailing_apposition(cut, start, at, ceiling, rules, opening)
    return (start, at) if at > start else None


_NOMINAL = {"en": word_set("of for at from"), "es": word_set("de del para por")}


def _past_day(cut: Surface, at: int, ceiling: int, rules: Grammar) -> int:
    """Past "ayer", "el lunes", "este pasado jueves" and adverbs."""
    words = cut.words
    here = at
    while here < ceiling:
        ahead = here
        while ahead < min(ceiling, here + 3) and words[ahead].low in _BEFORE_DAY:
            ahead += 1
        if ahead >= ceiling or words[ahead].low not in rules.days | rules.adverbs:
            return here
        here = ahead + 1
        if here < ceiling and words[here].low == "pasado":
            here += 1
    return here


_BEFORE_DAY = word_set("el este pasado mismo")


def _past_circumstances(cut: Surface, at: int, ceiling: int, rules: Grammar) -> int:
    """Past "ayer", "hoy a Efe", "en rueda de prensa" to a subject that comes late; the start if none does."""
    words = cut.words
    here = _past_day(cut, at, ceiling, rules)
    if here >= ceiling or words[here].low not in ("a", "en", "durante", "por", "tras", "ante", "al"):
        return here
    end = here + 1
    while end < min(ceiling, here + 9):
        word = words[end]
        if word.is_mark or word.low in rules.relatives or word.low in rules.breaks:
            return (
                end + 1 if word.low == "," and end + 1 < ceiling and words[end + 1].low in _ARTICLES else at
            )
        if word.low in _ARTICLES and words[end - 1].low not in rules.prepositions:
            return end
        end += 1
    return at


_ARTICLES = word_set("the these those el la los las un una")


def _can_begin(cut: Surface, at: int, rules: Grammar, within_quotation: bool) -> bool:
    word = cut.words[at]
    if word.is_mark or (cut.quoted[at] >= 0 and not within_quotation):
        return False
    return (
        word.is_capital
        or word.low in rules.determiners
        or word.low in rules.pronouns
        or word.low
        not in (
            rules.prepositions
            | rules.conjunctions
            | rules.auxiliaries
            | rules.breaks
            | rules.that
            | rules.relatives
        )
    )


def _with_trailing_apposition(
    cut: Surface, start: int, at: int, ceiling: int, rules: Grammar, opening: bool
) -> int:
    """Past ", minister of water," where a comma closes it or the sentence ends, and past ", Julián Barrera".

    Where the phrase opens its sentence ("According to Barrera, …") the sentence's own clause follows, so a comma must.
    """
    words = cut.words
    if at >= ceiling - 1 or words[at].low != ",":
        return at
    after = words[at + 1]
    if not (
        after.is_capital
        or after.low in rules.determiners
        or after.low
        not in (
            rules.prepositions
            | rules.conjunctions
            | rules.breaks
            | rules.relatives
            | rules.adverbs
            | rules.pronouns
            | rules.auxiliaries
        )
    ):
        return at
    if (
        cue(after.low, cut.language) is not None
        or (cut.language == "en" and after.low.endswith("ing"))
        or after.low.endswith("ndo")
    ):
        return at
    end = at + 1
    while end < ceiling and not words[end].is_mark:
        if (
            words[end].low in rules.relatives
            or words[end].low in rules.breaks
            or words[end].low in rules.auxiliaries - rules.determiners - rules.prepositions
        ):
            return at
        if cue(words[end].low, cut.language) is not None and words[end].low not in NOUNS:
            return at
        end += 1
    closing = "," if opening else ',.;”"»—)'
    return end if (end < ceiling and words[end].text in closing) or (end == ceiling and not opening) else at
