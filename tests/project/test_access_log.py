"""A line for each answer, that never costs the answer and gives no key away."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from careo.edge.app import Edge
from careo.edge.files import Files
from careo.edge.page import Page
from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from careo.project.access_log import AccessLog
from tests.edge.asking import HOST, ask
from tests.edge.test_app import django


def edge(store: PageStore, log: AccessLog) -> Edge:
    return Edge(
        django, store=store, pass_key=b"k", pass_cookie="pass", host=HOST, files=Files({}), observer=log
    )


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    store = PageStore(tmp_path / "pages")
    page = Page(b"The dam holds.", "text/html", 1_800_000_000)
    assert store.put("/", PUBLIC, page, tags={"latest"}, stamp=store.stamp())
    return store


def test_lines_that_cannot_be_written_cost_no_answer(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = edge(store, AccessLog())
    full = Path("/dev/full").open("w", buffering=1)  # noqa: SIM115  # a disk without room: closing fails, too
    monkeypatch.setattr(sys, "stdout", full)
    with pytest.raises(OSError, match="No space left"):
        full.write("a line\n")
    for _ in range(300):
        assert ask(paper, "/").status == 200
    assert ask(paper, "/search/").status == 203
    monkeypatch.undo()
    with pytest.raises(OSError, match="No space left"):
        full.close()


def test_whoever_asks_whether_it_lives_is_counted_as_such(store: PageStore) -> None:
    lines: list[str] = []
    ask(edge(store, AccessLog(lines.append)), "/healthz", host="10.0.0.7")
    (line,) = (json.loads(line) for line in lines)
    assert (line["path"], line["status"], line["by"], line["bytes"]) == ("/healthz", 200, "health", 3)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/account/password/reset/key/3-cx2h9a-5f0c/", "/account/password/…"),
        ("/account/confirm-email/NA:1vK:4hX/", "/account/confirm-email/…"),
        ("/account/gift/5F0C-2A99/", "/account/gift/…"),
        ("/account/edition/end/7:h3J/", "/account/edition/…"),
        ("/desk/password_reset/confirm/Mw/cx2h9a-5f0c/", "/desk/password_reset/confirm/…"),
        ("/account/login/", "/account/login/"),
        ("/account/", "/account/"),
        ("/news/the-dam/", "/news/the-dam/"),
    ],
)
def test_keys_in_addresses_stay_out_of_it(store: PageStore, path: str, shown: str) -> None:
    lines: list[str] = []
    ask(edge(store, AccessLog(lines.append)), path)
    assert json.loads(lines[0])["path"] == shown
