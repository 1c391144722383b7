"""Nothing to hide: a story's versions, how it was made, and whether its citations hold, for whoever may read it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from lxml import html
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC, SUBSCRIBER
from careo.press.actions import take_in
from careo.press.fetch import Fetched
from careo.press.models import Report
from careo.readers.actions import grant, open_account
from careo.readers.models import Plan, Reader
from careo.record.models import Person
from careo.stories.actions import grant_editor, override
from careo.stories.models import HouseStyle, Section, Story
from tests.paper.edition import CLOSED_WORDS, MARKER, Edition, statement
from tests.press import pages

Committing = Callable[[], AbstractContextManager[object]]
WORDS = "ningún barrio de Puerto Alba quedará sin suministro"


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Callable[..., Any]) -> Committing:
    """What is done within it comes to pass."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def subscriber(db: None) -> Client:
    reader = open_account("bruno@example.org", "correct horse of Alba", pen_name="Bruno")
    grant(reader, Plan.objects.create(name="A year", slug="a-year"), by=None, reason="He asked.")
    client = Client()
    client.force_login(reader)
    return client


@pytest.fixture
def ana(edition: Edition) -> Reader:
    """An editor, known to readers as Ana Serrano."""
    editor = open_account("ana@meridiapost.example", "a password of the desk", pen_name="Ana Serrano")
    grant_editor(editor)
    return editor


@pytest.fixture
def snapshots(settings: Any, tmp_path: Path) -> Path:
    kept = settings.STORAGES["snapshots"]
    options = kept["OPTIONS"] | {"location": tmp_path / "snapshots"}
    settings.STORAGES = settings.STORAGES | {"snapshots": kept | {"OPTIONS": options}}
    return tmp_path / "snapshots"


@pytest.fixture
def captured(edition: Edition, snapshots: Path) -> Report:
    """A page of El Faro, taken in as any is, at nine in the morning."""
    url = "https://elfaro.example/agua"
    at = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
    return take_in(
        Fetched(url, 200, (("Content-Type", "text/html"),), pages.report().encode(), at, url)
    ).report


def mark(report: Report, words: str, said: str = "No quarter will go dry") -> str:
    begin = report.text.index(words)
    return f'<a linktype="citation" passages="{report.pk}:{begin}:{begin + len(words)}">{said}</a>'


def citing(report: Report, words: str = WORDS) -> list[tuple[str, Any]]:
    return [("paragraph", RichText(f"<p>{mark(report, words)}.</p>"))]


def again(story: Story, user: Reader | None = None, **fields: Any) -> Story:
    """The story published anew with other fields."""
    draft = Story.objects.get(pk=story.pk)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=user).publish(user=user)
    return Story.objects.get(pk=story.pk)


