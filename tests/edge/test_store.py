"""The page store keeps what was rendered, and gives nothing that was replaced."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import threading
import time
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from careo.edge import journal, pagefile
from careo.edge.errors import StoreUnwritable
from careo.edge.journal import Stamp
from careo.edge.page import ENCODINGS, Page
from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC, SUBSCRIBER, VARIANTS, Variant

HTML = "text/html; charset=utf-8"
DAM = "/politics/dam/"


def page(text: str = "The dam holds.") -> Page:
    return Page(f"<p>{text}</p>".encode(), HTML, 1_800_000_000, (("link", "</feeds/>; rel=alternate"),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pages"


@pytest.fixture
def store(folder: Path) -> PageStore:
    return PageStore(folder)


def keep(store: PageStore, text: str = "The dam holds.", path: str = DAM, variant: Variant = PUBLIC) -> bool:
    return store.put(path, variant, page(text), tags={"story:12", "sections"}, stamp=store.stamp())


def test_what_was_put_is_given_under_its_path_and_variant_alone(store: PageStore) -> None:
    assert keep(store)
    assert store.get(DAM, PUBLIC) == page()
    assert store.get(DAM, SUBSCRIBER) is None
    assert store.get("/politics/dam", PUBLIC) is None


def test_a_restart_finds_the_pages_with_their_compressed_forms(store: PageStore, folder: Path) -> None:
    keep(store)
    found = PageStore(folder).get(DAM, PUBLIC)
    assert found == page()
    assert gzip.decompress(found.gzip) == brotli.decompress(found.brotli) == page().body


def test_dropping_a_tag_drops_every_page_that_has_it_and_no_other(store: PageStore) -> None:
    keep(store)
    keep(store, variant=SUBSCRIBER)
    store.put("/about/", PUBLIC, page("Who we are."), tags={"about"}, stamp=store.stamp())
    store.drop({"story:12", "story:99"})
    assert store.get(DAM, PUBLIC) is store.get(DAM, SUBSCRIBER) is None
    assert store.get("/about/", PUBLIC) == page("Who we are.")


def test_another_process_that_has_the_page_in_memory_sees_the_drop_at_once(
    store: PageStore, folder: Path
) -> None:
    other = PageStore(folder)
    keep(store)
    assert other.get(DAM, PUBLIC) == page()
    store.drop({"story:12"})
    assert other.get(DAM, PUBLIC) is None
    assert PageStore(folder).get(DAM, PUBLIC) is None


def test_a_page_that_was_being_rendered_when_its_tag_was_dropped_is_not_kept(
    store: PageStore, folder: Path
) -> None:
    stamp = store.stamp()
    PageStore(folder).drop({"story:12"})
    assert not store.put(DAM, PUBLIC, page("As it was before."), tags={"story:12"}, stamp=stamp)
    assert store.get(DAM, PUBLIC) is None
    assert keep(store, "As it is now.")
    assert store.get(DAM, PUBLIC) == page("As it is now.")


def test_a_drop_of_other_tags_does_not_disturb_a_page_that_is_being_rendered(store: PageStore) -> None:
    stamp = store.stamp()
    store.drop({"story:13"})
    assert store.put(DAM, PUBLIC, page(), tags={"story:12"}, stamp=stamp)


def test_an_older_rendering_put_late_does_not_outlive_a_drop_between(store: PageStore, folder: Path) -> None:
    early = store.stamp()
    store.put(DAM, PUBLIC, page("Early."), tags={"story:12"}, stamp=early)
    PageStore(folder).drop({"story:12"})
    assert not store.put(DAM, PUBLIC, page("Early."), tags={"story:12"}, stamp=early)
    assert PageStore(folder).get(DAM, PUBLIC) is None


def test_clearing_drops_everything_everywhere_and_what_is_being_rendered(
    store: PageStore, folder: Path
) -> None:
    other, stamp = PageStore(folder), store.stamp()
    keep(store)
    assert other.get(DAM, PUBLIC) is not None
    store.clear()
    assert store.get(DAM, PUBLIC) is other.get(DAM, PUBLIC) is None
    assert not store.put(DAM, PUBLIC, page(), tags=set(), stamp=stamp)
    assert not list(folder.rglob("*.page"))


def test_a_folder_deleted_under_a_running_server_is_a_cold_store_and_not_an_error(
    store: PageStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "LOOK_UP_SECONDS", 0.0)
    stamp = store.stamp()
    keep(store)
    shutil.rmtree(folder)
    assert store.get(DAM, PUBLIC) is None
    assert not store.put(DAM, PUBLIC, page(), tags={"story:12"}, stamp=stamp)
    store.drop({"story:12"})
    assert keep(store)
    assert store.get(DAM, PUBLIC) == PageStore(folder).get(DAM, PUBLIC) == page()


@pytest.mark.parametrize("harm", ["cut", "changed", "emptied", "another page's", "text"])
def test_a_damaged_file_is_a_missing_page(store: PageStore, folder: Path, harm: str) -> None:
    keep(store)
    keep(store, "Closed words.", variant=SUBSCRIBER)
    file, other = sorted(folder.rglob("*.page"))
    content = file.read_bytes()
    file.write_bytes(
        {
            "cut": content[:-5],
            "changed": content.replace(b"</p>", b"</q>"),
            "emptied": b"",
            "another page's": other.read_bytes(),
            "text": b"{}\n",
        }[harm]
    )
    fresh = PageStore(folder)
    assert sorted(fresh.get(DAM, variant) is None for variant in VARIANTS) == [False, True]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"no json\n",
        b'{"journal": "x"}\n',
        b"[]\n",
        b"\xff\xfe\n",
        b'{"journal": "x", "base": "y"}\n',
    ],
)
def test_a_damaged_journal_drops_everything_and_is_mended_by_the_next_page(
    store: PageStore, folder: Path, content: bytes
) -> None:
    keep(store)
    (folder / "journal").write_bytes(content)
    fresh = PageStore(folder)
    assert store.get(DAM, PUBLIC) is fresh.get(DAM, PUBLIC) is None
    assert keep(store, "Again.")
    assert fresh.get(DAM, PUBLIC) == page("Again.")


def test_half_a_line_at_the_end_of_the_journal_may_have_been_any_tag(store: PageStore, folder: Path) -> None:
    keep(store)
    with (folder / "journal").open("ab") as journal:
        journal.write(b'["story:1')
    fresh = PageStore(folder)
    fresh.drop({"another"})
    assert fresh.get(DAM, PUBLIC) is store.get(DAM, PUBLIC) is None


def test_a_line_damaged_in_the_middle_of_the_journal_may_have_been_any_tag(
    store: PageStore, folder: Path
) -> None:
    keep(store)
    with (folder / "journal").open("ab") as journal:
        journal.write(b'["story:1\xff\n["about"]\n')
    assert store.get(DAM, PUBLIC) is PageStore(folder).get(DAM, PUBLIC) is None


def test_a_stamp_from_nowhere_keeps_nothing(store: PageStore) -> None:
    keep(store)
    for stamp in (
        Stamp("", 0),
        Stamp("", 10**12),
        Stamp("deadbeef", 0),
        Stamp(store.stamp().journal, 10**12),
    ):
        assert not store.put(DAM, PUBLIC, page("Forged."), tags={"story:12"}, stamp=stamp)
    assert store.get(DAM, PUBLIC) == page()


def test_the_journal_is_compacted_and_forgets_nothing_that_matters(folder: Path) -> None:
    store, other = PageStore(folder, journal_bytes=2_000), PageStore(folder, journal_bytes=2_000)
    before = store.stamp()
    keep(store, "Replaced.")
    store.put("/about/", PUBLIC, page("Who we are."), tags={"about"}, stamp=store.stamp())
    assert other.get("/about/", PUBLIC) is not None
    for number in range(300):
        store.drop({f"story:{number}"})
    assert (folder / "journal").stat().st_size < 2_100
    for each in (store, other, PageStore(folder)):
        assert each.get(DAM, PUBLIC) is None
        assert each.get("/about/", PUBLIC) == page("Who we are.")
    assert not other.put(DAM, PUBLIC, page("Replaced."), tags={"story:12"}, stamp=before)
    assert len(list(folder.rglob("*.page"))) == 1


def test_what_is_merely_old_is_given_as_such_and_not_as_the_page(store: PageStore, folder: Path) -> None:
    keep(store, "Yesterday's list.")
    store.drop((), merely_old={"sections"})
    for each in (store, PageStore(folder)):
        assert each.get(DAM, PUBLIC) is None
        assert each.stale(DAM) == page("Yesterday's list.")
    keep(store, "Today's list.")
    assert store.get(DAM, PUBLIC) == store.stale(DAM) == page("Today's list.")


def test_what_was_dropped_for_good_is_never_stale(store: PageStore, folder: Path) -> None:
    keep(store, "Withdrawn.")
    store.drop({"story:12"}, merely_old={"sections"})
    store.drop((), merely_old={"story:12"})
    assert store.stale(DAM) is PageStore(folder).stale(DAM) is None
    keep(store, "Closed words.", variant=SUBSCRIBER, path="/closed/")
    assert store.stale("/closed/") is None


def test_what_is_withdrawn_while_it_is_read_from_the_disk_is_not_stale_though_the_journal_forgot_it(
    store: PageStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, "Withdrawn meanwhile.")
    store.drop((), merely_old={"sections"})
    read = pagefile.read

    def read_slowly(file: Path) -> pagefile.Kept | None:
        kept = read(file)
        monkeypatch.setattr(pagefile, "read", read)
        PageStore(folder, journal_bytes=1).drop({"story:12"})
        return kept

    monkeypatch.setattr(pagefile, "read", read_slowly)
    assert store.stale(DAM) is None


def test_what_was_dropped_long_ago_takes_no_memory(folder: Path) -> None:
    store, other = PageStore(folder, journal_bytes=2_000), PageStore(folder)
    keep(store)
    for number in range(1_000):
        store.drop({f"person:{number}"}, merely_old={f"outlet:{number}"})
        assert other.get("/", PUBLIC) is None
    for each in (store, other):
        assert len(each._journal.last_dropped) + len(each._journal.last_forbidden) < 300
        assert each.get(DAM, PUBLIC) is not None


def test_after_the_journal_is_lost_nothing_is_stale(store: PageStore, folder: Path) -> None:
    keep(store)
    store.clear()
    keep(store, path="/other/")
    assert store.stale(DAM) is None
    (folder / "journal").unlink()
    assert store.stale("/other/") is None


def test_memory_is_bounded_and_the_disk_still_has_the_rest(folder: Path) -> None:
    store = PageStore(folder, memory_bytes=20_000)
    for number in range(50):
        keep(store, "word " * 200, path=f"/{number}/")
    assert store._memory.weight <= 20_000
    assert all(store.get(f"/{number}/", PUBLIC) is not None for number in range(50))
    assert store._memory.weight <= 20_000


def test_a_page_larger_than_the_memory_is_served_from_the_disk(folder: Path) -> None:
    store = PageStore(folder, memory_bytes=1_000)
    assert keep(store)
    assert store.get(DAM, PUBLIC) == page()


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/a\0b", "/" + "x" * 65_536, "/\ud800", "", "/política/", "*", "//"]
)
def test_any_path_is_only_ever_a_name(store: PageStore, folder: Path, path: str) -> None:
    assert store.get(path, PUBLIC) is None
    assert keep(store, path=path)
    assert PageStore(folder).get(path, PUBLIC) == page()
    assert {file.parent.parent for file in folder.rglob("*.page")} == {folder}


def test_what_the_store_holds_is_for_its_owner_alone(store: PageStore, folder: Path) -> None:
    keep(store, "Closed words.", variant=SUBSCRIBER)
    assert folder.stat().st_mode & 0o077 == 0


def test_where_no_folder_can_be_made_nothing_is_kept_and_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = PageStore(tmp_path / "file" / "pages")
    assert not keep(store)
    assert store.get(DAM, PUBLIC) is None


def test_a_drop_that_cannot_be_noted_nor_the_journal_lost_is_told(store: PageStore, folder: Path) -> None:
    keep(store)
    (folder / "journal").unlink()
    (folder / "journal").mkdir()
    (folder / "journal" / "in the way").touch()
    with pytest.raises(StoreUnwritable, match=f"Replaced pages cannot be dropped from {folder}"):
        store.drop({"story:12"})
    assert store.get(DAM, PUBLIC) is None


def test_threads_that_render_drop_and_read_never_get_what_was_dropped(folder: Path) -> None:
    store = PageStore(folder, journal_bytes=3_000)
    wrong: list[Page] = []
    edition = 0  # what the database would say; raised before the drop, as a commit is

    def render() -> None:
        for _ in range(60):
            stamp = store.stamp()
            store.put(DAM, PUBLIC, page(f"{edition}"), tags={"story:12"}, stamp=stamp)

    def read() -> None:
        for _ in range(3_000):
            least = dropped
            found = store.get(DAM, PUBLIC)
            if found is not None and int(found.body[3:-4]) < least:
                wrong.append(found)

    dropped = 0
    threads = [threading.Thread(target=render) for _ in range(2)] + [
        threading.Thread(target=read) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        edition += 1
        store.drop({"story:12"})
        dropped = edition
    assert not wrong
    assert dropped > 3


class Newspaper(RuleBasedStateMachine):
    """Two processes' stores over one folder, against what a newspaper that renders each time would show."""

    @initialize()
    def found(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="careo-store-"))
        self.stores = [PageStore(self.folder, journal_bytes=400), PageStore(self.folder, memory_bytes=3_000)]
        self.editions = dict.fromkeys(["dam", "strike", "port"], 0)
        self.renderings: list[tuple[str, int, Stamp]] = []

    which = st.sampled_from([0, 1])
    story = st.sampled_from(["dam", "strike", "port"])

    @rule(which=which, story=story)
    def begin_to_render(self, which: int, story: str) -> None:
        stamp = self.stores[which].stamp()
        self.renderings.append((story, self.editions[story], stamp))

    @rule(which=which, number=st.integers(0, 20))
    def finish_rendering(self, which: int, number: int) -> None:
        if self.renderings:
            story, edition, stamp = self.renderings.pop(number % len(self.renderings))
            self.stores[which].put(f"/{story}/", PUBLIC, page(f"{edition}"), tags={story}, stamp=stamp)

    @rule(which=which, story=story)
    def publish(self, which: int, story: str) -> None:
        self.editions[story] += 1
        self.stores[which].drop({story})

    @rule(which=which)
    def restart(self, which: int) -> None:
        self.stores[which] = PageStore(self.folder, journal_bytes=400)

    @rule(which=which)
    def clear(self, which: int) -> None:
        self.stores[which].clear()

    @invariant()
    def nothing_replaced_is_given(self) -> None:
        for store in getattr(self, "stores", []):
            for story, edition in self.editions.items():
                found = store.get(f"/{story}/", PUBLIC)
                assert found is None or found == page(f"{edition}")


