"""A story published in a second language: each page leads to the other, and both say so to search engines."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from careo.stories.forms import StoryForm
from careo.stories.models import Story
from tests.paper.edition import Edition

Committing = Callable[[], Any]
HREFLANG = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Callable[..., Any]) -> Committing:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def in_spanish(edition: Edition, of: Story, **fields: Any) -> Story:
    return edition.story(
        "Sin cortes, dice la ministra", slug="sin-cortes", language="es", edition_of=of, **fields
    )


def hreflang(client: Client, story: Story) -> dict[str, str]:
    return dict(HREFLANG.findall(client.get(story.url).text))


@pytest.mark.both_databases
def test_both_editions_name_each_other_and_the_default(edition: Edition, client: Client) -> None:
    english = edition.story(slug="no-cuts")
    spanish = in_spanish(edition, english)
    both = {
        "en": "http://testserver/news/no-cuts/",
        "es": "http://testserver/news/sin-cortes/",
        "x-default": "http://testserver/news/no-cuts/",
    }
    assert hreflang(client, english) == hreflang(client, spanish) == both
    page = client.get(english.url).text
    assert 'href="/news/sin-cortes/" lang="es" hreflang="es" rel="alternate">Español</a>' in page
    assert '<meta property="og:locale" content="en_US">' in page
    assert '<meta property="og:locale:alternate" content="es_ES">' in page
    page = client.get(spanish.url).text
    assert 'lang="en" hreflang="en" rel="alternate">English</a>' in page
    assert '<h1 lang="es">' in page
    assert '<meta property="og:locale" content="es_ES">' in page
    assert '"inLanguage": "es"' in page


def test_a_story_in_one_language_names_none(edition: Edition, client: Client) -> None:
    story = edition.story()
    assert hreflang(client, story) == {}
    assert "This story in" not in client.get(story.url).text


def test_an_edition_that_is_not_published_is_not_told_of(edition: Edition, client: Client) -> None:
    english = edition.story()
    before = client.get(english.url).text
    in_spanish(edition, english, live=False)
    assert client.get(english.url).text == before
    assert hreflang(client, english) == {}


def test_the_other_page_is_made_anew_when_an_edition_comes_goes_or_points_elsewhere(
    edition: Edition, client: Client, committing: Committing, store: PageStore
) -> None:
    english = edition.story()
    spanish = in_spanish(edition, english, live=False)
    assert hreflang(client, english) == {}
    assert store.get(english.url, PUBLIC) is not None
    with committing():
        spanish.save_revision().publish()
    assert set(hreflang(client, english)) == {"en", "es", "x-default"}
    with committing():
        Story.objects.get(pk=spanish.pk).unpublish()
    assert hreflang(client, english) == {}
    with committing():
        Story.objects.get(pk=spanish.pk).save_revision().publish()
    assert "es" in hreflang(client, english)
    with committing():
        apart = Story.objects.get(pk=spanish.pk)
        apart.edition_of = None
        apart.save_revision().publish()
    assert hreflang(client, english) == {}


def test_when_the_first_edition_is_deleted_the_other_stands_alone(
    edition: Edition, client: Client, committing: Committing
) -> None:
    english = edition.story()
    spanish = in_spanish(edition, english)
    assert "en" in hreflang(client, spanish)
    with committing():
        Story.objects.get(pk=english.pk).delete()
    assert hreflang(client, spanish) == {}


def test_the_news_sitemap_tells_the_language_of_each(edition: Edition, client: Client) -> None:
    in_spanish(edition, edition.story())
    tree = ElementTree.fromstring(client.get("/news-sitemap.xml").content)  # noqa: S314  # our own
    told = [one.text for one in tree.iter("{http://www.google.com/schemas/sitemap-news/0.9}language")]
    assert sorted(str(one) for one in told) == ["en", "es"]


def asked_of_the_desk(story: Story, **fields: Any) -> dict[str, list[str]]:
    """What the desk's form answers to these two fields; its other fields are none of ours."""
    form_class: type[StoryForm] = Story.get_edit_handler().get_form_class()
    empty = {"body-count": "0", "corrections-TOTAL_FORMS": "0", "corrections-INITIAL_FORMS": "0"}
    form = form_class({**empty, "edition_of": "", "language": "", **fields}, instance=story, for_user=None)
    form.is_valid()
    return {name: list(told) for name, told in form.errors.items() if name in ("edition_of", "language")}


def test_the_desk_refuses_editions_that_could_not_find_each_other(edition: Edition) -> None:
    english, other = edition.story(slug="no-cuts"), edition.story("Rain", slug="rain")
    spanish = in_spanish(edition, english)
    assert asked_of_the_desk(other, edition_of=english.pk, language="es") == {}
    assert asked_of_the_desk(other, edition_of=english.pk, language="en") == {
        "language": ["Both stories are in the same language; say in which this one is written."]
    }
    assert asked_of_the_desk(other, edition_of=other.pk, language="es") == {
        "edition_of": ["A story is not its own edition in another language; choose another one."]
    }
    assert asked_of_the_desk(other, edition_of=spanish.pk) == {
        "edition_of": ["That story is itself an edition of “No cuts, says the minister”; choose this one."]
    }
    assert asked_of_the_desk(english, edition_of=other.pk, language="es") == {
        "edition_of": ["Other stories name this one as their original; let that one name it, too."]
    }
