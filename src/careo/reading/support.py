"""Does a story rest on its passages? What an editor should look at before it is published.

Quoted words (`quoted.py`), names, numbers and days (`unsupported.py`), attributions without a citation (`uncited.py`).
The passages cited in a sentence are asked first, then all others of the story and the reports given beside it.
Spans of citations and findings are code points of `StoryText.text`; a passage's span is in its report's text.
"""

from __future__ import annotations

from collections.abc import Sequence

from careo.reading import similarity
from careo.reading.evidence import Shelf
from careo.reading.facts import facts
from careo.reading.findings import LEVELS, CitedSpan, Finding, Level, Passage, StoryText
from careo.reading.quoted import check_quotations, standing_quotations
from careo.reading.reader import read
from careo.reading.rules import RULES
from careo.reading.similarity import Encoder
from careo.reading.uncited import check_attributions
from careo.reading.unsupported import check_days, check_names, check_numbers

__all__ = ["LEVELS", "CitedSpan", "Finding", "Level", "Passage", "StoryText", "check"]


def check(
    story: StoryText, *, against: Sequence[Passage] = (), encoder: Encoder | None = None
) -> tuple[Finding, ...]:
    """Findings in the order of the text. `against` holds whole reports, for a story without marked citations.

    Raises UnknownLanguage where the story or a passage is in neither English nor Spanish.
    """
    engine = encoder or similarity.encoder()
    shelf = Shelf(story, against)
    # By the rules: the trained reader counts attitudes too ("the two disagree"), which no editor would cite.
    reading = read(story.text, language=story.language, published=story.published, engine=RULES)
    told = facts(story.text, language=story.language, published=story.published)
    standing = standing_quotations(story, shelf)
    found = (
        *check_quotations(story, reading.sentences, shelf, engine),
        *check_names(story, told, shelf, standing),
        *check_numbers(story, told, reading.sentences, shelf, standing, engine),
        *check_days(story, told, reading.sentences, shelf, standing),
        *check_attributions(story, reading.sentences, reading.statements, shelf, engine),
    )
    return tuple(sorted(found, key=lambda one: (one.span, one.kind)))
