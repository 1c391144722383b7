"""What one machine drops the others drop too; while that cannot be known they give nothing. Over a real Valkey."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from careo.edge.errors import StoreUnwritable
from careo.edge.page import Page
from careo.edge.shared import SharedPageStore, tell_everything
from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from tests.project.newspaper import free_port, until
from tests.tools.valkey import Valkey, running_valkey

DAM = "/politics/dam/"
STREAM = "careo:drops:post.example"


@pytest.fixture
def valkey() -> Iterator[Valkey]:
    with running_valkey() as server:
        yield server


def machine(valkey: Valkey, folder: Path, *, follow: bool = True) -> SharedPageStore:
    store = SharedPageStore(folder, redis_url=valkey.url, stream=STREAM)
    if follow:
        store.follow()
        until(lambda: store.is_trusted, "it to hear of the others")
    return store


def keep(store: SharedPageStore, text: str = "The dam holds.") -> None:
    page = Page(text.encode(), "text/html; charset=utf-8", 1_800_000_000)
    assert store.put(DAM, PUBLIC, page, tags={"story:12"}, stamp=store.stamp())
    assert store.get(DAM, PUBLIC) == page


def test_a_dropping_reaches_the_other_machine_within_a_second(valkey: Valkey, tmp_path: Path) -> None:
    here, there = machine(valkey, tmp_path / "here"), machine(valkey, tmp_path / "there")
    keep(here)
    keep(there)
    here.drop({"story:12"})
    assert here.get(DAM, PUBLIC) is None
    assert until(lambda: there.get(DAM, PUBLIC) is None, "it to hear") < 1.0
    keep(there, "It does not.")
    assert there.get(DAM, PUBLIC) is not None, "dropped once, not for ever"


def test_it_hears_too_what_is_only_out_of_date(valkey: Valkey, tmp_path: Path) -> None:
    here, there = machine(valkey, tmp_path / "here"), machine(valkey, tmp_path / "there")
    keep(there)
    here.drop((), merely_old={"story:12"})
    until(lambda: there.get(DAM, PUBLIC) is None, "it to hear")
    assert there.stale(DAM) is not None
    here.drop({"story:12"})
    until(lambda: there.stale(DAM) is None, "it to hear")


def test_a_command_that_does_not_follow_is_heard(valkey: Valkey, tmp_path: Path) -> None:
    there = machine(valkey, tmp_path / "there")
    keep(there)
    machine(valkey, tmp_path / "here", follow=False).drop({"story:12"})
    until(lambda: there.get(DAM, PUBLIC) is None, "it to hear")


def test_while_the_others_cannot_be_heard_nothing_is_given(valkey: Valkey, tmp_path: Path) -> None:
    there = machine(valkey, tmp_path / "there")
    keep(there)
    valkey.stop()
    until(lambda: there.get(DAM, PUBLIC) is None, "it to notice")
    assert not there.is_trusted
    valkey.start()
    until(lambda: there.is_trusted, "it to recover")
    keep(there)


def test_while_the_others_cannot_be_heard_nothing_is_given_as_stale_either(
    valkey: Valkey, tmp_path: Path
) -> None:
    there = machine(valkey, tmp_path / "there")
    keep(there)
    assert there.stale(DAM) is not None
    valkey.stop()
    until(lambda: not there.is_trusted, "it to notice")
    assert there.stale(DAM) is None, "another machine may have withdrawn it"


def test_a_store_that_could_not_be_emptied_is_not_trusted(
    valkey: Valkey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = PageStore(tmp_path / "there")
    page = Page(b"Withdrawn while we were away.", "text/html; charset=utf-8", 1_800_000_000)
    assert before.put(DAM, PUBLIC, page, tags={"story:12"}, stamp=before.stamp())
    refused = threading.Event()

    def unlink(self: Path, **how: object) -> None:
        refused.set()
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", unlink)
        there = SharedPageStore(tmp_path / "there", redis_url=valkey.url, stream=STREAM)
        there.follow()
        for _ in range(2):
            assert refused.wait(20)
            refused.clear()
            assert not there.is_trusted
            assert there.get(DAM, PUBLIC) is None
    until(lambda: there.is_trusted, "it to be emptied after all")
    assert there.get(DAM, PUBLIC) is None


def test_a_redis_that_was_never_there_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    stream = f"never:{tmp_path.name}"
    store = SharedPageStore(tmp_path, redis_url=f"redis://127.0.0.1:{free_port()}", stream=stream)
    tries: list[object] = []
    store._look = lambda: tries.append(1) or SharedPageStore._look(store)  # type: ignore[method-assign,func-returns-value]
    store.follow()
    until(lambda: len(tries) > 3, "it to try again")
    told = [record for record in caplog.records if record.threadName == f"droppings {stream}"]
    assert len(told) == 1
    assert "pages are drawn anew" in told[0].getMessage()


def test_what_could_not_be_told_is_told_later_even_after_a_restart(valkey: Valkey, tmp_path: Path) -> None:
    there, here = machine(valkey, tmp_path / "there"), machine(valkey, tmp_path / "here", follow=False)
    valkey.stop()
    here.drop({"story:12"})
    assert (tmp_path / "here" / "untold").exists()
    valkey.start()
    until(lambda: there.is_trusted, "it to recover")
    keep(there)
    machine(valkey, tmp_path / "here")
    until(lambda: there.get(DAM, PUBLIC) is None, "it to hear")
    assert not (tmp_path / "here" / "untold").exists()


def test_a_machine_that_does_not_know_what_it_dropped_has_the_others_empty_theirs(
    valkey: Valkey, tmp_path: Path
) -> None:
    there = machine(valkey, tmp_path / "there")
    keep(there)
    tell_everything(tmp_path / "here")
    machine(valkey, tmp_path / "here")
    until(lambda: there.get(DAM, PUBLIC) is None, "it to hear")
    keep(there)
    (tmp_path / "here" / "untold").write_text('["story:1')  # as a disk may leave it that lost its power
    until(lambda: there.get(DAM, PUBLIC) is None, "it to hear of that")


def test_a_redis_that_does_not_answer_holds_up_one_dropping_and_not_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careo.edge.shared.ANSWER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        here = SharedPageStore(
            tmp_path, redis_url=f"redis://127.0.0.1:{silent.getsockname()[1]}", stream=STREAM
        )
        tries: list[list[str]] = []
        here._tell = lambda words: tries.append(words) or SharedPageStore._tell(here, words)  # type: ignore[method-assign,func-returns-value]
        for number in range(20):
            here.drop({f"story:{number}"})
    assert tries == [["story:0"]]
    waiting = [json.loads(line) for line in (tmp_path / "untold").read_text().splitlines()]
    assert waiting == [[f"story:{number}"] for number in range(20)]


def test_a_disk_on_which_nothing_can_be_noted_is_a_sentence(tmp_path: Path) -> None:
    here = SharedPageStore(tmp_path, redis_url=f"redis://127.0.0.1:{free_port()}", stream=STREAM)
    (tmp_path / "untold.new").mkdir()
    with pytest.raises(StoreUnwritable, match="old ones may be served until it can be written again"):
        here.drop({"story:12"})


def test_a_stream_that_was_lost_or_cut_empties_the_store(valkey: Valkey, tmp_path: Path) -> None:
    there, here = machine(valkey, tmp_path / "there"), machine(valkey, tmp_path / "here", follow=False)
    here.drop({"other"})
    keep(there)
    valkey.client().delete(STREAM)
    until(lambda: there.get(DAM, PUBLIC) is None, "it to notice")
    until(lambda: there.is_trusted, "it to go on")
    keep(there)
    here.drop({"story:12"})
    until(lambda: there.get(DAM, PUBLIC) is None, "it to hear again")
