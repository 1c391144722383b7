"""Pages become reports once, each change a version, and their bytes are kept for ever."""

from __future__ import annotations

import errno
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from careo.press.actions import Outcome, capture, stored_json, take_in
from careo.press.errors import NoArticle, StatusRefused
from careo.press.fetch import Fetched
from careo.press.models import Outlet, Report, Snapshot
from careo.press.signals import report_captured
from careo.press.snapshots import bytes_of
from careo.readers.models import Reader
from tests.press.outlet import LocalOutlet
from tests.press.pages import HEADLINE, PARAGRAPHS, STANDFIRST, report

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

URL = "https://elfaro.example/agua"
CHANGED = (
    *PARAGRAPHS[:3],
    "El alcalde Esteban Quiroga negó que vaya a repartirse agua en camiones, como se había publicado.",
)


def page(url: str = URL, **said: Any) -> Fetched:
    return Fetched(
        url, 200, (("Content-Type", "text/html"),), report(**said).encode(), datetime.now(UTC), url
    )


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_captured_page_is_a_report_of_its_outlet(faro: LocalOutlet) -> None:
    captured = capture(faro.says("/agua", report()))
    told = captured.report
    assert captured.outcome is Outcome.NEW
    assert told.version == 1
    assert told.is_current
    assert (told.headline, told.standfirst, told.authors) == (HEADLINE, STANDFIRST, ["Lucía Serrano"])
    assert told.text == "\n\n".join([STANDFIRST, *PARAGRAPHS])
    assert told.published == "2026-03-05T18:30:00+01:00"
    assert told.published_at == datetime(2026, 3, 5, 17, 30, tzinfo=UTC)
    assert (told.outlet.host, told.outlet.name, told.outlet.language) == (
        "127.0.0.1",
        "El Faro de Alba",
        "es",
    )


def test_the_bytes_are_kept_as_they_came_with_their_headers(faro: LocalOutlet) -> None:
    body = report().encode() + b"<!-- \xc3\xb1 -->\r\n\x00"
    snapshot = capture(faro.says("/agua", body, etag='"7"')).report.snapshot
    assert bytes_of(snapshot) == body
    assert snapshot.size == len(body)
    assert ["etag", '"7"'] in snapshot.headers


def test_the_same_page_twice_makes_no_second_report(faro: LocalOutlet) -> None:
    address = faro.says("/agua", report())
    first, second = capture(address), capture(address)
    assert second.outcome is Outcome.UNCHANGED
    assert second.report == first.report
    assert (Report.objects.count(), Snapshot.objects.count(), Outlet.objects.count()) == (1, 1, 1)


def test_the_same_report_by_another_of_its_addresses_is_no_second_one(faro: LocalOutlet) -> None:
    head = f'<link rel="canonical" href="{faro.url("/agua")}">'
    capture(faro.says("/agua", report(head=head)))
    assert capture(faro.says("/agua?utm_source=x", report(head=head))).outcome is Outcome.UNCHANGED


def test_an_address_that_later_names_another_as_its_own_stays_one_report(faro: LocalOutlet) -> None:
    address = faro.says("/agua", report())
    first = capture(address).report
    faro.says(
        "/agua", report(head=f'<link rel="canonical" href="{faro.url("/agua-2026")}">', paragraphs=CHANGED)
    )
    again = capture(address)
    assert again.outcome is Outcome.NEW_VERSION
    assert again.report.canonical_url == first.canonical_url


def test_a_changed_frame_around_an_unchanged_report_is_no_new_version() -> None:
    take_in(page())
    captured = take_in(page(head="<style>body { color: red }</style>"))
    assert captured.outcome is Outcome.UNCHANGED
    assert Report.objects.count() == 1


def test_a_changed_text_is_a_new_version_and_the_old_one_stays() -> None:
    first = take_in(page()).report
    captured = take_in(page(paragraphs=CHANGED))
    assert captured.outcome is Outcome.NEW_VERSION
    assert captured.report.version == 2
    first.refresh_from_db()
    assert not first.is_current
    assert first.text.endswith(PARAGRAPHS[-1])
    assert list(Report.objects.current()) == [captured.report]