def words(client: Client, path: str) -> str:
    """What the page says, in one line."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(html.fromstring(answer.text).xpath("string(//main)").split())


# Versions


def test_readers_see_each_version_with_what_changed(edition: Edition, client: Client) -> None:
    story = again(edition.story(), title="No cuts at all, says the minister", byline="Ana Serrano")
    listed = words(client, f"{story.url}versions/")
    assert "Version 2" in listed
    assert "Changed: headline; byline." in listed
    page = html.fromstring(client.get(f"{story.url}versions/2/").text)
    assert page.xpath("//h2//ins/text()") == ["cuts at all, "]
    assert page.xpath("//h2//del/text()") == ["cuts, "]
    assert page.xpath("//h2/span[@class='unseen']/text()") == ["removed: ", "added: "]
    first = client.get(f"{story.url}versions/1/").text
    assert "No cuts, says the minister" in first
    assert "<ins" not in first
    assert "<del" not in first


def test_a_story_published_once_says_so(edition: Edition, client: Client) -> None:
    story = edition.story()
    assert "There is one version of this story" in words(client, f"{story.url}versions/")
    assert client.get(f"{story.url}versions/2/").status_code == 404


@pytest.mark.parametrize("number", ["0", "01", "-1", "1.0", "x", "٣", "9999999", "1%00"])
def test_what_is_no_number_of_a_version_is_no_page(edition: Edition, client: Client, number: str) -> None:
    assert client.get(f"{edition.story().url}versions/{number}/").status_code == 404


def test_a_new_version_stands_in_the_list_at_once(
    edition: Edition, client: Client, committing: Committing, store: PageStore
) -> None:
    story = edition.story()
    words(client, f"{story.url}versions/")
    assert store.get(f"{story.url}versions/", PUBLIC) is not None
    with committing():
        again(story, standfirst="It rained")
    assert "Version 2" in words(client, f"{story.url}versions/")


def test_the_versions_page_is_kept_and_then_asks_the_database_nothing(
    edition: Edition, client: Client, django_assert_num_queries: Any
) -> None:
    story = edition.story()
    for path in ("versions/", "versions/1/", "made/"):
        client.get(story.url + path)
        with django_assert_num_queries(0):
            assert client.get(f"{story.url}{path}?utm_source=x").status_code == 200


def test_a_markup_of_old_comes_out_as_text(edition: Edition, client: Client) -> None:
    story = edition.story("<img src=x onerror=alert(1)>", byline="<script>alert(1)</script>")
    story = again(story, title="Mended")
    for path in ("versions/", "versions/1/", "versions/2/", "made/", "citations/1/"):
        page = client.get(story.url + path).text
        assert "<img" not in page
        assert "<script>alert" not in page


# What is not for everybody


def closed_in_both(edition: Edition) -> Story:
    """Closed in each of its versions; MARKER stands in the closed part of both."""
    story = edition.closed_story()
    opened = ("paragraph", edition.cites("The minister promised again", edition.spanish))
    closed = f"<p>{CLOSED_WORDS} Twice. {edition.mark('The mayor disagrees', edition.english)}.</p>"
    return again(story, body=[opened, ("paragraph", RichText(closed))])


PAGES = ("versions/", "versions/1/", "versions/2/", "made/", "citations/1/")


@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_a_closed_part_is_on_a_page_of_the_record_whoever_came_first(
    edition: Edition, client: Client, subscriber: Client, store: PageStore, page: str
) -> None:
    story = closed_in_both(edition)
    whole = subscriber.get(story.url + page)
    assert whole.status_code == 200
    assert "private" in whole["Cache-Control"]
    told = client.get(story.url + page)
    kept = store.get(story.url + page, PUBLIC)
    for secret in (MARKER, "mayor", "Courier", "There will be cuts", "2 outlets"):
        assert secret not in told.text
        assert secret not in (kept.body.decode() if kept else "")


def test_subscribers_see_the_whole_of_it(edition: Edition, subscriber: Client) -> None:
    story = closed_in_both(edition)
    assert MARKER in words(subscriber, f"{story.url}versions/1/")
    assert "Twice." in words(subscriber, f"{story.url}versions/2/")
    assert "2 reports, by 2 outlets" in words(subscriber, f"{story.url}made/")
    assert "The Norland Courier" in words(subscriber, f"{story.url}citations/2/")


def test_a_citation_of_the_closed_part_is_as_one_that_is_not_there(edition: Edition, client: Client) -> None:
    story = edition.closed_story()
    missing = client.get(f"{story.url}citations/3/")
    hidden = client.get(f"{story.url}citations/2/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_the_public_cannot_tell_from_the_record_whether_a_closed_part_changed(
    edition: Edition, client: Client, committing: Committing
) -> None:
    story = edition.closed_story()
    before = [words(client, story.url + page) for page in ("versions/", "made/")]
    opened = (story.body[0].block_type, story.body[0].value)
    with committing():
        again(story, body=[opened, ("paragraph", RichText("<p>Something else is sold now.</p>"))])
    assert story.versions.count() == 2
    assert [words(client, story.url + page) for page in ("versions/", "made/")] == before


@pytest.mark.parametrize("page", PAGES)
def test_a_story_not_to_be_seen_has_no_record_to_be_seen(
    edition: Edition, client: Client, page: str, committing: Committing
) -> None:
    story = again(edition.story(), standfirst="It rained")
    path = story.url + page
    assert client.get(path).status_code == 200
    with committing():
        story.unpublish()
    assert client.get(path).status_code == 404
    with committing():
        again(story, expire_at=timezone.now() + timedelta(hours=1))
    assert client.get(path).status_code == 200
    with committing():
        Story.objects.filter(pk=story.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path).status_code == 404
    with committing():
        again(Story.objects.get(pk=story.pk), expire_at=None)
        PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(path).status_code == 404


def test_a_draft_and_a_section_have_no_record(edition: Edition, client: Client) -> None:
    draft = edition.story("Not yet", live=False)
    for path in (f"{draft.url}versions/", f"{draft.url}made/", "/news/versions/", "/about/made/"):
        assert client.get(path).status_code == 404


def test_stories_called_as_the_pages_of_the_record_are_still_stories(
    edition: Edition, client: Client
) -> None:
    for slug in ("versions", "made", "citations"):
        story = edition.story(f"All about {slug}", slug=slug)
        assert f"All about {slug}</h1>" in client.get(f"/news/{slug}/").text
        assert "Version 1" in words(client, f"{story.url}versions/")


# How it was made


def test_a_story_tells_how_it_was_made(
    edition: Edition, client: Client, captured: Report, ana: Reader
) -> None:
    said = statement(captured, "Julia Barrera")
    said.content = [[captured.text.index(WORDS), captured.text.index(WORDS) + len(WORDS)]]
    said.person = Person.objects.create(name="Julia Barrera")
    said.save()
    story = edition.story(live=False, body=citing(captured))
    story.save_revision(user=ana).publish(user=ana)
    page = words(client, f"{story.url}made/")
    assert "1 report, by 1 outlet." in page
    assert f"El Faro de Alba (sp), {pages.HEADLINE}, 5 March 2026. Captured 6 March 2026, 09:00 UTC." in page
    assert "Who speaks in it Julia Barrera" in page
    assert "Edited by: Ana Serrano Published by: Ana Serrano" in page
    assert "No finding was overridden." in page
    assert "Version 1" in page
    assert "@" not in page


def test_an_editor_without_a_name_is_not_known_by_an_address(edition: Edition, client: Client) -> None:
    nameless = Reader.objects.create_user(
        "secret@meridiapost.example", first_name="secret@meridiapost.example"
    )
    grant_editor(nameless)
    story = edition.story(live=False)
    story.save_revision(user=nameless).publish(user=nameless)
    page = client.get(f"{story.url}made/").text
    assert "secret" not in page
    assert "Published by: an editor who gives no name" in words(client, f"{story.url}made/")


def test_an_editor_who_takes_another_name_is_called_by_it_at_once(
    edition: Edition, client: Client, ana: Reader, committing: Committing
) -> None:
    story = again(edition.story(), user=ana, title="By Ana")
    assert "Ana Serrano" in words(client, f"{story.url}made/")
    with committing():
        ana.pen_name = "Ana de Alba"
        ana.save(update_fields=["pen_name"])
    assert "Ana de Alba" in words(client, f"{story.url}made/")


def overridden(story: Story, ana: Reader, reason: str, **fields: Any) -> Story:
    """The story with findings that an editor let pass, published."""
    HouseStyle.objects.update(blocking=["number-unsupported"])
    draft = Story.objects.get(pk=story.pk)
    for name, value in fields.items():
        setattr(draft, name, value)
    revision = draft.save_revision(user=ana)
    override(revision.as_object(), editor=ana, reason=reason)
    revision.publish(user=ana)
    return Story.objects.get(pk=story.pk)


def told_of(edition: Edition, number: str) -> tuple[str, RichText]:
    return "paragraph", RichText(f"<p>{edition.mark('She promised', edition.spanish)} {number} wells.</p>")


def test_a_check_overridden_is_told_with_what_was_found_and_why(
    edition: Edition, client: Client, ana: Reader
) -> None:
    story = overridden(edition.story(), ana, "Counted on the spot.", body=[told_of(edition, "417")])
    page = words(client, f"{story.url}made/")
    assert "A number stands in no cited passage: “417”. The reason given: Counted on the spot." in page
    assert "Ana Serrano" in page


def test_a_check_overridden_for_a_draft_is_told_when_the_draft_is_out(
    edition: Edition, client: Client, ana: Reader, committing: Committing
) -> None:
    story = again(edition.story(), body=[told_of(edition, "417")])  # the house did not mind yet
    HouseStyle.objects.update(blocking=["number-unsupported"])
    draft = Story.objects.get(pk=story.pk)
    draft.body.append(told_of(edition, "803"))
    revision = draft.save_revision(user=ana)
    override(revision.as_object(), editor=ana, reason="Counted on the spot.")
    assert "Counted" not in words(client, f"{story.url}made/"), "although 417 is out already"
    with committing():
        revision.publish(user=ana)
    assert "“803”. The reason given: Counted on the spot." in words(client, f"{story.url}made/")


def test_of_a_closed_part_no_override_is_told(
    edition: Edition, client: Client, subscriber: Client, ana: Reader, committing: Committing
) -> None:
    closed = {"access": "subscribers", "open_blocks": 1}
    body = [told_of(edition, "some"), told_of(edition, "417")]
    story = overridden(edition.story(), ana, "Counted on the spot.", body=body, **closed)
    for secret in ("417", "Counted"):
        assert secret not in words(client, f"{story.url}made/")
        assert secret in words(subscriber, f"{story.url}made/")
    both = [told_of(edition, "803"), told_of(edition, "417 and 803")]
    with committing():
        overridden(story, ana, "Both counted.", body=both)
    assert "Both counted" in words(subscriber, f"{story.url}made/")
    assert "Both counted" not in words(client, f"{story.url}made/"), (
        "its reason speaks of the closed part too"
    )


# Citations verified


def test_a_citation_is_verified_from_the_bytes_kept(
    edition: Edition, client: Client, captured: Report
) -> None:
    story = edition.story(body=citing(captured))
    page = words(client, f"{story.url}citations/1/")
    assert "Verified: the page is kept as it was captured, and the passage stands in it." in page
    assert page.count(captured.snapshot.sha256) == 2
    assert "6 March 2026, 09:00:00 UTC" in page
    begin = captured.text.index(WORDS)
    assert f"Characters {begin} to {begin + len(WORDS)} of {len(captured.text)}" in page.replace(",", "")
    assert "the text is the same, character by character" in page
    assert pages.PARAGRAPHS[-1] not in page, "the snapshot is not published"


def file_of(report: Report, snapshots: Path) -> Path:
    return snapshots / report.snapshot.sha256[:2] / report.snapshot.sha256


def test_a_damaged_snapshot_is_told(
    edition: Edition, client: Client, captured: Report, snapshots: Path
) -> None:
    story = edition.story(body=citing(captured))
    file_of(captured, snapshots).write_bytes(pages.report(headline="Another").encode())
    page = words(client, f"{story.url}citations/1/")
    assert "The snapshot is damaged" in page
    assert "Verified:" not in page
    assert page.count(captured.snapshot.sha256) == 1


def test_a_missing_snapshot_is_told(
    edition: Edition, client: Client, captured: Report, snapshots: Path
) -> None:
    story = edition.story(body=citing(captured))
    file_of(captured, snapshots).unlink()
    page = words(client, f"{story.url}citations/1/")
    assert "The snapshot is missing" in page
    assert "Verified:" not in page


def test_a_passage_that_the_snapshot_does_not_hold_is_told(
    edition: Edition, client: Client, captured: Report
) -> None:
    Report.objects.filter(pk=captured.pk).update(text=f"Nadie lo dijo. {captured.text}")
    captured.refresh_from_db()
    story = edition.story(body=[*citing(captured, "Nadie lo dijo."), *citing(captured)])
    assert "the passage was not found in the text" in words(client, f"{story.url}citations/1/")
    second = words(client, f"{story.url}citations/2/")
    assert "Verified:" in second
    assert "the text differs elsewhere" in second


def test_a_snapshot_too_large_to_be_read_again_is_hashed_and_no_more_is_said(
    edition: Edition, client: Client, captured: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careo.stories.verifying.MOST_READ", 100)
    page = words(client, f"{edition.story(body=citing(captured)).url}citations/1/")
    assert "The passage was not looked for in it again." in page
    assert page.count(captured.snapshot.sha256) == 2


def test_what_was_found_holds_a_minute_and_is_kept_in_no_page_store(
    edition: Edition, client: Client, captured: Report, snapshots: Path, store: PageStore
) -> None:
    path = f"{edition.story(body=citing(captured)).url}citations/1/"
    assert client.get(path)["Cache-Control"] == "public, max-age=60"
    assert store.get(path, PUBLIC) is store.get(path, SUBSCRIBER) is None
    file_of(captured, snapshots).unlink()
    assert "Verified:" in words(client, path), "asked again within the minute"
    cache.clear()  # as the minute does
    assert "The snapshot is missing" in words(client, path)


def test_each_passage_of_a_story_leads_to_its_verification_and_the_story_to_its_record(
    edition: Edition, client: Client, captured: Report
) -> None:
    story = edition.story(body=citing(captured))
    page = html.fromstring(client.get(story.url).text)
    (verify,) = page.xpath("//li[@id='passage-1']//a[@class='verify']")
    assert verify.get("aria-label") == "Verify citation 1"
    for path in (verify.get("href"), f"{story.url}versions/", f"{story.url}made/", "/corrections/"):
        assert page.xpath("//a[@href=$path]", path=path)
        assert client.get(path).status_code == 200


def test_a_section_with_letters_of_its_own_has_stories_with_a_record(
    edition: Edition, client: Client
) -> None:
    section: Section = edition.section("Política", "política")
    story = edition.story("Sin cortes", section=section, slug="años-secos")
    assert "Version 1" in words(client, f"{story.url}versions/")
