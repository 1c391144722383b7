"""One newspaper on two machines: two `careo serve` with a folder each, one database, one Valkey."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.newspaper import Newspaper, free_port, until
from tests.tools.valkey import Valkey, running_valkey

pytestmark = pytest.mark.slow

ADDRESS = "post.example"
PUBLISH = """
from careo.stories.models import Section, Story
story = Story(title="The reservoirs fill", slug="reservoirs-fill", live=False)
Section.objects.get(slug="news").add_child(instance=story)
story.save_revision().publish()
"""
UNPUBLISH = "from careo.stories.models import Story\nStory.objects.get(slug='reservoirs-fill').unpublish()"


@pytest.fixture(scope="module")
def valkey() -> Iterator[Valkey]:
    with running_valkey() as server:
        yield server


@pytest.fixture(scope="module")
def machines(
    valkey: Valkey, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Newspaper, Newspaper]]:
    folder = tmp_path_factory.mktemp("two machines")
    begun = []
    try:
        for name in ("first", "second"):
            (folder / name).mkdir()
            one = Newspaper(
                folder / name / "data",
                port=free_port(),
                CAREO_ADDRESS=f"https://{ADDRESS}",
                CAREO_SECRET="the same on both machines, and long enough",
                CAREO_REDIS_URL=valkey.url,
                DATABASE_URL=f"sqlite:///{_shared(folder)}",
            )
            begun.append(one)
            one.wait_until_it_answers()
        yield begun[0], begun[1]
    finally:
        for one in begun:
            one.end()


def _shared(folder: Path) -> Path:
    return folder / "shared.sqlite3"


def seen(newspaper: Newspaper) -> bytes:
    status, _, body = newspaper.get("/", host=ADDRESS)
    assert status == 200
    return body


def test_what_is_published_at_one_is_seen_at_the_other_within_a_second(
    machines: tuple[Newspaper, Newspaper],
) -> None:
    first, second = machines
    for one in machines:
        assert b"reservoirs-fill" not in seen(one)
    first.python(PUBLISH)
    assert b"reservoirs-fill" in seen(first)
    until(lambda: b"reservoirs-fill" in seen(second), "the other to hear", seconds=5)
    second.python(UNPUBLISH)
    assert b"reservoirs-fill" not in seen(second)
    until(lambda: b"reservoirs-fill" not in seen(first), "the other to hear", seconds=5)


def test_without_valkey_pages_are_drawn_anew_and_each_says_that_it_is_not_ready(
    machines: tuple[Newspaper, Newspaper], valkey: Valkey
) -> None:
    first, second = machines
    seen(second)
    valkey.stop()
    until(lambda: second.get("/readyz")[0] == 503, "it to notice")
    assert second.get("/readyz")[2] == b"not ready: redis\n"
    first.python(PUBLISH.replace("reservoirs-fill", "dry-again"))
    assert b"dry-again" in seen(second)
    valkey.start()
    until(lambda: second.get("/readyz")[0] == 200, "it to recover")
    assert b"dry-again" in seen(second)
