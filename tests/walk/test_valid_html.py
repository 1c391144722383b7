"""Every page of the demonstration edition is valid HTML, to a visitor, a subscriber and a moderator; error pages too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tools import vnu
from tests.walk.asker import Asker
from tests.walk.conftest import Meridia
from tests.walk.crawl import pages_from

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("meridia")]

DOORS = ("/account/", "/account/login/", "/account/signup/", "/account/password/reset/", "/account/subscribe/",
         "/account/logout/", "/account/email/", "/account/password/change/",
         "/account/login/code/", "/account/sessions/", "/account/second-factor/", "/account/reauthenticate/",
         "/account/second-factor/authenticate/", "/account/login/link/none/", "/forum/", "/forum/notices/",
         "/forum/moderation/", "/forum/moderation/log/", "/search/?q=Alba", "/search/?q=", "/search/?q=zzzz",
         "/archive/?page=2", "/nowhere/")  # fmt: skip

# A story that was withdrawn, and the page of a fault of ours, which no address leads to.
WITHDRAW = """
from careo.stories.models import Section, Story
section = Section.objects.live().first()
story = Story(title="Withdrawn", slug="withdrawn-for-a-test", body=[("paragraph", "<p>It rained.</p>")])
section.add_child(instance=story)
story.unpublish()
print(story.url)
story.delete()
"""
FAULT = """
from django.test import RequestFactory
from django.views.defaults import server_error
print(server_error(RequestFactory().get("/")).content.decode())
"""


def public(meridia: Meridia) -> list[str]:
    """What the map names, the desk aside; an event has no page of its own yet."""
    return [path for path in meridia.map["paths"].values() if path and not path.startswith("/desk/")]


def seen_by(meridia: Meridia, who: str) -> dict[str, str]:
    asker = Asker(meridia.newspaper)
    if who != "visitor":
        asker.log_in(*meridia.map["logins"][who])
    begin = [*public(meridia), *DOORS]
    return {f"{who} {path}": page for path, page in pages_from(asker, begin).items()}


def test_every_page_is_valid_html(meridia: Meridia, tmp_path: Path) -> None:
    pages = {
        name: page
        for who in ("visitor", "subscriber", "moderator")
        for name, page in seen_by(meridia, who).items()
    }
    newspaper = meridia.newspaper
    withdrawn = newspaper.get(newspaper.python(WITHDRAW))
    unread = newspaper.get("/", host="elsewhere.example")
    assert (withdrawn[0], unread[0]) == (410, 400)
    pages |= {"410": withdrawn[2].decode(), "400": unread[2].decode(), "500": newspaper.python(FAULT)}
    # That the walk was one: a page of each kind, closed to the one and open to the other.
    for path in public(meridia):
        assert any(name.endswith(f" {path}") for name in pages), path
    assert any(re.search(r"^visitor /people/\d+/", name) for name in pages)
    assert any(re.search(r"^visitor /archive/\d+/", name) for name in pages)
    closed = meridia.map["paths"]["closed_story"]
    assert pages[f"visitor {closed}"] != pages[f"subscriber {closed}"]
    assert vnu.complaints(pages, tmp_path) == []


def test_the_checker_complains_of_what_is_not_valid(tmp_path: Path) -> None:
    told = vnu.complaints({"a page": "<!doctype html><title>x</title><p><div role=nothing></p>"}, tmp_path)
    assert any(line.startswith("a page: ") for line in told)