Newspaper.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestNewspaper = Newspaper.TestCase


@given(text=st.text(max_size=2_000), kind=st.sampled_from([HTML, "application/rss+xml", "image/png"]))
def test_a_light_page_makes_every_form_again_byte_for_byte(text: str, kind: str) -> None:
    whole = Page(text.encode("utf-8", "replace"), kind, 1_800_000_000).compressed()
    light = whole.light()
    assert light == whole
    encodings = ENCODINGS if whole.shrinks else ("identity",)
    assert [light.form(each) for each in encodings] == [whole.form(each) for each in encodings]
    assert [light.etag_of(each) for each in ENCODINGS] == [whole.etag_of(each) for each in ENCODINGS]


def test_pages_in_memory_grow_by_the_forms_that_are_asked_for_and_make_room_for_them(folder: Path) -> None:
    store = PageStore(folder, memory_bytes=45_000)
    long = "".join(f"{number} acre-feet. " for number in range(1_000))
    for number in range(8):
        keep(store, long, f"/dam/{number}/")
    light = store._memory.weight
    assert len(store._memory) == 8
    for _ in range(2):
        shown = store.get("/dam/0/", PUBLIC)
        assert shown is not None
        assert shown.body == page(long).body
    assert store._memory.weight == light + len(page(long).body) + 800
    for number in range(8):
        for _ in range(2):
            assert (shown := store.get(f"/dam/{number}/", PUBLIC)) is not None
            assert shown.body == page(long).body
            assert store._memory.weight <= 45_000
    assert len(store._memory) < 8


