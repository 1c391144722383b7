"""The whole way of a paid subscription: a real newspaper, a real browser, `localstripe` and the stand-in before it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.project.newspaper import Newspaper, until
from tests.readers.stripe_stand_in import SECRET, StandIn, standing_in
from tests.tools.localstripe import KEY, LocalStripe, running_localstripe

pytestmark = [pytest.mark.slow, pytest.mark.browser]

EVA, PASSWORD = "eva@readers.example", "a boat on the Alba"
OPEN, CLOSED = "The dam holds, the ministry says.", "Its engineer wrote otherwise."

FOUND = f"""
from careo.paper.models import Home
from careo.readers.actions import open_account
from careo.readers.models import Plan
from careo.stories.models import Section, Story
section = Section(title="Politics", slug="politics")
Home.objects.get().add_child(instance=section)
story = Story(title="The dam", slug="the-dam", access="subscribers", open_blocks=1, body=[
    ("paragraph", "<p>{OPEN}</p>"), ("paragraph", "<p>{CLOSED}</p>")])
section.add_child(instance=story)
story.save_revision().publish()
open_account({EVA!r}, {PASSWORD!r}, pen_name="Eva")
Plan.objects.create(name="Monthly", slug="monthly", kind="monthly", months=1, price=500, stripe_price="price_month",
                    is_offered=True, description="Every story, and the forum.")
"""


@pytest.fixture(scope="module")
def stripe() -> Iterator[StandIn]:
    with running_localstripe() as localstripe, standing_in(localstripe) as server:
        localstripe.plan("price_month", 500)
        yield server


@pytest.fixture(scope="module")
def newspaper(stripe: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newspaper]:
    running = Newspaper(
        tmp_path_factory.mktemp("payments") / "data",
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


class Reading:
    """Eva at her browser."""

    def __init__(self, page: Page, newspaper: Newspaper) -> None:
        self.page, self.root = page, f"http://{newspaper.host}"

    def go(self, path: str) -> str:
        self.page.goto(self.root + path)
        return self.page.locator("main").inner_text()

    def log_in(self) -> None:
        self.go("/account/login/")
        form = self.page.locator("main form")
        form.get_by_label("Email").fill(EVA)
        form.get_by_label("Password").fill(PASSWORD)
        form.get_by_role("button", name="Log in").click()
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def reads(self) -> bool:
        """Whether the closed part is shown, once Django was asked, which renews or takes away the pass."""
        self.go("/account/")
        story = self.go("/politics/the-dam/")
        assert OPEN in story
        return CLOSED in story


def letters(newspaper: Newspaper) -> str:
    folder = newspaper.data / "mail"
    return "".join(file.read_text() for file in folder.glob("*.log")) if folder.exists() else ""


def test_a_reader_pays_reads_fails_to_pay_is_written_to_cancels_and_reads_to_the_end(
    newspaper: Newspaper, stripe: StandIn, page: Page
) -> None:
    eva, localstripe = Reading(page, newspaper), stripe.stripe
    eva.log_in()
    assert not eva.reads()

    eva.go("/account/subscribe/")
    page.get_by_label("Monthly: 5.00 EUR a month").check()
    page.get_by_role("button", name="Go on to payment").click()
    page.get_by_role("heading", name="A stand-in for Stripe Checkout").wait_for()
    page.get_by_role("button", name="Pay").click()
    page.wait_for_url("**/account/subscription/")
    page.get_by_text("Thank you. You read every story in full from now on.").wait_for()
    assert eva.reads()
    assert stripe.deliver(f"{eva.root}/account/stripe/") == [200]
    name = _subscription(localstripe)

    localstripe.decline(name)  # localstripe sends its own signed event about it
    until(lambda: "did not go through" in letters(newspaper), "the letter")
    assert "The last payment failed. You read on until" in eva.go("/account/subscription/")
    assert eva.reads()

    _pay_what_is_open(localstripe, name)
    until(lambda: "last payment failed" not in eva.go("/account/subscription/"), "the event of the payment")

    page.get_by_role("button", name="Cancel at the end of the period").click()
    page.get_by_text("You cancelled. You read on until").wait_for()
    assert eva.reads()
    stripe.turn(name, status="canceled", ended_at=int(time.time()))  # the period is over
    stripe.happens("customer.subscription.deleted", stripe.subscription(name))
    assert stripe.deliver(f"{eva.root}/account/stripe/") == [200, 200]
    assert "You have no subscription in force." in eva.go("/account/subscription/")
    assert not eva.reads()


def _subscription(localstripe: LocalStripe) -> str:
    [found] = localstripe.get("subscriptions?status=all")["data"]
    return str(found["id"])


def _pay_what_is_open(localstripe: LocalStripe, name: str) -> None:
    customer = localstripe.get(f"subscriptions/{name}")["customer"]
    localstripe.card(customer)
    for invoice in localstripe.get(f"invoices?customer={customer}")["data"]:
        if invoice["status"] == "open":
            localstripe.ask("POST", f"/v1/invoices/{invoice['id']}/pay")
