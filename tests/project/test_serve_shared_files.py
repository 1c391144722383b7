"""One newspaper on two machines that keep pictures and snapshots in one store: real servers, real HTTP.

On SQLite as on PostgreSQL: `python -m tests.tools.postgresql tests/project/test_serve_shared_files.py`.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from typing import NamedTuple
from uuid import uuid4

import pytest
from PIL import Image

from tests.project.machines import Listener, Person, name_of, shared_database, two_machines
from tests.project.newspaper import Newspaper, until
from tests.project.test_serve_subscribers import FOUND, NADIA, PASSWORD
from tests.tools.seaweed import Seaweed
from tests.tools.valkey import Valkey, running_valkey

# The database's mark, so that on PostgreSQL there is one to copy: without it none would be made for this file alone.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("two machines"), pytest.mark.django_db]

EDITOR = "elena@post.example"
STAFF = f"""
from careo.project.editors import invite_editor
from careo.readers.actions import vouch_for_address
from careo.readers.models import Reader
invite_editor({EDITOR!r}, administrator=True)
elena = Reader.objects.get(email={EDITOR!r})
elena.set_password({PASSWORD!r})
elena.save()
vouch_for_address(elena)
nadia = Reader.objects.get(email={NADIA!r})
nadia.pen_name = "Nadia"
nadia.save()
from careo.stories.models import Story
print(Story.objects.get(slug="the-dam").pk)
"""
PICTURES = "from careo.stories.models import Picture; print(Picture.objects.count())"
CAPTURE = """
from datetime import datetime, timezone
from careo.press import snapshots
print(snapshots.keep(b"<html>What another outlet printed</html>"))
"""
READ = """
from careo.press import snapshots
from careo.press.models import Snapshot
print(snapshots.bytes_of(Snapshot(sha256={sha256!r})).decode())
"""
HOLDER = """
import time
from careo.project.models import Lease
while not Lease.objects.exclude(holder="").exists():
    time.sleep(0.1)
print(Lease.objects.get().holder)
"""
WORK = """
import time
from careo.press.tasks import poll_feed
from careo.project.models import Lease
task = poll_feed.enqueue(0)
while task.status not in ("SUCCESSFUL", "FAILED"):
    time.sleep(0.1)
    task.refresh()
