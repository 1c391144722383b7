"""Static files and pictures: quickly, and nothing else from the disk."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from careo.edge.app import Edge
from careo.edge.files import Files, is_public_picture
from careo.edge.store import PageStore
from tests.edge.asking import HOST, Given, ask
from tests.edge.test_app import KEY, django, is_django

CSS = "/static/paper/paper.css"
PICTURE = "/media/images/dam.width-800.jpg"
JPEG = b"\xff\xd8\xff\xe0 the dam at dawn"


@pytest.fixture
def media(tmp_path: Path) -> Path:
    media = tmp_path / "media"
    for name, content in {
        "images/dam.width-800.jpg": JPEG,
        "images/2026/dam.webp": b"RIFF",
        "images/page.html": b"<script>",
        "images/plan.svg": b"<svg>",
        "original_images/dam.jpg": b"the original",
        "documents/contract.pdf": b"a document",
        "documents/scan.jpg": b"a document",
        "../secret.jpg": b"a secret",
    }.items():
        (media / name).parent.mkdir(parents=True, exist_ok=True)
        (media / name).write_bytes(content)
    return media


@pytest.fixture
def css(tmp_path: Path) -> Path:
    file = tmp_path / "package" / "paper.css"
    file.parent.mkdir()
    file.write_text("p { margin: 0 }\n" * 100)
    return file


@pytest.fixture
def edge(tmp_path: Path, media: Path, css: Path) -> Edge:
    files = Files({CSS: css}, media=media)
    return Edge(
        django, store=PageStore(tmp_path / "p"), pass_key=KEY, pass_cookie="pass", host=HOST, files=files
    )


def test_a_static_file_is_sent_from_where_its_package_has_it(edge: Edge, css: Path) -> None:
    given = ask(edge, CSS, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(given.body) == css.read_bytes()
    assert given.headers["content-type"] == "text/css; charset=utf-8"
    assert given.headers["x-content-type-options"] == "nosniff"


def test_a_file_asked_for_by_its_version_is_kept_for_ever_and_any_other_asked_about(edge: Edge) -> None:
    assert ask(edge, f"{CSS}?v=3f2a").headers["cache-control"] == "public, max-age=31536000, immutable"
    assert ask(edge, CSS).headers["cache-control"] == "no-cache"


def test_a_file_the_browser_has_is_not_sent_again_until_it_changes(edge: Edge, css: Path) -> None:
    tag = ask(edge, CSS).headers["etag"]
    assert ask(edge, CSS, headers={"if-none-match": tag}).status == 304
    css.write_text("p { margin: 1px }")
    changed = ask(edge, CSS, headers={"if-none-match": tag})
    assert (changed.status, changed.text) == (200, "p { margin: 1px }")


def test_a_file_that_is_gone_is_django_s_to_miss(edge: Edge, css: Path) -> None:
    assert ask(edge, CSS).status == 200
    css.unlink()
    assert is_django(ask(edge, CSS))


def test_a_picture_is_sent_as_it_is(edge: Edge) -> None:
    given = ask(edge, PICTURE, headers={"accept-encoding": "gzip, br"})
    assert (given.status, given.body) == (200, JPEG)
    assert given.headers["content-type"] == "image/jpeg"
    assert "content-encoding" not in given.headers
    assert "sandbox" in given.headers["content-security-policy"]
    assert ask(edge, "/media/images/2026/dam.webp").body == b"RIFF"


@pytest.mark.parametrize(
    "target",
    [
        "/media/original_images/dam.jpg",
        "/media/documents/contract.pdf",
        "/media/documents/scan.jpg",
        "/media/images/page.html",
        "/media/images/plan.svg",
        "/media/images/",
        "/media/images",
        "/media/images/2026",
        "/media/images/../original_images/dam.jpg",
        "/media/images/%2e%2e/original_images/dam.jpg",
        "/media/images/..%2foriginal_images/dam.jpg",
        "/media/images/..%5coriginal_images/dam.jpg",
        "/media/images/../../secret.jpg",
        "/media/images//dam.width-800.jpg",
        "/media/images/./dam.width-800.jpg",
        "/media//images/dam.width-800.jpg",
        "/media/images/dam.width-800.jpg%00.jpg",
        "/media/images/" + "x" * 65_000 + ".jpg",
        "/media/images/" + "x/" * 30_000 + "x.jpg",
        "/media/images/\ud800.jpg",
        "/MEDIA/images/dam.width-800.jpg",
        "/static/../media/original_images/dam.jpg",
        "/static/paper/paper.css/",
        "/static//paper/paper.css",
        "/static//etc/passwd",
        "//etc/passwd",
    ],
)
def test_nothing_else_on_the_disk_has_an_address(edge: Edge, target: str) -> None:
    assert is_django(ask(edge, target))


def test_a_link_does_not_lead_out_of_the_pictures(edge: Edge, media: Path) -> None:
    pictures = media / "images"
    (pictures / "all").symlink_to(media / "original_images")
    (pictures / "link.jpg").symlink_to(media / "original_images" / "dam.jpg")
    (pictures / "loop.jpg").symlink_to("loop.jpg")
    for name in ("all/dam.jpg", "link.jpg", "loop.jpg"):
        assert is_django(ask(edge, f"/media/images/{name}"))


def test_files_are_for_our_host_and_for_reading_alone(edge: Edge) -> None:
    assert is_django(ask(edge, CSS, host="evil.example"))
    assert is_django(ask(edge, CSS, method="POST"))
    headed: Given = ask(edge, PICTURE, method="HEAD")
    assert (headed.status, headed.body, headed.headers["content-length"]) == (200, b"", str(len(JPEG)))


def test_files_in_memory_are_bounded(media: Path, tmp_path: Path) -> None:
    files = Files({}, media=media, memory_bytes=10_000)
    for number in range(20):
        file = media / "images" / f"{number}.jpg"
        file.write_bytes(JPEG * 40)
        assert files.load(file) is not None
    at_hand = [number for number in range(20) if files.at_hand(media / "images" / f"{number}.jpg")]
    assert 0 < len(at_hand) < 5
    assert 19 in at_hand


def test_a_copy_of_a_picture_is_good_for_some_seconds_since_it_was_touched(media: Path) -> None:
    touched = (media / "images/dam.width-800.jpg").stat().st_ctime
    now = [touched]
    files = Files({}, media=media, media_seconds=60.0, clock=lambda: now[0])
    assert files.locate(PICTURE) is not None
    now[0] = touched + 59.0
    assert files.locate(PICTURE) is not None
    now[0] = touched + 60.0
    assert files.locate(PICTURE) is None


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("images/dam.jpg", True),
        ("images/2026/dam.webp", True),
        ("images/dam.svg", False),
        ("images/../original_images/dam.jpg", False),
        ("images//dam.jpg", False),
        ("images/dam\0.jpg", False),
        ("images\\dam.jpg", False),
        ("original_images/dam.jpg", False),
        ("snapshots/dam.jpg", False),
        ("images", False),
    ],
)
def test_only_pictures_under_images_are_anybodys(name: str, public: bool) -> None:
    assert is_public_picture(name) is public
