"""What a variant may see of a story, and the markup that carries it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from lxml import html

from careo.stories.models import Citation, HouseStyle, Story
from careo.stories.shown import Variant
from tests.stories import cast

pytestmark = pytest.mark.django_db

PARTIALS = ("_body", "_passages", "_sources_line", "_corrections")


def rendered(story: Story, variant: str = "public") -> str:
    return "".join(
        render_to_string(f"stories/{name}.html", {"story": story, "variant": variant}) for name in PARTIALS
    )


def closed_story() -> Story:
    """Open on El Faro's words, closed on the Courier's."""
    return cast.story(
        cast.paragraph(
            "The mayor " + cast.cite("denied it", (cast.faro(), "No habrá cortes en la capital")) + "."
        ),
        cast.paragraph(
            "Barrera "
            + cast.cite("sees “no other way out”", (cast.courier(), "We have no other way out"))
            + "."
        ),
        access="subscribers",
        open_blocks=1,
    )


def test_a_citation_leads_from_its_words_to_the_passage_and_back() -> None:
    story = cast.story(
        cast.paragraph("The mayor " + cast.cite("denied it", (cast.faro(), "No habrá cortes")) + ".")
    )
    page = html.fromstring(rendered(story))
    (mark,) = page.xpath("//a[@class='citation']")
    assert (mark.get("id"), mark.get("href"), mark.text, mark[0].text) == (
        "c1",
        "#passage-1",
        "denied it",
        "1",
    )
    (passage,) = page.xpath("//section[@class='passages']/ol/li[@id='passage-1']")
    assert passage.xpath("blockquote[@lang='es']/text()") == ["No habrá cortes"]
    source = " ".join(passage.xpath("string(p[@class='passage-source'])").split())
    assert source.startswith("El Faro de Alba (sp), 3 March 2026, Quiroga: “No habrá cortes”")
    assert passage.xpath("p/a[@class='back']/@href") == ["#c1"]


def test_words_between_marks_keep_their_spaces_and_looks() -> None:
    story = cast.story(
        cast.paragraph("He <b>said</b> it, <i>twice</i>; <b><i>loudly</i></b>.<br/>Then left.")
    )
    assert "<p>He <b>said</b> it, <i>twice</i>; <b><i>loudly</i></b>.<br>Then left.</p>" in rendered(story)


@pytest.mark.parametrize("variant", ["public", "", "Subscriber", "anything"])
def test_nothing_of_a_closed_part_reaches_the_public(variant: Variant) -> None:
    story = closed_story()
    page = rendered(story, variant) + story.plain_text(variant) + repr(story.shown(variant)) + story.open_text
    assert "denied it" in page
    for secret in ("Barrera", "no other way out", "Norland", "Courier", "passage-2", "Sources:", "(en)"):
        assert secret not in page
    assert story.shown(variant).is_cut


def test_a_subscriber_reads_the_whole_story_with_all_its_sources() -> None:
    story = closed_story()
    page = rendered(story, "subscriber")
    assert 'id="c2"' in page
    assert "We have no other way out" in page
    assert "Sources: <cite>El Faro de Alba</cite> (sp), <cite>The Norland Courier</cite> (en)" in page
    assert not story.shown("subscriber").is_cut


def test_one_outlet_is_named_once_and_is_one_source() -> None:
    faro = cast.faro()
    told_twice = cast.cite("Denied", (faro, "No habrá")) + cast.cite(" twice", (faro, "pozos propios"))
    assert "Source: <cite>El Faro de Alba</cite> (sp)</p>" in rendered(cast.story(cast.paragraph(told_twice)))


def test_the_house_settles_mark_order_and_word_of_the_sources_line() -> None:
    story = cast.story(
        cast.paragraph(
            cast.cite("One", (cast.courier(), "reservoir")) + cast.cite(" two", (cast.faro(), "pozos"))
        )
    )
    assert "Sources: <cite>The Norland Courier</cite> (en), <cite>El Faro" in rendered(story)
    style = story.house_style()
    style.spanish_mark, style.order, style.lead_in = "es", "alphabet", "source"
    style.save()
    assert "Source: <cite>El Faro de Alba</cite> (es), <cite>The Norland" in rendered(story)


def test_one_span_may_rest_on_several_passages() -> None:
    story = cast.story(
        cast.paragraph(
            cast.cite("They differ", (cast.faro(), "pozos propios"), (cast.courier(), "23 percent"))
        )
    )
    page = html.fromstring(rendered(story))
    assert page.xpath("//li[@id='passage-1']/blockquote/@lang") == ["es", "en"]
    assert page.xpath("//a[@class='citation']/sup/text()") == ["1"]


def test_the_public_sees_no_more_of_a_passage_than_the_house_allows() -> None:
    HouseStyle.for_site(cast.section().get_site())
    HouseStyle.objects.update(passage_limit=30)
    courier = cast.courier()
    story = cast.story(cast.paragraph(cast.cite("He said so", (courier, cast.COURIER[:84]))))
    (cited,) = story.shown("public").citations
    assert cited.passages[0].excerpt == "Water Minister Julián Barrera…"
    assert "said on Tuesday" not in rendered(story)


def test_the_whole_text_of_a_report_is_never_shown_however_short() -> None:
    brief = cast.report("Harbour Wire", "harbourwire.example", "en", "Port shut.")
    story = cast.story(cast.paragraph(cast.cite("The port is shut", (brief, "Port shut."))))
    assert story.shown("public").citations[0].passages[0].excerpt == "Port…"


@pytest.mark.both_databases
def test_remarks_stand_face_to_face_in_their_own_words_and_language() -> None:
    denied = cast.statement(cast.faro(), "No habrá cortes en la capital")
    said = cast.statement(cast.courier(), "We have no other way out", "Julián Barrera")
    story = cast.story(("face_to_face", {"question": "Will taps run dry?", "statements": [denied, said]}))
    page = html.fromstring(rendered(story))
    assert page.xpath("//section[@class='face-to-face']/h2/text()") == ["Will taps run dry?"]
    first, second = page.xpath("//div[@class='remarks']/figure[@class='remark']")
    assert first.xpath("blockquote[@lang='es']/text()") == ["No habrá cortes en la capital"]
    assert first.xpath("string(figcaption)") == "Esteban Quiroga, El Faro de Alba (sp), 2 March 2026"
    assert second.xpath("blockquote/@lang") == ["en"]
    assert page.xpath("string(//p[@class='sources'])").endswith(
        "El Faro de Alba (sp), The Norland Courier (en)"
    )


def test_markup_in_anything_an_outlet_printed_comes_out_as_text() -> None:
    bad = "<img src=x onerror=alert(1)>"
    hostile = cast.report(
        f"Faro {bad}", "bad.example", 'es"><script>', f"Antes {bad} después y más.", f"Agua {bad}"
    )
    hostile.url = "javascript:alert(1)"
    hostile.save()
    remark = cast.statement(hostile, bad, f"Quiroga {bad}")
    story = cast.story(
        cast.paragraph(cast.cite("Said", (hostile, bad))),
        ("face_to_face", {"question": bad, "statements": [remark, remark]}),
        ("heading", bad),
    )
    page = rendered(story, "subscriber")
    assert page.count("&lt;img src=x") >= 6
    assert "<img" not in page
    assert "<script" not in page
    assert "javascript:" not in page


@pytest.mark.parametrize(
    "mark",
    [
        '<a linktype="citation" passages="9:0:4" href="javascript:alert(1)" onclick="x()">words</a>',
        '<a linktype="citation" passages="1:0:99999">words</a>',
        '<a linktype="citation" passages="1:4:0">words</a>',
        '<a linktype="citation" passages="1:0:4;drop">words</a>',
        '<a linktype="citation" passages="">words</a>',
        '<a linktype="citation">words</a>',
        '<a linktype="surprise" href="https://x.example">words</a>',
        '<a href="javascript:alert(1)">words</a>',
        '<a href="//x.example">words</a>',
        '<a href="data:text/html,x">words</a>',
        "<script>alert(1)</script>words",
        '<b onmouseover="x()">words</b>',
    ],
)
def test_a_hostile_mark_leaves_its_words_and_nothing_else(mark: str) -> None:
    page = rendered(cast.story(cast.paragraph(mark)), "subscriber")
    assert "words" in page
    for trace in ("<a", "on", "script", "href", "passages"):
        assert trace not in page.replace("words", "")


def test_a_correction_is_dated_and_told_to_all() -> None:
    story = closed_story()
    story.corrections.create(on=date(2026, 3, 5), note="The reservoir stands at 23 percent, not 32.")
    page = html.fromstring(rendered(story))
    said = page.xpath("string(//section[@class='corrections'])")
    assert " ".join(said.split()) == (
        "Correction 5 March 2026: The reservoir stands at 23 percent, not 32. All corrections"
    )


@pytest.mark.both_databases
def test_publishing_draws_the_citations_again_and_unpublishing_takes_them_away() -> None:
    faro, courier = cast.faro(), cast.courier()
    story = cast.story(cast.paragraph(cast.cite("It was denied", (faro, "pozos propios"))))
    assert not Citation.objects.exists()
    story.save_revision().publish()
    assert [(row.number, row.words, row.passage) for row in faro.citations.all()] == [
        (1, "It was denied", "pozos propios")
    ]
    draft = story.get_latest_revision_as_object()
    draft.body = [cast.paragraph(cast.cite("The lake is low", (courier, "stands at 23 percent")))]
    revision = draft.save_revision()
    assert list(story.citations.values_list("words", flat=True)) == ["It was denied"], (
        "a draft changes nothing"
    )
    revision.publish()
    assert list(story.citations.values_list("words", flat=True)) == ["The lake is low"]
    Story.objects.get(pk=story.pk).unpublish()
    assert not Citation.objects.exists()


@pytest.mark.both_databases
def test_a_closed_storys_closed_words_are_in_no_search_index() -> None:
    story = closed_story()
    story.live = True
    story.save()
    assert list(Story.objects.live().search("mayor"))
    assert list(Story.objects.live().search("denied"))
    assert not list(Story.objects.live().search("Barrera"))


def test_laying_out_a_story_asks_the_database_as_often_for_many_citations_as_for_one(
    django_assert_max_num_queries: Any,
) -> None:
    faro, courier = cast.faro(), cast.courier()
    denied, said = cast.statement(faro, "No habrá cortes"), cast.statement(courier, "no other way out")
    told = "".join(
        cast.cite(words, (faro, "pozos"), (courier, "reservoir")) for words in ("a", "b", "c", "d")
    )
    blocks = [cast.paragraph(told) for _ in range(5)]
    story = cast.story(*blocks, ("face_to_face", {"question": "", "statements": [denied, said] * 4}))
    story = Story.objects.get(pk=story.pk)
    # House style (site and its setting), reports, statements of the blocks, and what is withheld of either.
    with django_assert_max_num_queries(7):
        assert len(story.shown("subscriber").citations) == 20


def test_a_preview_shows_the_whole_of_a_closed_story_and_a_visit_its_open_part(client: Client) -> None:
    story = closed_story()
    assert "no other way out" in story.make_preview_request().rendered_content
    story.live = True
    story.save()
    page = client.get(story.url)
    assert page.status_code == 200
    assert "denied it" in page.content.decode()
    assert "no other way out" not in page.content.decode()
