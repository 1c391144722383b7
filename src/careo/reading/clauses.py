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

# Words between a cue and what it introduces: "said in a statement sent to reporters late on Monday that".
_BETWEEN = 24
# A clause longer than this, in words, is no clause; it keeps texts without full stops linear.
LONGEST_CLAUSE = 300
_CLOSING = frozenset(".!?…;")


def clause_start(cut: Surface, at: int, last: int) -> int | None:
    """The word with which the content begins after word `at`: "that", or the first word of a quotation; None if neither."""
    rules = grammar(cut.language)
    words = cut.words
    for here in range(at, min(last, at + _BETWEEN)):
        word = words[here]
        if cut.quoted[here] >= 0:
            return here
        if word.low in rules.that and not _is_relative(cut, here, at, rules):
            return here
        if word.text in _CLOSING or word.low in rules.breaks:
            return None
        if here > at and cue(word.low, cut.language) is not None and word.low not in _HARMLESS:
            return None
    return None


# Forms of cues that stand in "said in a statement", "dijo en un informe", "told the state's question time".
_HARMLESS = frozenset("report state show statement call question address post tweet informe anuncio pregunta cuenta queja comunicado mensaje show reports posts repeat read claims".split())


def _is_relative(cut: Surface, here: int, at: int, rules: Grammar) -> bool:
    """ "the plan that she made": a "that" after a noun within a longer phrase is left to the cue's own rules."""
    return False if here == at else cut.words[here - 1].low in rules.determiners


def clause_end(cut: Surface, start: int, last: int) -> int:
    """One past the last word of the clause that begins at word `start`."""
    rules = grammar(cut.language)
    words = cut.words
    ceiling = min(last, start + LONGEST_CLAUSE)
    for here in range(start + 2, ceiling):
        if cut.quoted[here] >= 0:
            continue
        low = words[here].low
        if low == "," and _takes_over(cut, here + 1, ceiling, rules):
            return here
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
    if low == "according" or low == "según" or low == "y" and at + 1 < ceiling and cue(words[at + 1].low, "es") is not None:
        return True
    if which is not None and which.form == "finite" and which.kind == "say":
        return True
    for here in range(at, min(at + 12, ceiling)):
        if cut.quoted[here] >= 0 or words[here].low == ",":
            return False
        found = cue(words[here].low, cut.language)
        if found is not None and found.kind in ("say", "tell") and found.form == "finite":
            subject = subject_before(cut, here, at)
            return subject is not None and subject[0] == at and (here + 1 >= ceiling or words[here + 1].low in ".,:" or cut.quoted[here + 1] >= 0)
    return False


def _joins_attribution(cut: Surface, at: int, ceiling: int, rules: Grammar) -> bool:
    """Whether "and said", "but also warned", "and Barrera said" follows a conjunction."""
    words = cut.words
    for here in range(at, min(at + 10, ceiling)):
        if cut.quoted[here] >= 0 or words[here].is_mark:
            return False
        found = cue(words[here].low, cut.language)
        if found is None or found.kind not in ("say", "tell") or found.form not in ("finite",):
            continue
        before = before_auxiliaries(cut, here, at, rules)
        if before == at:
            return True
        subject = subject_before(cut, here, at)
        return subject is not None and subject[0] <= at + 1 and _introduces(cut, here + 1, ceiling, rules)
    return False


def _introduces(cut: Surface, at: int, ceiling: int, rules: Grammar) -> bool:
    return at < ceiling and (cut.words[at].low in rules.that or cut.quoted[at] >= 0 or cut.words[at].low in ("he", "she", "they", "it", "the"))


def without_closing_marks(cut: Surface, start: int, end: int) -> int:
    """One past the last word, without full stop or comma outside of quotation marks."""
    while end - 1 > start and cut.words[end - 1].text in ".,;:!?…—–-" and cut.quoted[end - 1] < 0:
        end -= 1
    return end
