"""A reader in real browsers: she signs up, pays, talks, is suspended, appeals, is heard, cancels, takes all along, and goes."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.project.newspaper import Newspaper, until
from tests.readers.stripe_stand_in import SECRET, StandIn, standing_in
from tests.tools.localstripe import KEY, running_localstripe

expect.set_options(timeout=20_000)
pytestmark = [pytest.mark.browser, pytest.mark.slow]

EVA, CARLA, MARA, OTTO = (f"{name}@readers.example" for name in ("eva", "carla", "mara", "otto"))
PASSWORD = "a boat on the river Alba"
OPEN, CLOSED = "The dam holds, the ministry says.", "Its engineer wrote otherwise."
POST = "Whoever believes that should come and stand below it."
REASON = "It calls people to a dangerous place."

FOUND = f"""
from django.contrib.auth.models import Group
from careo.paper.models import Home
from careo.readers.actions import grant, open_account
from careo.readers.models import Plan
from careo.stories.models import Section, Story
section = Section(title="Politics", slug="politics")
Home.objects.get().add_child(instance=section)
story = Story(title="The dam", slug="the-dam", access="subscribers", open_blocks=1, body=[
    ("paragraph", "<p>{OPEN}</p>"), ("paragraph", "<p>{CLOSED}</p>")])
section.add_child(instance=story)
story.save_revision().publish()
monthly = Plan.objects.create(name="Monthly", slug="monthly", kind="monthly", months=1, price=500,
                              stripe_price="price_month", is_offered=True, description="Every story, and the forum.")
grant(open_account({CARLA!r}, {PASSWORD!r}, pen_name="Carla"), monthly, by=None)
for email, name in (({MARA!r}, "Mara"), ({OTTO!r}, "Otto")):
    open_account(email, {PASSWORD!r}, pen_name=name).groups.add(Group.objects.get(name="Forum moderators"))
"""

A_WEEK_LATER = """
from datetime import timedelta
from django.utils import timezone
from careo.readers.leaving import delete_due
from careo.readers.leaving_models import Leaving
Leaving.objects.update(asked_at=timezone.now() - timedelta(days=8))
assert delete_due() == 1
"""


@pytest.fixture
def stripe() -> Iterator[StandIn]:
    with running_localstripe() as localstripe, standing_in(localstripe) as server:
        localstripe.plan("price_month", 500)
        yield server


@pytest.fixture
def newspaper(stripe: StandIn, tmp_path: Path) -> Iterator[Newspaper]:
    running = Newspaper(
        tmp_path / "data",
        CAREO_STRIPE_KEY=KEY,
        CAREO_STRIPE_WEBHOOK_SECRET=SECRET,
        CAREO_STRIPE_ADDRESS=stripe.address,
    )
    try:
        running.wait_until_it_answers()
        running.python(FOUND)
        stripe.stripe.tell(f"http://{running.host}/account/stripe/", SECRET)
        yield running
    finally:
        running.end()


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, chromium: Browser, newspaper: Newspaper, email: str) -> None:
        self.page: Page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
        self.page.set_default_timeout(20_000)
        self.root, self.mail, self.email = f"http://{newspaper.host}", newspaper.data / "mail", email

    def go(self, path: str) -> str:
        self.page.goto(self.root + path if path.startswith("/") else path)
        return self.words

    @property
    def words(self) -> str:
        return self.page.locator("main").inner_text()

    def press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.locator("main").get_by_role("link", name=re.compile(f"^{name}")).first.click()

    def fill(self, label: str, words: str) -> None:
        self.page.locator("main").get_by_label(label).first.fill(words)

    def log_in(self) -> Person:
        self.go("/account/login/")
        self.fill("Email", self.email)
        self.fill("Password", PASSWORD)
        self.press("Log in")
        self.page.wait_for_url(lambda url: "/login/" not in url)
        return self

    def letter(self, subject: str) -> str:
        """The text of the newest letter to this person whose subject holds these words, once it has come."""
        until(lambda: bool(self._letters(subject)), f"a letter about {subject}")
        return self._letters(subject)[-1]

    def link(self, subject: str) -> str:
        found = re.search(rf"{self.root}/\S+", self.letter(subject))
        assert found, subject
        return found[0]

    def _letters(self, subject: str) -> list[str]:
        files = sorted(self.mail.iterdir()) if self.mail.exists() else []
        letters = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
        mine = [
            one for one in letters if self.email in one["to"] and subject.lower() in one["subject"].lower()
        ]
        return [body.get_content() for one in mine if (body := one.get_body(("plain",)))]


def test_a_reader_s_life(newspaper: Newspaper, stripe: StandIn, chromium: Browser) -> None:
    eva, carla = Person(chromium, newspaper, EVA), Person(chromium, newspaper, CARLA).log_in()
    _sign_up(eva)
    assert CLOSED not in eva.go("/politics/the-dam/")
    _subscribe(eva, stripe)
    assert CLOSED in eva.go("/politics/the-dam/")

    thread = _open_the_thread(carla)
    eva.go(thread)
    eva.fill("Your post", POST)
    eva.press("Post it")
    expect(eva.page.locator("article", has_text=POST)).to_be_visible()
    carla.press("1 new post")  # nobody loaded her page anew, nor moved what she was looking at
    expect(carla.page.locator("article", has_text=POST)).to_be_visible()

    _flag(carla)
    _suspend(Person(chromium, newspaper, MARA).log_in())
    assert "Post it" not in eva.go(thread)
    _appeal(eva)
    _grant(Person(chromium, newspaper, OTTO).log_in())
    assert "It was granted." in eva.go(eva.page.url)
    eva.go(thread)
    expect(eva.page.get_by_label("Your post")).to_be_visible()

    _cancel(eva)
    _take_all_along(eva)
    _ask_to_be_deleted(eva)
    newspaper.python(A_WEEK_LATER)
    eva.go("/account/login/")
    eva.fill("Email", EVA)
    eva.fill("Password", PASSWORD)
    eva.press("Log in")
    expect(eva.page.locator("main").get_by_role("alert")).to_be_visible()
    assert POST not in carla.go(thread)
    assert "Eva of the Muelle" not in carla.words


def _sign_up(eva: Person) -> None:
    eva.go("/account/signup/")
    eva.fill("Email", EVA)
    eva.fill("Pen name", "Eva of the Muelle")
    eva.page.locator("input[type=password]").first.fill(PASSWORD)
    eva.press("Open the account")
    eva.go(eva.link("confirm"))
    eva.page.locator("main form").get_by_role("button").first.click()
    eva.log_in()


def _subscribe(eva: Person, stripe: StandIn) -> None:
    """At the stand-in's Checkout; customer, card and subscription are made at localstripe, whose word comes as a webhook."""
    eva.go("/account/subscribe/")
    eva.page.get_by_label("Monthly: 5.00 EUR a month").check()
    eva.press("Go on to payment")
    eva.page.get_by_role("button", name="Pay").click()
    eva.page.wait_for_url("**/account/subscription/")
    assert stripe.deliver(f"{eva.root}/account/stripe/") == [200]
    assert [one["status"] for one in stripe.stripe.get("subscriptions?status=all")["data"]] == ["active"]


