"""The first engine: rules over words, marks and quotations. It finds who said what without a parser.

For each cue outside quotations it looks who stands before or after it and what it introduces: words in quotation marks,
a clause after it ("said that …", "dijo que …"), or the sentence around it ("…, he said, …"). What lies inside another
attribution's content is dropped: a report tells what its source says, not what the source's source says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from careo.reading.clauses import bare_clause_start, clause_end, clause_start, without_closing_marks
from careo.reading.continuations import continued
from careo.reading.cues import Cue, cue
from careo.reading.drafts import Draft, Stretch
from careo.reading.engine import Attribution
from careo.reading.grammar import Grammar, grammar
from careo.reading.phrases import before_auxiliaries, subject_after, subject_before
from careo.reading.subjects import acting_name, main_subject
from careo.reading.surface import Sentence, Surface
from careo.reading.word_sets import word_set


@dataclass(frozen=True, slots=True)
class Rules:
    """The engine; without state."""

    name: str = "rules 1"

    def attributions(self, surface: Surface) -> Sequence[Attribution]:
        return tuple(_attributions(surface))


RULES = Rules()


def _attributions(cut: Surface) -> Iterator[Attribution]:
    drafts: list[Draft] = []
    capitals = Counter(word.low for word in cut.words if word.is_capital)
    for number, sentence in enumerate(cut.sentences):
        sentence = replace(sentence, first=_past_dateline(cut, sentence))
        headed = _colon(cut, sentence, number, capitals)
        drafts.extend([headed] if headed else _of_sentence(cut, sentence, number))
    for draft in sorted(continued(cut, drafts), key=lambda draft: min(draft.content)):
        yield draft.finished(cut)


def _of_sentence(cut: Surface, sentence: Sentence, number: int) -> list[Draft]:
    """The attributions of one sentence, outermost only."""
    found: list[Draft] = []
    for at in range(sentence.first, sentence.last):
        low = cut.words[at].low
        if cut.quoted[at] >= 0:
            if low in _DASHES and (one := _between_dashes(cut, sentence, number, at)) is not None:
                _keep(found, one)
            continue
        one = None
        if low in _OPENERS[cut.language]:
            one = _according(cut, sentence, number, at)
        elif (which := cue(low, cut.language)) is not None:
            one = _at_cue(cut, sentence, number, at, which, found)
        if one is not None:
            _keep(found, one)
    return found


# A dateline is no longer than this, in words and marks: "PUERTO ALBA (Harbour Wire) -".
_DATELINE = 16


def _past_dateline(cut: Surface, sentence: Sentence) -> int:
    """The word after a paragraph's place and agency: "PUERTO ALBA (Harbour Wire) — | Meridia will …"."""
    words = cut.words
    if cut.paragraphs[sentence.paragraph].start != sentence.start or not words[sentence.first].text.isupper():
        return sentence.first
    for at in range(sentence.first + 1, min(sentence.last - 1, sentence.first + _DATELINE)):
        word = words[at]
        if word.text in _DASHES:
            return at + 1
        if cut.quoted[at] >= 0 or not (word.is_capital or word.text in ",./()" or word.low in _IN_DATELINES):
            break
    return sentence.first


_IN_DATELINES = word_set("de del la el of the and y")


# A speaker before a colon is named in so many words: "Union leader Rosa Ibarra: …".
_NAMED_IN = 6
# How often a text names whoever it lets speak without quotation marks: "Ibarra: They lied to us".
_KNOWN = 3


