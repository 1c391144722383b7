"""Pictures and snapshots on the disk and in a store in S3's manner: the same promises, asked of both."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from hypothesis import given
from hypothesis import strategies as st

from careo.press import snapshots
from careo.press.models import Snapshot
from careo.project.storage.address import StoreAddress, parse
from careo.project.storage.backend import LONGEST, MediaStorage, SnapshotStorage, key
from careo.project.storage.checking import refuse_useless_store
from careo.project.storage.errors import BucketMissing, OpenToAll, PictureAway, StoreRefuses, StoreUnreachable
from careo.project.storage.store import Store
from tests.project.command import Careo
from tests.project.newspaper import free_port
from tests.tools.seaweed import BUCKET, KEY, PUBLIC_BUCKET, SECRET, Seaweed

BODY = bytes(range(256)) * 40


@pytest.fixture
def address(seaweed: Seaweed, monkeypatch: pytest.MonkeyPatch) -> StoreAddress:
    """A prefix of the test's own, with the right key."""
    for name, value in seaweed.environment.items():
        monkeypatch.setenv(name, value)
    return parse(seaweed.url(uuid4().hex))


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> StoreAddress:
    """A store that is gone."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a secret")
    return StoreAddress("careo", endpoint=f"http://127.0.0.1:{free_port()}")


@pytest.fixture(params=["disk", "store"])
def media(request: pytest.FixtureRequest, tmp_path: Any) -> Storage:
    if request.param == "disk":
        return FileSystemStorage(tmp_path, base_url="/media/")
    return MediaStorage(request.getfixturevalue("address"))


@pytest.fixture(params=["disk", "store"])
def kept(request: pytest.FixtureRequest, tmp_path: Any, settings: Any) -> Storage:
    """Where snapshots are kept."""
    backend: dict[str, Any] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "base_url": None},
    }
    if request.param == "store":
        options = {"address": request.getfixturevalue("address")}
        backend = {"BACKEND": "careo.project.storage.backend.SnapshotStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"snapshots": backend}
    return storages["snapshots"]


def test_what_was_saved_is_there_whole_until_it_is_deleted(media: Storage) -> None:
    name = media.save("images/dam.jpg", ContentFile(BODY))
    with media.open(name) as file:
        assert file.read() == BODY
    assert (media.exists(name), media.size(name)) == (True, len(BODY))
    assert media.get_modified_time(name).year >= 2026
    media.delete(name)
    media.delete(name)
    assert not media.exists(name)
    with pytest.raises(FileNotFoundError):
        media.open(name)


def test_nothing_is_saved_over_what_is_there(media: Storage) -> None:
    names = [media.save("images/dam.jpg", ContentFile(b"%d" % number)) for number in range(3)]
    assert len(set(names)) == 3
    for number, name in enumerate(names):
        assert name.startswith("images/dam")
        assert name.endswith(".jpg")
        with media.open(name) as file:
            assert file.read() == b"%d" % number


def test_two_who_save_under_one_name_at_once_keep_both(media: Storage) -> None:
    names: list[str] = []
    savers = [
        threading.Thread(
            target=lambda body=body: names.append(media.save("images/dam.jpg", ContentFile(body)))
        )
        for body in (b"one", b"two", b"three", b"four")
    ]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()
    bodies = set()
    for name in names:
        with media.open(name) as file:
            bodies.add(file.read())
    assert bodies == {b"one", b"two", b"three", b"four"}


def test_a_picture_has_the_papers_own_address(media: Storage) -> None:
    assert media.url("images/el río.jpg") == "/media/images/el%20r%C3%ADo.jpg"


def test_a_folder_tells_what_is_in_it(media: Storage) -> None:
    name = media.save("documents/2026/act.pdf", ContentFile(b"an act"))
    assert media.listdir("documents") == (["2026"], [])
    assert media.listdir("documents/2026") == ([], [name.rpartition("/")[2]])


@pytest.mark.parametrize("name", ["../secret", "images/../../secret", "/etc/passwd", "images/..", ""])
def test_no_name_leads_out_of_the_folder(media: Storage, name: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        media.save(name, ContentFile(b"in"))
    if name not in ("", "images/.."):  # a folder, on a disk
        with pytest.raises(SuspiciousFileOperation):
            media.open(name)


def test_a_long_name_is_cut_to_what_the_database_holds(media: Storage) -> None:
    name = media.save(f"images/{'a' * 150}.jpg", ContentFile(b"long"), max_length=100)
    assert len(name) <= 100
    assert name.endswith(".jpg")
    assert media.exists(name)


def test_a_snapshot_is_kept_under_its_digest_once(kept: Storage) -> None:
    sha256 = snapshots.keep(BODY)
    assert snapshots.keep(BODY) == sha256 == hashlib.sha256(BODY).hexdigest()
    assert kept.size(f"{sha256[:2]}/{sha256}") == len(BODY)
    snapshot = Snapshot(sha256=sha256)
    assert snapshots.bytes_of(snapshot) == BODY
    assert snapshots.digest_of(snapshot) == sha256


def test_half_of_a_snapshot_is_mended_when_the_page_comes_again(kept: Storage) -> None:
    sha256 = hashlib.sha256(BODY).hexdigest()
    kept.save(f"{sha256[:2]}/{sha256}", ContentFile(BODY[:100]))
    snapshots.keep(BODY)
    assert snapshots.bytes_of(Snapshot(sha256=sha256)) == BODY


# Only a store has these.


@given(st.text(max_size=300))
def test_a_key_is_the_name_itself_and_leads_nowhere_else_or_is_refused(name: str) -> None:
    try:
        found = key(name)
    except SuspiciousFileOperation:
        return
    assert found == name
    assert len(found.encode()) < LONGEST
    assert found.isprintable()
    assert not {"", ".", ".."} & set(found.split("/"))
    assert not found.startswith("/")


@given(
    st.lists(st.sampled_from(["a", "..", ".", "", "images", "a\\b", "é", "\0", "\n", "x" * 256]), max_size=5)
)
def test_no_name_of_pieces_climbs(pieces: list[str]) -> None:
    name = "/".join(pieces)
    hostile = not name or {"..", ".", "", "a\\b", "\0", "\n", "x" * 256} & set(pieces)
    if hostile:
        with pytest.raises(SuspiciousFileOperation):
            key(name)
    else:
        assert key(name) == name


def test_a_file_name_from_a_reader_is_kept_and_found_whatever_is_in_it(address: StoreAddress) -> None:
    media = MediaStorage(address)
    for name in (
        "¿Quién? 100%+#&.jpg",
        "a b  c.png",
        "الصورة.webp",
        "%2e%2e%2fsecret.jpg",
        "con;drop.jpg",
        "𝒳.gif",
    ):
        saved = media.save(media.generate_filename(f"images/{name}"), ContentFile(name.encode()))
        with media.open(saved) as file:
            assert file.read() == name.encode()
    raw = "images/a b+c%20d&é#.jpg"
    media.store.put(raw, b"as it is")
    assert media.store.get(raw) == b"as it is"
    assert [one.name for one in media.store.all("images")].count(raw) == 1


def test_a_name_is_never_given_again(address: StoreAddress) -> None:
    media = MediaStorage(address)
    first = media.save("images/dam.jpg", ContentFile(b"withdrawn"))
    media.delete(first)
    assert media.save("images/dam.jpg", ContentFile(b"another")) != first


def test_a_put_that_was_answered_to_nobody_is_no_other_when_tried_again(address: StoreAddress) -> None:
    store = Store(address, "media")
    for _ in range(2):
        store.put_new("images/dam.jpg", BODY, content_type="image/jpeg")
    with pytest.raises(OSError, match="is in the store already, with something else in it"):
        store.put_new("images/dam.jpg", b"another", content_type="image/jpeg")
    assert store.get("images/dam.jpg") == BODY


def test_a_store_of_use_is_taken_and_nothing_is_left_in_it(address: StoreAddress) -> None:
    refuse_useless_store(address)
    assert list(Store(address, "").all()) == []


def test_a_bucket_that_strangers_can_read_is_refused(seaweed: Seaweed, address: StoreAddress) -> None:
    shown = parse(seaweed.url("post", PUBLIC_BUCKET))
    with pytest.raises(OpenToAll, match="snapshots must never be public; close it"):
        refuse_useless_store(shown)
    assert list(Store(shown, "").all()) == []


def test_a_snapshot_has_no_address(address: StoreAddress) -> None:
    with pytest.raises(NotImplementedError):
        SnapshotStorage(address).url(f"ab/{'ab' * 32}")


def test_nobody_reads_a_snapshot_without_the_key(address: StoreAddress) -> None:
    SnapshotStorage(address).save("ab/abcdef", ContentFile(BODY))
    with pytest.raises(StoreRefuses):
        Store(address, "snapshots", anonymous=True).get("ab/abcdef")


@pytest.mark.parametrize("variable", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_a_wrong_key_is_told(address: StoreAddress, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "wrong")
    with pytest.raises(StoreRefuses, match="refuses the paper's key; set AWS_ACCESS_KEY_ID and"):
        refuse_useless_store(address)
    with pytest.raises(StoreRefuses):
        list(Store(address, "media").all())


def test_a_bucket_that_is_not_there_is_told(seaweed: Seaweed, address: StoreAddress) -> None:
    missing = parse(seaweed.url("post", "no-such-bucket"))
    with pytest.raises(BucketMissing, match="has no bucket no-such-bucket at http://"):
        refuse_useless_store(missing)
    with pytest.raises(BucketMissing):
        list(Store(missing, "media").all())


@pytest.mark.parametrize(
    "act",
    [
        lambda media: media.save("images/dam.jpg", ContentFile(b"dam")),
        lambda media: media.exists("images/dam.jpg"),
        lambda media: media.delete("images/dam.jpg"),
        lambda media: media.listdir("images"),
    ],
)
def test_a_store_that_is_gone_is_told_in_one_sentence(
    nowhere: StoreAddress, act: Callable[[Storage], object]
) -> None:
    with pytest.raises(StoreUnreachable, match="What was not finished was not kept; try again in a minute"):
        act(MediaStorage(nowhere))


def test_a_picture_that_cannot_be_read_is_not_taken_for_one_that_is_missing(nowhere: StoreAddress) -> None:
    with pytest.raises(PictureAway) as caught:
        MediaStorage(nowhere).open("images/dam.jpg")
    assert not isinstance(caught.value, OSError)


def test_what_was_acknowledged_outlives_a_killed_store(seaweed: Seaweed, address: StoreAddress) -> None:
    media = MediaStorage(address)
    name = media.save("images/dam.jpg", ContentFile(BODY))
    seaweed.stop()
    try:
        with pytest.raises(StoreUnreachable):
            media.save("images/other.jpg", ContentFile(BODY))
    finally:
        seaweed.start()
    with media.open(name) as file:
        assert file.read() == BODY
    assert [one.name for one in media.store.all()] == [name]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bucket", "key", "sentence"),
    [
        ("no-such-bucket", KEY, "has no bucket no-such-bucket at"),
        (BUCKET, "wrong", "refuses the paper's key; set AWS_ACCESS_KEY_ID"),
        (PUBLIC_BUCKET, KEY, "snapshots must never be public; close it"),
    ],
)
def test_serving_is_refused_with_a_sentence_where_the_store_is_of_no_use(
    seaweed: Seaweed, tmp_path: Path, bucket: str, key: str, sentence: str
) -> None:
    named = {
        "AWS_ACCESS_KEY_ID": key,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "CAREO_BIND": f"127.0.0.1:{free_port()}",
    }
    careo = Careo(tmp_path / "data", CAREO_STORAGE_URL=seaweed.url("post", bucket), **named)
    done = careo("serve", check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("careo: ")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert SECRET not in done.stderr
