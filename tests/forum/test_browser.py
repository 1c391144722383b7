"""The forum in a real browser: without a script, by keyboard, and by the rules for accessible pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from careo.forum import appeals, moderation, notices
from careo.forum.actions import add_post, flag
from careo.forum.models import Notice, Post
from careo.readers.models import Reader
from tests.forum.conftest import SECRET, working

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
PASSWORD = "correct horse of Alba"


def log_in(page: Page, server: LiveServer, reader: Reader, onward: str = "") -> None:
    reader.set_password(PASSWORD)
    reader.save()
    page.goto(f"{server.url}/account/login/?next={onward}")
    page.get_by_label("Email").fill(reader.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_a_subscriber_without_scripts_logs_in_and_posts(
    paper_server: LiveServer, post: Post, carla: Reader, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, paper_server, carla, post.thread.get_absolute_url())
    assert page.url == f"{paper_server.url}{post.thread.get_absolute_url()}"
    page.get_by_label("Your post").fill("It was a *heron*.")
    page.get_by_role("button", name="Post it").click()
    written = page.get_by_role("article", name="Carla")
    assert written.locator("em").inner_text() == "heron"
    context.close()


def test_after_posting_the_keyboard_stands_at_the_new_post(
    paper_server: LiveServer, post: Post, carla: Reader, page: Page
) -> None:
    log_in(page, paper_server, carla, post.thread.get_absolute_url())
    page.get_by_label("Your post").fill("It was a heron.")
    page.get_by_role("button", name="Post it").click()
    page.wait_for_url("**#post-*")
    assert page.evaluate("document.activeElement.getAttribute('aria-labelledby')").startswith("by-")
    assert "It was a heron." in page.evaluate("document.activeElement.innerText")


def test_log_in_thread_and_shut_door_have_no_violation(
    paper_server: LiveServer,
    post: Post,
    carla: Reader,
    page: Page,
    phone: Page,
    axe: Callable[..., list[str]],
) -> None:
    for n in range(25):
        add_post(
            post.thread, f"> quoted\n\nPost {n}, see https://faro.example/{n}", author=carla, in_reply_to=post
        )
    thread = f"{paper_server.url}{post.thread.get_absolute_url()}"
    for view in (page, phone):
        for address in (f"{paper_server.url}/account/login/", f"{paper_server.url}/account/signup/", thread):
            view.goto(address)
            assert axe(view) == []
            assert SECRET not in view.content()
        log_in(view, paper_server, carla)
        for path in (
            thread,
            f"{thread}?page=2",
            f"{thread}reply/?to={post.pk}&quote=1",
            f"{paper_server.url}/forum/",
        ):
            view.goto(path)
            assert axe(view) == []
            assert view.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_moderator_settles_the_queue_by_keyboard(
    paper_server: LiveServer, post: Post, carla: Reader, bruno: Reader, marta: Reader, page: Page
) -> None:
    second = add_post(post.thread, "The ferry is late.", author=carla)
    flag(post, by=carla)
    flag(second, by=bruno)
    log_in(page, paper_server, marta, "/forum/moderation/")
    page.get_by_label("Keys on this page").wait_for()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('aria-labelledby')") == f"waits-{post.pk}"
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.wait_for_url(f"**/post/{second.pk}/keep/**")
    page.get_by_label("Reason").fill("It is late.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forum/moderation/")
    assert page.locator(".queue > .post").count() == 1
    page.get_by_label("Keys on this page").uncheck()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.className") != "post"
    page.reload()
    assert not page.get_by_label("Keys on this page").is_checked(), "what was switched off stays off"


def test_the_pages_of_moderation_have_no_violation_and_need_no_script(
    paper_server: LiveServer,
    post: Post,
    bruno: Reader,
    carla: Reader,
    marta: Reader,
    page: Page,
    phone: Page,
    axe: Callable[..., list[str]],
) -> None:
    nora = working("nora@example.org", "Nora", "moderate")
    flag(post, by=carla, why="There is no such bird.")
    add_post(
        post.thread,
        "Quite so, and a long answer follows here that is folded.",
        author=carla,
        in_reply_to=post,
    )
    moderation.sanction(carla, "mute", by=nora, why="Shouting.", hours=24)
    reasons = carla.reasons_given.get()
    appeal = appeals.appeal(reasons, "I never shout.")
    notice = notices.notify(
        Notice(
            address=f"{paper_server.url}/forum/post/{post.pk}/", kind="privacy", why="My name stands there."
        )
    )
    paths = [
        "/forum/moderation/", "/forum/moderation/log/", f"/forum/reader/{carla.pk}/record/",
        f"/forum/reader/{carla.pk}/sanction/?post={post.pk}", f"/forum/post/{post.pk}/hide/",
        f"/forum/post/{post.pk}/amend/", appeal.get_absolute_url(), notice.get_absolute_url(),
        f"/forum/{post.thread.story_id}/slow/", post.thread.get_absolute_url(),
    ]  # fmt: skip
    own = [
        "/forum/decisions/",
        reasons.get_absolute_url(),
        "/forum/notice/",
        f"/forum/post/{post.pk + 1}/delete/",
    ]
    for view in (page, phone):
        for reader, theirs in ((marta, paths), (carla, own)):
            view.context.clear_cookies()
            log_in(view, paper_server, reader)
            for path in theirs:
                answer = view.goto(f"{paper_server.url}{path}")
                assert answer, path
                assert answer.status == 200, path
                assert axe(view) == [], path
                assert view.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_post_appears_to_another_reader_below_what_is_read_and_a_button_offers_what_would_move_it(
    paper_server: LiveServer, post: Post, carla: Reader, bruno: Reader, page: Page, chromium: Browser
) -> None:
    address = f"{paper_server.url}{post.thread.get_absolute_url()}"
    log_in(page, paper_server, carla, post.thread.get_absolute_url())
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    other = context.new_page()
    log_in(other, paper_server, bruno, post.thread.get_absolute_url())
    other.get_by_label("Your post").fill("The ferry came at eight.")
    other.get_by_role("button", name="Post it").click()
    offer = page.get_by_role("button", name="1 new post")  # the form below would be moved
    offer.click()
    page.get_by_text("The ferry came at eight.").wait_for()
    page.wait_for_function("document.activeElement.tagName === 'ARTICLE'")
    assert "The ferry came at eight." in page.evaluate("document.activeElement.innerText")
    for n in range(4):  # from now on the end of the thread is below the window's edge
        add_post(
            post.thread, f"Post {n}\n\n" + "and on\n" * 8, author=carla
        )  # so that Bruno may go on writing
    page.goto(address)
    before = page.evaluate("scrollY")
    other.goto(address)
    other.get_by_label("Your post").fill("The ferry left at nine.")
    other.get_by_role("button", name="Post it").click()
    page.get_by_text("The ferry left at nine.").wait_for()
    assert page.get_by_role("button", name="1 new post").count() == 0
    assert page.evaluate("scrollY") == before
    assert page.locator("[role=status]").inner_text() == "1 new post"
    context.close()


def test_a_held_post_takes_the_place_holders_place_when_a_moderator_shows_it(
    paper_server: LiveServer, post: Post, carla: Reader, bruno: Reader, marta: Reader, page: Page
) -> None:
    held = add_post(post.thread, "The ferry came at eight.", author=bruno)
    moderation.hold(held, listed=["ferry"])
    log_in(page, paper_server, carla, post.thread.get_absolute_url())
    page.get_by_text("Not shown yet: it waits for a moderator.").wait_for()
    moderation.keep(held, by=marta, why="Fine.")
    page.get_by_role("button", name="1 new post").click()
    page.get_by_text("The ferry came at eight.").wait_for()
    assert page.get_by_text("Not shown yet").count() == 0


def test_a_draft_outlives_tab_and_session_belongs_to_its_reader_and_goes_when_posted(
    paper_server: LiveServer, post: Post, carla: Reader, bruno: Reader, page: Page
) -> None:
    thread = post.thread.get_absolute_url()
    log_in(page, paper_server, carla, thread)
    page.goto(f"{paper_server.url}{thread}")
    page.get_by_label("Your post").fill("A long thought about herons.")
    page.goto(f"{paper_server.url}/forum/")
    page.goto(f"{paper_server.url}{thread}")
    assert page.get_by_label("Your post").input_value() == "A long thought about herons."
    page.context.clear_cookies(name="careo_session")
    page.get_by_role("button", name="Post it").click()
    assert page.get_by_label("What you wrote").input_value() == "A long thought about herons."
    log_in(page, paper_server, bruno, thread)
    assert page.get_by_label("Your post").input_value() == ""
    page.context.clear_cookies()
    log_in(page, paper_server, carla, thread)
    page.get_by_text("What you had written here is back.").wait_for()
    page.get_by_role("button", name="Post it").click()
    page.wait_for_url("**#post-*")
    page.goto(f"{paper_server.url}{thread}")
    assert page.get_by_label("Your post").input_value() == ""
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('careo-draft')).length") == 0