def _colon(cut: Surface, sentence: Sentence, number: int, capitals: Counter[str]) -> Draft | None:
    """ "Ibarra: “Nos mintieron”", the form of headlines and of records of what was said: a name, a colon, the words."""
    words = cut.words
    ceiling = min(sentence.last, sentence.first + _NAMED_IN + 1)
    colon = next((at for at in range(sentence.first + 1, ceiling) if words[at].text == ":"), None)
    if colon is None or colon + 1 >= sentence.last or cut.quoted[colon] >= 0:
        return None
    source = words[sentence.first : colon]
    if not (source[0].is_capital and source[-1].is_capital) or any(
        cue(word.low, cut.language) for word in source
    ):
        return None
    if cut.quoted[colon + 1] >= 0:
        end = min(sentence.last, _word_at(cut, cut.quotations[cut.quoted[colon + 1]].end))
        return Draft((sentence.first, colon), (colon, colon + 1), [(colon + 1, end)], 0.8, number, True)
    if not all(word.is_capital for word in source) or capitals[source[-1].low] < _KNOWN:
        return None
    end = without_closing_marks(cut, colon + 1, sentence.last)
    return Draft((sentence.first, colon), (colon, colon + 1), [(colon + 1, end)], 0.6, number)


# Attributions of one sentence that may still overlap a new one; more only in a text without full stops.
_RECENT = 40


def _keep(found: list[Draft], new: Draft) -> None:
    """Add `new` unless it lies inside another's content, or swallows one surer than itself; what it swallows goes."""
    recent = found[-_RECENT:]
    if any(_inside(new.cue, other.content) for other in recent):
        return
    swallowed = [other for other in recent if _inside(other.cue, new.content)]
    if swallowed and (new.source is None or any(other.score > new.score for other in swallowed)):
        return
    found[-_RECENT:] = [other for other in recent if other not in swallowed]
    found.append(new)


def _inside(inner: Stretch | None, content: Sequence[Stretch]) -> bool:
    return inner is not None and any(start <= inner[0] < end for start, end in content)


_DASHES = frozenset("—–-")


def _between_dashes(cut: Surface, sentence: Sentence, number: int, at: int) -> Draft | None:
    """“Vamos a crecer —dijo Barrera— este año”: an attribution within the quotation, between dashes."""
    words = cut.words
    if at + 1 >= sentence.last:
        return None
    which = cue(words[at + 1].low, cut.language)
    if which is None or which.form != "finite" or which.kind not in ("say", "quote", "think"):
        return None
    closing = next(
        (here for here in range(at + 2, min(sentence.last, at + 30)) if words[here].low in _DASHES), None
    )
    if closing is None:
        return None
    source = subject_after(cut, at + 2, closing, within_quotation=True)
    quotation = cut.quotations[cut.quoted[at]]
    start = _word_at(cut, quotation.start)
    end = min(sentence.last, _word_at(cut, quotation.end))
    goes_on = closing + 1
    while goes_on < end and words[goes_on].text in ".,;":
        goes_on += 1
    content = [(start, at)] + ([(goes_on, end)] if goes_on < end else [])
    if start >= at:
        return None
    return Draft(source, (at + 1, at + 2), content, 0.95, number, True)


_OPENERS = {"en": frozenset({"according"}), "es": frozenset({"según", "juicio", "opinión", "acuerdo"})}


def _according(cut: Surface, sentence: Sentence, number: int, at: int) -> Draft | None:
    """ "According to the minister, …" and "…, según el ministro"."""
    words = cut.words
    opened = _opener(cut, at, sentence)
    if opened is None:
        return None
    begin, source_at = opened
    if source_at >= sentence.last:
        return None
    which = cue(words[source_at].low, cut.language)
    cue_end = source_at
    if cut.language == "es" and which is not None and which.form == "finite":
        cue_end = source_at + 1
        source = subject_after(cut, source_at + 1, sentence.last)
    else:
        source = subject_after(cut, source_at, sentence.last, opening=begin <= sentence.first + 1)
        if source is None:
            return None
    after = source[1] if source else cue_end
    content = _around(cut, sentence, begin, after)
    if not content:
        return None
    return Draft(source, (begin, cue_end), content, 0.8, number)