def test_a_text_that_changes_back_is_a_third_version() -> None:
    take_in(page())
    take_in(page(paragraphs=CHANGED))
    captured = take_in(page())
    assert captured.report.version == 3
    assert Report.objects.current().get() == captured.report
    assert captured.report.near_duplicate_of is None


def test_the_same_text_under_a_new_headline_is_a_new_version() -> None:
    take_in(page())
    assert take_in(page(headline="La ministra se desdice de su promesa")).outcome is Outcome.NEW_VERSION


def test_wire_copy_in_another_paper_points_to_who_printed_it_first() -> None:
    first = take_in(page("https://harbourwire.example/agua")).report
    second = take_in(page("https://elfaro.example/agua", headline="Habrá agua, promete la ministra")).report
    third = take_in(page("https://cordillera.example/agua", paragraphs=PARAGRAPHS[:3])).report
    assert (first.near_duplicate_of, second.near_duplicate_of, third.near_duplicate_of) == (
        None,
        first,
        first,
    )


def test_the_other_rooms_hear_of_each_new_version_once_it_is_kept(
    django_capture_on_commit_callbacks: Any,
) -> None:
    heard: list[Report] = []

    def listen(report: Report, **_: object) -> None:
        heard.append(report)

    report_captured.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            first = take_in(page()).report
            assert heard == []
        with django_capture_on_commit_callbacks(execute=True):
            take_in(page())
        with django_capture_on_commit_callbacks(execute=True):
            second = take_in(page(paragraphs=CHANGED)).report
    finally:
        report_captured.disconnect(listen)
    assert heard == [first, second]


def test_who_captured_a_report_is_known() -> None:
    editor = Reader.objects.create_user("editor@elfaro.example", "pasaporte azul")
    assert take_in(page(), by=editor).report.captured_by == editor


def test_a_page_without_an_article_leaves_nothing_behind(faro: LocalOutlet, tmp_path: Path) -> None:
    with pytest.raises(NoArticle):
        capture(faro.says("/", "<h1>Portada</h1>"))
    with pytest.raises(StatusRefused):
        capture(faro.says("/x", "x", "500 Internal Server Error"))
    assert not Report.objects.exists()
    assert not Snapshot.objects.exists()
    assert kept(tmp_path) == []


def test_a_full_disk_leaves_nothing_behind(
    faro: LocalOutlet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    address = faro.says("/agua", report())
    monkeypatch.setattr("careo.press.snapshots.os.fsync", full)  # a real full disk cannot be had in a test
    with pytest.raises(OSError, match="No space left on device"):
        capture(address)
    assert not Report.objects.exists()
    assert not Outlet.objects.exists()
    assert kept(tmp_path) == []


def test_a_snapshot_that_was_cut_short_is_written_anew(faro: LocalOutlet, tmp_path: Path) -> None:
    address = faro.says("/agua", report())
    snapshot = capture(address).report.snapshot
    (place,) = kept(tmp_path)
    place.write_bytes(b"half")
    capture(address)
    assert bytes_of(snapshot) == report().encode()


def test_snapshots_are_readable_by_their_owner_alone(faro: LocalOutlet, tmp_path: Path) -> None:
    capture(faro.says("/agua", report()))
    assert [place.stat().st_mode & 0o777 for place in kept(tmp_path)] == [0o600]


def test_a_kept_report_is_told_as_other_programs_know_it() -> None:
    captured = take_in(page())
    told = stored_json(captured.report)
    assert told["careo"] == 1
    assert told["id"] == captured.report.pk
    assert told["near_duplicate_of"] is None
    assert told["snapshot"] == captured.report.snapshot.sha256
    assert told["text"] == captured.report.text
    assert set(told) >= {
        "url",
        "canonical_url",
        "outlet",
        "language",
        "headline",
        "standfirst",
        "authors",
        "images",
        "modified",
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_two_captures_of_one_page_at_one_moment_make_one_report() -> None:
    outcomes: list[Outcome] = []
    begin = threading.Barrier(4)

    def take() -> None:
        try:
            begin.wait()
            outcomes.append(take_in(page()).outcome)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.NEW, Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert Report.objects.count() == 1
