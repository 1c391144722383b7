"""Taking in at the desk, as an editor does it; and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from careo.press.models import Feed, Outlet, Report
from careo.readers.models import Reader
from tests.press.outlet import LocalOutlet
from tests.press.pages import HEADLINE, report

pytestmark = pytest.mark.django_db

FORM = "/desk/capture/"


@pytest.fixture
def desk(client: Client) -> Client:
    """The desk as an editor sees it who is in no way an administrator."""
    editors, _ = Group.objects.get_or_create(name="Those at the desk")
    editors.permissions.add(Permission.objects.get(codename="access_admin"))
    editor = Reader.objects.create_user("editor@post.example", "pasaporte azul")
    editor.groups.add(editors)
    client.force_login(editor)
    return client


def words(page: Any) -> str:
    return str(page.content.decode())


def test_the_form_has_its_place_in_the_menu(desk: Client) -> None:
    assert reverse("press:capture") == FORM
    assert f'"{FORM}"' in words(desk.get("/desk/"))


def test_an_editor_takes_in_two_reports_at_once(desk: Client, faro: LocalOutlet) -> None:
    first = faro.says("/agua", report())
    second = faro.says("/pan", report(headline="El pan sube en toda Meridia por tercer mes"))
    page = desk.post(FORM, {"addresses": f"{first}\n\n  {second}\r\n{first}"})
    assert page.status_code == 200
    assert Report.objects.count() == 2
    for told in Report.objects.all():
        assert told.headline in words(page)
        assert told.captured_by == Reader.objects.get()
        assert reverse("record:report", args=[told.pk]) in words(page)


def test_a_form_sent_twice_takes_in_nothing_twice(desk: Client, faro: LocalOutlet) -> None:
    address = faro.says("/agua", report())
    desk.post(FORM, {"addresses": address})
    page = desk.post(FORM, {"addresses": address})
    assert "already kept, unchanged" in words(page)
    assert Report.objects.count() == 1


def test_what_failed_stays_in_the_form_with_its_reason(desk: Client, faro: LocalOutlet) -> None:
    good, bad = faro.says("/agua", report()), faro.says("/x", "", "404 Not Found")
    page = desk.post(FORM, {"addresses": f"{good}\n{bad}"})
    assert page.status_code == 422
    assert HEADLINE in words(page)
    assert page.context["form"]["addresses"].value() == bad
    assert "answered 404 (Not Found) instead of a page" in words(page)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Give the address of a report."),
        ("agua", "is not a web address; give one such as"),
        ("file:///etc/passwd", "begins with file:, but only http and https pages are taken in."),
        (
            "\n".join(f"https://elfaro.example/{n}" for n in range(11)),
            "These are 11 addresses; give 10 at most at a time.",
        ),
    ],
)
def test_what_is_no_address_is_pointed_out_beside_the_field(desk: Client, typed: str, reason: str) -> None:
    page = desk.post(FORM, {"addresses": typed})
    assert page.status_code == 422
    assert reason in words(page)
    assert page.context["form"]["addresses"].value() == typed


def test_the_newsrooms_own_machines_cannot_be_taken_in(desk: Client, outlet: LocalOutlet) -> None:
    page = desk.post(FORM, {"addresses": outlet.says("/", report())})
    assert "is not a public address" in words(page)
    assert outlet.asked == []


def test_markup_in_an_outlets_headline_reaches_the_desk_as_text(desk: Client, faro: LocalOutlet) -> None:
    page = desk.post(
        FORM, {"addresses": faro.says("/", report(headline="&lt;img src=x onerror=alert(1)&gt; agua"))}
    )
    assert "&lt;img src=x onerror" in words(page)
    assert "<img src=x" not in words(page)


@pytest.mark.parametrize("path", [FORM, "/desk/outlet/", "/desk/feed/", "/desk/feed/new/"])
def test_a_reader_who_is_no_editor_is_not_let_in(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    client.force_login(Reader.objects.create_user("reader@post.example", "pasaporte rojo"))
    assert client.get(path).status_code in (302, 403)
    assert client.post(path, {"addresses": "https://elfaro.example/"}).status_code in (302, 403)


def test_an_editor_adds_an_outlet_and_its_feed(desk: Client) -> None:
    desk.post(
        "/desk/outlet/new/",
        {
            "name": "Diario Cordillera",
            "host": "cordillera.example",
            "language": "es",
            "home_page": "",
            "country": "",
            "basis": "unknown",
            "passage_limit": 300,
        },
    )
    outlet = Outlet.objects.get()
    desk.post(
        "/desk/feed/new/",
        {"outlet": outlet.pk, "url": "https://cordillera.example/rss", "every_minutes": 15, "active": "on"},
    )
    assert Feed.objects.get().outlet == outlet
    assert "https://cordillera.example/rss" in words(desk.get("/desk/feed/"))
    assert "Diario Cordillera" in words(desk.get("/desk/outlet/"))


def test_a_feed_at_no_web_address_is_refused_beside_the_field(desk: Client) -> None:
    outlet = Outlet.objects.create(name="Diario Cordillera", host="cordillera.example")
    page = desk.post(
        "/desk/feed/new/",
        {"outlet": outlet.pk, "url": "https://a:b@cordillera.example/rss", "every_minutes": 15},
    )
    assert "carries a name or password" in words(page)
    assert not Feed.objects.exists()


def test_the_trouble_of_a_feed_is_seen_in_the_list(desk: Client) -> None:
    outlet = Outlet.objects.create(name="Diario Cordillera", host="cordillera.example")
    Feed.objects.create(outlet=outlet, url="https://cordillera.example/rss", trouble="it answered 404 <b>")
    assert "it answered 404 &lt;b&gt;" in words(desk.get("/desk/feed/"))