def _opener(cut: Surface, at: int, sentence: Sentence) -> tuple[int, int] | None:
    """Where the opener begins and where its source does."""
    words = cut.words
    low = words[at].low
    following = words[at + 1].low if at + 1 < sentence.last else ""
    previous = words[at - 1].low if at > sentence.first else ""
    if low == "according":
        return (at, at + 2) if following == "to" else None
    if low == "según":
        return at, at + 1
    if low == "acuerdo":
        return (at - 1, at + 2) if previous == "de" and following == "con" else None
    if low in ("juicio", "opinión") and previous in ("a", "en") and following in ("de", "del"):
        return at - 1, at + (2 if following == "de" else 1)
    return None


def _around(cut: Surface, sentence: Sentence, begin: int, after: int) -> list[Stretch]:
    """What a bracketed attribution leaves of its sentence, before and after it."""
    words = cut.words
    pieces: list[Stretch] = []
    if begin > sentence.first + 1:
        pieces.append((sentence.first, _back_over_marks(cut, begin, sentence.first)))
    while (
        after < sentence.last
        and words[after].is_mark
        and cut.quoted[after] < 0
        and words[after].text not in ".;"
    ):
        after += 1
    if after < sentence.last - 1 and not (pieces and _is_afterthought(cut, after)):
        pieces.append((after, without_closing_marks(cut, after, sentence.last)))
    return [piece for piece in pieces if piece[0] < piece[1]]


def _back_over_marks(cut: Surface, end: int, first: int) -> int:
    while end - 1 > first and cut.words[end - 1].text in ",—–-:(" and cut.quoted[end - 1] < 0:
        end -= 1
    return end


def _is_afterthought(cut: Surface, at: int) -> bool:
    """Whether what follows an attribution belongs to it and not to the words: ", who", ", in", ", adding"."""
    rules = grammar(cut.language)
    word = cut.words[at]
    if cut.quoted[at] >= 0:
        return False
    which = cue(word.low, cut.language)
    return (
        (which is not None and which.form == "gerund")
        or word.low in rules.relatives
        or word.low in rules.prepositions
        or word.low in rules.breaks
        or word.low in rules.days
        or word.low in rules.adverbs
        or word.text in ".;"
        or (word.low.endswith("ing") and cut.language == "en")
    )


def _at_cue(
    cut: Surface, sentence: Sentence, number: int, at: int, which: Cue, found: Sequence[Draft]
) -> Draft | None:
    rules = grammar(cut.language)
    if cut.words[at].is_capital and at > sentence.first and cut.words[at].text != "Said":
        return None
    group = before_auxiliaries(cut, at, sentence.first, rules)
    if _is_passive(cut, group, at) or not _is_verb(cut, sentence, group, at, which, rules):
        return None
    before = _source_before(cut, sentence, group, at, which, found, rules)
    after = (
        subject_after(cut, at + 1, sentence.last) if before is None and _may_invert(cut, at, which) else None
    )
    left = before[0] if before else group
    right = after[1] if after else at + 1
    closes = _follows_content(cut, sentence, number, left) and not _is_circumstance(
        cut, sentence, left, rules
    )
    if (
        closes
        and _ends_attribution(cut, right, sentence, rules)
        and not _that_follows(cut, right, sentence, rules)
    ):
        return _post_posed(cut, sentence, number, left, right, before or after, (group, at + 1), which)
    return _pre_posed(cut, sentence, number, at, right, before or after, (group, at + 1), which)


_BE = word_set("is are was were be been being fue fueron es son era eran ser sido siendo")


def _is_passive(cut: Surface, group: int, at: int) -> bool:
    between = {cut.words[here].low for here in range(group, at)}
    return bool(between & _BE) and not cut.words[at].low.endswith(("ing", "ndo"))


def _is_verb(cut: Surface, sentence: Sentence, group: int, at: int, which: Cue, rules: Grammar) -> bool:
    """Whether the word is a verb here: "officials report that", "will say", but neither "a report" nor "to say"."""
    if which.form != "base":
        return cut.language == "es" or _is_finite(cut, sentence, group, at, which, rules)
    if cut.language == "es" or group == sentence.first:
        return False
    previous = cut.words[group - 1].low
    if group < at and any(cut.words[here].low in rules.auxiliaries for here in range(group, at)):
        return True
    return previous in ("i", "you", "we", "they", "who", "people", "others", "some", "many") or (
        previous.endswith("s") and not previous.endswith(("ss", "'s", "’s", "us", "is")) and len(previous) > 3
    )


