"""An event's face-to-face: drawn by the machine, settled by editors, and never undone by drawing it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from careo.desk import actions
from careo.desk.drawing import draw
from careo.desk.errors import MergeIntoItself, NothingChosen, TwoRemarksNeeded
from careo.desk.facing import face_to_face
from careo.desk.models import Event, Placement, Relation
from careo.press.models import Report
from careo.readers.models import Reader
from careo.record import actions as record_actions
from careo.record.models import DeskLog, Remark, Statement
from careo.record.tasks import read_report
from tests.record import newsroom

Commit = Callable[..., Any]
pytestmark = pytest.mark.both_databases


@pytest.fixture
def drawn(event: Event) -> Event:
    draw(event)
    event.refresh_from_db()
    return event


def telling(report: Report, words: str) -> Statement:
    """The report's statement with these words in it, as the database has it now."""
    return next(one for one in report.statements.all() if words in one.wording)


def remark(report: Report, words: str) -> Remark:
    found = telling(report, words).remark
    assert found is not None
    return found


def test_one_remark_told_in_two_languages_is_one_row(drawn: Event, port: list[Report]) -> None:
    english, spanish, _ = port
    assert remark(english, "12 people") == remark(spanish, "12 personas")
    assert remark(english, "Nobody was hurt") == remark(spanish, "Nadie resultó herido")
    assert remark(english, "12 people") != remark(english, "Nobody was hurt")


def test_a_differing_number_is_said_with_its_score_and_why(drawn: Event) -> None:
    differing = [one for one in drawn.relations.all() if "12 / 15" in " ".join(one.why)]
    assert [one.kind for one in differing] == ["differs"]
    assert 0 < (differing[0].score or 0) <= 1
    assert differing[0].first_telling is not None


def test_each_statement_is_told_once_and_rows_come_with_a_cell_for_each_outlet(
    drawn: Event, port: list[Report]
) -> None:
    facing = face_to_face(drawn)
    assert [outlet.name for outlet in facing.outlets] == [
        "El Faro de Alba",
        "La Voz del Sur",
        "The Norland Courier",
    ]
    told = [one.pk for row in facing.rows for one in row.tellings]
    assert sorted(told) == sorted(Statement.objects.values_list("pk", flat=True))
    assert all(len(row.cells) == 3 for row in facing.rows)
    assert facing.rows == [*sorted(facing.rows, key=lambda row: (-row.outlets, row.remark))]


def test_drawing_again_keeps_every_remark_and_relation(drawn: Event) -> None:
    remarks = set(Statement.objects.values_list("pk", "remark"))
    relations = set(Relation.objects.values_list("pk", "first", "second"))
    draw(drawn)
    assert set(Statement.objects.values_list("pk", "remark")) == remarks
    assert set(Relation.objects.values_list("pk", "first", "second")) == relations


def test_an_editors_verdict_outlasts_reading_and_drawing_again(
    drawn: Event, port: list[Report], editor: Reader
) -> None:
    relation = next(iter(drawn.relations.all()))
    actions.settle(relation, "none", editor=editor)
    for report in port:
        read_report.enqueue(report.pk)
    draw(drawn)
    relation.refresh_from_db()
    assert (relation.verdict, relation.settled_by) == ("none", editor)
    assert Relation.objects.filter(first=relation.first, second=relation.second).count() == 1


def test_what_was_settled_is_logged_with_what_the_machine_had_found(drawn: Event, editor: Reader) -> None:
    relation = next(iter(drawn.relations.all()))
    actions.settle(relation, "same", editor=editor)
    entry = DeskLog.objects.get()
    assert (entry.act, entry.about, entry.editor) == ("settled", f"relation {relation.pk}", editor)
    assert entry.detail == {"found": relation.kind, "before": "", "verdict": "same"}


def test_a_telling_an_editor_parted_stays_in_a_row_of_its_own(
    drawn: Event, port: list[Report], editor: Reader, django_capture_on_commit_callbacks: Commit
) -> None:
    english, spanish, _ = port
    with django_capture_on_commit_callbacks(execute=True):
        actions.part(drawn, telling(english, "Nobody was hurt"), editor=editor)
    assert remark(english, "Nobody was hurt") != remark(spanish, "Nadie resultó herido")
    draw(drawn)
    assert remark(english, "Nobody was hurt") != remark(spanish, "Nadie resultó herido")


def test_remarks_an_editor_joined_stay_one_and_can_be_parted_again(
    drawn: Event, port: list[Report], editor: Reader, django_capture_on_commit_callbacks: Commit
) -> None:
    english = port[0]
    with django_capture_on_commit_callbacks(execute=True):
        actions.join(drawn, [remark(english, "12 people"), remark(english, "Nobody was hurt")], editor=editor)
    assert remark(english, "12 people") == remark(english, "Nobody was hurt")
    with django_capture_on_commit_callbacks(execute=True):
        actions.part(drawn, telling(english, "Nobody was hurt"), editor=editor)
    assert remark(english, "12 people") != remark(english, "Nobody was hurt")


