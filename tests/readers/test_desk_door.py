"""`CAREO_DESK_SECOND_FACTOR`: nobody enters the desk whose account a password alone would open."""

from __future__ import annotations

import time
from typing import Any

import pytest
import time_machine
from django.test import Client

from careo.readers.models import Reader
from tests.readers.conftest import PASSWORD
from tests.readers.second_factors import PAGES, log_in, set_up_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, clara: Reader, settings: Any) -> Client:
    """Clara at the door, with a password and nothing else."""
    settings.CAREO_DESK_SECOND_FACTOR = True
    clara.set_password(PASSWORD)
    clara.save()
    log_in(client, clara)
    return client


def test_an_editor_without_one_is_led_to_set_it_up_and_then_let_in(desk: Client) -> None:
    for path in ("/desk/", "/desk/pages/", "/desk/mail/"):
        assert desk.get(path)["Location"] == PAGES
    assert "The desk asks for a second factor" in desk.get("/desk/", follow=True).content.decode()
    with time_machine.travel(time.time() // 30 * 30 + 15, tick=False):
        set_up_app(desk)
    assert desk.get("/desk/").status_code == 200


def test_nothing_is_done_at_the_desk_without_one(desk: Client) -> None:
    assert desk.post("/desk/readers/subscription/new/", {})["Location"] == PAGES


def test_elsewhere_and_to_others_the_door_is_as_it_was(desk: Client, ana: Reader) -> None:
    assert desk.get("/account/").status_code == 200
    assert Client().get("/desk/")["Location"].startswith("/account/login/")
    other = Client()
    log_in(other, ana)
    assert other.get("/desk/", follow=True).redirect_chain[-1][0] == "/account/"


def test_left_alone_the_desk_asks_for_none(desk: Client, settings: Any) -> None:
    settings.CAREO_DESK_SECOND_FACTOR = False
    assert desk.get("/desk/").status_code == 200
