"""Where what was said begins after a cue, and where it ends.

After "said" may come whom, where and when it was said ("told reporters on Monday that …") before the words themselves;
the words run to the end of the sentence unless another attribution takes over (", adding that", "but said", ", according
to"). Every walk is bounded.
"""

from __future__ import annotations

from careo.reading.cues import cue
from careo.reading.grammar import Grammar, grammar
from careo.reading.phrases import before_auxiliaries, subject_before
from careo.reading.surface import Surface
from careo.reading.word_sets import word_set

# Words between a cue and what it introduces: "said in a statement sent to reporters late on Monday that".
_BETWEEN = 24
# A clause longer than this, in words, is no clause; it keeps texts without full stops linear.
LONGEST_CLAUSE = 300
_CLOSING = frozenset(".!?…;")


def clause_start(cut: Surface, at: int, last: int) -> int | None:
    """The word with which the content begins after word `at`: "that" or the first word of a quotation; None if neither.

    Whom, where and when may come before it, a clause may not: quoted words deep in one are a part of it.
    """
    rules = grammar(cut.language)
    words = cut.words
    for here in range(at, min(last, at + _BETWEEN)):
        word = words[here]
        if cut.quoted[here] >= 0:
            return here
        if word.low in rules.that and not (here > at and words[here - 1].low in rules.determiners):
            return here
        if word.text in _CLOSING or word.low in rules.breaks:
            return None
        if here > at and _begins_clause(cut, here, rules):
            return None
    return None


def _begins_clause(cut: Surface, here: int, rules: Grammar) -> bool:
    """Whether a verb stands here: what came before it was its subject."""
    low = cut.words[here].low
    if cut.language == "en" and low in rules.auxiliaries and low not in ("'s", "’s"):
        return True
    if cut.language == "en" and low in ("he", "she", "they", "it", "we", "i", "there"):
        return True
    return cue(low, cut.language) is not None and low not in _HARMLESS


def bare_clause_start(cut: Surface, at: int, last: int, *, addressee: bool) -> int | None:
    """The word with which an English clause without "that" begins, past whom, where and when; None if none does.

    "said | he would go", "said on Monday | the plan was dead", "told reporters | he would go".
    """
    rules = grammar(cut.language)
    words = cut.words
    here = _past_person(cut, at, last) if addressee else at
    for _ in range(3):
        here = _past_circumstance(cut, here, last, rules)
    if here >= last or (words[here].is_mark and words[here].text not in "$€£#@¿¡"):
        return None
    return here if words[here].low not in rules.prepositions | rules.breaks | rules.conjunctions else None


_SUBJECTS = word_set("he she they it we i there")


def _past_person(cut: Surface, at: int, last: int) -> int:
    """Past the one who was told: a pronoun, a name, or a plain noun such as "reporters"."""
    words = cut.words
    if at >= last or words[at].is_mark:
        return at
    here = at
    while here < min(last, at + 8):
        word = words[here]
        if (
            word.is_mark
            or cut.quoted[here] >= 0
            or word.low in ("that", "about", "to")
            or (word.low in _SUBJECTS and here > at)
        ):
            break
        if (
            here > at
            and word.low in _DETERMINED
            and not words[here - 1].is_capital
            and words[here - 1].low not in ("of", "at", "for", "from", "with", "in")
        ):
            break
        here += 1
        if word.low in (
            "him",
            "her",
            "me",
            "us",
            "them",
            "reporters",
            "supporters",
            "journalists",
            "voters",
            "lawmakers",
        ):
            break
    return here


_DETERMINED = word_set("the a an his her their its this these those no some any")
_PLACES = word_set("on in at during by via through after before following from")


def _past_circumstance(cut: Surface, at: int, last: int, rules: Grammar) -> int:
    """Past one "on Monday", "in a statement", "earlier this month"."""
    words = cut.words
    here = at
    if (
        here + 1 < last
        and words[here].low in ("late", "early")
        and words[here + 1].low in {"on", "in", *rules.days}
    ):
        here += 1
    while here < last and (words[here].low in rules.days or words[here].low in rules.adverbs):
        here += 1
        if here < last and words[here].low in ("morning", "afternoon", "evening", "night"):
            here += 1
    if (
        here < last
        and words[here].low in ("last", "this", "earlier")
        and here + 1 < last
        and words[here + 1].low
        in ("week", "month", "year", "night", "spring", "fall", "summer", "winter", *rules.days)
    ):
        return here + 2
    if here < last and words[here].low in _PLACES and not words[here].is_capital:
        end = here + 1
        while end < min(last, here + 9) and (
            words[end].is_capital
            or words[end].is_number
            or words[end].low in _DETERMINED | {"of", "with", "to", "'s", "’s"}
            or words[end - 1].low in _DETERMINED
            or end == here + 1
            or (not words[end - 1].is_capital and words[end].low in _STATEMENTS)
        ):
            end += 1
        if end < last and words[end].low not in rules.auxiliaries:
            return end
    return here


