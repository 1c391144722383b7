"""What changes is made anew at once: the page, and every list that shows something of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from careo.desk.actions import close, merge, rename
from careo.desk.drawing import draw
from careo.desk.models import Event
from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from careo.press.models import Outlet
from careo.readers.models import Reader
from careo.record.models import Person, Remark, Statement
from careo.stories.models import Correction, HouseStyle, Section, Story
from tests.paper.edition import MARKER, Edition, picture, statement

LISTS = [
    "/",
    "/news/",
    "/archive/",
    "/feeds/rss.xml",
    "/feeds/atom.xml",
    "/feeds/news/rss.xml",
    "/sitemap.xml",
]

Committing = Callable[..., Any]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Callable[..., Any]) -> Committing:
    """What is done within it comes to pass, as when its transaction is committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def seen(client: Client, path: str) -> str:
    return client.get(path).text


def is_kept(store: PageStore, path: str) -> bool:
    return store.get(path, PUBLIC) is not None


def test_a_new_story_stands_in_every_list_at_once(
    edition: Edition, client: Client, committing: Committing
) -> None:
    for path in LISTS:
        assert "dry-month" not in seen(client, path)
    draft = edition.story("A dry month", live=False, slug="dry-month")
    with committing():
        draft.save_revision().publish()
    for path in LISTS:
        assert "dry-month" in seen(client, path), path


