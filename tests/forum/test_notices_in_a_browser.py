"""Notices, mentions and blocks in a real browser: by keyboard, on a telephone, and by the rules for accessible pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission
from playwright.sync_api import Page

from careo.forum import moderation
from careo.forum.actions import add_post
from careo.forum.blocking import block
from careo.forum.models import Notification, Post
from careo.readers.actions import open_account
from careo.readers.models import Reader
from tests.forum.conftest import SECRET
from tests.forum.test_browser import log_in

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser


def test_a_name_is_completed_by_keyboard_and_its_reader_is_told(
    paper_server: LiveServer, post: Post, carla: Reader, marta: Reader, page: Page
) -> None:
    ana = open_account("alba@example.org", pen_name="Ana de Alba")
    ana.is_superuser = True
    ana.save()
    for author in (ana, marta):
        add_post(post.thread, "A crane.", author=author)
    log_in(page, paper_server, carla, post.thread.get_absolute_url())
    field = page.get_by_label("Your post")
    field.press_sequentially("I ask @")
    names = page.get_by_role("listbox", name="Readers of this thread")
    names.wait_for()
    assert names.get_by_role("option").all_inner_texts() == ["Ana de Alba", "Bruno", "Marta"]
    field.press_sequentially("al")
    assert names.get_by_role("option").all_inner_texts() == ["Ana de Alba"], "by any word of the name"
    field.press("Backspace")
    field.press("Backspace")
    field.press("ArrowDown")
    marked = names.get_by_role("option", selected=True)
    assert marked.inner_text() == "Bruno"
    assert field.get_attribute("aria-activedescendant") == marked.get_attribute("id")
    field.press("ArrowUp")
    field.press("Enter")
    assert field.input_value() == "I ask @[Ana de Alba] "
    field.press_sequentially("and @zz")
    assert not names.is_visible()
    field.press_sequentially(" or @m")
    field.press("Escape")
    assert not names.is_visible()
    page.get_by_role("button", name="Post it").click()
    page.wait_for_url("**#post-*")
    assert "I ask @Ana de Alba and @zz or @m" in page.get_by_role("article", name="Carla").inner_text()
    assert Notification.objects.get(reader=ana).kind == "mention"


def test_a_blocked_post_is_opened_by_keyboard(
    paper_server: LiveServer, post: Post, carla: Reader, page: Page
) -> None:
    block(post.author, by=carla)
    log_in(page, paper_server, carla, post.thread.get_absolute_url())
    folded = page.get_by_role("article", name="A post by somebody you blocked")
    assert not folded.get_by_text(SECRET).is_visible()
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    folded.get_by_text(SECRET).wait_for(state="visible")


def test_the_pages_of_notices_have_no_violation(
    paper_server: LiveServer, post: Post, bruno: Reader, carla: Reader, olga: Reader, page: Page, phone: Page,
    axe: Callable[..., list[str]],
) -> None:  # fmt: skip
    mine = add_post(post.thread, "A crane, @Bruno, as I said before.", author=carla, in_reply_to=post)
    add_post(post.thread, "No, @Carla: a heron.", author=olga, in_reply_to=mine)
    add_post(post.thread, "Call me names.", author=bruno)
    moderation.pick(mine, by=olga)
    carla.user_permissions.add(Permission.objects.get(codename="open_threads"))
    paths = ["/forum/", "/forum/notices/", "/forum/notices/choices/", "/forum/following/", "/forum/blocks/", "/forum/open/",
             f"/forum/post/{post.pk}/block/", post.thread.get_absolute_url(),
             f"{post.thread.get_absolute_url()}?sort=picked"]  # fmt: skip
    for view in (page, phone):
        log_in(view, paper_server, carla)
        block(bruno, by=carla)
        for path in paths:
            view.goto(f"{paper_server.url}{path}")
            assert axe(view) == [], path
            assert view.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
