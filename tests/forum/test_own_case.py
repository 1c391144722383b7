"""Nobody judges in an own case; what only somebody else may settle is not forgotten where there is nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from careo.forum import appeals, moderation, notices
from careo.forum.actions import add_post, flag
from careo.forum.errors import OwnCase
from careo.forum.models import ModerationLog, Notice, Post, Sanction, StatementOfReasons, Thread
from careo.readers.models import Reader
from tests.forum.conftest import working
from tests.forum.test_moderation import desk, read

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
__all__ = ["desk"]
QUEUE = "/forum/moderation/"


@pytest.fixture
def nora(db: None) -> Reader:
    """Another moderator."""
    return working("nora@example.org", "Nora", "moderate")


@pytest.fixture
def martas(thread: Thread, marta: Reader) -> Post:
    return add_post(thread, "Ferries are for fools.", author=marta)


@pytest.mark.parametrize("act", ["keep", "restore", "amend"])
def test_a_moderator_settles_nothing_about_an_own_post(
    desk: Client, martas: Post, carla: Reader, nora: Reader, act: str
) -> None:
    flag(martas, by=carla, why="Rude.")
    if act == "restore":
        moderation.hide(martas, by=nora, why="Rude.")
    answer = desk.post(f"/forum/post/{martas.pk}/{act}/", {"why": "I think so.", "text": "Ferries are fine."})
    assert answer.status_code == 403
    assert str(OwnCase()) in answer.content.decode()
    martas.refresh_from_db()
    assert (martas.text, martas.is_hidden) == ("Ferries are for fools.", act == "restore")
    moderation.keep(martas, by=nora, why="An opinion.")


def test_a_moderator_whose_post_was_flagged_learns_not_by_whom(
    desk: Client, martas: Post, carla: Reader, nora: Reader
) -> None:
    flag(martas, by=carla, why="Rude.")
    assert "Carla" not in desk.get(QUEUE).content.decode()
    assert "Rude." in read(nora, QUEUE)


def test_a_moderator_settles_no_notice_of_an_own_post(martas: Post, marta: Reader, nora: Reader) -> None:
    notice = notices.notify(
        Notice(address=f"http://testserver/forum/post/{martas.pk}/", kind="hate", why="x")
    )
    assert notice not in notices.waiting_for(marta)
    with pytest.raises(OwnCase):
        notices.settle(notice, act=False, by=marta, why="No.")
    notices.settle(notice, act=False, by=nora, why="An opinion.")


def test_a_moderator_lifts_no_own_sanction(desk: Client, marta: Reader, nora: Reader) -> None:
    Sanction.objects.create(reader=marta, why="From before.", imposed_by=nora)
    assert desk.post(f"/forum/reader/{marta.pk}/lift/", {"why": "I think so."}).status_code == 403
    moderation.lift(marta, by=nora, why="She apologised.")
    assert [entry.act for entry in ModerationLog.objects.all()] == ["lift"]


def test_the_only_moderator_is_told_that_an_appeal_waits_for_somebody_who_is_not_there(
    desk: Client, carla: Reader, marta: Reader
) -> None:
    assert "waits for another" not in desk.get(QUEUE).content.decode()
    moderation.sanction(carla, "suspend", by=marta, why="x", hours=3)
    appeals.appeal(StatementOfReasons.objects.get(), "Why?")
    page = desk.get(QUEUE).content.decode()
    assert "1 case waits for another moderator than you" in page
    assert "Why?" not in page
    assert "give the right to somebody else" in page
    working("nora@example.org", "Nora", "moderate")
    assert "give the right to somebody else" not in desk.get(QUEUE).content.decode()


def test_an_appeal_against_a_rule_of_the_desk_is_for_every_moderator(
    martas: Post, marta: Reader, nora: Reader, carla: Reader, thread: Thread
) -> None:
    moderation.hold(add_post(thread, "A tern.", author=carla), listed=["tern"])
    made = appeals.appeal(StatementOfReasons.objects.get(), "Why?")
    for moderator in (marta, nora):
        assert list(appeals.waiting_for(moderator)) == [made]
