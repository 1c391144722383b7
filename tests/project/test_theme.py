"""A theme changes how the paper looks: its stylesheet, files and templates are found before Careo's own."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from careo.edge.page import Page
from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from careo.project import theme
from careo.project.cli.settings import command
from careo.project.kept_pages import kept_pages
from careo.project.preparing import refuse_broken_theme
from careo.project.serving_refused import CannotServe
from careo.project.static import VersionedStaticFiles, _version, static_files

DOCS = Path(__file__).parents[2] / "docs"
BLUE = ":root { --accent: #0b4f7d; }\n"
CSS = "/static/paper/paper.css"


@pytest.fixture
def alba(tmp_path: Path) -> Path:
    folder = tmp_path / "alba"
    (folder / "static" / "alba").mkdir(parents=True)
    (folder / "templates").mkdir()
    (folder / "theme.css").write_text(BLUE)
    return folder


@pytest.fixture
def found(alba: Path, tmp_path: Path, settings: Any) -> Any:
    """Lets Django find the theme's static files as they lie now."""

    def find() -> dict[str, Path]:
        settings.STATICFILES_DIRS = theme.static_folders(alba, tmp_path / "data")
        finders.get_finder.cache_clear()  # type: ignore[attr-defined]  # a cached function
        return static_files()

    yield find
    finders.get_finder.cache_clear()  # type: ignore[attr-defined]  # a cached function


def test_its_rules_stand_after_ours_in_the_one_stylesheet(found: Any) -> None:
    text = found()[CSS].read_text()
    assert text.startswith(theme.OURS.read_text().rstrip())
    assert text.endswith(BLUE)


def test_its_own_paper_css_takes_the_place_of_ours(found: Any, alba: Path) -> None:
    (alba / "static" / "paper").mkdir()
    (alba / "static" / "paper" / "paper.css").write_text("body { color: navy; }")
    text = found()[CSS].read_text()
    assert text.startswith("body { color: navy; }")
    assert "--measure" not in text
    assert text.endswith(BLUE)
    (alba / "theme.css").unlink()
    assert found()[CSS].read_text() == "body { color: navy; }"


def test_the_address_of_the_stylesheet_changes_with_the_theme(found: Any) -> None:
    digest = hashlib.sha256(found()[CSS].read_bytes()).hexdigest()[:10]
    _version.cache_clear()
    try:
        assert VersionedStaticFiles().url("paper/paper.css") == f"{CSS}?v={digest}"
    finally:
        _version.cache_clear()


def test_files_that_its_rules_name_have_their_version_in_the_address(found: Any, alba: Path) -> None:
    (alba / "static" / "alba" / "mark.svg").write_text("<svg/>")
    version = hashlib.sha256(b"<svg/>").hexdigest()[:10]
    css = 'a { background: url( "/static/alba/mark.svg" ) } b { background: url(/static/alba/none.svg) }'
    (alba / "theme.css").write_text(css)
    files = found()
    assert f'url("/static/alba/mark.svg?v={version}")' in files[CSS].read_text()
    assert "url(/static/alba/none.svg)" in files[CSS].read_text()
    assert files["/static/alba/mark.svg"] == alba / "static" / "alba" / "mark.svg"


def test_its_templates_win_and_may_extend_the_ones_they_replace(alba: Path, settings: Any, db: None) -> None:
    (alba / "templates" / "404.html").write_text(
        '{% extends "404.html" %}{% block main %}<p>Lost at sea</p>{{ block.super }}{% endblock %}'
    )
    before = render_to_string("404.html")
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": theme.template_folders(alba)}]
    after = render_to_string("404.html")
    assert "Lost at sea" not in before
    assert after.replace("<p>Lost at sea</p>", "") == before


def test_a_template_that_does_not_parse_stops_the_start_and_is_named(alba: Path, settings: Any) -> None:
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": theme.template_folders(alba)}]
    refuse_broken_theme(alba)
    (alba / "templates" / "base.html").write_text("{% block main %}")
    with pytest.raises(CannotServe) as caught:
        refuse_broken_theme(alba)
    assert str(caught.value).startswith(f"base.html of the theme in {alba} cannot be used: Unclosed tag")


@pytest.mark.parametrize(
    ("css", "sentence"),
    [
        (b'@import url("more.css");', "has an @import, which browsers ignore"),
        (b"/* 100 \xff */", "cannot be read"),
    ],
)
def test_settings_check_says_what_is_wrong_with_a_theme(
    alba: Path, monkeypatch: pytest.MonkeyPatch, css: bytes, sentence: str
) -> None:
    monkeypatch.setenv("CAREO_THEME", str(alba))
    assert CliRunner().invoke(command, ["check"]).exit_code == 0
    (alba / "theme.css").write_bytes(css)
    answer = CliRunner().invoke(command, ["check"])
    assert answer.exit_code == 1
    assert f"{alba}/theme.css of CAREO_THEME {sentence}" in answer.output


@pytest.mark.parametrize("wrong", ["nowhere", "empty", "file"])
def test_a_folder_that_is_no_theme_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    monkeypatch.setenv("CAREO_THEME", str(tmp_path / wrong))
    answer = CliRunner().invoke(command, ["check"])
    assert answer.exit_code == 1
    wanted = "it must be a folder's path in which theme.css, static/ or templates/ lie."
    assert f"CAREO_THEME is '{tmp_path / wrong}'; {wanted}" in answer.output


def run(data: Path) -> bool:
    """One run that keeps a page; says whether it found the last run's."""
    with kept_pages(data) as pages:
        found = PageStore(data / "pages").get("/", PUBLIC) is not None
        page = Page(b"<p>Blue</p>", "text/html", 0)
        assert pages.store.put("/", PUBLIC, page, tags={"site"}, stamp=pages.store.stamp())
        pages.ended_well = True
    return found


def test_pages_drawn_with_another_theme_are_not_served(
    alba: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    run(data)
    assert run(data)
    monkeypatch.setenv("CAREO_THEME", str(alba))
    assert [run(data), run(data)] == [False, True]
    (alba / "templates" / "base.html").write_text('{% extends "base.html" %}')
    assert [run(data), run(data)] == [False, True]
    monkeypatch.delenv("CAREO_THEME")
    assert [run(data), run(data)] == [False, True]


def test_the_docs_list_every_custom_property_and_no_other() -> None:
    described = set(re.findall(r"^\| `(--[a-z-]+)`", (DOCS / "themes.md").read_text(), re.MULTILINE))
    assert described == set(re.findall(r"^\s+(--[a-z-]+):", theme.OURS.read_text(), re.MULTILINE))