print(task.status, Lease.objects.get().holder)
"""


class Paper(NamedTuple):
    first: Newspaper
    second: Newspaper
    valkey: Valkey
    story: str

    @property
    def thread(self) -> str:
        return f"/forum/{self.story}/"


@pytest.fixture(scope="module")
def paper(
    seaweed: Seaweed, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Paper]:
    folder = tmp_path_factory.mktemp("shared files")
    if "DATABASE_URL" in os.environ:
        request.getfixturevalue("django_db_setup")  # what is copied there
    with (
        running_valkey() as valkey,
        two_machines(folder, shared_database(folder), valkey, seaweed) as machines,
    ):
        machines[0].python(FOUND)
        yield Paper(*machines, valkey, machines[0].python(STAFF))


@pytest.fixture(scope="module")
def elena(paper: Paper) -> Person:
    """An editor, who logged in at the first machine."""
    person = Person()
    person.log_in(paper.first, EDITOR, PASSWORD)
    return person


@pytest.fixture(scope="module")
def nadia(paper: Paper) -> Person:
    """A subscriber, who logged in at the second."""
    person = Person()
    person.log_in(paper.second, NADIA, PASSWORD)
    return person


def png() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((640, 480), 60).convert("RGB").save(file, "PNG")
    return file.getvalue()


def test_a_picture_uploaded_at_one_is_shown_by_the_other_at_the_papers_own_address(
    paper: Paper, elena: Person
) -> None:
    status, page = elena.upload(paper.first, "/desk/images/add/", png(), title="The dam", collection="1")
    assert status == 302, page.decode()
    listed = elena.ask(paper.second, "/desk/images/")[2].decode()
    addresses = re.findall(r'src="(/media/images/[^"]+)"', listed)
    assert len(addresses) == 1, listed
    visitor = Person()
    answers = [visitor.ask(machine, addresses[0]) for machine in (paper.second, paper.first, paper.first)]
    assert [status for status, _, _ in answers] == [200, 200, 200]
    assert len({body for _, _, body in answers}) == 1
    assert Image.open(io.BytesIO(answers[0][2])).width > 0
    assert len({headers["ETag"] for _, headers, _ in answers}) == 1
    assert {headers["Cache-Control"] for _, headers, _ in answers} == {"public, max-age=3600"}
    assert not (paper.first.data / "media").exists()
    assert elena.ask(paper.first, addresses[0].replace("/images/", "/original_images/"))[0] == 404


def test_a_snapshot_kept_at_one_is_read_at_the_other_and_served_by_neither(
    paper: Paper, elena: Person
) -> None:
    sha256 = paper.first.python(CAPTURE)
    assert "What another outlet printed" in paper.second.python(READ.format(sha256=sha256))
    assert not (paper.first.data / "snapshots").exists()
    for path in (
        f"/media/images/../snapshots/{sha256[:2]}/{sha256}",
        f"/media/images/%2e%2e/%2e%2e/snapshots/{sha256[:2]}/{sha256}",
        f"/media/snapshots/{sha256[:2]}/{sha256}",
        f"/media/images/{sha256[:2]}/{sha256}",
        f"/media/images/../../snapshots/{sha256[:2]}/{sha256}?.jpg",
    ):
        for machine in (paper.first, paper.second):
            for who in (Person(), elena):
                status, _, body = who.ask(machine, path)
                assert status in (301, 302, 400, 404), path
                assert b"What another outlet printed" not in body


@pytest.mark.both_databases
def test_a_post_made_at_one_is_heard_at_the_other_and_with_redis_gone_too(
    paper: Paper, nadia: Person
) -> None:
    ears = [
        Listener(machine, f"{paper.thread}live/?after=0", nadia) for machine in (paper.first, paper.second)
    ]
    _post(paper.first, paper, nadia, "Written at the first.")
    until(lambda: all("id: 1\n" in ear.heard for ear in ears), "both to hear", seconds=10)
    paper.valkey.stop()
    try:
        _post(paper.second, paper, nadia, "Written without Redis.")
        until(lambda: all("id: 2\n" in ear.heard for ear in ears), "both to hear without Redis", seconds=10)
        for machine in (paper.first, paper.second):
            status, _, page = nadia.ask(machine, paper.thread)
            assert status == 200
            assert b"Written at the first." in page
            assert b"Written without Redis." in page
    finally:
        paper.valkey.start()
    until(lambda: paper.second.get("/readyz")[0] == 200, "it to hear Redis again")


def _post(machine: Newspaper, paper: Paper, person: Person, text: str) -> None:
    form = {"text": text, "form_token": str(uuid4())}
    status, headers, page = person.send(machine, f"{paper.thread}reply/", **form)
    assert (status, "#post-" in (headers["Location"] or "")) == (302, True), page.decode()


def test_with_the_store_gone_the_desk_is_told_and_nothing_is_half_kept(
    paper: Paper, elena: Person, seaweed: Seaweed
) -> None:
    before = paper.first.python(PICTURES)
    seaweed.stop()
    try:
        status, page = elena.upload(paper.first, "/desk/images/add/", png(), title="Lost", collection="1")
        assert status == 503
        assert b"cannot be reached. What was not finished was not kept; try again in a minute." in page
        assert b"Traceback" not in page
        status, headers, page = Person().ask(paper.second, "/media/images/never-seen.jpg")
        assert (status, headers["Retry-After"]) == (503, "10")
        assert b"bucket" not in page
        assert Person().ask(paper.second, "/")[0] == 200
        assert paper.first.python(PICTURES) == before
    finally:
        seaweed.start()
    assert elena.upload(paper.second, "/desk/images/add/", png(), title="Found", collection="1")[0] == 302
    assert int(paper.first.python(PICTURES)) == int(before) + 1


@pytest.mark.both_databases
def test_one_worker_works_and_the_other_begins_when_its_machine_stops(paper: Paper) -> None:
    holder = paper.first.python(HOLDER)
    working, waiting = (
        (paper.first, paper.second) if holder in name_of(paper.first) else (paper.second, paper.first)
    )
    assert {holder} == name_of(working)
    assert holder not in name_of(waiting)
    assert working.stop()[0] == 0
    (successor,) = name_of(waiting)
    assert waiting.python(WORK) == f"SUCCESSFUL {successor}"
