"""The desk's pages, as an editor meets them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.template.defaultfilters import floatformat
from django.test import Client
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.widgets.button import HeaderButton

from careo.desk.drawing import draw
from careo.desk.facing import face_to_face
from careo.desk.models import Event, Placement, Relation
from careo.desk.views import BUTTONS_HOOK
from careo.press.models import Report
from careo.readers.models import Reader
from careo.reading.types import Span
from careo.record import actions as record_actions
from careo.record.models import DeskLog
from tests.record import newsroom

MaxQueries = Callable[..., Any]
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def drawn(event: Event) -> Event:
    draw(event)
    event.refresh_from_db()
    return event


def page(desk: Client, url: str, **query: str) -> str:
    answer = desk.get(url, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_events_are_listed_with_their_reports_and_outlets_and_found_by_a_reports_headline(
    desk: Client, drawn: Event
) -> None:
    Event.objects.create(title="The strike")
    listed = page(desk, "/desk/events/")
    assert "Arrests in the port" in listed
    assert re.search(r"<td[^>]*>\s*3\s*</td>\s*<td[^>]*>\s*3\s*</td>", listed)
    found = page(desk, "/desk/events/results/", q="Quince detenidos")
    assert "Arrests in the port" in found
    assert "The strike" not in found


def test_open_and_closed_events_are_told_apart(desk: Client, drawn: Event) -> None:
    Event.objects.create(title="The strike")
    desk.post(f"/desk/events/{drawn.pk}/close/")
    assert "Arrests in the port" not in page(desk, "/desk/events/results/", state="open")
    assert "Arrests in the port" in page(desk, "/desk/events/results/", state="closed")
    desk.post(f"/desk/events/{drawn.pk}/open/")
    assert "Arrests in the port" in page(desk, "/desk/events/results/", state="open")
    assert [entry.act for entry in DeskLog.objects.order_by("pk")] == ["closed", "opened"]


def test_wordings_stand_face_to_face_in_their_own_language_and_lead_to_the_report(
    desk: Client, drawn: Event, port: list[Report]
) -> None:
    shown = page(desk, f"/desk/events/{drawn.pk}/")
    rows = re.findall(r'<tr role="row" id="remark-\d+">.*?</tr>', shown, re.DOTALL)
    [row] = [row for row in rows if "12 people were arrested" in row]
    assert re.search(r'<blockquote lang="en">[^<]*12 people were arrested', row)
    assert re.search(r'<blockquote lang="es">[^<]*12 personas fueron detenidas', row)
    assert row.count('<td role="cell"') == 3
    statement = next(one for one in port[0].statements.all() if "12 people" in one.wording)
    assert f'href="/desk/reports/{port[0].pk}/#statement-{statement.pk}"' in row
    assert "2 Mar 2026" in row
    for name in ("El Faro de Alba", "La Voz del Sur", "The Norland Courier"):
        assert f'<th scope="col" role="columnheader">{name}</th>' in shown


def test_a_relation_is_put_into_words_with_score_and_reason_and_settled_by_a_button(
    desk: Client, drawn: Event, editor: Reader
) -> None:
    relation = next(one for one in drawn.relations.all() if "12 / 15" in " ".join(one.why))
    shown = page(desk, f"/desk/events/{drawn.pk}/")
    assert "differ" in shown
    assert f"score {floatformat(relation.score, 2)}" in shown
    assert "12 / 15" in shown
    answer = desk.post(
        f"/desk/events/{drawn.pk}/settle/{relation.pk}/", {"verdict": relation.kind}, follow=True
    )
    relation.refresh_from_db()
    assert (relation.verdict, relation.settled_by) == (relation.kind, editor)
    assert "settled by Ana Serrano" in answer.content.decode()


def test_a_telling_is_parted_and_rows_are_joined_by_forms(
    desk: Client, drawn: Event, port: list[Report]
) -> None:
    [first, second, *_] = list(port[0].statements.order_by("begin"))
    answer = desk.post(
        f"/desk/events/{drawn.pk}/remarks/", {"act": "join", "remarks": [first.remark_id, second.remark_id]}
    )
    assert answer.status_code == 302
    draw(drawn)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.remark_id == second.remark_id
    desk.post(f"/desk/events/{drawn.pk}/part/{second.pk}/")
    draw(drawn)
    second.refresh_from_db()
    assert first.remark_id != second.remark_id


@pytest.mark.parametrize(
    ("act", "upper", "lower"),
    [
        ("conflicts", "conflicts with", "conflicts with"),
        ("follows", "is answered by", "answers"),
        ("answers", "answers", "is answered by"),
    ],
)
def test_two_chosen_rows_are_related_as_they_stand_on_the_page(
    desk: Client, drawn: Event, act: str, upper: str, lower: str
) -> None:
    first, second = face_to_face(drawn).rows[:2]
    desk.post(f"/desk/events/{drawn.pk}/remarks/", {"act": act, "remarks": [second.remark, first.remark]})
    first, second = face_to_face(drawn).rows[:2]
    assert [one.words for one in first.standings if one.other == 2] == [upper]
    assert [one.words for one in second.standings if one.other == 1] == [lower]


@pytest.mark.parametrize(
    ("act", "given", "sentence"),
    [
        ("remarks", {"act": "join"}, "choose the two"),
        ("move", {"title": "New"}, "No report was chosen"),
        ("rename", {"title": ""}, "Title: This field is required."),
        ("merge", {"into": "999"}, "Select a valid choice"),
        ("remarks", {"act": "shout"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_do(
    desk: Client, drawn: Event, act: str, given: dict[str, str], sentence: str
) -> None:
    answer = desk.post(f"/desk/events/{drawn.pk}/{act}/", given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not DeskLog.objects.exists()


def test_reports_are_moved_split_off_renamed_and_merged_by_forms(
    desk: Client, drawn: Event, port: list[Report]
) -> None:
    answer = desk.post(
        f"/desk/events/{drawn.pk}/move/", {"reports": [port[2].pk], "title": "Fifteen, says La Voz"}
    )
    other = Event.objects.get(title="Fifteen, says La Voz")
    assert answer.headers["Location"] == f"/desk/events/{other.pk}/"
    desk.post(f"/desk/events/{drawn.pk}/move/", {"reports": [port[1].pk], "into": other.pk})
    assert set(other.placements.values_list("report", flat=True)) == {port[1].pk, port[2].pk}
    desk.post(f"/desk/events/{other.pk}/rename/", {"title": "The Spanish papers"})
    assert "The Spanish papers" in page(desk, f"/desk/events/{other.pk}/")
    desk.post(f"/desk/events/{other.pk}/merge/", {"into": drawn.pk})
    assert drawn.placements.count() == 3
    assert desk.get(f"/desk/events/{other.pk}/").headers["Location"] == f"/desk/events/{drawn.pk}/"
    placed = Placement.objects.get(report=port[1])
    assert placed.placed_by is not None
    assert "placed by Ana Serrano" in page(desk, f"/desk/events/{drawn.pk}/")


def test_another_events_statement_or_relation_is_out_of_reach(
    desk: Client, drawn: Event, port: list[Report]
) -> None:
    other = Event.objects.create(title="The strike")
    relation = next(iter(drawn.relations.all()))
    statement = port[0].statements.all()[0]
    assert desk.post(f"/desk/events/{other.pk}/settle/{relation.pk}/", {"verdict": "same"}).status_code == 404
    assert desk.post(f"/desk/events/{other.pk}/part/{statement.pk}/").status_code == 404
    assert (
        desk.post(
            f"/desk/events/{other.pk}/remarks/", {"act": "join", "remarks": [statement.remark_id]}
        ).status_code
        == 422
    )


def test_an_event_page_asks_no_more_for_more_statements(
    desk: Client, drawn: Event, port: list[Report], editor: Reader, django_assert_max_num_queries: MaxQueries
) -> None:
    for report in port:
        for begin in range(0, 100, 4):
            record_actions.add(
                report,
                record_actions.Wording((Span(begin, begin + 4),), speaker="Rosa Ibarra"),
                editor=editor,
            )
    draw(drawn)
    with django_assert_max_num_queries(21):
        shown = page(desk, f"/desk/events/{drawn.pk}/")
    assert shown.count("<blockquote") > 70


def test_the_list_of_events_asks_no_more_for_more_events(
    desk: Client, django_assert_max_num_queries: MaxQueries
) -> None:
    for number in range(30):
        event = Event.objects.create(title=f"Event number {number}.")
        Placement.objects.create(report=newsroom.report(slug=f"port-{number}"), event=event)
    with django_assert_max_num_queries(17):
        assert "Event number 29." in page(desk, "/desk/events/")


def test_the_desks_first_page_shows_what_came_in_and_what_is_in_play(
    desk: Client, drawn: Event, port: list[Report]
) -> None:
    home = page(desk, "/desk/")
    assert f'href="/desk/events/{drawn.pk}/"' in home
    assert f'href="/desk/reports/{port[2].pk}/" lang="es"' in home
    assert "statements to settle" in home


def test_an_incoming_report_names_its_event(desk: Client, drawn: Event, port: list[Report]) -> None:
    for url in ("/desk/reports/", f"/desk/reports/{port[0].pk}/"):
        assert f'<a href="/desk/events/{drawn.pk}/">Arrests in the port</a>' in page(desk, url)


def test_other_rooms_may_put_a_button_into_an_events_header(desk: Client, drawn: Event) -> None:
    def write_a_story(event: Event, user: Reader) -> list[HeaderButton]:
        return [HeaderButton(label="Write a story", url=f"/desk/write/{event.pk}/", icon_name="edit")]

    with hooks.register_temporarily(BUTTONS_HOOK, write_a_story):
        assert f'href="/desk/write/{drawn.pk}/"' in page(desk, f"/desk/events/{drawn.pk}/")


def test_why_a_face_to_face_could_not_be_drawn_is_shown(desk: Client, drawn: Event) -> None:
    Event.objects.filter(pk=drawn.pk).update(trouble="A fault of Careo's own.")
    assert "A fault of Careo" in page(desk, f"/desk/events/{drawn.pk}/")
    shown = desk.post(f"/desk/events/{drawn.pk}/draw/", follow=True).content.decode()
    assert "A fault of Careo" not in shown


def test_markup_in_titles_headlines_wordings_and_reasons_reaches_the_desk_as_text(
    desk: Client, editor: Reader
) -> None:
    event = Event.objects.create(title=f"Title {HOSTILE}")
    report = newsroom.report(
        f"He said {HOSTILE} loudly, then {HOSTILE} again.", headline=f"Headline {HOSTILE}"
    )
    Placement.objects.create(report=report, event=event)
    for begin in (match.start() for match in re.finditer("<img", report.text)):
        wording = record_actions.Wording((Span(begin, begin + len(HOSTILE)),), speaker=HOSTILE)
        record_actions.add(report, wording, editor=editor)
    draw(event)
    remarks = [one.remark for one in report.statements.all() if one.remark]
    Relation.objects.filter(event=event).delete()
    Relation.objects.create(
        event=event,
        first=remarks[0],
        second=remarks[-1],
        kind="conflicts",
        score=0.9,
        why=[HOSTILE],
        found_by="test",
    )
    for url in ("/desk/", "/desk/events/", f"/desk/events/{event.pk}/"):
        shown = page(desk, url)
        assert "&lt;img src=x" in shown
        assert "<img src=x" not in shown


def paths(event: Event) -> list[str]:
    acts = ("event", "rename", "close", "reopen", "draw", "move", "merge", "remarks")
    deeper = [reverse("desk:part", args=[event.pk, 1]), reverse("desk:settle", args=[event.pk, 1])]
    return [
        reverse("desk:events"),
        reverse("desk:events_results"),
        *(reverse(f"desk:{act}", args=[event.pk]) for act in acts),
        *deeper,
    ]


@pytest.mark.parametrize("who", ["visitor", "reader"])
def test_nobody_without_access_to_the_desk_sees_or_changes_anything(db: None, who: str) -> None:
    event = Event.objects.create(title="Arrests in the port")
    client = Client()
    if who == "reader":
        client.force_login(Reader.objects.create_user("ana.lector@example.org", "a password"))
    for path in paths(event):
        for answer in (client.get(path), client.post(path, {"title": "Mine"})):
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/account/login/")
    event.refresh_from_db()
    assert (event.title, event.closed_at) == ("Arrests in the port", None)
    assert not DeskLog.objects.exists()


def test_acts_are_posted_and_never_followed_as_links(desk: Client, drawn: Event) -> None:
    for path in paths(drawn)[3:]:
        assert desk.get(path).status_code == 405
