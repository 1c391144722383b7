"""Why `careo serve` would not begin, or could not go on."""

from __future__ import annotations

from careo.project.cli.failures import Failure


class CannotServe(Failure):
    """Serving cannot begin; the sentence says why and what to do."""
