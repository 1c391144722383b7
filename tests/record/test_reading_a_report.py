"""From a captured report to kept statements and people, and what editors said winning over every later reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture

from careo.press.models import Report
from careo.press.signals import report_captured
from careo.readers.models import Reader
from careo.reading.types import Days, Reading, Span, Speaker
from careo.reading.types import Person as Named
from careo.reading.types import Statement as Read
from careo.record import actions
from careo.record.actions import Wording, keep_reading
from careo.record.errors import NothingSaid, ReadingOfAnotherText, SpanOutsideReport
from careo.record.models import DeskLog, Office, Person, PersonName, Statement
from careo.record.signals import report_read
from careo.record.tasks import read_report, read_what_waits
from careo.record.telling import told
from tests.record import newsroom
from tests.record.newsroom import span

Capture = Callable[..., object]
ARRESTS = "that 12 people were arrested at the port of Puerto Alba"
UNHURT = "“Nobody was hurt,”"
pytestmark = pytest.mark.both_databases


def statement(
    text: str, content: str, *, speaker: str = "Teresa Olmedo", office: str | None = "Interior Minister"
) -> Read:
    return Read(
        source=(Span(*span(text, "Teresa Olmedo")),),
        cue=(Span(*span(text, "said")),),
        content=(Span(*span(text, content)),),
        kind="indirect",
        speaker=Speaker(speaker, office, 0.8) if speaker else None,
        addressee=None,
        said_on=Days(date(2026, 3, 2), date(2026, 3, 2), "day"),
        said_on_span=Span(*span(text, "Monday")),
        score=0.7,
    )


def reading(report: Report, *statements: Read, people: tuple[Named, ...] | None = None) -> Reading:
    named = (Named("Teresa Olmedo", "Interior Minister", (Span(*span(report.text, "Teresa Olmedo")),)),)
    return Reading(
        report.text,
        "en",
        report.published_on,
        (),
        statements,
        named if people is None else people,
        (),
        "by hand 1",
    )


@pytest.fixture
def arrests(port: Report) -> Statement:
    """The minister's statement, as first read."""
    keep_reading(port, reading(port, statement(port.text, ARRESTS)))
    return port.statements.get()


def test_what_is_captured_is_read_and_kept_with_its_speaker_day_and_words(
    port: Report, django_capture_on_commit_callbacks: Capture
) -> None:
    report_captured.send(sender=Report, report=port)
    port.refresh_from_db()
    assert port.read_at is not None
    first = port.statements.order_by("begin")[0]
    assert "12 people were arrested at the port" in first.wording
    assert "Olmedo" in first.speaker
    assert first.said_from == first.said_to == date(2026, 3, 2)
    assert "Monday" in first.said_words
    assert first.status == "suggested"
    assert first.found_by
    assert first.score is not None


def test_a_statement_keeps_the_spans_day_speaker_and_office_that_were_read(
    arrests: Statement, port: Report
) -> None:
    assert arrests.wording == ARRESTS
    assert arrests.content == [list(span(port.text, ARRESTS))]
    assert (arrests.speaker, arrests.office) == ("Teresa Olmedo", "Interior Minister")
    assert (arrests.said_from, arrests.said_granularity, arrests.said_words) == (
        date(2026, 3, 2),
        "day",
        "Monday",
    )
    assert arrests.begin == port.text.index("Teresa Olmedo")
    assert arrests.person == Person.objects.get(name="Teresa Olmedo")


def test_reading_a_report_again_changes_nothing(arrests: Statement, port: Report) -> None:
    keep_reading(port, reading(port, statement(port.text, ARRESTS)))
    assert list(port.statements.all()) == [arrests]
    assert Person.objects.count() == PersonName.objects.count() == Office.objects.count() == 1


def test_a_later_reading_mends_a_suggestion_in_place(arrests: Statement, port: Report) -> None:
    shorter = "12 people were arrested at the port of Puerto Alba"
    keep_reading(port, reading(port, statement(port.text, shorter, office=None)))
    mended = port.statements.get()
    assert mended.pk == arrests.pk
    assert (mended.wording, mended.office) == (shorter, "")


