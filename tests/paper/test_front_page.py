"""What the paper looks like as a whole: front page, sections, frame, and a paper without stories."""

from __future__ import annotations

import re

from django.test import Client

from careo.stories.models import Section
from tests.paper.edition import Edition, picture


def test_a_paper_without_stories_says_so_on_every_list(edition: Edition, client: Client) -> None:
    assert "No story has been published yet." in client.get("/").text
    assert "No story has been published in this section yet." in client.get("/news/").text
    assert "No story has been published yet." in client.get("/archive/").text


def test_the_newest_story_leads_and_no_story_stands_twice(edition: Edition, client: Client) -> None:
    for number in range(12):
        edition.story(f"Story {number}")
    front = client.get("/").text
    lead = front.partition('class="second"')[0]
    assert ">Story 11</a>" in lead
    headlines = re.findall(r">(Story \d+)</a></h", front)
    assert headlines == [f"Story {number}" for number in (11, 10, 9, 8, 7, 6, 5, 4)]


def test_a_chosen_story_leads_only_while_it_is_published(edition: Edition, client: Client) -> None:
    edition.story("The newest")
    edition.home.lead = edition.story("Withdrawn", live=False)
    edition.home.save()
    front = client.get("/").text
    assert "Withdrawn" not in front
    assert ">The newest</a>" in front


def test_lists_tell_of_closed_stories_but_nothing_of_their_body(edition: Edition, client: Client) -> None:
    story = edition.closed_story()
    for path in ("/", "/news/", "/archive/"):
        page = client.get(path).text
        assert story.title in page
        assert "For subscribers" in page
        assert "The minister promised" not in page


def test_a_section_leads_through_its_stories_page_by_page(edition: Edition, client: Client) -> None:
    for number in range(21):
        edition.story(f"Story {number}")
    first = client.get("/news/").text
    assert "Page 1 of 2" in first
    assert 'href="?page=2"' in first
    assert ">Story 0</a>" in client.get("/news/?page=2").text


def test_a_page_number_that_is_none_is_answered_with_a_page_there_is(
    edition: Edition, client: Client
) -> None:
    edition.story("The only one")
    for number in ("0", "-1", "99", "two", "9" * 400, "1;drop", "%00"):
        answer = client.get(f"/news/?page={number}")
        assert answer.status_code == 200, number
        assert "The only one" in answer.text


def test_markup_in_a_headline_reaches_every_page_as_text(edition: Edition, client: Client) -> None:
    story = edition.story(
        "<img src=x onerror=alert(1)>", standfirst="</script><script>alert(2)</script>", slug="x"
    )
    for path in ("/", "/news/", "/archive/", story.url, "/search/?q=alert"):
        page = client.get(path).text
        assert "<img src=x" not in page
        assert "<script>alert" not in page


def test_no_page_asks_another_host_for_anything_or_runs_what_stands_in_it(
    edition: Edition, client: Client
) -> None:
    story = edition.story(lead_picture=picture(), lead_caption="The reservoir.")
    for path in ("/", "/news/", story.url, "/about/", "/search/?q=water", "/nowhere/"):
        page = client.get(path).text
        for address in re.findall(r'(?:src|srcset|data-corner)="([^"]*)"', page):
            assert address.startswith("/"), (path, address)
        for address in re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]*)"', page):
            assert address.startswith("/"), (path, address)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), path
        assert not re.search(r"<script(?![^>]*(?:src=|application/ld\+json))", page), path


def test_the_account_corner_is_a_plain_link_and_names_nobody(edition: Edition, client: Client) -> None:
    assert '<a href="/account/">' in client.get("/").text


def test_pictures_have_their_measure_and_their_alternative(edition: Edition, client: Client) -> None:
    story = edition.story(lead_picture=picture(), lead_caption="The reservoir on Thursday.")
    page = client.get(story.url).text
    photo = re.search(r'<figure class="photo">\s*<picture>(.*?)(<img[^>]*>)', page, re.DOTALL)
    assert photo
    assert re.findall(r'type="image/(\w+)"', photo[1]) == ["avif", "webp"]
    image = photo[2]
    assert 'alt="A reservoir half empty, its banks cracked"' in image
    assert re.search(r'width="\d+"', image)
    assert re.search(r'height="\d+"', image)
    assert "640w" in image
    assert "1440w" in image
    assert "/media/images/" in image
    assert "original_images" not in page


def test_a_story_leads_to_its_thread_and_says_for_whom_it_is(edition: Edition, client: Client) -> None:
    story = edition.story()
    page = client.get(story.url).text
    assert f'href="/forum/{story.pk}/"' in page
    assert "is for subscribers who are logged in" in page


def test_a_wrong_address_is_answered_in_the_papers_own_frame(edition: Edition, client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert "The Meridia Post" in answer.text


def test_a_section_without_a_menu_mark_stands_in_the_head(edition: Edition, client: Client) -> None:
    edition.home.add_child(instance=Section(title="Harbour", slug="harbour"))
    assert ">Harbour</a>" in client.get("/").text
