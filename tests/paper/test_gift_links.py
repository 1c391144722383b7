"""Gift links: one closed story whole for whoever has the address, and for nobody else, nowhere else, no longer."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC, SUBSCRIBER
from careo.paper import gifts
from careo.paper.errors import GiftsSpent, NothingToGive
from careo.paper.gifts import address_of_gift, give, opened_by, take_back
from careo.paper.models import GiftLink
from careo.readers.actions import end, grant, open_account
from careo.readers.models import Plan, Reader
from careo.stories.models import Story
from tests.paper.edition import MARKER, Edition


@pytest.fixture
def bruno(db: None) -> Reader:
    """Who subscribes."""
    bruno = open_account("bruno@example.org", pen_name="Bruno")
    grant(bruno, Plan.objects.create(name="A year", slug="a-year"), by=None)
    return bruno


@pytest.fixture
def brunos(bruno: Reader) -> Client:
    client = Client()
    client.force_login(bruno)
    return client


@pytest.fixture
def story(edition: Edition) -> Story:
    return edition.closed_story()


def path_of(link: GiftLink) -> str:
    return address_of_gift(link).removeprefix("http://testserver")


@pytest.mark.both_databases
def test_a_subscriber_makes_a_link_and_anybody_reads_by_it(
    brunos: Client, bruno: Reader, story: Story
) -> None:
    assert f'href="{story.url}give/"' in brunos.get(story.url).text
    assert f'href="{story.url}give/"' not in Client().get(story.url).text
    page = brunos.post(f"{story.url}give/", follow=True).text
    address = re.search(r'value="http://testserver(/given/[^"]+)"', page)
    assert address
    answer = Client().get(address[1])
    assert answer.status_code == 200
    assert MARKER in answer.text
    assert "A subscriber gave you this story" in answer.text
    assert "Bruno" not in answer.text
    assert "bruno@example.org" not in answer.text
    link = GiftLink.objects.get()
    assert (link.giver, link.story, link.opened) == (bruno, story, 1)
    Client().head(address[1])
    assert "Opened once." in brunos.get("/account/given/").text


def test_its_page_is_for_the_bearer_alone_and_names_the_story_s_own_address(
    bruno: Reader, story: Story, store: PageStore
) -> None:
    answer = Client().get(path_of(link := give(story, giver=bruno)))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "ETag" not in answer
    assert '<meta name="robots" content="noindex">' in answer.text
    assert f'<link rel="canonical" href="http://testserver{story.url}">' in answer.text
    assert gifts.SIGNER.sign(str(link.pk)) not in answer.text
    for variant in (PUBLIC, SUBSCRIBER):
        assert store.get(path_of(link), variant) is None
        assert store.get(story.url, variant) is None
    assert MARKER not in Client().get(story.url).text


def test_it_opens_no_other_page_and_gives_no_pass(bruno: Reader, edition: Edition, story: Story) -> None:
    other, bearer = edition.closed_story("What the other reservoirs hold"), Client()
    bearer.get(path_of(give(story, giver=bruno)))
    assert not bearer.cookies
    for path in (story.url, other.url, f"{story.url}versions/", f"{story.url}made/", "/feeds/rss.xml"):
        assert MARKER not in bearer.get(path).text


def forged(link: GiftLink, other: GiftLink) -> list[str]:
    token, foreign = gifts.SIGNER.sign(str(link.pk)), gifts.SIGNER.sign(str(other.pk))
    signature = foreign.partition(":")[2]
    return [
        str(link.pk),
        f"{link.pk}:",
        f"{link.pk}:{signature}",
        token[:-1],
        f"{token}=",
        token.upper(),
        signing.Signer().sign(str(link.pk)),
        signing.Signer(salt="careo.readers.mailing").sign(str(link.pk)),
        gifts.SIGNER.sign("987654"),
        gifts.SIGNER.sign("9" * 30),
        gifts.SIGNER.sign("x"),
        gifts.SIGNER.sign(""),
        "é:ü",
        "\0",
    ]


def test_forged_expired_and_revoked_links_open_nothing_and_are_answered_alike(
    bruno: Reader, edition: Edition, story: Story
) -> None:
    other = give(edition.closed_story("What the other reservoirs hold"), giver=bruno)
    link = give(story, giver=bruno)
    answers = [Client().get(f"/given/{quote(token, safe=':')}/") for token in forged(link, other)]
    take_back(link.pk, giver=bruno)
    answers.append(Client().get(path_of(link)))
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        answers.append(Client().get(path_of(other)))
    assert {answer.status_code for answer in answers} == {404}
    assert {answer["Cache-Control"] for answer in answers} == {"private, no-store"}
    assert {answer["X-Robots-Tag"] for answer in answers} == {"noindex"}
    assert len({re.sub(r"next=[^\"]*", "", answer.text) for answer in answers}) == 1
    assert MARKER not in answers[0].text
    assert story.title not in answers[0].text
    assert not GiftLink.objects.exclude(opened=0).exists()


@given(st.text(max_size=80))
def test_no_text_but_a_token_of_ours_is_looked_up(text: str) -> None:
    """Without a database: what is not signed by us never reaches it."""
    assert opened_by(text) is None


def test_it_ends_with_the_story_and_leads_to_it_once_it_is_open_to_all(bruno: Reader, story: Story) -> None:
    path = path_of(give(story, giver=bruno))
    story.unpublish()
    assert Client().get(path).status_code == 404
    story.access = Story.Access.OPEN
    story.save_revision().publish()
    assert Client().get(path)["Location"] == story.url


def test_it_outlasts_the_subscription_of_who_gave_it_but_not_the_account(bruno: Reader, story: Story) -> None:
    path = path_of(give(story, giver=bruno))
    end(bruno.subscriptions.get())
    assert Client().get(path).status_code == 200
    bruno.delete()
    assert Client().get(path).status_code == 404


def test_who_does_not_subscribe_gives_nothing(story: Story) -> None:
    assert Client().post(f"{story.url}give/")["Location"] == f"/account/login/?next={story.url}give/"
    client = Client()
    client.force_login(open_account("ana@example.org"))
    for ask in (client.get, client.post):
        answer = ask(f"{story.url}give/")
        assert answer.status_code == 403
        assert "Subscribers may send a story" in answer.text
    assert not GiftLink.objects.exists()


def test_one_story_given_twice_is_one_link_and_their_number_is_limited(
    bruno: Reader, brunos: Client, edition: Edition, story: Story, settings: Any
) -> None:
    settings.CAREO_GIFT_LINKS = 2
    link = give(story, giver=bruno)
    assert give(story, giver=bruno) == link
    give(edition.closed_story("Second"), giver=bruno)
    third = edition.closed_story("Third")
    with pytest.raises(GiftsSpent, match="You have given 2 stories in thirty days"):
        give(third, giver=bruno)
    answer = brunos.post(f"{third.url}give/")
    assert (answer.status_code, "as many as may be given" in answer.text) == (409, True)
    take_back(link.pk, giver=bruno)  # it may have been read: it counts all the same
    assert gifts.left_to(bruno) == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert gifts.left_to(bruno) == 2


def test_an_open_story_is_not_given(bruno: Reader, brunos: Client, edition: Edition) -> None:
    story = edition.story()
    with pytest.raises(NothingToGive, match="open to all"):
        give(story, giver=bruno)
    assert "give/" not in brunos.get(story.url).text


def test_a_link_is_taken_back_by_its_giver_alone(bruno: Reader, brunos: Client, story: Story) -> None:
    link = give(story, giver=bruno)
    eva = Client()
    eva.force_login(open_account("eva@example.org"))
    eva.post("/account/given/", {"take_back": link.pk})
    assert Client().get(path_of(link)).status_code == 200
    page = brunos.post("/account/given/", {"take_back": link.pk}, follow=True).text
    assert "Taken back." in page
    assert Client().get(path_of(link)).status_code == 404


def test_a_withdrawn_story_is_not_named_among_those_given(
    bruno: Reader, brunos: Client, story: Story
) -> None:
    give(story, giver=bruno)
    assert story.title in brunos.get("/account/given/").text
    story.unpublish()
    page = brunos.get("/account/given/").text
    assert story.title not in page
    assert "A story that was withdrawn" in page
