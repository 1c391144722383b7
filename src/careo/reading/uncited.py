"""Sentences of a story that say who said something and cite nobody.

Where the story marks citations, such a sentence needs one of its own. Where it marks none (a plain manuscript held
against reports), its content must come near to a sentence of a report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careo.reading.evidence import Shelf, closest_sentence
from careo.reading.findings import Finding, StoryText, finding
from careo.reading.quoted import shown
from careo.reading.similarity import Encoder
from careo.reading.tellings import wording
from careo.reading.types import Span, Statement

TOLD = 0.2  # below it no report says anything like it


def check_attributions(
    story: StoryText,
    sentences: Sequence[Span],
    statements: Sequence[Statement],
    shelf: Shelf,
    encoder: Encoder,
) -> Iterator[Finding]:
    """At most one finding a sentence."""
    seen: set[Span] = set()
    for statement in statements:
        if not statement.cue and not statement.source:
            continue
        sentence = _sentence_of(statement, sentences)
        if sentence in seen or shelf.cited_at(_reach(statement, sentence)):
            continue
        content = wording(story.text, statement.content)
        if not shelf.marks_citations and _is_told(content, story, shelf, encoder):
            continue
        seen.add(sentence)
        yield _uncited(story, statement, sentence, shelf)


def _uncited(story: StoryText, statement: Statement, sentence: Span, shelf: Shelf) -> Finding:
    who = statement.speaker.name if statement.speaker else "somebody"
    said = shown(wording(story.text, statement.content))
    if shelf.marks_citations or not shelf.everything:
        message = (
            f"What {who} is said to have said, “{said}”, has no citation; cite the passage that tells it."
        )
    else:
        message = f"No report given has {who} say “{said}”; name the report that tells it, or take it out."
    return finding("attribution-without-citation", sentence, message)


def _is_told(content: str, story: StoryText, shelf: Shelf, encoder: Encoder) -> bool:
    nearest = closest_sentence(content, story.language, shelf.everything, encoder)
    return nearest is not None and nearest[0] >= TOLD


def _reach(statement: Statement, sentence: Span) -> Span:
    """The sentence with its cue and all the content: a quotation may be cited in its own sentence."""
    ends = [sentence, *statement.content]
    return Span(min(span.start for span in ends), max(span.end for span in ends))


def _sentence_of(statement: Statement, sentences: Sequence[Span]) -> Span:
    at = (statement.cue or statement.source)[0].start
    return next((one for one in sentences if one.start <= at < one.end), statement.content[0])