def test_a_republished_story_replaces_what_was_kept(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.story("No cuts, says the minister")
    seen(client, story.url)
    with committing():
        story.title = "Cuts after all, says the minister"
        story.save_revision().publish()
    for path in (story.url, "/", "/news/", "/feeds/rss.xml"):
        assert "Cuts after all" in seen(client, path)


def test_an_unpublished_story_is_gone_at_once(
    edition: Edition, client: Client, committing: Committing, store: PageStore
) -> None:
    story = edition.story()
    for path in (story.url, *LISTS):
        seen(client, path)
    with committing():
        story.unpublish()
    assert client.get(story.url).status_code == 410
    assert not is_kept(store, story.url)
    for path in LISTS:
        assert story.slug not in seen(client, path), path


def test_a_deleted_story_is_gone_at_once(edition: Edition, client: Client, committing: Committing) -> None:
    story = edition.story()
    for path in (story.url, *LISTS):
        seen(client, path)
    with committing():
        Story.objects.get(pk=story.pk).delete()
    assert client.get(story.url).status_code == 410
    for path in LISTS:
        assert story.slug not in seen(client, path), path


def test_a_story_that_becomes_closed_keeps_its_words_to_itself_at_once(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.closed_story()
    with committing():
        story.access = Story.Access.OPEN
        story.save_revision().publish()
    assert MARKER in seen(client, story.url)
    assert MARKER in seen(client, "/feeds/rss.xml")
    with committing():
        story.access = Story.Access.SUBSCRIBERS
        story.save_revision().publish()
    assert MARKER not in seen(client, story.url)
    assert MARKER not in seen(client, "/feeds/rss.xml")


def test_a_change_that_is_rolled_back_drops_nothing(
    edition: Edition,
    client: Client,
    store: PageStore,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    story = edition.story()
    seen(client, story.url)
    with django_capture_on_commit_callbacks(execute=False):
        story.title = "Never came to pass"
        story.save()
    assert is_kept(store, story.url)


def test_a_page_begun_before_a_change_is_not_kept_after_it(
    edition: Edition,
    client: Client,
    committing: Committing,
    store: PageStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = edition.story()
    before = Story.get_context

    def republished_meanwhile(self: Story, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = before(self, *args, **kwargs)
        with committing():
            Story.objects.get(pk=self.pk).save()
        return context

    monkeypatch.setattr(Story, "get_context", republished_meanwhile)
    assert client.get(story.url).status_code == 200
    assert not is_kept(store, story.url)


def test_a_moved_story_leaves_its_old_address_and_section(
    edition: Edition, client: Client, committing: Committing, store: PageStore
) -> None:
    story, politics = edition.story(), edition.section("Politics", "politics")
    old = story.url
    for path in (old, "/news/", "/politics/"):
        seen(client, path)
    with committing():
        story.move(politics, pos="last-child")
    moved = Story.objects.get(pk=story.pk)
    assert moved.url == f"/politics/{story.slug}/"
    assert not is_kept(store, old)
    assert client.get(old, follow=True).redirect_chain == [(moved.url, 301)]
    assert story.slug not in seen(client, "/news/")
    assert story.slug in seen(client, "/politics/")


def test_a_section_with_another_slug_takes_its_stories_along(
    edition: Edition, client: Client, committing: Committing, store: PageStore
) -> None:
    story = edition.story()
    old = story.url
    seen(client, old)
    with committing():
        edition.news.slug = "latest-news"
        edition.news.save_revision().publish()
    assert not is_kept(store, old)
    assert client.get(f"/latest-news/{story.slug}/").status_code == 200
    assert f"/latest-news/{story.slug}/" in seen(client, "/")


def test_a_new_section_stands_in_the_head_of_every_page(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.story()
    seen(client, story.url)
    with committing():
        edition.section("Culture", "culture")
    with committing():
        assert 'href="/culture/"' in seen(client, story.url)


def test_the_front_page_is_made_anew_when_an_editor_chooses_what_leads(
    edition: Edition, client: Client, committing: Committing
) -> None:
    old = edition.story("The night ferry returns")
    for number in range(9):
        edition.story(f"Story {number}")
    assert old.title not in seen(client, "/").partition("by-section")[0]
    with committing():
        edition.home.lead = old
        edition.home.save_revision().publish()
    lead = seen(client, "/").partition('class="second"')[0]
    assert old.title in lead


def test_a_stricter_house_style_shortens_passages_at_once(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.story()
    assert "dijo la ministra" in seen(client, story.url)
    with committing():
        style = HouseStyle.objects.get()
        style.passage_limit = 20
        style.save()
    assert "dijo la ministra" not in seen(client, story.url)


def test_an_outlets_new_name_stands_under_the_stories_that_cite_it(
    edition: Edition, client: Client, committing: Committing, store: PageStore
) -> None:
    cites, other = edition.story(), edition.story("Another", body=[("paragraph", RichText("<p>Rain.</p>"))])
    for story in (cites, other):
        seen(client, story.url)
    with committing():
        edition.faro.name = "El Nuevo Faro"
        edition.faro.save()
    assert is_kept(store, other.url)
    assert "El Nuevo Faro" in seen(client, cites.url)


def test_a_corrected_speaker_is_corrected_face_to_face(
    edition: Edition, client: Client, committing: Committing
) -> None:
    first, second = statement(edition.spanish, "Olmedo"), statement(edition.english, "Esteban Quiroga")
    pair = {"question": "Will the water be cut?", "statements": [first, second]}
    story = edition.story(body=[("face_to_face", pair)])
    assert "Teresa Olmedo, " not in seen(client, story.url)
    with committing():
        first.speaker = "Teresa Olmedo"
        first.save()
    assert "Teresa Olmedo, " in seen(client, story.url)


def test_a_correction_is_seen_at_once(edition: Edition, client: Client, committing: Committing) -> None:
    story = edition.story()
    seen(client, story.url)
    with committing():
        Correction.objects.create(story=story, on=date(2026, 3, 7), note="The minister spoke on Thursday.")
    assert "The minister spoke on Thursday." in seen(client, story.url)


def test_what_becomes_restricted_is_gone_at_once(
    edition: Edition, client: Client, committing: Committing, store: PageStore
) -> None:
    story = edition.story()
    seen(client, story.url)
    with committing():
        PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    assert not is_kept(store, story.url)
    assert "The minister promised" not in seen(client, story.url)


def test_a_deleted_picture_is_gone_from_every_page_at_once(
    edition: Edition, client: Client, committing: Committing
) -> None:
    reservoir = picture("Reservoir")
    story = edition.story(lead_picture=reservoir, lead_alt="Water behind a wall")
    for path in (story.url, "/", "/feeds/rss.xml"):
        assert "/media/images/" in seen(client, path), path
    with committing():
        reservoir.delete()
    for path in (story.url, "/", "/feeds/rss.xml"):
        assert "/media/images/" not in seen(client, path), path


@pytest.fixture
def composed_news(edition: Edition) -> Story:
    """The section News leads with a story of another section, which this is."""
    story = edition.story("Led from elsewhere", section=edition.section("Politics", "politics"))
    edition.news.composition = [("lead", story)]
    edition.news.save()
    return story


def test_a_composed_page_is_made_anew_when_a_story_on_it_changes_and_not_for_others(
    edition: Edition, client: Client, committing: Committing, store: PageStore, composed_news: Story
) -> None:
    other = edition.story("Another", section=Section.objects.get(slug="politics"))
    assert "Led from elsewhere" in seen(client, "/news/")
    with committing():
        other.save_revision().publish()
    assert is_kept(store, "/news/")
    with committing():
        composed_news.title = "Led once more"
        composed_news.save_revision().publish()
    assert "Led once more" in seen(client, "/news/")


def test_a_chosen_story_leaves_the_page_when_it_is_unpublished_and_comes_back(
    edition: Edition, client: Client, committing: Committing, composed_news: Story
) -> None:
    assert composed_news.title in seen(client, "/news/")
    with committing():
        composed_news.unpublish()
    assert composed_news.title not in seen(client, "/news/")
    with committing():
        composed_news.save_revision().publish()
    assert composed_news.title in seen(client, "/news/")


@pytest.fixture
def as_it_stands(edition: Edition) -> Statement:
    """A statement of Olmedo's on the strip of an event that the section Politics shows; News tells of it."""
    event = Event.objects.create(title="Water")
    said = statement(edition.spanish, "Teresa Olmedo")
    said.person = Person.objects.create(name="Teresa Olmedo")
    said.save()
    told = {"question": "", "statements": [said, statement(edition.english, "Esteban Quiroga")]}
    edition.story("Face to face", event=event, body=[("face_to_face", told)])
    politics = edition.section("Politics", "politics")
    politics.composition = [("as_it_stands", {"title": "The water", "event": event, "remarks": 2})]
    politics.save()
    return said


def test_a_strip_is_made_anew_when_a_story_of_its_event_is_published_and_not_for_others(
    edition: Edition, client: Client, committing: Committing, store: PageStore, as_it_stands: Statement
) -> None:
    assert "Face to face</a>" in seen(client, "/politics/")
    with committing():
        edition.story("Of nothing in particular")
    assert is_kept(store, "/politics/")
    draft = edition.story("A word more", live=False, event=Event.objects.get())
    with committing():
        draft.save_revision().publish()
    assert "A word more</a>" in seen(client, "/politics/")


def test_a_strip_follows_what_editors_say_of_its_statements(
    edition: Edition, client: Client, committing: Committing, as_it_stands: Statement
) -> None:
    assert ">Teresa Olmedo</a>, " in seen(client, "/politics/")
    with committing():
        as_it_stands.speaker = "Teresa Olmedo Vidal"
        as_it_stands.save()
    assert ">Teresa Olmedo Vidal</a>, " in seen(client, "/politics/")
    for status, told in ((Statement.Status.REJECTED, False), (Statement.Status.CONFIRMED, True)):
        with committing():
            as_it_stands.status = status
            as_it_stands.save()
        assert ("No habrá cortes" in seen(client, "/politics/")) is told


def test_a_strip_follows_the_names_of_its_outlets_and_people_and_no_others(
    edition: Edition, client: Client, committing: Committing, store: PageStore, as_it_stands: Statement
) -> None:
    seen(client, "/politics/")
    with committing():
        Outlet.objects.create(name="La Voz", host="lavoz.example").save()
        Person.objects.create(name="Ana Marsh").save()
    assert is_kept(store, "/politics/")
    with committing():
        edition.faro.name = "El Nuevo Faro"
        edition.faro.save()
    assert "El Nuevo Faro" in seen(client, "/politics/")
    assert as_it_stands.person is not None
    with committing():
        as_it_stands.person.name = "Teresa Olmedo Vidal"
        as_it_stands.person.save()
    assert "/teresa-olmedo-vidal/" in seen(client, "/politics/")


def test_a_strip_follows_its_event_through_the_acts_of_the_desk(
    edition: Edition, client: Client, committing: Committing, store: PageStore, as_it_stands: Statement
) -> None:
    editor = Reader.objects.create_superuser("clara@example.org", "correct horse of Alba")
    event, whole = Event.objects.get(), Event.objects.create(title="All of the water")
    edition.story("Of the whole", event=whole, body=[("face_to_face", edition.face_to_face())])
    assert "Of the whole" not in seen(client, "/politics/")
    with committing():
        rename(event, "Another name", editor=editor)
        close(event, editor=editor)
    assert is_kept(store, "/politics/")
    with committing():
        merge(event, whole, editor=editor)
    assert "Of the whole</a>" in seen(client, "/politics/")


def test_a_strip_follows_what_the_desk_puts_together_as_one_remark(
    edition: Edition, client: Client, committing: Committing, as_it_stands: Statement
) -> None:
    assert seen(client, "/politics/").count("<blockquote") == 2
    with committing():
        Statement.objects.update(remark=Remark.objects.create())  # as `draw` writes it, past the models
        draw(Event.objects.get())
    assert seen(client, "/politics/").count("<blockquote") == 1
