"""How much of another outlet's words the public sees: by the outlet's basis of use, its limit, and what is withheld."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry
from wagtail.rich_text import RichText

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from careo.paper.outlets import outlet_path
from careo.paper.people import path_of
from careo.press.models import Outlet, Report
from careo.readers.actions import grant, open_account
from careo.readers.models import Plan, Reader
from careo.reading.types import Span
from careo.record import actions
from careo.record.errors import KeptForEver, NoReasonGiven, NotWithheld, WithheldAlready
from careo.record.models import DeskLog, Withholding
from careo.stories.models import HouseStyle
from careo.stories.rights import runs
from tests.paper.edition import Edition, report
from tests.paper.reprint import HEADLINE, PROMISED, REMEMBERED, STANDFIRST, TEXT, Reprint, told_by, walk
from tests.record.newsroom import editor as an_editor

WORDS = (TEXT, HEADLINE, STANDFIRST)
SENTENCE = "This passage is withheld."
WHY = "The captain's lawyer has asked for it."
# What a public page may not draw from: it asks `stories.rights`.
PAST_THE_GATE = re.compile(
    r"report\.(?:text|headline|standfirst|authors|images)\b|(?<!remark)\.wording\b|\.source_words\b"
)


@pytest.fixture
def editor(db: None) -> Reader:
    return an_editor()


@pytest.fixture
def desk(editor: Reader) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def subscriber(db: None) -> Client:
    reader = open_account("bruno@example.org", pen_name="Bruno")
    grant(reader, Plan.objects.create(name="A year", slug="a-year"), by=None)
    client = Client()
    client.force_login(reader)
    return client


@pytest.fixture
def reprint(edition: Edition) -> Reprint:
    return Reprint(edition, Outlet.Basis.QUOTATION)


def withhold(reprint: Reprint, words: str, editor: Reader) -> Withholding:
    begin = TEXT.index(words)
    (row,) = actions.withhold_words(
        reprint.report, [Span(begin, begin + len(words))], editor=editor, reason=WHY
    )
    return row


def spans_of(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


# The basis of use


@pytest.mark.both_databases
def test_of_an_outlet_without_a_basis_no_run_of_words_comes_out_by_any_way(
    edition: Edition, client: Client, subscriber: Client, store: PageStore
) -> None:
    reprint = Reprint(edition, Outlet.Basis.UNKNOWN)
    ways = reprint.ways()
    assert walk(client, ways, *WORDS) == set()
    assert walk(subscriber, [*ways, reverse("forum:thread", args=[reprint.story.pk])], *WORDS) == set()

    reprint.outlet.basis = Outlet.Basis.LICENCE  # the same walk finds them once there is one
    reprint.outlet.save()
    store.drop({"site"})
    feeds = {path for path in ways if path.startswith("/feeds/") and "corrections" not in path}
    record = {f"{reprint.story.url}{page}/" for page in ("citations/1", "made", "versions/1")}
    told = walk(client, ways, *WORDS)
    assert told == feeds | record | {
        reprint.story.url,
        f"{reprint.story.url.rstrip('/')}.md",
        path_of(reprint.person),
        reprint.given,
    }
    assert len(feeds) == 9


def test_without_a_basis_a_page_names_outlet_link_and_day_and_counts_the_citation(
    edition: Edition, client: Client
) -> None:
    reprint = Reprint(edition, Outlet.Basis.UNKNOWN)
    page = client.get(reprint.story.url).text
    link = f'<cite><a href="{reprint.report.url}" rel="external">La Gaceta</a></cite> (sp)'
    day = '<time datetime="2026-03-05">5 March 2026</time>'
    assert page.count(f"{link}, {day}") == 3  # two citations and a remark
    assert "<sup>2</sup></a>" in page
    assert "Its words are to be read at the outlet." in page
    assert "<cite>La Gaceta</cite></a> (sp)" in page[page.index('class="sources"') :]
    text = client.get(f"{reprint.story.url.rstrip('/')}.md").text
    assert f"[^1]: La Gaceta (sp), 2026-03-05, <{reprint.report.url}>\n" in text
    told = client.get(path_of(reprint.person)).text
    assert f'<p class="told">{day}</p>' in told
    assert f"<figcaption>{link}</figcaption>" in told


def test_a_new_outlet_has_no_basis_and_a_limit_of_300_characters() -> None:
    made = Outlet(name="La Gaceta", host="gaceta.example")
    assert (made.basis, made.has_basis, made.passage_limit) == (Outlet.Basis.UNKNOWN, False, 300)


@pytest.mark.parametrize(("outlets", "houses"), [(24, 300), (300, 24)])
def test_no_way_shows_more_of_a_passage_than_the_smaller_of_the_two_limits(
    reprint: Reprint, client: Client, store: PageStore, outlets: int, houses: int
) -> None:
    assert walk(client, reprint.ways(), PROMISED, run=25)
    reprint.outlet.passage_limit = outlets
    reprint.outlet.save()
    HouseStyle.objects.update(passage_limit=houses)
    store.drop({"site"})
    assert walk(client, reprint.ways(), PROMISED, REMEMBERED, HEADLINE, run=25) == set()
    assert '<blockquote lang="es">Ni una sola lancha…</blockquote>' in client.get(reprint.story.url).text


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), min_size=1, max_size=6), st.integers(2, 40)
)
def test_of_passages_that_adjoin_each_other_no_more_is_shown_than_of_one(
    given_spans: list[tuple[int, int]], limit: int
) -> None:
    spans = {(begin, begin + length) for begin, length in given_spans}
    before = runs(spans)
    shown = {
        at
        for (begin, end), after in before.items()
        for at in range(begin, min(end, begin + max(0, limit - after)))
    }
    assert set(before) == spans
    longest = here = 0
    for at in range(max(shown, default=0) + 2):
        here = here + 1 if at in shown else 0
        longest = max(longest, here)
    assert longest <= limit


def test_two_passages_side_by_side_show_no_more_than_the_limit(
    reprint: Reprint, client: Client, store: PageStore
) -> None:
    reprint.outlet.passage_limit = 80
    reprint.outlet.save()
    parts = [reprint.mark(str(cut), TEXT[cut : cut + 60].strip()) for cut in (1, 61, 121)]
    body = [("paragraph", RichText(f"<p>{' and '.join(parts)}.</p>"))]
    story = reprint.edition.story("Cut in three", slug="cut", body=body)
    page = client.get(story.url).text
    assert told_by(page, TEXT[1:60])
    assert not told_by(page, TEXT[81:])
    assert page.count("<sup>") == 3


def test_a_limit_of_nothing_shows_nothing_though_there_is_a_basis(reprint: Reprint, client: Client) -> None:
    reprint.outlet.passage_limit = 0
    reprint.outlet.save()
    assert walk(client, reprint.ways(), *WORDS) == set()


def test_an_editor_gives_an_outlet_its_basis_and_pages_follow_at_once(
    edition: Edition,
    client: Client,
    desk: Client,
    store: PageStore,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    reprint = Reprint(edition, Outlet.Basis.UNKNOWN)
    walk(client, reprint.ways(), *WORDS)
    form = f"/desk/outlet/edit/{reprint.outlet.pk}/"
    assert "By what right we show its words" in desk.get(form).text
    given = {"name": "La Gaceta", "host": "gaceta.example", "language": "es", "country": "", "home_page": ""}
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(
            form, {**given, "basis": "permission", "basis_note": "By letter, 3 March", "passage_limit": "120"}
        )
    assert answer.status_code == 302
    for path in (reprint.story.url, path_of(reprint.person), "/feeds/rss.xml", "/feeds/news/feed.json"):
        assert store.get(path, PUBLIC) is None, path
        assert told_by(client.get(path).text, PROMISED), path
    assert "By letter" not in client.get(reprint.story.url).text
    assert "Permission given" in desk.get("/desk/outlet/").text


def test_the_desk_shows_an_editor_the_words_of_an_outlet_without_a_basis(
    edition: Edition, desk: Client
) -> None:
    reprint = Reprint(edition, Outlet.Basis.UNKNOWN)
    where = f"{reprint.report.pk}:1:{1 + len(PROMISED)}"
    assert (
        PROMISED in desk.get("/desk/stories/citing/told/", {"passages": where}).json()["told"][0]["wording"]
    )
    assert HEADLINE in desk.get(f"/desk/reports/{reprint.report.pk}/").text


def test_no_public_page_reads_a_reports_words_but_by_the_gate() -> None:
    rooms = [Path("src/careo/paper"), Path("src/careo/forum"), Path("src/careo/stories/templates")]
    files = [
        file for room in rooms for kind in ("*.py", "*.html", "*.xml", "*.txt") for file in room.rglob(kind)
    ]
    public = [file for file in files if "desk" not in file.parts and "migrations" not in file.parts]
    assert len(public) > 60
    past = [f"{file}: {hit[0]}" for file in public for hit in PAST_THE_GATE.finditer(file.read_text())]
    assert past == []


def test_an_outlets_page_names_whom_it_quoted_and_a_persons_page_offices_only_with_the_words(
    reprint: Reprint, client: Client, editor: Reader, store: PageStore
) -> None:
    office = reprint.statement.office
    whole = reprint.mark("She gave her word", TEXT[: TEXT.index(" La cofradía")])
    reprint.edition.story("The whole", slug="whole", body=[("paragraph", RichText(f"<p>{whole}.</p>"))])
    outlets, persons = outlet_path(reprint.outlet.pk, "La Gaceta"), path_of(reprint.person)

    def told() -> tuple[bool, bool]:
        store.drop({"site"})
        return reprint.person.name in client.get(outlets).text, office in client.get(persons).text

    assert told() == (True, True)
    row = withhold(reprint, "lancha saldrá", editor)
    assert told() == (False, False)
    actions.lift(row, editor=editor, reason="Settled.")
    reprint.outlet.basis = Outlet.Basis.UNKNOWN
    reprint.outlet.save()
    assert told() == (False, False)
    reprint.outlet.basis = Outlet.Basis.LICENCE  # whatever it was when the story was published
    reprint.outlet.save()
    assert told() == (True, True)


# Withholding


@pytest.mark.both_databases
def test_withheld_words_give_way_to_a_sentence_and_all_else_stays(
    reprint: Reprint, client: Client, editor: Reader, store: PageStore
) -> None:
    before = client.get(reprint.story.url).text
    digest = hashlib.sha256(reprint.report.text.encode()).hexdigest()
    withhold(reprint, "lancha saldrá", editor)
    store.drop({"site"})
    after = client.get(reprint.story.url).text
    today = timezone.localdate()
    assert after.count(f'{SENTENCE} (<time datetime="{today}">') == 2  # under citation 1, and face to face
    assert not told_by(after, PROMISED, HEADLINE)
    assert told_by(before, PROMISED)
    assert told_by(before, HEADLINE)
    assert REMEMBERED in after  # cited from the same report, and not touched by it
    for kept in (
        "<sup>1</sup></a>",
        'id="passage-1"',
        f'href="{reprint.report.url}"',
        'class="sources"',
        "La Gaceta</cite></a> (sp)",
    ):
        assert after.count(kept) >= 1, kept
    assert WHY not in after
    report = Report.objects.get(pk=reprint.report.pk)
    assert hashlib.sha256(report.text.encode()).hexdigest() == digest == report.snapshot.sha256
    assert list(reprint.story.citations.values_list("number", "begin")) == [
        (1, 1),
        (2, TEXT.index(REMEMBERED)),
    ]


def test_withheld_words_come_out_by_no_way(
    reprint: Reprint, client: Client, subscriber: Client, editor: Reader
) -> None:
    withhold(reprint, PROMISED, editor)
    assert walk(client, reprint.ways(), PROMISED, HEADLINE) == set()
    assert walk(subscriber, reprint.ways(), PROMISED, HEADLINE) == set()
    text = client.get(f"{reprint.story.url.rstrip('/')}.md").text
    assert f"[^1]: La Gaceta (sp), 2026-03-05, <{reprint.report.url}>: {SENTENCE}" in text
    assert SENTENCE in client.get(path_of(reprint.person)).text
    assert SENTENCE in client.get("/feeds/rss.xml").text


def test_a_name_that_stands_in_withheld_words_alone_is_told_nowhere(
    reprint: Reprint, client: Client, editor: Reader, store: PageStore
) -> None:
    """Though another sentence calls its bearer otherwise, and that one is not withheld."""
    said = reprint.statement
    said.content, said.source = [spans_of("ya lo oyó otros tres inviernos")], [spans_of("La cofradía")]
    said.save()
    whole = reprint.mark("The whole", TEXT[TEXT.index("La cofradía") :])
    reprint.edition.story("The whole", slug="whole", body=[("paragraph", RichText(f"<p>{whole}.</p>"))])
    lists = [reprint.story.url, "/people/", "/search/", outlet_path(reprint.outlet.pk, "La Gaceta")]
    assert walk(client, lists, "Inés Duarte", run=11) == set(lists)
    row = withhold(reprint, "Inés Duarte", editor)
    store.drop({"site"})
    ways = [path for path in reprint.ways() if "/people/" not in path and "person=" not in path]
    assert walk(client, [*ways, "/people/"], "Inés Duarte", run=11) == set()
    assert client.get(reprint.story.url).text.count(SENTENCE) == 1
    assert client.get(path_of(reprint.person)).status_code == 404
    actions.lift(row, editor=editor, reason="She agreed.")
    store.drop({"site"})
    assert walk(client, lists, "Inés Duarte", run=11) == set(lists)


def test_an_office_that_stands_in_withheld_words_alone_is_told_nowhere(
    reprint: Reprint, client: Client, editor: Reader, store: PageStore
) -> None:
    said = reprint.statement
    said.source = []
    said.save()
    whole = reprint.mark("She gave her word", TEXT[: TEXT.index(" La cofradía")])
    reprint.edition.story("The whole", slug="whole", body=[("paragraph", RichText(f"<p>{whole}.</p>"))])
    assert said.office in client.get(path_of(reprint.person)).text
    withhold(reprint, "de la flota", editor)
    store.drop({"site"})
    page = client.get(path_of(reprint.person)).text
    assert PROMISED in page
    assert "capitana mayor" not in page


@pytest.mark.parametrize("whole", [actions.withhold_report, actions.withhold_outlet])
def test_a_whole_report_or_outlet_is_withheld_with_its_headline(
    reprint: Reprint, client: Client, editor: Reader, whole: Callable[..., Withholding]
) -> None:
    about = reprint.report if whole is actions.withhold_report else reprint.outlet
    whole(about, editor=editor, reason=WHY)
    assert walk(client, reprint.ways(), *WORDS) == set()
    assert client.get(reprint.story.url).text.count(SENTENCE) == 3


def test_words_withheld_in_one_version_are_withheld_in_the_next(
    reprint: Reprint, client: Client, editor: Reader, edition: Edition
) -> None:
    withhold(reprint, "lancha saldrá", editor)
    old = reprint.report
    Report.objects.filter(pk=old.pk).update(is_current=False)
    text = f"Actualizado a las diez. {TEXT.replace('lancha saldrá', 'lancha' + chr(10) + 'saldrá')}"
    newer = Report.objects.create(
        **{
            name: getattr(old, name)
            for name in ("outlet", "url", "canonical_url", "headline", "language", "snapshot")
        },
        version=2,
        text=text,
    )
    begin = text.index("Ni una")
    marks = f'<a linktype="citation" passages="{newer.pk}:{begin}:{begin + 30}">Again</a>'
    story = edition.story("Once more", slug="more", body=[("paragraph", f"<p>{marks} she said.</p>")])
    page = client.get(story.url).text
    assert SENTENCE in page
    assert not told_by(page, PROMISED)


def test_a_withheld_sentence_is_withheld_wherever_another_outlet_prints_it_too(
    reprint: Reprint, client: Client, editor: Reader, edition: Edition, store: PageStore
) -> None:
    copied = (
        f"Alba. “{REMEMBERED.upper()[:-1]}”, dicen; nadie más habló. El puerto cerró a las seis de la tarde."
    )
    other = report(edition.courier, "Wire copy", copied, "es")
    begin, end = copied.index("El puerto"), len(copied)
    cited = (
        edition.mark("Copied", other) + f' <a linktype="citation" passages="{other.pk}:{begin}:{end}">Own</a>'
    )
    story = edition.story("The copy", slug="copy", body=[("paragraph", RichText(f"<p>{cited}.</p>"))])
    assert SENTENCE not in client.get(story.url).text
    withhold(reprint, REMEMBERED, editor)
    store.drop({"site"})
    page = client.get(story.url).text
    assert page.count(SENTENCE) == 1
    assert not told_by(page, REMEMBERED)
    assert "El puerto cerró" in page


def test_a_few_words_that_are_withheld_are_not_withheld_in_reports_that_merely_use_them_too(
    reprint: Reprint, client: Client, editor: Reader, edition: Edition
) -> None:
    other = report(
        edition.courier, "Own words", f"La cofradía recuerda el puerto, dijo alguien. {PROMISED[:60]}.", "es"
    )
    story = edition.story("Own words", slug="own", body=[("paragraph", edition.cites("Own", other))])
    withhold(reprint, "La cofradía recuerda", editor)
    assert SENTENCE not in client.get(story.url).text


def test_an_editor_withholds_words_at_the_desk_and_pages_that_show_them_go_at_once(
    reprint: Reprint,
    client: Client,
    desk: Client,
    editor: Reader,
    store: PageStore,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    never_kept = {f"{reprint.story.url}citations/1/", reprint.given}
    showing = walk(client, reprint.ways(), PROMISED) - never_kept
    assert all(store.get(path, PUBLIC) for path in showing)
    assert len(showing) == 13
    door = f"/desk/reports/{reprint.report.pk}/withheld/"
    assert door in desk.get(f"/desk/reports/{reprint.report.pk}/").text
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(door, {"scope": "words", "words": PROMISED, "reason": WHY})
    assert answer.status_code == 302
    assert [path for path in showing if store.get(path, PUBLIC)] == []
    assert walk(client, reprint.ways(), PROMISED) == set()
    page = desk.get(door).text
    for told in (PROMISED, WHY.replace("'", "&#x27;"), "Ana Serrano"):
        assert told in page
    assert "not everything" in desk.get(f"/desk/reports/{reprint.report.pk}/").text
    row = Withholding.objects.get()
    assert (row.editor, row.editor_name, row.reason) == (editor, "Ana Serrano", WHY)

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/desk/withheld/{row.pk}/lift/", {"reason": "Settled.", "report": reprint.report.pk})
    assert walk(client, reprint.ways(), PROMISED) - never_kept == showing
    assert [one.reason for one in Withholding.objects.all()] == ["Settled.", WHY]
    acts = [
        entry.action for entry in ModelLogEntry.objects.filter(action__startswith="careo.").order_by("pk")
    ]
    assert acts == [actions.WITHHELD, actions.LIFTED]
    logged = ModelLogEntry.objects.filter(action=actions.WITHHELD).get()
    assert (logged.user, logged.data["reason"], logged.object_id) == (editor, WHY, str(reprint.report.pk))
    assert DeskLog.objects.filter(act__in=acts, about=f"report {reprint.report.pk}").count() == 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"scope": "words", "words": "words that stand nowhere", "reason": WHY},
            "does not stand in the report",
        ),
        ({"scope": "words", "words": "", "reason": WHY}, "Choose the words"),
        ({"scope": "report", "reason": "   "}, "This field is required"),
        ({"scope": "everything", "reason": WHY}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_withheld_is_refused_beside_the_field(
    reprint: Reprint, desk: Client, given: dict[str, str], sentence: str
) -> None:
    answer = desk.post(f"/desk/reports/{reprint.report.pk}/withheld/", given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Withholding.objects.exists()


def test_a_reader_who_is_no_editor_withholds_and_lifts_nothing(
    reprint: Reprint, subscriber: Client, client: Client, editor: Reader
) -> None:
    row = withhold(reprint, PROMISED, editor)
    for somebody in (client, subscriber):
        for path in (f"/desk/reports/{reprint.report.pk}/withheld/", f"/desk/withheld/{row.pk}/lift/"):
            assert somebody.post(path, {"scope": "report", "reason": WHY}).status_code in (302, 403)
            assert somebody.get(path).status_code in (302, 403)
    assert list(Withholding.objects.all()) == [row]


def test_rows_are_only_ever_added(reprint: Reprint, editor: Reader) -> None:
    row = withhold(reprint, PROMISED, editor)
    row.reason = "Another."
    for change in (
        row.save,
        row.delete,
        Withholding.objects.all().delete,
        lambda: Withholding.objects.update(reason="Another."),
    ):
        with pytest.raises(KeptForEver, match="kept for ever"):
            change()
    assert Withholding.objects.get().reason == WHY
    editor.delete()
    assert Withholding.objects.get().editor_name == "Ana Serrano"


def test_the_same_words_are_not_withheld_twice_nor_lifted_twice_nor_without_a_reason(
    reprint: Reprint, editor: Reader
) -> None:
    with pytest.raises(NoReasonGiven, match="write down why"):
        actions.withhold_report(reprint.report, editor=editor, reason=" ")
    row = withhold(reprint, PROMISED, editor)
    with pytest.raises(WithheldAlready, match="withheld already"):
        withhold(reprint, PROMISED, editor)
    lifting = actions.lift(row, editor=editor, reason="Settled.")
    for done in (row, lifting):
        with pytest.raises(NotWithheld, match="not withheld any more"):
            actions.lift(done, editor=editor, reason="Settled.")
    assert withhold(reprint, PROMISED, editor).stands  # once lifted it may be withheld again