def test_a_suggestion_that_is_found_no_more_goes_unless_work_rests_on_it(port: Report) -> None:
    keep_reading(port, reading(port, statement(port.text, ARRESTS), statement(port.text, UNHURT)))
    unhurt = port.statements.get(content=[list(span(port.text, UNHURT))])
    actions.hold([unhurt])
    keep_reading(port, reading(port))
    assert list(port.statements.all()) == [unhurt]


@pytest.mark.parametrize("act", [actions.confirm, actions.reject])
def test_no_later_reading_touches_what_an_editor_settled(
    arrests: Statement, port: Report, editor: Reader, act: Callable[..., None]
) -> None:
    act(arrests, editor=editor)
    status = arrests.status
    keep_reading(port, reading(port, statement(port.text, ARRESTS, speaker="Rosa Ibarra", office=None)))
    kept = port.statements.get()
    assert (kept.status, kept.speaker, kept.settled_by) == (status, "Teresa Olmedo", editor)
    keep_reading(port, reading(port))
    assert port.statements.get() == kept


def test_an_editors_speaker_and_words_are_kept_when_a_report_is_read_again(
    arrests: Statement, port: Report, editor: Reader
) -> None:
    chosen = (Span(*span(port.text, "12 people were arrested")),)
    actions.correct(
        arrests, Wording(chosen, speaker="Esteban Quiroga", office="mayor of Puerto Alba"), editor=editor
    )
    keep_reading(port, reading(port, statement(port.text, ARRESTS)))
    kept = port.statements.get()
    assert (kept.wording, kept.speaker) == ("12 people were arrested", "Esteban Quiroga")
    assert kept.person is not None
    assert kept.person.name == "Esteban Quiroga"
    assert kept.status == "corrected"


def test_a_correction_logs_what_the_statement_said_before(arrests: Statement, editor: Reader) -> None:
    actions.correct(arrests, Wording((Span(0, 8),), speaker="Rosa Ibarra", kind="direct"), editor=editor)
    entry = DeskLog.objects.get()
    assert (entry.act, entry.about, entry.editor) == ("corrected", f"statement {arrests.pk}", editor)
    assert entry.detail["before"]["speaker"] == "Teresa Olmedo"
    assert entry.detail["before"]["said_from"] == "2026-03-02"
    assert entry.detail["after"]["speaker"] == "Rosa Ibarra"


def test_a_correction_that_points_past_the_text_changes_nothing(
    arrests: Statement, port: Report, editor: Reader
) -> None:
    with pytest.raises(SpanOutsideReport):
        actions.correct(arrests, Wording((Span(0, len(port.text) + 1),)), editor=editor)
    with pytest.raises(NothingSaid, match="needs the words"):
        actions.correct(arrests, Wording(()), editor=editor)
    assert port.statements.get().wording == ARRESTS
    assert not DeskLog.objects.exists()


def test_confirming_twice_is_one_act_and_a_rejected_statement_can_stand_again(
    arrests: Statement, editor: Reader
) -> None:
    actions.confirm(arrests, editor=editor)
    actions.confirm(arrests, editor=editor)
    actions.reject(arrests, editor=editor)
    actions.reject(arrests, editor=editor)
    actions.confirm(arrests, editor=editor)
    assert [entry.act for entry in DeskLog.objects.order_by("pk")] == ["confirmed", "rejected", "confirmed"]


def test_a_statement_an_editor_adds_survives_every_reading(port: Report, editor: Reader) -> None:
    hospital = (Span(*span(port.text, "“Three of our people are in hospital,”")),)
    added = actions.add(port, Wording(hospital, kind="direct", speaker="Rosa Ibarra"), editor=editor)
    keep_reading(port, reading(port))
    assert list(port.statements.all()) == [added]
    assert added.found_by == "editor"


def test_a_reading_of_another_text_is_refused(port: Report) -> None:
    with pytest.raises(ReadingOfAnotherText, match="read the report again"):
        keep_reading(port, replace(reading(port), text="Something else."))


