"""The Meridia Post with an empty page store and a folder of its own for pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from careo.edge.store import PageStore
from careo.paper.store import page_store
from tests.paper.edition import Edition


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.CAREO_PAGES = tmp_path / "pages"
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()  # Wagtail remembers where the site's root is; each test founds its own


@pytest.fixture
def store(own_folders: None) -> PageStore:
    return page_store()


@pytest.fixture
def edition(db: None) -> Edition:
    return Edition()
