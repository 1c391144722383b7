"""E-mail editions go to readers who chose them, over real SMTP, each once, whatever the mail server does."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client

from careo.paper.composing import compose
from careo.paper.mail_models import MailEdition, Mailing, Period
from careo.project import mailing as sending
from careo.project.mailing import BATCH, PAUSES, State, forget_old, send_batch, send_due
from careo.project.models import Delivery
from careo.project.worker import chores
from careo.readers.actions import open_account
from careo.readers.kept_mail import newest
from careo.readers.mailing import choose, recipients
from careo.readers.models import Reader
from tests.paper.edition import Edition
from tests.project.postman import HANG_UP, Postman

pytestmark = pytest.mark.django_db(transaction=True)

THURSDAY = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(settings: Any, tmp_path: Path) -> Iterator[time_machine.Traveller]:
    settings.CAREO_PAGES = tmp_path / "pages"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CAREO_ADDRESS = "https://post.example"
    with time_machine.travel(THURSDAY - HOUR, tick=False) as clock:
        yield clock


@pytest.fixture
def postman(settings: Any) -> Iterator[Postman]:
    server = Postman()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 10
    yield server
    server.stop()


@pytest.fixture
def paper(clock: time_machine.Traveller) -> Edition:
    """One story, an hour old at six, when the daily edition is due."""
    edition = Edition()
    Mailing.objects.create(site=edition.home.get_site(), daily=True, weekly=True)
    Mailing.objects.update(changed_at=THURSDAY - timedelta(days=30))
    edition.story("No cuts, says the minister")
    clock.move_to(THURSDAY)
    return edition


def reader(name: str, period: str = "daily") -> Reader:
    made = open_account(f"{name}@example.org")
    choose(made, period)
    return made


def states() -> dict[str, str]:
    return {
        one.reader.email.partition("@")[0]: one.state for one in Delivery.objects.select_related("reader")
    }


def test_who_chose_it_and_confirmed_the_address_gets_it_and_nobody_else(
    paper: Edition, postman: Postman
) -> None:
    reader("ana")
    reader("weekly", "weekly")
    reader("none", "")
    blocked, unconfirmed = reader("blocked"), reader("unconfirmed")
    Reader.objects.filter(pk=blocked.pk).update(is_active=False)
    EmailAddress.objects.filter(user=unconfirmed).update(verified=False)
    moved = reader("moved")
    EmailAddress.objects.filter(user=moved).update(
        email="old@example.org"
    )  # confirmed, but not where it would go
    send_due()
    assert postman.to() == ["ana@example.org"]
    edition = MailEdition.objects.get()
    assert edition.sent_at == THURSDAY


def test_an_address_written_with_capitals_is_a_recipient_too(client: Client, settings: Any) -> None:
    settings.CAREO_ADDRESS = "http://testserver"
    client.post(
        "/account/signup/", {"email": "Eva@Example.org", "pen_name": "Eva", "password1": "a boat on the Alba"}
    )
    eva = Reader.objects.get()
    EmailAddress.objects.filter(user=eva).update(verified=True)
    choose(eva, "daily")
    assert list(recipients("daily")) == [eva]


def test_the_mail_can_be_read_sorted_and_ended_by_any_mail_program(paper: Edition, postman: Postman) -> None:
    reader("ana")
    send_due()
    [(_, mail)] = postman.letters
    assert mail["From"] == "The Meridia Post <paper@testserver>"
    assert mail["To"] == "ana@example.org"
    assert mail["Subject"] == "The Meridia Post, 5 March 2026"
    edition, delivery = MailEdition.objects.get(), Delivery.objects.get()
    assert mail["Message-ID"] == f"<edition-{edition.pk}-{delivery.pk}@post.example>"
    assert mail["List-Id"] == "<daily.editions.post.example>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<https://post\.example/account/edition/end/\S+/>", mail["List-Unsubscribe"])
    assert (mail["Auto-Submitted"], mail["Precedence"]) == ("auto-generated", "bulk")
    kinds = [part.get_content_type() for part in mail.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part
        assert "No cuts, says the minister" in part.get_content()
        assert mail["List-Unsubscribe"].strip("<>") in part.get_content()


def test_one_click_in_the_mail_program_ends_it_and_a_mere_look_does_not(
    paper: Edition, postman: Postman, client: Client, settings: Any
) -> None:
    ana, bruno = reader("ana"), reader("bruno")
    send_due()
    settings.CAREO_ADDRESS = "http://testserver"
    ended = {to: mail["List-Unsubscribe"] for to, mail in postman.letters}[ana.email]
    path = ended.strip("<>").removeprefix("https://post.example")
    asked = Client(enforce_csrf_checks=True)
    assert "End the e‑mail edition?" in asked.get(path).text
    assert set(recipients("daily")) == {ana, bruno}
    answer = asked.post(path, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.cookies) == (200, {})
    assert "has ended" in answer.text
    assert set(recipients("daily")) == {bruno}


@pytest.mark.both_databases
def test_each_gets_it_once_however_often_the_clock_and_the_worker_come(
    paper: Edition, postman: Postman
) -> None:
    names = [f"reader{number}" for number in range(BATCH + 3)]
    for name in names:
        reader(name)
    for _ in range(3):
        send_due()
        send_batch.call()
    assert sorted(postman.to()) == sorted(f"{name}@example.org" for name in names)
    assert set(states().values()) == {State.SENT}


@pytest.mark.both_databases
def test_two_workers_at_once_send_none_twice(paper: Edition, postman: Postman) -> None:
    for number in range(8):
        reader(f"reader{number}")
    edition = compose(Period.DAILY)
    Delivery.objects.bulk_create(Delivery(edition=edition, reader=one) for one in recipients("daily"))

    def work() -> None:
        from django.db import connection

        send_batch.call()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(postman.to()) == len(set(postman.to())) == 8


def test_what_a_dying_worker_had_begun_is_not_sent_again(paper: Edition, postman: Postman) -> None:
    ana, bruno = reader("ana"), reader("bruno")
    edition = compose(Period.DAILY)
    Delivery.objects.create(edition=edition, reader=ana, state=State.BEGUN)
    Delivery.objects.create(edition=edition, reader=bruno)
    send_due()
    assert postman.to() == [bruno.email]
    assert states() == {"ana": State.BEGUN, "bruno": State.SENT}


def test_a_line_that_breaks_before_the_answer_leaves_it_open_and_is_not_repeated(
    paper: Edition, postman: Postman, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    reader("ana")
    reader("bruno")
    postman.says["DATA"] = [HANG_UP]
    send_due()
    clock.shift(timedelta(hours=12))
    send_due()
    assert postman.to() == ["ana@example.org", "bruno@example.org"]
    assert states() == {"ana": State.BEGUN, "bruno": State.SENT}
    assert "Whether reader" in caplog.text


def test_one_refused_address_does_not_stop_the_others_and_is_not_asked_again(
    paper: Edition, postman: Postman, clock: time_machine.Traveller
) -> None:
    for name in ("ana", "bruno", "clara"):
        reader(name)
    postman.says["bruno@example.org"] = ["550 no such mailbox"]
    send_due()
    clock.shift(timedelta(hours=12))
    send_due()
    assert postman.to() == ["ana@example.org", "clara@example.org"]
    assert states() == {"ana": State.SENT, "bruno": State.FAILED, "clara": State.SENT}
    assert "no such mailbox" in Delivery.objects.get(state=State.FAILED).trouble


def test_an_address_to_which_no_mail_can_be_written_does_not_stop_the_others(
    paper: Edition, postman: Postman
) -> None:
    broken = reader("bruno")
    reader("clara")
    address = "bruno@example.org>, <all@example.org"
    Reader.objects.filter(pk=broken.pk).update(email=address)
    EmailAddress.objects.filter(user=broken).update(email=address)
    send_due()
    assert postman.to() == ["clara@example.org"]
    assert Delivery.objects.get(reader=broken).state == State.FAILED


def test_what_the_server_puts_off_is_tried_again_later(
    paper: Edition, postman: Postman, clock: time_machine.Traveller
) -> None:
    reader("ana")
    reader("bruno")
    postman.says["ana@example.org"] = ["451 greylisted", "451 greylisted"]
    send_due()
    assert states() == {"ana": State.WAITING, "bruno": State.SENT}
    assert MailEdition.objects.get().sent_at is None
    for pause in PAUSES[:2]:
        clock.shift(pause - timedelta(minutes=1))
        send_due()
        assert states()["ana"] == State.WAITING
        clock.shift(timedelta(minutes=1))
        send_due()
    assert postman.to() == ["bruno@example.org", "ana@example.org"]
    assert MailEdition.objects.get().sent_at is not None


def test_a_server_that_is_away_is_asked_a_bounded_number_of_times(
    paper: Edition, postman: Postman, clock: time_machine.Traveller, settings: Any
) -> None:
    for number in range(BATCH + 1):
        reader(f"reader{number}")
    postman.stop()
    send_due()
    assert set(states().values()) == {State.WAITING}
    for pause in PAUSES:
        assert set(states().values()) == {State.WAITING}
        clock.shift(pause)
        send_due()
    assert set(states().values()) == {State.FAILED}
    assert MailEdition.objects.count() == 1


def test_a_server_that_hangs_up_between_two_mails_is_called_again(paper: Edition, postman: Postman) -> None:
    for name in ("ana", "bruno", "clara"):
        reader(name)
    postman.says["NOOP"] = [HANG_UP]
    send_due()
    assert set(states().values()) == {State.SENT}
    assert (len(postman.to()), postman.lines) == (3, 2)


def test_who_left_between_composing_and_sending_gets_none(paper: Edition, postman: Postman) -> None:
    ana, bruno = reader("ana"), reader("bruno")
    edition = compose(Period.DAILY)
    Delivery.objects.bulk_create(Delivery(edition=edition, reader=one) for one in (ana, bruno))
    choose(ana, "")
    send_due()
    assert postman.to() == [bruno.email]
    assert states() == {"ana": State.DROPPED, "bruno": State.SENT}


def test_a_story_withdrawn_before_sending_is_in_no_mail(paper: Edition, postman: Postman) -> None:
    ana = reader("ana")
    other = paper.story("Another", first_published_at=THURSDAY - HOUR)
    edition = compose(Period.DAILY)
    other.unpublish()
    Delivery.objects.create(edition=edition, reader=ana)
    send_due()
    [(_, mail)] = postman.letters
    assert "No cuts, says the minister" in str(mail)
    assert "Another" not in str(mail)


def test_an_edition_without_a_story_left_is_not_sent(paper: Edition, postman: Postman) -> None:
    ana = reader("ana")
    edition = compose(Period.DAILY)
    for place in edition.places.all():
        place.story.unpublish()
    Delivery.objects.create(edition=edition, reader=ana)
    send_due()
    assert postman.to() == []
    assert states() == {"ana": State.DROPPED}


def test_a_mail_that_cannot_be_drawn_is_told_and_tried_a_bounded_number_of_times(
    paper: Edition, postman: Postman, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture,
    settings: Any, tmp_path: Path,
) -> None:  # fmt: skip
    (tmp_path / "paper" / "mail").mkdir(parents=True)
    (tmp_path / "paper" / "mail" / "edition.txt").write_text("{% no_such_tag %}")
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]}]
    reader("ana")
    send_due()
    assert states() == {"ana": State.WAITING}
    assert "The Meridia Post, 5 March 2026 could not be drawn" in caplog.text
    for pause in PAUSES:
        clock.shift(pause)
        send_due()
    assert states() == {"ana": State.FAILED}
    assert postman.lines == 0


def test_an_edition_sent_by_hand_at_the_desk_goes_out_and_the_desk_says_to_how_many(
    paper: Edition, postman: Postman, client: Client
) -> None:
    reader("ana")
    reader("bruno")
    postman.says["bruno@example.org"] = ["550 no such mailbox"]
    client.force_login(Reader.objects.create_superuser("clara@example.org", "correct horse of Alba"))
    client.post("/desk/editions/daily/send/")
    assert postman.to() == ["ana@example.org"]
    assert "1 failed, 1 sent" in client.get("/desk/editions/").text


def test_who_was_sent_what_is_forgotten_after_a_month(
    paper: Edition, postman: Postman, clock: time_machine.Traveller, client: Client
) -> None:
    reader("ana")
    send_due()
    clock.shift(timedelta(days=29))
    forget_old()
    assert Delivery.objects.count() == 1
    clock.shift(timedelta(days=2))
    forget_old()
    send_due()
    assert not Delivery.objects.exists()
    assert postman.to() == ["ana@example.org"]
    client.force_login(Reader.objects.create_superuser("clara@example.org", "correct horse of Alba"))
    assert "done on 5 March 2026" in client.get("/desk/editions/").text


@pytest.fixture
def queue(settings: Any) -> Callable[[], object]:
    """The real queue; does what the worker would, until nothing waits."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return lambda: call_command("db_worker", batch=True, verbosity=0, interval=0, startup_delay=False)


@pytest.mark.both_databases
def test_the_workers_chore_sends_what_is_due_through_the_queue_to_the_mailbox_of_the_desk(
    paper: Edition, queue: Callable[[], object], settings: Any, tmp_path: Path, client: Client
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    for number in range(BATCH + 1):
        reader(f"reader{number}")
    [chore] = [one for one in chores() if "e-mail editions" in one.name]
    for now in (0.0, 60.0):
        chore.do(now)
        assert not (tmp_path / "mail").exists()  # it only puts it on the queue, once
    queue()
    kept = newest(tmp_path / "mail", most=100)
    assert sorted(mail.to for mail in kept) == sorted(
        f"reader{number}@example.org" for number in range(BATCH + 1)
    )
    assert all("No cuts, says the minister" in mail.body for mail in kept)
    chore.do(120.0)
    queue()
    assert len(newest(tmp_path / "mail", most=100)) == BATCH + 1
    settings.CAREO_ADDRESS = "http://testserver"
    assert "No cuts, says the minister" in client.get("/editions/2026-03-05-daily/").text
    assert sending.told_of_sending(list(MailEdition.objects.all())) == {
        MailEdition.objects.get().pk: f"{BATCH + 1} sent"
    }