def test_what_is_asked_for_most_stays_in_memory(folder: Path) -> None:
    store = PageStore(folder, memory_bytes=10 * page().compressed().light().weight)
    keep(store)
    for number in range(100):
        keep(store, path=f"/dam/{number}/")
        assert store._memory.get(DAM, PUBLIC) is not None
    assert store._memory.get("/dam/50/", PUBLIC) is None


def test_a_journal_that_others_took_away_is_missed_when_its_name_is_looked_up_again(
    store: PageStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store)
    now = time.monotonic()
    monkeypatch.setattr("careo.edge.journal.time.monotonic", lambda: now)
    assert store.get(DAM, PUBLIC) == page()
    shutil.rmtree(folder)
    now += journal.LOOK_UP_SECONDS
    assert store.get(DAM, PUBLIC) is None


def test_a_journal_that_careo_removes_is_missed_at_once(store: PageStore, folder: Path) -> None:
    keep(store)
    assert store.get(DAM, PUBLIC) == page()
    PageStore(folder).clear()
    assert store.get(DAM, PUBLIC) is None


def test_a_journal_that_is_compacted_is_read_anew_at_once(store: PageStore, folder: Path) -> None:
    keep(store)
    store.put("/about/", PUBLIC, page("Who we are."), tags={"about"}, stamp=store.stamp())
    before = (folder / "journal").stat().st_ino
    PageStore(folder, journal_bytes=1).drop({"story:12"})
    assert (folder / "journal").stat().st_ino != before
    assert store.get(DAM, PUBLIC) is None
    assert store.get("/about/", PUBLIC) == page("Who we are.")
