"""Founding the paper, and founding it again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Page, Site

from careo.paper.actions import found_paper
from careo.paper.models import Home, StandingPage
from careo.stories.models import Section
from careo.stories.templatetags.days import day

pytestmark = pytest.mark.django_db


def test_a_founded_paper_takes_the_place_of_the_welcome_page(client: Client) -> None:
    found_paper(name="The Meridia Post")
    front = client.get("/").text
    assert "The Meridia Post" in front
    assert "No story has been published yet." in front
    assert [page.specific_class for page in Page.objects.filter(depth=2)] == [Home]


def test_every_paper_has_the_pages_it_owes_and_they_say_what_is_missing(client: Client) -> None:
    found_paper()
    for slug in ("about", "imprint", "privacy", "terms"):
        answer = client.get(f"/{slug}/")
        assert answer.status_code == 200
        assert "To be completed" in answer.text or "has not been filled in" in answer.text
        assert f'href="/{slug}/"' in client.get("/").text


def test_founding_it_again_changes_nothing_an_editor_did() -> None:
    home = found_paper(name="The Meridia Post")
    StandingPage.objects.get(slug="about").delete()
    Section.objects.get(slug="news").delete()
    home.title = "The Alba Post"
    home.save()
    again = found_paper(name="The Meridia Post")
    assert again.title == "The Alba Post"
    assert not StandingPage.objects.filter(slug="about").exists()
    assert Section.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1", 8000),
        ("https://post.example", "post.example", 443),
        ("http://post.example", "post.example", 80),
    ],
)
def test_the_site_follows_the_address(settings: Any, address: str, host: str, port: int) -> None:
    found_paper()
    settings.CAREO_ADDRESS = address
    found_paper()
    site = Site.objects.get()
    assert (site.hostname, site.port) == (host, port)


def test_a_page_of_the_operators_own_at_the_root_is_left_alone() -> None:
    root = Page.get_first_root_node()
    own = root.add_child(instance=Page(title="Ours", slug="ours"))
    own.add_child(instance=Page(title="A child of it", slug="child"))
    Site.objects.update(root_page=own)
    found_paper()
    assert Page.objects.filter(slug="ours").exists()


def test_a_paper_in_spanish_is_founded_in_spanish(settings: Any) -> None:
    settings.LANGUAGE_CODE = "es"
    with translation.override("es"):
        home = found_paper(name="El Correo de Meridia")
    assert home.locale.language_code == "es"
    assert [page.title for page in home.get_children()] == [
        "Noticias",
        "Acerca de",
        "Aviso legal",
        "Privacidad",
        "Condiciones",
    ]
    assert {page.locale.language_code for page in home.get_children()} == {"es"}
    with translation.override("en"):
        assert day(date(2026, 3, 5)) == "5 March 2026"
    with translation.override("es"):
        assert day(date(2026, 3, 5)) == "5 de marzo de 2026"
