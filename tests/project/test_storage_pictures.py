"""Pictures from a store on their way to readers: by the paper's own address, kept a while, gone when they are taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import RequestFactory

from careo.project.storage.address import parse
from careo.project.storage.errors import PictureAway
from careo.project.storage.pictures import bring, picture
from careo.project.storage.store import Store
from tests.project.newspaper import free_port
from tests.tools.seaweed import Seaweed

DAM = b"\xff\xd8\xff\xe0 the dam at dawn"
GONE = f"http://127.0.0.1:{free_port()}"


@pytest.fixture(autouse=True)
def copies(seaweed: Seaweed, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of this machine's copies."""
    for name, value in seaweed.environment.items():
        monkeypatch.setenv(name, value)
    settings.MEDIA_ROOT = tmp_path
    _keep_at(settings, seaweed.url(uuid4().hex))
    return tmp_path


def _keep_at(settings: Any, url: str) -> None:
    backend = {"BACKEND": "careo.project.storage.backend.MediaStorage", "OPTIONS": {"address": parse(url)}}
    settings.STORAGES = settings.STORAGES | {"default": backend}


def asked(name: str, **headers: str) -> Any:
    request = RequestFactory().get(f"/media/images/{name}", headers=headers)
    return picture(request, name)


def saved() -> str:
    return default_storage.save("images/dam.width-800.jpg", ContentFile(DAM)).removeprefix("images/")


def test_a_picture_is_answered_like_a_file_and_kept_for_the_edge(copies: Path) -> None:
    name = saved()
    answer = asked(name)
    assert (answer.status_code, answer.content) == (200, DAM)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert (copies / "images" / name).read_bytes() == DAM
    again = asked(name, if_none_match=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_not_a_public_picture_is_not_looked_for_in_the_store() -> None:
    store: Store = default_storage.store  # type: ignore[attr-defined]
    for name in ("original_images/dam.jpg", "images/page.html", "images/plan.svg"):
        store.put(name, DAM)
    for name in (
        "../original_images/dam.jpg",
        "page.html",
        "plan.svg",
        "",
        "a//b.jpg",
        "../../snapshots/ab/ab.jpg",
        "a\nb.jpg",
    ):
        with pytest.raises(Http404):
            asked(name)


def test_a_picture_that_another_machine_took_back_is_shown_no_longer(copies: Path) -> None:
    name = saved()
    asked(name)
    default_storage.store.delete(f"images/{name}")  # type: ignore[attr-defined]  # behind this machine's back
    with pytest.raises(Http404):
        asked(name)
    assert not (copies / "images" / name).exists()


def test_a_picture_taken_back_here_is_gone_here_at_once(copies: Path) -> None:
    name = saved()
    asked(name)
    default_storage.delete(f"images/{name}")
    assert not (copies / "images" / name).exists()


def test_with_the_store_gone_what_was_shown_is_shown_and_nothing_is_half_there(
    copies: Path, settings: Any
) -> None:
    name = saved()
    asked(name)
    _keep_at(settings, f"s3://careo?endpoint={GONE}")
    assert asked(name).content == DAM
    with pytest.raises(PictureAway):
        bring("images/never-seen.jpg")
    assert [one.name for one in (copies / "images").iterdir()] == [name]
