from __future__ import annotations

import pytest
from django.test import Client

from careo.press.models import Report
from careo.readers.models import Reader
from tests.record import newsroom


@pytest.fixture
def editor(db: None) -> Reader:
    return newsroom.editor()


@pytest.fixture
def desk(editor: Reader) -> Client:
    """A browser in which an editor has logged in."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def port(db: None) -> Report:
    """The Norland Courier on the arrests in the port, not yet read."""
    return newsroom.report()
