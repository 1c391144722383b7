"""What the paper kept of a reader who leaves and no row of theirs takes along."""

from __future__ import annotations

from careo.paper.models import ReadersNote
from careo.readers.given import confirmed
from careo.readers.models import Reader


def see_to_notes(*, reader: Reader, former: Reader, keeps_posts: bool) -> None:
    """What is wrong in a story stays said; where an answer would have gone is forgotten."""
    ReadersNote.objects.filter(email__in=confirmed(reader)).update(email="")
