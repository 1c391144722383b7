"""Acts on the record: keep what was read; confirm, correct, reject or add a statement. No reading overwrites an editor.

Whoever acts is any account (`AbstractBaseUser`); that it may act is asked in `access`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from careo.press.models import Outlet, Report
from careo.reading.types import Days, Kind, Reading, Span
from careo.reading.types import Person as Named
from careo.reading.types import Statement as Read
from careo.record.errors import (
    NoReasonGiven,
    NothingSaid,
    NotWithheld,
    ReadingOfAnotherText,
    WithheldAlready,
)
from careo.record.matching import match
from careo.record.models import DeskLog, Person, ReportReading, Statement, Withholding
from careo.record.people import person_for
from careo.record.signals import report_read
from careo.record.spans import kept, within
from careo.record.versions import carry_over

CONFIRMED, CORRECTED, REJECTED, ADDED = "confirmed", "corrected", "rejected", "added"
WITHHELD, LIFTED = "careo.withheld", "careo.withholding_lifted"  # in Wagtail's log, too


@transaction.atomic
def keep_reading(report: Report, reading: Reading) -> None:
    """Keep what was read: statements matched by their spans first, and only what no editor settled is overwritten.

    The same reading kept twice changes nothing. Suggestions that are found no more go, unless work rests on them.
    A new version begins with what editors settled in the version before.
    Raises ReadingOfAnotherText.
    """
    report = Report.objects.select_for_update().get(pk=report.pk)  # two readers of one report take turns
    if reading.text != report.text:
        raise ReadingOfAnotherText(report.pk)
    if report.read_at is None:
        carry_over(report)
    people = {
        named.name: person_for(named, language=reading.language, day=report.published_on)
        for named in reading.people
    }
    rows = {row.pk: row for row in report.statements.all()}
    known = [(row.pk, spans) for row in rows.values() for spans in (row.content, row.found) if spans]
    matched = match(known, [found.content for found in reading.statements])
    for place, found in enumerate(reading.statements):
        row = rows.get(matched.get(place, 0)) or Statement(report=report)
        _suggest(row, found, reading, people)
    gone = rows.keys() - set(matched.values())
    report.statements.filter(pk__in=gone, status=Statement.Status.SUGGESTED, held=False).delete()
    _note_success(report, reading.reader)
    transaction.on_commit(partial(report_read.send, sender=Report, report=report))


@transaction.atomic
def note_failure(report: Report, sentence: str) -> None:
    """Keep why a report could not be read, where its page and the list show it."""
    attempt, _ = ReportReading.objects.get_or_create(report=report)
    attempt.trouble, attempt.tried_at, attempt.attempts = sentence, timezone.now(), attempt.attempts + 1
    attempt.save()


@dataclass(frozen=True, slots=True)
class Wording:
    """What an editor says a statement is. `speaker` empty: the report does not say who; `said_on` None: nor when."""

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    kind: Kind = "indirect"
    speaker: str = ""
    is_person: bool = True
    office: str = ""
    addressee: str = ""
    said_on: Days | None = None


@transaction.atomic
def confirm(statement: Statement, *, editor: AbstractBaseUser) -> None:
    """The statement stands as it is; one that was rejected stands again."""
    if statement.status in (Statement.Status.CONFIRMED, Statement.Status.CORRECTED):
        return
    _settle(statement, Statement.Status.CONFIRMED, editor)
    statement.save(update_fields=["status", "settled_by", "settled_at"])
    _log(CONFIRMED, statement, editor, {})


@transaction.atomic
def reject(statement: Statement, *, editor: AbstractBaseUser) -> None:
    """Nobody said this: it leaves the face-to-face, and no later reading suggests it again."""
    if statement.status == Statement.Status.REJECTED:
        return
    was = statement.status
    _settle(statement, Statement.Status.REJECTED, editor)
    statement.remark = None
    statement.save(update_fields=["status", "settled_by", "settled_at", "remark"])
    _log(REJECTED, statement, editor, {"was": was})


@transaction.atomic
def correct(statement: Statement, wording: Wording, *, editor: AbstractBaseUser) -> None:
    """Put the statement right; what it said before is in the log. Raises SpanOutsideReport, NothingSaid."""
    before = _as_logged(statement)
    _write(statement, wording)
    _settle(statement, Statement.Status.CORRECTED, editor)
    statement.save()
    _log(CORRECTED, statement, editor, {"before": before, "after": _as_logged(statement)})


@transaction.atomic
def add(report: Report, wording: Wording, *, editor: AbstractBaseUser) -> Statement:
    """A statement the machine has missed. Raises SpanOutsideReport, NothingSaid."""
    statement = Statement(report=report, language=report.language, found_by="editor")
    _write(statement, wording)
    _settle(statement, Statement.Status.CONFIRMED, editor)
    statement.save()
    _log(ADDED, statement, editor, {"after": _as_logged(statement)})
    return statement


@transaction.atomic
def withhold_words(
    report: Report, words: Iterable[Span], *, editor: AbstractBaseUser, reason: str
) -> list[Withholding]:
    """Keep words of a report from public view, each span a row. Raises SpanOutsideReport, NothingSaid, NoReasonGiven,
    WithheldAlready."""
    chosen = tuple(words)
    if not chosen:
        raise NothingSaid
    within(report.text, chosen)
    return [_withhold(report.outlet, report, span, editor, reason) for span in chosen]


@transaction.atomic
def withhold_report(report: Report, *, editor: AbstractBaseUser, reason: str) -> Withholding:
    """Keep all words of a report, headline included, from public view. Raises NoReasonGiven, WithheldAlready."""
    return _withhold(report.outlet, report, None, editor, reason)


@transaction.atomic
def withhold_outlet(outlet: Outlet, *, editor: AbstractBaseUser, reason: str) -> Withholding:
    """The same for all that an outlet has printed and will print. Raises NoReasonGiven, WithheldAlready."""
    return _withhold(outlet, None, None, editor, reason)


@transaction.atomic
def lift(withheld: Withholding, *, editor: AbstractBaseUser, reason: str) -> Withholding:
    """Show again what was withheld; that it was stays on record. Raises NotWithheld, NoReasonGiven."""
    if not Withholding.objects.standing().select_for_update(of=("self",)).filter(pk=withheld.pk).exists():
        raise NotWithheld
    same = {name: getattr(withheld, name) for name in ("outlet", "report", "begin", "end")}
    return _keep_withholding(Withholding(**same, lifts=withheld), LIFTED, editor, reason)


def hold(statements: Iterable[Statement]) -> None:
    """An editor built on these: a later reading may mend but not remove them. Call within the act's transaction."""
    Statement.objects.filter(pk__in=[one.pk for one in statements]).update(held=True)


