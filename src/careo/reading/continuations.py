"""Quotations that go on without another "said": later in the paragraph, and over the paragraphs that follow.

“One,” she said. “Two.” is one statement of two spans. A quotation that is left open at the end of its paragraph is one
statement with what is opened again at the next. A paragraph that is nothing but a quotation belongs to whoever spoke
last, as a statement of its own without a cue: that is likely, not certain, and its score says so.
"""

from __future__ import annotations

from careo.reading.drafts import Draft, Stretch
from careo.reading.grammar import grammar
from careo.reading.offices import is_head
from careo.reading.subjects import main_subject
from careo.reading.surface import Sentence, Surface

# A quotation of fewer words standing alone is a title, a slogan or a name.
_SHORTEST = 4


def continued(cut: Surface, drafts: list[Draft]) -> list[Draft]:
    """The drafts with their continuations, and the quotations that stand alone."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    covered = _covered(cut, drafts)
    alone: list[Draft] = []
    speaking: Draft | None = None
    for number, sentence in enumerate(cut.sentences):
        own = by_sentence.get(number)
        if own:
            speaking = own[-1]
        elif covered[number]:
            continue
        elif not _is_quoted(cut, sentence):
            # Prose between two quotations: another paragraph's speaker is no longer sure, nor is one who gave way.
            if not _same_paragraph(cut, speaking, sentence) or _gives_way(cut, speaking, sentence):
                speaking = None
        elif speaking is not None:
            _take(cut, speaking, sentence, alone)
    return drafts + alone


def _covered(cut: Surface, drafts: list[Draft]) -> list[bool]:
    """Which sentences begin inside some draft's content."""
    covered = [False] * len(cut.sentences)
    stretches = sorted(stretch for draft in drafts for stretch in draft.content)
    at = 0
    for number, sentence in enumerate(cut.sentences):
        while at < len(stretches) and stretches[at][1] <= sentence.first:
            at += 1
        covered[number] = at < len(stretches) and stretches[at][0] <= sentence.first
    return covered


def _is_quoted(cut: Surface, sentence: Sentence) -> bool:
    """Whether nothing of the sentence stands outside quotation marks."""
    return sentence.last > sentence.first and all(
        cut.quoted[at] >= 0 or cut.words[at].text in ".,;—–" for at in range(sentence.first, sentence.last)
    )


def _same_paragraph(cut: Surface, speaking: Draft | None, sentence: Sentence) -> bool:
    return speaking is not None and cut.sentences[speaking.sentence].paragraph == sentence.paragraph


# Within how many words a sentence tells whom it is about.
_OPENING = 60


def _gives_way(cut: Surface, speaking: Draft | None, sentence: Sentence) -> bool:
    """Whether the sentence is about somebody else: "Ibarra said so. Teresa Olmedo disagreed. “…”"."""
    subject = main_subject(cut, sentence.first, min(sentence.last, sentence.first + _OPENING))
    if speaking is None or speaking.source is None or subject is None:
        return False
    known = {word.low for word in cut.words[slice(*speaking.source)]}
    named = [
        word.low
        for at, word in enumerate(cut.words[slice(*subject)], subject[0])
        if is_head(word.low) or (word.is_capital and (at > sentence.first or subject[1] > at + 1))
    ]
    closed = grammar(cut.language).determiners
    return any(low not in closed for low in named) and known.isdisjoint(named)


def _take(cut: Surface, speaking: Draft, sentence: Sentence, alone: list[Draft]) -> None:
    stretch: Stretch = (sentence.first, sentence.last)
    quotation = cut.quotations[cut.quoted[sentence.first]] if cut.quoted[sentence.first] >= 0 else None
    if _same_paragraph(cut, speaking, sentence) or (
        quotation is not None and quotation.continues and not alone
    ):
        speaking.content.append(stretch)
    elif alone and alone[-1].content[-1][1] == stretch[0]:
        alone[-1].content.append(stretch)
    elif sentence.last - sentence.first >= _SHORTEST:
        alone.append(Draft(speaking.source, None, [stretch], 0.6, speaking.sentence, quoted=True))
