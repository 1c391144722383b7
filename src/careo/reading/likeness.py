"""Do two reports tell one happening? A report's gist, and how alike two gists are, across languages.

A gist is all that is kept of a report for this purpose; it goes to JSON and back, so that no report is encoded twice.
`placing.py` puts reports among events as they stream in; this module compares two of them by themselves.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from careo.reading import similarity
from careo.reading.centring import centred, ordinary_mean
from careo.reading.similarity import Encoder, Vectors
from careo.reading.telling import telling_words

# Measured on 207 pairs of real reports (bench/events.py): best F1 0.85 with these two, 0.83 without words.
SAME_EVENT = 0.43
MEANING_SHARE = 0.7

LEAD = 500  # characters: more of a report tells of what went before, and says less of what is new
_HEADLINE_LENGTH = 160
_HALF_LIFE = 96.0  # hours after which two reports of equal words are half as likely to tell one happening


@dataclass(frozen=True, slots=True, eq=False)
class Gist:
    """What a report is about: its meaning as a unit vector, how often it uses its telling words, and its time.

    `short` says that there was a headline and hardly more: two such share less than two reports that tell one thing.
    """

    language: str
    published: datetime | None
    meaning: Vectors
    words: Mapping[str, int]
    short: bool

    def to_json(self) -> dict[str, Any]:
        """A dictionary that JSON can hold, about 2 kB; half precision loses nothing that counts."""
        return {
            "language": self.language,
            "published": self.published and self.published.isoformat(),
            "meaning": base64.b64encode(self.meaning.astype("<f2").tobytes()).decode("ascii"),
            "words": dict(self.words),
            "short": self.short,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Gist:
        published = kept["published"]
        meaning = np.frombuffer(base64.b64decode(kept["meaning"]), "<f2").astype(np.float32)
        return cls(
            language=kept["language"],
            published=datetime.fromisoformat(published) if published else None,
            meaning=meaning,
            words=dict(kept["words"]),
            short=kept["short"],
        )

    @property
    def hours(self) -> float | None:
        """Hours since 1970; a time without zone is taken for UTC."""
        if self.published is None:
            return None
        zoned = self.published if self.published.tzinfo else self.published.replace(tzinfo=UTC)
        return zoned.timestamp() / 3600


def gist(
    headline: str, text: str, language: str, published: datetime | None, encoder: Encoder | None = None
) -> Gist:
    """What `likeness` needs to know of a report in English ("en…") or Spanish ("es…")."""
    beginning = _beginning(headline, text)
    meaning = (encoder or similarity.encoder()).encode([beginning])[0]
    return Gist(
        language="es" if language.startswith("es") else "en",
        published=published,
        meaning=meaning,
        words=telling_words(beginning),
        short=len(beginning) < _HEADLINE_LENGTH,
    )


def likeness(a: Gist, b: Gist, encoder: Encoder | None = None) -> float:
    """In 0..1; from SAME_EVENT up, the two are taken to tell one happening. The same both ways."""
    engine = encoder or similarity.encoder()
    one, other = (centred(g.meaning, ordinary_mean(g.language, engine)) for g in (a, b))
    alike = MEANING_SHARE * float(one @ other) + (1 - MEANING_SHARE) * _shared_words(a.words, b.words)
    return min(1.0, max(0.0, alike * _nearness(a.hours, b.hours)))


def _beginning(headline: str, text: str) -> str:
    """Headline and lead; a text that opens with its own headline is not told twice."""
    lead = text.strip()
    if headline and not lead.startswith(headline):
        lead = f"{headline}\n{lead}"
    if len(lead) <= LEAD:
        return lead.strip()
    cut = lead[:LEAD]
    sentence_end = max(cut.rfind(". ") + 1, cut.rfind("\n"))
    return cut[: sentence_end if sentence_end > LEAD // 2 else LEAD].strip()


def _shared_words(a: Mapping[str, int], b: Mapping[str, int]) -> float:
    """Cosine of damped counts."""
    shared = sum(damped(a[word]) * damped(b[word]) for word in a.keys() & b.keys())
    return shared / (_length(a) * _length(b) or 1.0)


def damped(count: int) -> float:
    """A word used three times says more than once, but not three times as much."""
    return 1 + math.log(count)


def _length(words: Mapping[str, int]) -> float:
    return math.sqrt(sum(damped(count) ** 2 for count in words.values()))


def _nearness(a: float | None, b: float | None) -> float:
    """1 within two days, since papers retell yesterday's news, then falling; 1 where a time is unknown."""
    if a is None or b is None:
        return 1.0
    return float(0.5 ** (max(0.0, abs(a - b) - 48) / _HALF_LIFE))
