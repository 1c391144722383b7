"""Static files have versioned addresses, and Django's answers the edge's protection."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from careo.project.security import PolicyMiddleware
from careo.project.static import VersionedStaticFiles, static_files

CSS = "paper/paper.css"


def test_every_application_s_static_files_are_found_where_they_lie() -> None:
    files = static_files()
    assert files[f"/static/{CSS}"].read_bytes()
    assert files["/static/wagtailadmin/css/core.css"].is_file()
    assert all(url.startswith("/static/") and file.is_file() for url, file in files.items())


def test_the_address_of_a_file_says_which_content_is_meant() -> None:
    content = static_files()[f"/static/{CSS}"].read_bytes()
    assert VersionedStaticFiles().url(CSS) == f"/static/{CSS}?v={hashlib.sha256(content).hexdigest()[:10]}"
    assert VersionedStaticFiles().url("paper/none.css") == "/static/paper/none.css"


def answered(path: str, policy: str = "") -> str:
    def view(_: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": policy} if policy else {})

    return str(PolicyMiddleware(view)(RequestFactory().get(path)).headers["Content-Security-Policy"])


def test_public_answers_forbid_inline_scripts_and_the_desk_s_do_not() -> None:
    assert "default-src 'self'" in answered("/account/login/")
    assert "default-src" not in answered("/desk/pages/")
    assert "frame-ancestors 'self'" in answered("/desk/pages/")
    assert answered("/desk", "default-src 'none'") == "default-src 'none'"