def test_a_relation_the_machine_missed_is_an_editors_to_make(
    drawn: Event, port: list[Report], editor: Reader
) -> None:
    first, second = remark(port[0], "12 people"), remark(port[0], "Nobody was hurt")
    relation = actions.relate(drawn, [first, second], "follows", editor=editor)
    draw(drawn)
    relation.refresh_from_db()
    assert (relation.verdict, relation.found_by, relation.score) == ("follows", "editor", None)
    assert actions.relate(drawn, [second, first], "follows", editor=editor) == relation
    relation.refresh_from_db()
    assert (relation.first, relation.second) == (second, first)
    with pytest.raises(TwoRemarksNeeded, match="1 remarks are chosen; choose the two"):
        actions.relate(drawn, [first], "same", editor=editor)


def test_a_rejected_statement_leaves_the_face_to_face(
    drawn: Event, port: list[Report], editor: Reader
) -> None:
    record_actions.reject(telling(port[0], "12 people"), editor=editor)
    draw(drawn)
    wordings = [one.wording for row in face_to_face(drawn).rows for one in row.tellings]
    assert not any("12 people" in wording for wording in wordings)


def test_only_the_newest_version_of_a_report_stands_face_to_face(drawn: Event, port: list[Report]) -> None:
    newer = newsroom.report(newsroom.PORT_EN.replace("12 people", "14 people"), version=2)
    read_report.enqueue(newer.pk)
    Placement.objects.create(report=newer, event=drawn)
    draw(drawn)
    wordings = " ".join(one.wording for row in face_to_face(drawn).rows for one in row.tellings)
    assert "14 people" in wordings
    assert "12 people" not in wordings


def test_a_report_moved_to_another_event_takes_its_tellings_out_of_the_rows_here(
    drawn: Event, port: list[Report], editor: Reader, django_capture_on_commit_callbacks: Commit
) -> None:
    english, spanish, _ = port
    before = remark(spanish, "12 personas")
    with django_capture_on_commit_callbacks(execute=True):
        other = actions.split([english], "The Courier's own", editor=editor)
    assert remark(spanish, "12 personas") == before
    assert remark(english, "12 people") != before
    assert [outlet.name for outlet in face_to_face(other).outlets] == ["The Norland Courier"]
    assert "The Norland Courier" not in [outlet.name for outlet in face_to_face(drawn).outlets]


def test_merging_brings_everything_into_one_event_and_leaves_a_pointer(
    drawn: Event, port: list[Report], editor: Reader, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        other = actions.split([port[0]], "The Courier's own", editor=editor)
    with django_capture_on_commit_callbacks(execute=True):
        actions.merge(other, drawn, editor=editor)
    other.refresh_from_db()
    assert other.merged_into == drawn
    assert other not in Event.objects.standing()
    assert drawn.placements.count() == 3
    assert remark(port[0], "12 people") == remark(port[1], "12 personas")
    assert [entry.act for entry in DeskLog.objects.order_by("pk")][-1] == "merged"
    with pytest.raises(MergeIntoItself, match="choose another event"):
        actions.merge(drawn, drawn, editor=editor)


def test_moving_nothing_is_refused(drawn: Event, editor: Reader) -> None:
    with pytest.raises(NothingChosen, match="No report was chosen"):
        actions.split([], "Nothing", editor=editor)
    assert Event.objects.count() == 1


def test_what_was_parted_stays_apart_and_what_was_settled_stays_settled_in_a_new_version(
    drawn: Event, port: list[Report], editor: Reader, django_capture_on_commit_callbacks: Commit
) -> None:
    english, spanish, _ = port
    differing = next(one for one in drawn.relations.all() if one.kind == "differs")
    with django_capture_on_commit_callbacks(execute=True):
        actions.part(drawn, telling(english, "Nobody was hurt"), editor=editor)
        actions.settle(differing, "same", editor=editor)
    with django_capture_on_commit_callbacks(execute=True):
        newer = newsroom.report("PUERTO ALBA. " + english.text, version=2, headline=english.headline)
        read_report.enqueue(newer.pk)
    assert newer.placement.event == drawn
    assert remark(newer, "Nobody was hurt") == remark(english, "Nobody was hurt")
    assert remark(newer, "Nobody was hurt") != remark(spanish, "Nadie resultó herido")
    differing.refresh_from_db()
    assert differing.verdict == "same"
    assert differing.first == remark(newer, "12 people")
