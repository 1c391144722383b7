"""The record's pages, as an editor meets them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from careo.press.models import Report
from careo.readers.models import Reader
from careo.reading.types import Span
from careo.record import actions
from careo.record.models import DeskLog, Statement
from careo.record.tasks import read_report
from tests.record import newsroom

MaxQueries = Callable[..., Any]
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def read_port(port: Report) -> Report:
    read_report.enqueue(port.pk)
    return port


@pytest.fixture
def first(read_port: Report) -> Statement:
    return read_port.statements.order_by("begin")[0]


def page(desk: Client, url: str, **query: str) -> str:
    answer = desk.get(url, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_incoming_reports_stand_newest_first_with_outlet_language_and_number_of_statements(
    desk: Client, read_port: Report
) -> None:
    newsroom.report(newsroom.WATER_ES, by="Diario Cordillera", headline="Cortes de agua", slug="agua")
    shown = page(desk, "/desk/reports/")
    assert shown.index("Cortes de agua") < shown.index("Twelve arrested")
    assert "Diario Cordillera" in shown
    assert "The Norland Courier" in shown
    assert f"({read_port.statements.count()} to settle)" in shown
    assert "waiting" in shown


@pytest.mark.parametrize(
    ("query", "stays"),
    [
        ({"language": "es"}, "Cortes de agua"),
        ({"state": "open"}, "Twelve arrested"),
        ({"state": "waiting"}, "Cortes de agua"),
        ({"q": "embalse"}, "Cortes de agua"),
        ({"q": "Norland"}, "Twelve arrested"),
    ],
)
def test_the_list_is_narrowed_by_language_state_and_search(
    desk: Client, read_port: Report, query: dict[str, str], stays: str
) -> None:
    newsroom.report(newsroom.WATER_ES, by="Diario Cordillera", headline="Cortes de agua", slug="agua")
    shown = page(desk, "/desk/reports/results/", **query)
    [goes] = {"Cortes de agua", "Twelve arrested"} - {stays}
    assert stays in shown
    assert goes not in shown


def test_the_list_is_narrowed_to_an_outlet_and_to_reports_that_are_settled_or_could_not_be_read(
    desk: Client, read_port: Report, editor: Reader
) -> None:
    water = newsroom.report(newsroom.WATER_ES, by="Diario Cordillera", headline="Cortes de agua", slug="agua")
    assert "Twelve arrested" not in page(desk, "/desk/reports/results/", outlet=str(water.outlet_id))
    actions.note_failure(water, "The disk was full.")
    assert "Twelve arrested" not in page(desk, "/desk/reports/results/", state="trouble")
    for statement in read_port.statements.all():
        actions.confirm(statement, editor=editor)
    settled = page(desk, "/desk/reports/results/", state="settled")
    assert "Twelve arrested" in settled
    assert "Cortes de agua" not in settled


def test_a_long_list_comes_in_pages_and_asks_no_more_for_more_reports(
    desk: Client, db: None, django_assert_max_num_queries: MaxQueries
) -> None:
    for number in range(35):
        newsroom.report(headline=f"Report number {number}.", slug=f"port-{number}")
    with django_assert_max_num_queries(19):
        shown = page(desk, "/desk/reports/")
    assert "Report number 34." in shown
    assert "Report number 4." not in shown
    assert "Report number 4." in page(desk, "/desk/reports/", p="2")


def test_a_newer_version_stands_in_the_list_alone_and_leads_to_the_older_one(
    desk: Client, port: Report
) -> None:
    newer = newsroom.report(newsroom.PORT_EN + "\n\nMore.", version=2, headline="Fourteen arrested")
    listed = page(desk, "/desk/reports/")
    assert "Fourteen arrested" in listed
    assert "Twelve arrested" not in listed
    assert f'href="{reverse("record:report", args=[port.pk])}">1</a>' in page(
        desk, f"/desk/reports/{newer.pk}/"
    )
    assert "not the newest" in page(desk, f"/desk/reports/{port.pk}/")


def test_a_report_shows_its_text_whole_with_every_statement_marked(desk: Client, first: Statement) -> None:
    shown = page(desk, f"/desk/reports/{first.report_id}/")
    text = re.search(r'id="report-text".*?</div>', shown, re.DOTALL)
    assert text
    unmarked = re.sub(r'<a class="said-number.*?</a>', "", text[0][text[0].index(">") + 1 :], flags=re.DOTALL)
    words = re.sub(r"<[^>]+>", "", unmarked.replace("</p>", "\n"))
    assert words.split() == newsroom.PORT_EN.split()
    for statement in first.report.statements.all():
        assert f'id="statement-{statement.pk}" data-statement="{statement.pk}"' in shown
        assert re.search(rf'said--content" data-statements="[\d ]*\b{statement.pk}\b', shown)


def test_what_the_machine_is_unsure_of_is_shown_with_its_score(desk: Client, first: Statement) -> None:
    Statement.objects.filter(pk=first.pk).update(score=0.41)
    shown = page(desk, f"/desk/reports/{first.report_id}/")
    assert "unsure" in shown
    assert "score 0.41" in shown


def test_where_the_report_names_nobody_its_own_words_for_the_speaker_are_shown(
    desk: Client, port: Report, editor: Reader
) -> None:
    source, content = newsroom.span(port.text, "Union leader"), newsroom.span(port.text, "denied this")
    actions.add(port, actions.Wording((Span(*content),), source=(Span(*source),)), editor=editor)
    actions.add(port, actions.Wording((Span(*content),)), editor=editor)
    shown = page(desk, f"/desk/reports/{port.pk}/")
    assert '“<span lang="en">Union leader</span>”' in shown
    assert "nobody named" in shown


def test_a_report_page_asks_no_more_for_more_statements(
    desk: Client, port: Report, editor: Reader, django_assert_max_num_queries: MaxQueries
) -> None:
    for begin in range(0, 200, 5):
        wording = actions.Wording((Span(begin, begin + 5),), speaker="Teresa Olmedo")
        actions.add(port, wording, editor=editor)
    with django_assert_max_num_queries(19):
        shown = page(desk, f"/desk/reports/{port.pk}/")
    assert "Who said what (40)" in shown


@pytest.mark.parametrize(("act", "status"), [("confirm", "confirmed"), ("reject", "rejected")])
def test_an_editor_confirms_or_rejects_a_statement_by_a_button(
    desk: Client, editor: Reader, first: Statement, act: str, status: str
) -> None:
    answer = desk.post(f"/desk/statements/{first.pk}/{act}/", follow=True)
    first.refresh_from_db()
    assert (first.status, first.settled_by) == (status, editor)
    assert DeskLog.objects.get().act == status
    assert "by Ana Serrano" in answer.content.decode()


def test_an_act_is_never_done_by_following_a_link(desk: Client, first: Statement) -> None:
    for act in ("confirm", "reject"):
        assert desk.get(f"/desk/statements/{first.pk}/{act}/").status_code == 405
    assert desk.get(f"/desk/reports/{first.report_id}/read/").status_code == 405


def correction(statement: Statement, **changed: str) -> dict[str, str]:
    said = {"content": statement.wording, "kind": "indirect", "speaker": statement.speaker, "is_person": "on"}
    return said | changed


def test_an_editor_corrects_speaker_office_day_kind_and_words(desk: Client, first: Statement) -> None:
    given = correction(
        first,
        content="12 people were arrested",
        kind="mixed",
        speaker="Teresa Olmedo",
        office="Interior Minister",
        said_granularity="day",
        said_from="2026-03-01",
    )
    answer = desk.post(f"/desk/statements/{first.pk}/correct/", given)
    assert answer.headers["Location"] == f"/desk/reports/{first.report_id}/#statement-{first.pk}"
    first.refresh_from_db()
    assert first.wording == "12 people were arrested"
    assert (first.speaker, first.office, first.kind, first.status) == (
        "Teresa Olmedo",
        "Interior Minister",
        "mixed",
        "corrected",
    )
    assert str(first.said_from) == str(first.said_to) == "2026-03-01"
    assert first.said_words == ""


def test_of_two_equal_wordings_the_one_that_was_selected_is_taken(desk: Client, first: Statement) -> None:
    last = newsroom.PORT_EN.rindex("said")
    desk.post(f"/desk/statements/{first.pk}/correct/", correction(first, cue="said", cue_near=str(last)))
    first.refresh_from_db()
    assert first.cue == [[last, last + 4]]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"content": "14 people were arrested"}, "“14 people were arrested” does not stand in the report."),
        ({"content": ""}, "This field is required."),
        (
            {"said_granularity": "week", "said_from": "2026-03-09", "said_to": "2026-03-02"},
            "the first one first",
        ),
        ({"said_granularity": "day"}, "for one day the first will do"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_beside_the_field_with_what_was_typed_still_there(
    desk: Client, first: Statement, changed: dict[str, str], sentence: str
) -> None:
    answer = desk.post(
        f"/desk/statements/{first.pk}/correct/", correction(first, speaker="Typed Anew", **changed)
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Typed Anew" in answer.content.decode()
    first.refresh_from_db()
    assert first.status == "suggested"


def test_an_editor_adds_a_statement_that_was_missed(desk: Client, port: Report) -> None:
    given = {
        "content": "Union leader Rosa Ibarra denied this",
        "kind": "indirect",
        "speaker": "Rosa Ibarra",
        "is_person": "on",
    }
    desk.post(f"/desk/reports/{port.pk}/add/", given)
    added = port.statements.get()
    assert (added.wording, added.found_by, added.status) == (given["content"], "editor", "confirmed")


def test_a_report_that_could_not_be_read_says_why_and_is_read_again_by_a_button(
    desk: Client, port: Report
) -> None:
    actions.note_failure(port, "The disk was full.")
    assert "The disk was full." in page(desk, f"/desk/reports/{port.pk}/")
    shown = desk.post(f"/desk/reports/{port.pk}/read/", follow=True).content.decode()
    assert "The disk was full." not in shown
    assert "12 people were arrested" in shown


def test_markup_in_anything_an_outlet_prints_reaches_the_desk_as_text(desk: Client, editor: Reader) -> None:
    report = newsroom.report(f"He said {HOSTILE} loudly.", headline=f"Headline {HOSTILE}")
    report.standfirst, report.authors = f"Standfirst {HOSTILE}", [HOSTILE]
    report.save()
    begin = report.text.index("<")
    wording = actions.Wording((Span(begin, begin + len(HOSTILE)),), speaker=HOSTILE, office=HOSTILE)
    statement = actions.add(report, wording, editor=editor)
    actions.note_failure(report, f"Trouble with {HOSTILE}")
    for url in ("/desk/reports/", f"/desk/reports/{report.pk}/", f"/desk/statements/{statement.pk}/correct/"):
        shown = page(desk, url)
        assert "&lt;img src=x" in shown
        assert "<img src=x" not in shown


def test_a_report_with_a_hostile_address_gives_no_link_that_runs_a_script(desk: Client, port: Report) -> None:
    Report.objects.filter(pk=port.pk).update(url="javascript:alert(1)")
    assert 'href="javascript:' not in page(desk, f"/desk/reports/{port.pk}/")


def paths(report: Report, statement: Statement) -> list[str]:
    of_report = [reverse(f"record:{name}", args=[report.pk]) for name in ("report", "read_again", "add")]
    of_statement = [
        reverse(f"record:{name}", args=[statement.pk]) for name in ("confirm", "reject", "correct")
    ]
    return [reverse("record:reports"), reverse("record:reports_results"), *of_report, *of_statement]


@pytest.mark.parametrize("who", ["visitor", "reader"])
def test_nobody_without_access_to_the_desk_sees_or_changes_anything(first: Statement, who: str) -> None:
    client = Client()
    if who == "reader":
        client.force_login(Reader.objects.create_user("ana.lector@example.org", "a password"))
    for path in paths(first.report, first):
        for answer in (client.get(path), client.post(path, {"content": "12 people", "kind": "direct"})):
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/account/login/")
    first.refresh_from_db()
    assert first.status == "suggested"
    assert not DeskLog.objects.exists()


def test_what_does_not_exist_is_not_found(desk: Client) -> None:
    for path in ("/desk/reports/999/", "/desk/statements/999/correct/"):
        assert desk.get(path).status_code == 404