def _suggest(row: Statement, found: Read, reading: Reading, people: dict[str, Person | None]) -> None:
    """Write what was found into a row that no editor has settled; into a settled one only what the machine found."""
    row.found = kept(found.content)
    if row.settled:
        row.save(update_fields=["found"])
        return
    row.source, row.cue, row.content = kept(found.source), kept(found.cue), kept(found.content)
    row.begin = _begin(found.source, found.cue, found.content)
    row.kind, row.language, row.score, row.found_by = (
        found.kind,
        reading.language,
        found.score,
        reading.reader,
    )
    row.speaker = found.speaker.name if found.speaker else ""
    row.office = (found.speaker.office or "") if found.speaker else ""
    row.speaker_score = found.speaker.score if found.speaker else None
    row.addressee = found.addressee or ""
    row.person = people.get(row.speaker)
    _write_days(row, found.said_on)
    span = found.said_on_span
    row.said_words = reading.text[span.start : span.end][:200] if span else ""
    row.save()


def _write(statement: Statement, wording: Wording) -> None:
    spans = (wording.source, wording.cue, wording.content)
    if not wording.content:
        raise NothingSaid
    for these in spans:
        within(statement.report.text, these)
    statement.source, statement.cue, statement.content = map(kept, spans)
    statement.begin = _begin(*spans)
    statement.kind, statement.addressee = wording.kind, wording.addressee
    statement.speaker, statement.office, statement.speaker_score = wording.speaker, wording.office, None
    statement.person = _person_of(wording, statement)
    before = statement.said_from, statement.said_to
    _write_days(statement, wording.said_on)
    if before != (statement.said_from, statement.said_to):
        statement.said_words = ""  # the day is the editor's now, no longer counted from the report's words


def _person_of(wording: Wording, statement: Statement) -> Person | None:
    if not (wording.speaker and wording.is_person):
        return None
    named = Named(wording.speaker, wording.office or None, ())
    return person_for(named, language=statement.language, day=statement.report.published_on)


def _write_days(statement: Statement, days: Days | None) -> None:
    statement.said_from, statement.said_to = (days.start, days.end) if days else (None, None)
    statement.said_granularity = days.granularity if days else ""


def _begin(*spans: Sequence[Span]) -> int:
    return min(span.start for these in spans for span in these)


def _settle(statement: Statement, status: Statement.Status, editor: AbstractBaseUser) -> None:
    statement.status, statement.settled_by_id, statement.settled_at = status, editor.pk, timezone.now()


def _log(act: str, statement: Statement, editor: AbstractBaseUser, detail: dict[str, Any]) -> None:
    DeskLog.objects.create(editor_id=editor.pk, act=act, about=f"statement {statement.pk}", detail=detail)
    transaction.on_commit(partial(report_read.send, sender=Report, report=statement.report))


def _withhold(
    outlet: Outlet, report: Report | None, span: Span | None, editor: AbstractBaseUser, reason: str
) -> Withholding:
    begin, end = (span.start, span.end) if span else (None, None)
    same = {"outlet": outlet, "report": report, "begin": begin, "end": end}
    if Withholding.objects.standing().filter(**same).exists():
        raise WithheldAlready
    return _keep_withholding(Withholding(**same), WITHHELD, editor, reason)


def _keep_withholding(row: Withholding, act: str, editor: AbstractBaseUser, reason: str) -> Withholding:
    if not reason.strip():
        raise NoReasonGiven
    row.reason, row.editor_id, row.editor_name = reason.strip(), editor.pk, str(editor)[:254]
    row.save()
    about = row.report or row.outlet
    told = {"reason": row.reason, "begin": row.begin, "end": row.end, "withholding": row.pk}
    log(instance=about, action=act, user=editor, data=told)
    named = f"{about._meta.model_name} {about.pk}"
    DeskLog.objects.create(editor_id=editor.pk, act=act, about=named, detail=told)
    return row


def _as_logged(statement: Statement) -> dict[str, Any]:
    fields = ("source", "cue", "content", "kind", "speaker", "office", "addressee", "said_granularity")
    days = {
        name: value.isoformat() if (value := getattr(statement, name)) else None
        for name in ("said_from", "said_to")
    }
    return {name: getattr(statement, name) for name in fields} | days


def _note_success(report: Report, reader: str) -> None:
    now = timezone.now()
    attempt, _ = ReportReading.objects.get_or_create(report=report)
    attempt.reader, attempt.trouble, attempt.tried_at, attempt.attempts = (
        reader,
        "",
        now,
        attempt.attempts + 1,
    )
    attempt.save()
    report.read_at = now
    report.save(update_fields=["read_at"])