# Forms that are nouns or adjectives more often than verbs.
_NOUNS_IN_S = word_set(
    "states comments questions points claims reports notes fears promises remarks offers calls shows "
    "attacks praises blames posts requests demands threats hopes estimates threatens orders challenges "
    "labels"
)
_PURE_PARTICIPLES = word_set("known shown written begun sworn")


def _is_finite(cut: Surface, sentence: Sentence, group: int, at: int, which: Cue, rules: Grammar) -> bool:
    """Whether an English form in -s, -ed or -ing works as a verb here."""
    words = cut.words
    low = words[at].low
    previous = words[at - 1].low if at > sentence.first else ""
    following = words[at + 1].low if at + 1 < sentence.last else ""
    if group == at and previous in rules.determiners - rules.relatives:
        return False
    if low in _PURE_PARTICIPLES:
        return group < at
    if low in _NOUNS_IN_S:
        clear = following == "that" or (at + 1 < sentence.last and cut.quoted[at + 1] >= 0)
        return previous not in ("'s", "’s") and (
            clear or previous in rules.pronouns or (at > sentence.first and words[at - 1].is_capital)
        )
    if low.endswith("ed") and group == at and which.kind in ("judge", "think", "will"):
        return following not in ("by", "of", "to", "as", "in")
    return True


def _may_invert(cut: Surface, at: int, which: Cue) -> bool:
    return which.form in ("finite", "participle") and (
        cut.language == "es" or which.kind in ("say", "quote", "tell")
    )


def _source_before(
    cut: Surface, sentence: Sentence, group: int, at: int, which: Cue, found: Sequence[Draft], rules: Grammar
) -> Stretch | None:
    if group == sentence.first:
        return None
    previous = cut.words[group - 1]
    if which.form == "gerund" and group == at:
        return _subject_so_far(cut, sentence, at, found)
    if previous.low in rules.joining and which.form == "finite":
        return _subject_so_far(cut, sentence, group - 1, found)
    if previous.low in rules.relatives and not (cut.language == "es" and previous.is_capital):
        return _antecedent(cut, sentence, group - 1)
    before = subject_before(cut, at, sentence.first)
    if before is None and previous.low == "," and clause_start(cut, at + 1, sentence.last) is not None:
        return _long_subject(cut, sentence, group)
    return before


def _long_subject(cut: Surface, sentence: Sentence, group: int) -> Stretch | None:
    """ "Millàs, a quien …, insistió": the noun phrase that opens the sentence and is followed by a comma."""
    subject = main_subject(cut, sentence.first, group)
    if subject is None or subject[0] != sentence.first or cut.words[subject[1]].low != ",":
        return None
    return subject


def _subject_so_far(cut: Surface, sentence: Sentence, at: int, found: Sequence[Draft]) -> Stretch | None:
    if found and found[-1].source:
        return found[-1].source
    return main_subject(cut, sentence.first, at) or acting_name(cut, sentence.first, at)


def _antecedent(cut: Surface, sentence: Sentence, relative: int) -> Stretch:
    """ "Luis Videgaray, who": the noun phrase before the relative, and the relative."""
    subject = subject_before(
        cut,
        relative - 1 if relative > sentence.first and cut.words[relative - 1].low == "," else relative,
        sentence.first,
    )
    return (subject[0] if subject else relative, relative + 1)


def _follows_content(cut: Surface, sentence: Sentence, number: int, left: int) -> bool:
    """Whether a comma or a closing quotation mark stands before the attribution."""
    if left == sentence.first:
        return _after_quoted_sentence(cut, sentence, number)
    previous = cut.words[left - 1]
    if cut.quoted[left - 1] >= 0:
        return True
    return previous.text in ",—–?!" and left - sentence.first > 1


# What opens a sentence by telling what somebody was asked or was doing.
_OCCASIONS = word_set("asked pressed speaking told writing preguntado preguntada consultado interrogado")