def test_a_report_in_a_language_nobody_reads_says_so_and_is_tried_three_times(
    db: None, time_machine: TimeMachineFixture
) -> None:
    report = newsroom.report("Der Minister sagte, es sei nichts geschehen.", language="de")
    read_report.enqueue(report.pk)
    report.refresh_from_db()
    assert report.read_at is None
    assert "'de'" in report.reading.trouble
    tried = []
    for hour in range(4):
        time_machine.move_to(timezone.now() + timedelta(hours=hour + 1))
        tried.append(read_what_waits.call())
    assert tried == [1, 1, 0, 0]


def test_a_report_whose_reading_was_lost_is_read_by_and_by(
    port: Report, time_machine: TimeMachineFixture
) -> None:
    assert read_what_waits.call() == 0, "it may still stand in the queue"
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    assert read_what_waits.call() == 1
    port.refresh_from_db()
    assert port.read_at is not None
    assert read_what_waits.call() == 0


def test_a_reading_that_succeeds_after_a_failure_clears_the_trouble(port: Report) -> None:
    actions.note_failure(port, "The disk was full.")
    read_report.enqueue(port.pk)
    port.refresh_from_db()
    assert port.reading.trouble == ""
    assert port.reading.attempts == 2
    assert read_what_waits.call() == 0


def test_a_new_version_is_read_anew_beside_the_old_one(port: Report) -> None:
    read_report.enqueue(port.pk)
    newer = newsroom.report(newsroom.PORT_EN.replace("12", "14"), version=2)
    read_report.enqueue(newer.pk)
    assert any("14 people" in one.wording for one in newer.statements.all())
    assert any("12 people" in one.wording for one in port.statements.all())


def test_the_desk_is_told_on_commit_and_not_before(
    port: Report, django_capture_on_commit_callbacks: Capture
) -> None:
    heard: list[Report] = []

    def listen(report: Report, **_: object) -> None:
        heard.append(report)

    report_read.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            keep_reading(port, reading(port))
            assert not heard
        assert heard == [port]
    finally:
        report_read.disconnect(listen)


def test_a_kept_statement_is_told_as_it_was_read_with_its_outlet_and_the_persons_fullest_name(
    arrests: Statement, port: Report
) -> None:
    one = told(Statement.objects.with_reports().get(pk=arrests.pk))
    assert (one.id, one.report, one.outlet) == (str(arrests.pk), str(port.pk), "The Norland Courier")
    assert (one.language, one.published) == ("en", date(2026, 3, 4))
    [content] = one.statement.content
    assert one.text[content.start : content.end] == ARRESTS
    assert one.statement.speaker == Speaker("Teresa Olmedo", "Interior Minister", 0.8)
    assert one.statement.said_on == Days(date(2026, 3, 2), date(2026, 3, 2), "day")


def test_what_an_editor_settled_goes_over_to_a_new_version_where_its_words_still_stand(
    port: Report, editor: Reader
) -> None:
    keep_reading(port, reading(port, statement(port.text, ARRESTS), statement(port.text, UNHURT)))
    arrests, unhurt = (
        port.statements.get(content=[list(span(port.text, words))]) for words in (ARRESTS, UNHURT)
    )
    actions.confirm(arrests, editor=editor)
    actions.reject(unhurt, editor=editor)
    newer = newsroom.report("PUERTO ALBA. " + port.text.replace("12 people", "14 people"), version=2)
    keep_reading(
        newer,
        reading(newer, statement(newer.text, UNHURT), statement(newer.text, ARRESTS.replace("12", "14"))),
    )
    kept = {one.wording: (one.status, one.settled_by) for one in newer.statements.all()}
    assert kept == {UNHURT: ("rejected", editor), ARRESTS.replace("12", "14"): ("suggested", None)}
    assert newer.statements.get(status="rejected").origin == unhurt.origin
    keep_reading(newer, reading(newer))
    assert [one.wording for one in newer.statements.all()] == [UNHURT]
