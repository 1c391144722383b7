"""Where the data for measuring lies, and the reason a test gives where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from careo.project.environment import DATASETS


def dataset(name: str) -> Path:
    """The file of that name; skips the test, by name and reason, where the datasets are absent."""
    path = DATASETS.read() / name
    if not path.exists():
        pytest.skip(f"{name} is not in CAREO_DATASETS ({DATASETS.read()}); it stays outside the project")
    return path
