"""What is told by e-mail is chosen kind by kind, looks ahead, and ends by the address in a mail."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client

from careo.forum import choosing
from careo.forum.actions import add_post
from careo.forum.choosing import KINDS, NoticeChoices, choose, leaving_address
from careo.forum.models import Notification, Post, Seen
from careo.readers.models import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NEVER = dict.fromkeys(KINDS, "")
CHOICES = "/forum/notices/choices/"


def kept(reader: Reader) -> dict[str, str]:
    row = choosing.choices_of(reader)
    return {kind: getattr(row, kind) for kind in KINDS}


def test_nothing_is_mailed_until_the_reader_chooses(client: Client, bruno: Reader) -> None:
    assert kept(bruno) == NEVER
    client.force_login(bruno)
    page = client.get(CHOICES).text
    assert page.count('<option value="" selected>Never</option>') == 4
    assert "bruno@example.org" in page
    assert not NoticeChoices.objects.exists(), "a look at the page chooses nothing"


def test_each_kind_is_chosen_by_itself(client: Client, bruno: Reader) -> None:
    client.force_login(bruno)
    chosen = {"answers": "once", "mentions": "daily", "followed": "weekly", "picks": ""}
    answer = client.post(CHOICES, chosen, follow=True)
    assert "Your choices are kept." in answer.text
    assert kept(bruno) == chosen
    assert not choosing.choices_of(bruno).follows_own
    client.post(CHOICES, chosen | {"follows_own": "on"})
    assert choosing.choices_of(bruno).follows_own


def test_what_is_no_choice_is_refused_and_changes_nothing(client: Client, bruno: Reader) -> None:
    client.force_login(bruno)
    answer = client.post(CHOICES, NEVER | {"answers": "hourly"})
    assert answer.status_code == 422
    assert kept(bruno) == NEVER


def test_a_choice_looks_ahead(post: Post, bruno: Reader, carla: Reader) -> None:
    add_post(post.thread, "Before.", author=carla, in_reply_to=post)
    choose(bruno, NEVER | {"answers": "once", "followed": "once"}, follows_own=True)
    assert Notification.objects.get(reader=bruno).mailed_at is not None
    assert Seen.objects.get(reader=bruno).mailed == 2
    add_post(post.thread, "After.", author=carla, in_reply_to=post)
    choose(bruno, NEVER | {"answers": "daily", "followed": "daily"}, follows_own=True)
    assert Notification.objects.filter(mailed_at=None).count() == 1, "what waits goes with the new choice"
    assert Seen.objects.get(reader=bruno).mailed == 2


def test_the_address_from_a_mail_asks_first_and_ends_all_of_it(bruno: Reader, carla: Reader) -> None:
    for reader in (bruno, carla):
        choose(reader, dict.fromkeys(KINDS, "once"), follows_own=False)
    visitor, path = Client(enforce_csrf_checks=True), leaving_address(bruno).removeprefix("http://testserver")
    for ask in (visitor.get, visitor.head):
        assert ask(path).status_code == 200
    assert kept(bruno) != NEVER
    page = visitor.get(path)
    assert '<form method="post">' in page.text
    assert page["Cache-Control"] == "private, no-store"
    assert "has ended" in visitor.post(path, {"List-Unsubscribe": "One-Click"}).text
    assert kept(bruno) == NEVER
    assert not choosing.choices_of(bruno).follows_own, "what is no mail stays as it was"
    assert kept(carla) != NEVER


def test_it_says_the_same_whether_there_is_an_account_a_choice_or_neither(
    bruno: Reader, carla: Reader
) -> None:
    choose(bruno, dict.fromkeys(KINDS, "once"), follows_own=True)
    gone = Reader.objects.create_user("gone@example.org")
    paths = [leaving_address(one).removeprefix("http://testserver") for one in (bruno, carla, gone)]
    gone.delete()
    pages = [(Client().get(path).text, Client().post(path).text) for path in paths]
    assert pages[0] == pages[1] == pages[2]
    assert "Bruno" not in "".join(pages[0])
    assert "bruno@" not in "".join(pages[0])


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_is_not_ours_ends_nothing(bruno: Reader, carla: Reader, method: str) -> None:
    choose(bruno, dict.fromkeys(KINDS, "once"), follows_own=True)
    other = choosing.SIGNER.sign(str(carla.pk)).partition(":")[2]
    edition = signing.Signer(salt="careo.readers.mailing").sign(str(bruno.pk))
    for token in (str(bruno.pk), f"{bruno.pk}:{other}", edition, signing.Signer().sign(str(bruno.pk)), "é:ü"):
        assert getattr(Client(), method)(f"/forum/notices/end/{quote(token)}/").status_code == 404, token
    assert kept(bruno) != NEVER