_STATEMENTS = word_set(
    "statement interview speech conference call letter email post tweet press news debate rally hearing "
    "briefing report memo time message testimony appearance event question"
)


# Forms of cues that stand in "said in a statement", "dijo en un informe", "told the state's question time".
_HARMLESS = word_set(
    "report state show statement call question address post tweet informe anuncio pregunta cuenta queja "
    "comunicado mensaje reports posts repeat read claims"
)


def clause_end(cut: Surface, start: int, last: int) -> int:
    """One past the last word of the clause that begins at word `start`."""
    rules = grammar(cut.language)
    words = cut.words
    ceiling = min(last, start + LONGEST_CLAUSE)
    for here in range(start + 2, ceiling):
        if cut.quoted[here] >= 0:
            continue
        low = words[here].low
        if low == ";":
            return here
        if low == "," and _takes_over(cut, here + 1, ceiling, rules):
            return here
        if (
            low in ("and", "but")
            and here + 1 < ceiling
            and words[here + 1].low in ("he", "she", "they")
            and words[here - 1].low == ","
        ):
            return here - 1
        if (
            low in ("while", "however", "although", "mientras", "aunque")
            and here + 1 < ceiling
            and words[here - 1].low == ","
        ):
            return here - 1
        if low in rules.joining and _joins_attribution(cut, here + 1, ceiling, rules):
            return here - 1 if words[here - 1].low == "," else here
    return ceiling


def _takes_over(cut: Surface, at: int, ceiling: int, rules: Grammar) -> bool:
    """Whether ", adding that", ", according to", ", said X" or ", X said." begins at word `at`."""
    if at >= ceiling:
        return False
    words = cut.words
    low = words[at].low
    which = cue(low, cut.language)
    if which is not None and which.form == "gerund" and which.kind in ("say", "tell"):
        return True
    if (
        low == "according"
        or low == "según"
        or (low == "y" and at + 1 < ceiling and cue(words[at + 1].low, "es") is not None)
    ):
        return True
    if which is not None and which.form == "finite" and which.kind == "say":
        return True
    for here in range(at, min(at + 12, ceiling)):
        if cut.quoted[here] >= 0 or words[here].low == ",":
            return False
        found = cue(words[here].low, cut.language)
        if found is not None and found.kind in ("say", "tell") and found.form == "finite":
            subject = subject_before(cut, here, at)
            return (
                subject is not None
                and subject[0] == at
                and (here + 1 >= ceiling or words[here + 1].low in ".,:" or cut.quoted[here + 1] >= 0)
            )
    return False


def _joins_attribution(cut: Surface, at: int, ceiling: int, rules: Grammar) -> bool:
    """Whether "and said", "but also warned", "and Barrera said" follows a conjunction."""
    words = cut.words
    for here in range(at, min(at + 10, ceiling)):
        if cut.quoted[here] >= 0 or words[here].is_mark:
            return False
        found = cue(words[here].low, cut.language)
        denied = found is not None and found.form == "base" and words[here - 1].low in rules.auxiliaries
        if found is None or (found.form != "finite" and not denied):
            continue
        if before_auxiliaries(cut, here, at, rules) == at:
            return found.kind != "think" and here + 1 < ceiling and not words[here + 1].is_mark
        if found.kind not in ("say", "tell"):
            continue
        subject = subject_before(cut, here, at)
        return subject is not None and subject[0] <= at + 1 and _introduces(cut, here + 1, ceiling, rules)
    return False


def _introduces(cut: Surface, at: int, ceiling: int, rules: Grammar) -> bool:
    return at < ceiling and (
        cut.words[at].low in rules.that
        or cut.quoted[at] >= 0
        or cut.words[at].low in ("he", "she", "they", "it", "the")
    )


def without_closing_marks(cut: Surface, start: int, end: int) -> int:
    """One past the last word, without full stop or comma outside of quotation marks."""
    while end - 1 > start and cut.words[end - 1].text in ".,;:!?…—–-" and cut.quoted[end - 1] < 0:
        end -= 1
    return end