def _is_circumstance(cut: Surface, sentence: Sentence, left: int, rules: Grammar) -> bool:
    """Whether only where, when or upon what stands before: "After the debate in Miami, Marsh told reporters …"."""
    if left <= sentence.first or cut.quoted[left - 1] >= 0:
        return False
    opening = cut.words[sentence.first].low
    if opening in _OCCASIONS:
        return True
    if opening not in rules.prepositions | rules.breaks:
        return False
    verbs = rules.auxiliaries - rules.determiners - rules.prepositions - {"'s", "’s", "se", "no"}
    return not any(cut.words[at].low in verbs for at in range(sentence.first, min(left, sentence.first + 40)))


def _after_quoted_sentence(cut: Surface, sentence: Sentence, number: int) -> bool:
    """“Why?” Marsh asked: two sentences for the marks, one for the attribution."""
    if number == 0 or cut.sentences[number - 1].paragraph != sentence.paragraph:
        return False
    before = cut.words[sentence.first - 1]
    inner = cut.words[sentence.first - 2] if sentence.first >= 2 else before
    return cut.quoted[sentence.first - 1] >= 0 and before.text in "\"”»’'" and inner.text in "?!"


def _ends_attribution(cut: Surface, right: int, sentence: Sentence, rules: Grammar) -> bool:
    """Whether nothing that was said follows directly: the end, a mark, where and when it was said."""
    if right >= sentence.last:
        return True
    word = cut.words[right]
    if cut.quoted[right] >= 0:
        return False
    return (
        word.text in ".,;—–)?!"
        or word.low in rules.prepositions
        or word.low in rules.days
        or word.low in rules.adverbs
        or word.low in rules.breaks
        or (
            word.low not in rules.that
            and clause_start(cut, right, sentence.last) is None
            and cut.language == "es"
        )
        or (cut.language == "en" and _is_addressee(cut, right, sentence))
    )


def _that_follows(cut: Surface, right: int, sentence: Sentence, rules: Grammar) -> bool:
    """ "insistió en que", "avisó ayer al Gobierno de que": a clause follows after all."""
    if cut.language == "en":
        return right < sentence.last and cut.words[right].low == "that"
    begin = clause_start(cut, right, sentence.last)
    if begin is None or cut.quoted[begin] >= 0 or begin - right > 12:
        return False
    if any(cut.words[here].low in ",:" for here in range(right, begin)):
        return False
    return begin == right or cut.words[begin - 1].low in ("en", "de", "a") or begin - right <= 8


def _is_addressee(cut: Surface, at: int, sentence: Sentence) -> bool:
    """ "told reporters", "told USA TODAY": whom, with nothing said after it."""
    told = cue(cut.words[at - 1].low, cut.language)
    return (
        told is not None
        and (told.kind == "tell" or cut.words[at - 1].low == "asked")
        and clause_start(cut, at, sentence.last) is None
    )


def _post_posed(
    cut: Surface,
    sentence: Sentence,
    number: int,
    left: int,
    right: int,
    source: Stretch | None,
    cue_at: Stretch,
    which: Cue,
) -> Draft | None:
    """ "…," she said. And what goes on after it."""
    if which.kind in ("judge", "refer"):
        return None
    content = [_before_attribution(cut, sentence, left)]
    if content[0][0] >= content[0][1]:
        return None
    quoted = cut.quoted[content[0][1] - 1] >= 0
    if which.kind in ("quote", "object") and not quoted:
        return None
    rest = _rest(cut, sentence, right, quoted)
    if rest is not None:
        content.append(rest)
    return Draft(source, cue_at, content, 0.95 if quoted else 0.85, number, quoted)


def _word_at(cut: Surface, place: int) -> int:
    """The number of the first word that begins at or after a place of the text."""
    return bisect_left(cut.words, place, key=lambda word: word.start)


