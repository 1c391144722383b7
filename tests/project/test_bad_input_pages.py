"""What clumsy and hostile people send to the paper's pages: a message, what was typed still there, never a fault of ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.images import get_image_model
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from careo.paper.actions import found_paper
from careo.readers.actions import add_editor
from careo.readers.models import Reader
from careo.stories.actions import grant_editor
from careo.stories.models import Story
from tests.stories import cast

pytestmark = pytest.mark.django_db
BROKEN = b"email=%ff%fe&login=%ff%fe&password=%c3%28&q=%ff&text=%ff%00&pen_name=%ed%a0%80&password1=%ff&password2=%00"


@pytest.fixture
def paper(client: Client) -> Client:
    """A visitor's browser that shows what a real one would: an error page, and no traceback."""
    found_paper()
    client.raise_request_exception = False
    return client


@pytest.fixture
def desk(paper: Client) -> Client:
    cast.section()
    add_editor("clara@example.org", administrator=True)
    clara = Reader.objects.get(email="clara@example.org")
    grant_editor(clara)
    paper.force_login(clara)
    return paper


@pytest.mark.parametrize(
    "path", ["/account/login/", "/account/signup/", "/account/password/reset/", "/search/", "/", "/forum/", "/desk/login/"]
)  # fmt: skip
@pytest.mark.parametrize(
    "kind",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/\xff"],
)
def test_a_form_of_broken_letters_is_no_fault_of_ours(paper: Client, path: str, kind: str) -> None:
    assert paper.post(path, BROKEN, content_type=kind).status_code < 500
    assert paper.get(f"{path}?{BROKEN.decode('latin-1')}").status_code < 500


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/%00", "/%ff/", "/media/none.png", "/account/nothing/", "/feeds/none.xml", "/nowhere/?page=%00"]
)  # fmt: skip
def test_an_address_that_is_no_page_is_answered_by_the_papers_own(paper: Client, path: str) -> None:
    answer = paper.get(path)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert "the search finds older ones" in answer.text


@pytest.mark.parametrize("path", ["/desk/nowhere/", "/desk/reports/99999999999999999999/", "/desk/events/0/"])
def test_an_address_that_is_no_page_of_the_desk_is_told_so(desk: Client, path: str) -> None:
    assert desk.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "sentence", "onward"),
    [
        ("/account/confirm-email/never-sent/", "This link is too old, or was used already.", "/account/login/"),
        ("/account/password/reset/key/1-aaaa-bbbb/", "This link was used already, or is too old.", "/account/password/reset/"),
        ("/account/password/reset/key/%ff-%00/", "There is no such page", "/search/"),
    ],
)  # fmt: skip
def test_a_link_that_opens_nothing_says_so_and_how_to_get_another(
    paper: Client, path: str, sentence: str, onward: str
) -> None:
    answer = paper.get(path, follow=True)
    assert sentence in answer.text
    assert onward in answer.text


def test_a_bad_log_in_keeps_the_address_and_not_the_password(paper: Client) -> None:
    answer = paper.post("/account/login/", {"login": "ana@example.org", "password": "wrong horse"})
    assert (
        "This address and this password do not belong together. Check both, or set a new password."
        in answer.text
    )
    assert 'value="ana@example.org"' in answer.text
    assert "wrong horse" not in answer.text


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", b"no picture"), ("a.png", b""), ("a.jpg", b"\x89PNG\r\n\x1a\n"),
     ("a.svg", b"<svg onload='alert(1)'/>"), ("a.php", b"<?php")],
)  # fmt: skip
def test_a_picture_that_is_none_is_refused_at_the_desk(desk: Client, name: str, content: bytes) -> None:
    answer = desk.post(
        "/desk/images/add/", {"title": "The dam at dusk", "file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 200
    assert 'value="The dam at dusk"' in answer.text
    assert 'class="error-message"' in answer.text
    assert not get_image_model().objects.exists()


def story_form(**changed: Any) -> dict[str, Any]:
    return {
        "title": "Water for all", "slug": "water-for-all", "standfirst": "Olmedo promises it", "byline": "", "dateline": "",
        "access": "open", "open_blocks": 2, "body": streamfield([("paragraph", rich_text("<p>Words that were typed.</p>"))]),
        "corrections": inline_formset([]), "comments": inline_formset([]),
    } | changed  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 5_000}, "Ensure this value has at most 255 characters (it has 5000)."),
        ({"go_live_at": "31 February"}, "Enter a valid date/time."),
        ({"go_live_at": "2030-01-02 10:00", "expire_at": "2030-01-01 10:00"}, "Go live date/time must be before expiry"),
        ({"expire_at": "2001-01-01 10:00"}, "Expiry date/time must be in the future"),
        ({"open_blocks": "many"}, "Enter a whole number."),
        ({"access": "everybody"}, "Select a valid choice. everybody is not one of the available choices."),
    ],
)  # fmt: skip
def test_a_story_that_cannot_be_kept_comes_back_with_what_was_typed(
    desk: Client, changed: dict[str, Any], sentence: str
) -> None:
    path = f"/desk/pages/add/stories/story/{cast.section().pk}/"
    answer = desk.post(path, nested_form_data(story_form(**changed)))
    assert answer.status_code == 200
    assert sentence in answer.text
    assert "Olmedo promises it" in answer.text
    assert "Words that were typed." in answer.text
    assert not Story.objects.exists()
