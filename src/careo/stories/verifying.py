"""Whether what a citation rests on is still what was captured: asked of the bytes themselves, not of what we say of them.

A snapshot's SHA-256 is computed again from the bytes kept; where it is the one recorded, the report is extracted from
them again, and the passage looked for at its place. An answer holds for a minute, so that asking over and over costs
no more than asking once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.core.cache import cache
from django.utils import timezone

from careo.press import snapshots
from careo.press.errors import ExtractError
from careo.press.extract import extract
from careo.press.models import Report, Snapshot
from careo.stories.citations import CitedPassage

SECONDS = 60
# Extracting takes about a second for so many bytes of HTML; hashing, of any snapshot there is, hundredths of one.
MOST_READ = 2_000_000

# Of the bytes: those recorded, others, or not to be had. Of the passage in what is extracted from them again: the whole
# text is the same, the passage stands in another text (extraction has changed since), it does not, or was not looked for.
Kept = Literal["same", "differs", "missing"]
Stands = Literal["same", "elsewhere", "not_found", "not_read"]


@dataclass(frozen=True, slots=True)
class Verified:
    """A passage with what was found at `at`. `digest` is what the bytes give now, empty where there are none."""

    passage: CitedPassage
    at: datetime
    digest: str
    kept: Kept
    stands: Stands

    @property
    def snapshot(self) -> Snapshot:
        return self.passage.report.snapshot

    @property
    def whole(self) -> int:
        """Characters of the report's text."""
        return len(self.passage.report.text)

    @property
    def holds(self) -> bool:
        """Nothing speaks against it, and the bytes speak for it."""
        return self.kept == "same" and self.stands in ("same", "elsewhere")


def verify(passages: Sequence[CitedPassage]) -> list[Verified]:
    """Each passage of a citation, with what its snapshot says today, or said within the minute."""
    return [Verified(passage, *_found(passage)) for passage in passages]


def _found(passage: CitedPassage) -> tuple[datetime, str, Kept, Stands]:
    report = passage.report
    key = f"verified:{report.snapshot.sha256}:{report.pk}:{passage.begin}:{passage.end}"
    found: tuple[datetime, str, Kept, Stands] | None = cache.get(key)
    if found is None:
        found = (timezone.now(), *_look(passage))
        cache.set(key, found, SECONDS)
    return found


def _look(passage: CitedPassage) -> tuple[str, Kept, Stands]:
    snapshot = passage.report.snapshot
    try:
        digest = snapshots.digest_of(snapshot)
        if digest != snapshot.sha256:
            return digest, "differs", "not_read"
        return digest, "same", _stands(passage)
    except FileNotFoundError:
        return "", "missing", "not_read"
    except OSError as error:
        if error.errno is None:  # no disk's: a store that does not answer, which says nothing of the snapshot
            raise
        return "", "missing", "not_read"


def _stands(passage: CitedPassage) -> Stands:
    """Whether the passage is in the text that the snapshot gives today. Raises OSError."""
    again = _extracted(passage.report)
    if again is None:
        return "not_read"
    if again == passage.report.text:
        return "same"
    return "elsewhere" if passage.text in again else "not_found"


def _extracted(report: Report) -> str | None:
    """The report's text, taken from its snapshot anew; None where that is too much work, or fails. Raises OSError."""
    snapshot = report.snapshot
    if snapshot.size > MOST_READ:
        return None
    body = snapshots.bytes_of(snapshot)
    try:
        return extract(body, url=snapshot.url, content_type=snapshot.content_type).text
    except ExtractError:
        return None
