"""A passkey from being made to being removed, in a real browser with an authenticator of Chromium's own in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from careo.readers.models import Reader
from tests.readers import second_factors
from tests.readers.conftest import PASSWORD

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
Axe = Callable[..., list[str]]
KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
       "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What scripts failed at, and what our policy kept from running."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if "Policy" in message.text else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    return told


@pytest.fixture
def keyed(page: Page) -> Page:
    """A browser whose owner always puts the finger where it is asked for."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return page


def log_in(page: Page, server: LiveServer, reader: Reader) -> None:
    page.goto(f"{server.url}/account/login/")
    page.get_by_label("Email").fill(reader.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def add_passkey(page: Page, name: str, *, alone: bool = True) -> None:
    page.get_by_role("link", name="Passkeys and second factor").click()
    page.get_by_role("link", name="Add a passkey").click()
    if page.get_by_role("heading", name="Your password, please").is_visible():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Log in with this key alone").set_checked(alone)
    page.get_by_role("button", name="Add it").click()


def log_out(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Log out", exact=True).click()


def test_a_passkey_is_added_logs_in_is_renamed_and_removed(
    paper_server: LiveServer, ana: Reader, keyed: Page, complaints: list[str]
) -> None:
    page, account = keyed, f"{paper_server.url}/account/"
    log_in(page, paper_server, ana)
    add_passkey(page, "my telephone")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert mail.outbox[-1].subject == "A passkey was added to your account at Careo"
    page.goto(account)
    log_out(page)

    page.goto(f"{paper_server.url}/account/login/?next=/account/sessions/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/account/sessions/")
    expect(page.get_by_role("heading", name="Where you are logged in")).to_be_visible()

    page.goto(f"{account}second-factor/")
    page.get_by_role("link", name="Rename my telephone").click()
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_label("Name").fill("the grey one")
    page.get_by_role("button", name="Rename it").click()
    expect(page.get_by_text("the grey one")).to_be_visible()
    page.get_by_role("link", name="Remove the grey one").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("None yet.")).to_be_visible()
    assert mail.outbox[-1].subject == "A passkey was removed from your account at Careo"
    assert not Authenticator.objects.exists(), "recovery codes went with it"

    page.goto(account)
    log_out(page)
    page.goto(f"{paper_server.url}/account/login/")
    page.get_by_role("button", name="Use a passkey").click()  # the device still has it
    expect(page.get_by_text("This was not right, or is too old; try again.")).to_be_visible()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()
    assert complaints == []


def test_a_passkey_may_be_the_second_factor_after_the_password(
    paper_server: LiveServer, ana: Reader, keyed: Page, complaints: list[str]
) -> None:
    page = keyed
    log_in(page, paper_server, ana)
    add_passkey(page, "my key ring", alone=False)
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{paper_server.url}/account/second-factor/")
    expect(page.get_by_text("after the password")).to_be_visible()
    page.goto(f"{paper_server.url}/account/")
    log_out(page)
    log_in(page, paper_server, ana)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert complaints == []


def test_who_has_no_passkey_at_hand_is_told_so(paper_server: LiveServer, ana: Reader, keyed: Page) -> None:
    keyed.goto(f"{paper_server.url}/account/login/")
    keyed.get_by_role("button", name="Use a passkey").click()
    expect(keyed.get_by_role("alert")).to_contain_text("That did not work: the browser gave no passkey")


def test_without_scripts_the_other_ways_remain(
    paper_server: LiveServer, ana: Reader, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{paper_server.url}/account/login/")
    assert page.get_by_role("button", name="Use a passkey").count() == 0
    log_in(page, paper_server, ana)
    page.get_by_role("link", name="Passkeys and second factor").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    assert page.get_by_text("Passkeys need JavaScript").is_visible()
    page.goto(f"{paper_server.url}/account/second-factor/totp/activate/")
    page.get_by_label("Code").fill(second_factors.code(page.locator("code").inner_text()))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    context.close()


PAGES = ("account/", "account/sessions/", "account/second-factor/", "account/second-factor/webauthn/add/",
         "account/second-factor/recovery-codes/", "account/second-factor/recovery-codes/generate/",
         "account/second-factor/totp/activate/", "account/second-factor/reauthenticate/",
         "account/second-factor/webauthn/reauthenticate/")  # fmt: skip


def test_axe_finds_nothing_and_nothing_is_wider_than_a_telephone(
    paper_server: LiveServer, ana: Reader, keyed: Page, phone: Page, axe: Axe
) -> None:
    for path in ("account/login/", "account/login/code/"):
        phone.goto(f"{paper_server.url}/{path}")
        assert axe(phone) == []
    phone.get_by_label("Email").fill(ana.email)
    phone.get_by_role("button", name="Send the mail").click()
    assert axe(phone) == []
    path = next(line for line in str(mail.outbox[-1].body).splitlines() if "/login/link/" in line)
    phone.goto(path.replace("http://testserver", paper_server.url))
    assert axe(phone) == []
    log_in(keyed, paper_server, ana)
    add_passkey(keyed, "my telephone, the grey one with the scratch that fell into the Alba last March")
    keyed.wait_for_url("**/recovery-codes/")
    log_in(phone, paper_server, ana)
    assert axe(phone) == []  # one more step
    phone.get_by_label("Code").fill(keyed.locator("main code").first.inner_text())
    phone.get_by_role("button", name="Log in").click()
    phone.get_by_role("heading", name="Your account").wait_for()
    for view in (keyed, phone):
        for path in PAGES:
            view.goto(f"{paper_server.url}/{path}")
            if "password, please" in view.title():
                view.get_by_label("Password").fill(PASSWORD)
                view.get_by_role("button", name="Go on").click()
            assert axe(view) == [], path
            assert view.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
