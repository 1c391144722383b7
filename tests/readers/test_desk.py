"""What the desk shows of readers: subscriptions granted there, accounts, the mail that was kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.mail import EmailMessage, get_connection
from django.test import Client
from django.utils import timezone

from careo.readers.access import is_subscriber
from careo.readers.models import Plan, Reader, Subscription

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(ana: Reader) -> Reader:
    """An editor without the right to grant subscriptions."""
    dora = Reader.objects.create_user("dora@example.org")
    dora.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return dora


def granting(reader: Reader, plan: Plan, **changed: str) -> dict[str, str]:
    now = timezone.now().strftime("%Y-%m-%d %H:%M")
    return {
        "reader": str(reader.pk),
        "plan": str(plan.pk),
        "starts_at": now,
        "ends_at": "",
        "reason": "",
    } | changed


def test_an_editor_grants_a_subscription_which_runs_as_its_plan_says(
    client: Client, clara: Reader, ana: Reader, plan: Plan
) -> None:
    client.force_login(clara)
    assert b"Choose a reader" in client.get("/desk/subscriptions/new/").content
    answer = client.post("/desk/subscriptions/new/", granting(ana, plan, reason="A prize."))
    assert answer.status_code == 302
    subscription = Subscription.objects.get()
    assert (subscription.reader, subscription.granted_by, subscription.reason) == (ana, clara, "A prize.")
    assert subscription.ends_at is not None
    assert timedelta(days=364) < subscription.ends_at - subscription.starts_at < timedelta(days=367)
    assert is_subscriber(ana)
    listing = client.get("/desk/subscriptions/").content.decode()
    assert "Ana de Alba" in listing
    assert f"{subscription.ends_at:%B %Y}" in listing


def test_an_editor_ends_a_subscription(client: Client, clara: Reader, subscription: Subscription) -> None:
    Subscription.objects.update(starts_at=datetime(2026, 1, 1, tzinfo=UTC))
    client.force_login(clara)
    ends = {"starts_at": "2026-01-01 00:00", "ends_at": "2026-01-02 00:00"}
    answer = client.post(
        f"/desk/subscriptions/edit/{subscription.pk}/",
        granting(subscription.reader, subscription.plan, **ends),
    )
    assert answer.status_code == 302
    assert not is_subscriber(subscription.reader)


def test_a_subscription_that_ends_before_it_begins_is_refused(
    client: Client, clara: Reader, ana: Reader, plan: Plan
) -> None:
    client.force_login(clara)
    page = client.post(
        "/desk/subscriptions/new/", granting(ana, plan, ends_at="2020-01-01 00:00")
    ).content.decode()
    assert "A subscription ends after it begins; choose a later day." in page
    assert not Subscription.objects.exists()


def test_a_reader_is_found_by_address_or_pen_name(
    client: Client, clara: Reader, ana: Reader, bruno: Reader
) -> None:
    client.force_login(clara)
    for words in ("ana@ex", "de alba"):
        found = client.get("/desk/readers/choose/results/", {"q": words}).content.decode()
        assert "ana@example.org" in found
        assert "bruno@example.org" not in found


@pytest.mark.parametrize(
    "path", ["subscriptions/", "subscriptions/new/", "plans/", "readers/choose/", "readers/choose/results/",
             "readers/choose/chosen/{}/", "readers/choose/chosen-multiple/?id={}", "mail/", "users/"]
)  # fmt: skip
def test_who_may_not_grant_learns_no_readers_address(
    client: Client, dora: Reader, ana: Reader, path: str
) -> None:
    client.force_login(dora)
    answer = client.get(f"/desk/{path}".format(ana.pk), follow=True)
    assert b"ana@example.org" not in answer.content
    assert answer.status_code == 403 or answer.redirect_chain


def test_editors_may_grant_from_the_start_what_the_rights_say() -> None:
    from django.apps import apps
    from django.contrib.contenttypes.models import ContentType

    from careo.readers.rights import give_rights_once

    app = apps.get_app_config("readers")
    kind = ContentType.objects.get_for_model(Subscription)
    Permission.objects.filter(content_type=kind).delete()
    give_rights_once(app, {"Editors": ["add_subscription"]}, using="default")
    editors = Group.objects.get(name="Editors")
    assert editors.permissions.filter(codename="add_subscription").exists()
    editors.permissions.clear()
    give_rights_once(app, {"Editors": ["add_subscription"]}, using="default")
    assert not editors.permissions.exists()  # what an administrator took away stays away


def test_an_administrator_makes_and_edits_an_account_without_a_username(
    client: Client, clara: Reader
) -> None:
    client.force_login(clara)
    assert client.get("/desk/users/").status_code == 200
    assert b"Username" not in client.get("/desk/users/new/").content
    made = {"email": "Eva@Example.org", "first_name": "Eva", "last_name": "Ruiz",
            "password1": "a boat on the Alba", "password2": "a boat on the Alba"}  # fmt: skip
    assert client.post("/desk/users/new/", made).status_code == 302
    eva = Reader.objects.get(email="eva@example.org")
    edited = {"email": "eva@example.org", "first_name": "Eva", "last_name": "Ruiz", "is_active": ""}
    assert client.post(f"/desk/users/edit/{eva.pk}/", edited).status_code == 302
    eva.refresh_from_db()
    assert not eva.is_active
    assert client.get("/desk/account/").status_code == 200


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def send(subject: str, body: str) -> None:
    message = EmailMessage(
        subject, body, "paper@meridia.example", ["ana@example.org"], connection=get_connection()
    )
    message.send()


def test_kept_mail_is_read_at_the_desk_newest_first_and_as_text(
    client: Client, clara: Reader, kept: Path
) -> None:
    send("Confirm your address", "Follow http://testserver/account/confirm-email/abc:def/")
    send("Señales <b>nuevas</b>", "<script>alert('ñ')</script>")
    client.force_login(clara)
    answer = client.get("/desk/mail/")
    page = answer.content.decode()
    assert page.index("Señales &lt;b&gt;nuevas&lt;/b&gt;") < page.index("Confirm your address")
    assert "&lt;script&gt;alert(&#x27;ñ&#x27;)&lt;/script&gt;" in page
    assert "http://testserver/account/confirm-email/abc:def/" in page
    assert "no-store" in answer["Cache-Control"]


def test_a_broken_file_among_the_mail_hides_nothing(client: Client, clara: Reader, kept: Path) -> None:
    (kept / "20260101-000000-1.log").write_bytes(b"\xff\xfe\x00 no mail at all \x00")
    (kept / "20260101-000000-2.log").write_bytes(b"")
    (kept / "20260101-000000-3.log").write_bytes(
        b"Content-Type: text/plain; charset=nonsense\nSubject: =?x?q?y?=\n\n\xff"
    )
    send("Confirm your address", "Follow the link")
    client.force_login(clara)
    answer = client.get("/desk/mail/")
    assert answer.status_code == 200
    assert b"Confirm your address" in answer.content


def test_where_mail_is_sent_the_desk_says_so(client: Client, clara: Reader) -> None:
    client.force_login(clara)
    assert b"Mail is sent, not kept" in client.get("/desk/mail/").content