def _before_attribution(cut: Surface, sentence: Sentence, left: int) -> Stretch:
    end = _back_over_marks(cut, left, 0) if left > 0 else left
    start = sentence.first
    if left == sentence.first or cut.quoted[end - 1] >= 0:
        number = cut.quoted[end - 1]
        if number >= 0:
            here = _word_at(cut, cut.quotations[number].start)
            start = min(here, sentence.first) if left != sentence.first else here
    return start, end


# How far, in words, an attribution's own circumstances reach: ", she said on Monday in a letter to the board, …".
_CIRCUMSTANCES = 40


def _rest(cut: Surface, sentence: Sentence, right: int, quoted: bool) -> Stretch | None:
    """What goes on after ", she said, " in the same sentence."""
    ceiling = min(sentence.last, right + _CIRCUMSTANCES)
    if quoted:
        opens = next((here for here in range(right, ceiling) if cut.quoted[here] >= 0), None)
        return (opens, sentence.last) if opens is not None else None
    comma = next(
        (here for here in range(right, ceiling) if cut.quoted[here] >= 0 or cut.words[here].text == ","),
        ceiling,
    )
    if comma + 1 >= sentence.last or cut.quoted[comma] >= 0 or _is_afterthought(cut, comma + 1):
        return None
    if cut.words[comma + 1].low in ("and", "but", "y", "pero"):
        return None
    return comma + 1, without_closing_marks(cut, comma + 1, sentence.last)


# A paper's or a programme's name in quotation marks, in words and marks: "told “Good Morning America” that …".
_QUOTED_NAME = 7


def _past_quoted_name(cut: Surface, at: int, sentence: Sentence) -> int | None:
    """Past the quoted name of whom was told; None where the quotation is what was said."""
    quotation = cut.quotations[cut.quoted[at]]
    end = _word_at(cut, quotation.end)
    inner = cut.words[at + 1 : end - 1]
    if (
        end >= sentence.last - 2
        or not inner
        or len(inner) > _QUOTED_NAME
        or any(word.is_mark for word in inner)
    ):
        return None
    return end if inner[0].is_capital and inner[-1].is_capital else None


def _pre_posed(
    cut: Surface,
    sentence: Sentence,
    number: int,
    at: int,
    right: int,
    source: Stretch | None,
    cue_at: Stretch,
    which: Cue,
) -> Draft | None:
    """She said that …; said the minister: “…”."""
    words = cut.words
    if right >= sentence.last:
        return None
    begin = clause_start(cut, right, sentence.last)
    if (
        begin == right
        and which.kind == "tell"
        and cut.quoted[right] >= 0
        and (after_name := _past_quoted_name(cut, right, sentence))
    ):
        right = after_name
        begin = clause_start(cut, right, sentence.last)
    bare = None
    if (
        cut.language == "en"
        and which.kind in ("say", "think", "tell")
        and source is not None
        and source[0] < at
    ):
        bare = bare_clause_start(cut, right, sentence.last, addressee=which.kind == "tell")
    if bare is not None and words[bare].low in ("that", "to") and begin is not None:
        bare = None
    if (
        begin is not None
        and bare is not None
        and cut.quoted[begin] >= 0
        and bare < begin
        and words[begin - 1].text not in ",:"
    ):
        begin = None
    if begin is not None and which.kind != "judge":
        end = clause_end(cut, begin, sentence.last)
        end = without_closing_marks(cut, begin, end)
        quoted = cut.quoted[begin] >= 0
        if not quoted and which.kind == "quote":
            return None
        return Draft(source, cue_at, [(begin, end)], 0.9 if quoted else 0.8, number, quoted)
    if cut.language != "en" or source is None or which.kind == "quote" or words[right].is_mark:
        return None
    if which.kind == "refer":
        if words[right].low != "to":
            return None
        cue_at, right = (cue_at[0], right + 1), right + 1
    start = bare if bare is not None else right
    end = without_closing_marks(cut, start, clause_end(cut, start, sentence.last))
    if end - start >= (1 if which.kind in ("judge", "refer") else 3):
        return Draft(source, cue_at, [(start, end)], 0.5, number)
    return None