def _open_the_thread(carla: Person) -> str:
    carla.go("/politics/the-dam/")
    carla.page.get_by_role("link", name=re.compile("thread")).click()
    expect(carla.page.get_by_text("Nobody has written about this story yet.")).to_be_visible()
    return carla.page.url


def _flag(carla: Person) -> None:
    carla.page.locator("article", has_text=POST).get_by_role("link", name=re.compile("^Flag")).click()
    carla.fill("What is wrong with it?", "It sends people below a dam that leaks.")
    carla.press("Flag it")


def _suspend(mara: Person) -> None:
    mara.go("/forum/moderation/")
    waits = mara.page.locator("article", has_text=POST)
    expect(waits).to_contain_text("It sends people below a dam that leaks.")
    waits.get_by_role("link", name=re.compile("^Sanction")).click()
    mara.page.get_by_label("Suspend: reads, neither writes nor flags").check()
    mara.fill("Reason", REASON)
    mara.page.locator("main form").get_by_role("button").first.click()
    mara.page.wait_for_load_state()


def _appeal(eva: Person) -> None:
    assert REASON in eva.letter("suspen")
    eva.go("/forum/decisions/")
    eva.page.locator("main .threads").get_by_role("link").first.click()
    assert REASON in eva.words
    eva.fill("Why should it be decided otherwise?", "I meant the ministry's people.")
    eva.press("Send the appeal")
    expect(eva.page.locator("main")).to_contain_text("It waits for somebody else than who decided.")


def _grant(otto: Person) -> None:
    otto.go("/forum/moderation/")
    otto.page.get_by_role("link", name=re.compile("Eva of the Muelle")).first.click()
    otto.fill("Reason", "It was plainly a figure of speech.")
    otto.press("Grant it: the decision is undone")
    otto.page.wait_for_load_state()


def _cancel(eva: Person) -> None:
    eva.go("/account/subscription/")
    eva.press("Cancel at the end of the period")
    expect(eva.page.get_by_text("You cancelled. You read on until")).to_be_visible()


def _take_all_along(eva: Person) -> None:
    eva.go("/account/download/")
    _say_again_who_it_is(eva)
    with eva.page.expect_download() as coming:
        eva.press("Download it")
    with zipfile.ZipFile(coming.value.path()) as archive:
        named = next(name for name in archive.namelist() if name.endswith(".json"))
        told = json.loads(archive.read(named))
    assert [post["text"] for post in told["parts"]["posts"]] == [POST]


def _ask_to_be_deleted(eva: Person) -> None:
    eva.go("/account/delete/")
    _say_again_who_it_is(eva)
    eva.page.get_by_label("Their words are erased; a place-holder stays where each was.").check()
    eva.press("Delete my account")
    eva.page.wait_for_load_state()
    assert "The words of your posts" in eva.letter("will be deleted")


def _say_again_who_it_is(eva: Person) -> None:
    """Asked of whoever logged in some minutes ago."""
    if "reauthenticate" in eva.page.url:
        eva.page.locator("input[type=password]").fill(PASSWORD)
        eva.page.locator("main form").get_by_role("button").first.click()
        eva.page.wait_for_url(lambda url: "reauthenticate" not in url)
