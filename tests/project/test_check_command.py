"""`careo check`: a manuscript held against its reports, with places an editor can jump to."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.project.cli import manuscript
from careo.project.cli.manuscript import markdown, page
from tests.project.reports_in_files import Commands, commands

__all__ = ["commands"]

GOOD = """# Water for all, minister promises

Interior Minister **Teresa Olmedo** spoke in Puerto Alba. Norland's ambassador, Helen Marsh, said the dam is safe.
"""
BAD = """# Water for all

Interior Minister **Teresa Olmedo** spoke in Puerto Alba.

“The dam is *perfectly* fine,” Helen Marsh said. Some 2,900 families will receive tanks.
"""


def test_a_story_that_keeps_to_its_reports_ends_with_code_zero(commands: Commands) -> None:
    answer = commands.careo("check", commands.write("story.md", GOOD), "--against", *commands.texts())
    assert (answer.code, answer.err) == (0, "")
    assert (
        answer.out
        == "story.md: nothing found; every quotation, name, number and day stands in the reports.\n"
    )


def test_findings_name_line_column_and_words_and_end_with_code_one(commands: Commands) -> None:
    answer = commands.careo("check", commands.write("story.md", BAD), "--against", *commands.texts())
    assert answer.code == 1
    assert "story.md:5:2: block: quote-not-found" in answer.out
    assert "story.md:5:55: block: number-unsupported" in answer.out
    assert "“2,900”" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 90


def test_spans_of_the_json_are_code_points_of_the_file(commands: Commands) -> None:
    answer = commands.careo("check", commands.write("story.md", BAD), "--against", commands.lines(), "--json")
    assert answer.code == 1
    found = {one["kind"]: one for one in answer.object["findings"]}
    begin, end = found["quote-not-found"]["span"]
    assert BAD[begin:end] == "The dam is *perfectly* fine,"
    begin, end = found["number-unsupported"]["span"]
    assert BAD[begin:end] == "2,900"
    assert {one["report"] for one in found["number-unsupported"]["passages"]} == {"faro", "sur", 7}
    assert {"kind", "level", "span", "message", "passages"} == set(found["quote-not-found"])


def test_an_html_story_is_checked_in_its_article_alone(commands: Commands) -> None:
    story = (
        "<!doctype html><html><body><nav>Subscribe for 99 pesos</nav><article><p>&ldquo;The dam is <em>very</em>"
        " safe,&rdquo; Helen Marsh said.</p></article></body></html>"
    )
    answer = commands.careo(
        "check", commands.write("story.html", story), "--against", *commands.texts(), "--json"
    )
    spans = [story[slice(*one["span"])] for one in answer.object["findings"]]
    assert spans == ["The dam is <em>very</em> safe,"]


def test_a_link_to_a_report_cites_it(commands: Commands) -> None:
    cited = "Helen Marsh said [the dam is safe](https://elfaro.example/agua).\n"
    answer = commands.careo(
        "check", commands.write("s.md", cited + "Olmedo said nobody will be left without water."),
        "--against", commands.page(), commands.texts()[1], "--json",
    )  # fmt: skip
    found = [one for one in answer.object["findings"] if one["kind"] == "attribution-without-citation"]
    assert [(cited + "Olmedo said")[one["span"][0] :][:11] for one in found] == ["Olmedo said"]


def test_a_story_needs_reports(commands: Commands) -> None:
    answer = commands.careo("check", commands.write("story.md", GOOD))
    assert answer.code == 2
    assert "careo check STORY --against REPORT" in answer.err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "story.md is empty; there is nothing to read."),
        ("<!-- nothing yet -->\n", "story.md holds no words of a story; give its text as Markdown or HTML."),
        (b"%PDF\x00\x01", "story.md is not text but a binary file; give a text or an HTML page."),
    ],
)
def test_a_story_without_words_is_refused(commands: Commands, content: str | bytes, sentence: str) -> None:
    answer = commands.careo("check", commands.write("story.md", content), "--against", *commands.texts())
    assert (answer.code, answer.out, answer.err) == (3, "", f"careo: {sentence}\n")


def test_a_story_that_is_not_there_is_refused(commands: Commands) -> None:
    answer = commands.careo("check", "fora.md", "--against", *commands.texts())
    assert (answer.code, answer.err) == (3, "careo: fora.md is not there; check the path.\n")


def test_an_unknown_language_is_refused_by_name(commands: Commands) -> None:
    answer = commands.careo(
        "check", commands.write("story.md", GOOD), "--against", *commands.texts(), "--language", "fr"
    )
    assert answer.code == 3
    assert answer.err.startswith("careo: story.md: Careo reads English (en) and Spanish (es), not 'fr';")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# Head\n\nBody *of* it\nin two lines.", "Head\n\nBody of it in two lines."),
        ("- one\n- two", "one\n\ntwo"),
        ("> quoted\n> on", "quoted on"),
        ("snake_case and _em_ and 2 \\* 3", "snake_case and em and 2 * 3"),
        ("a ![map](m.png) b[^1]\n\n[^1]: note", "a  b\n\n"),
        ("---\ntitle: X\n---\nBody", "Body"),
        ("R&amp;D &mdash; <b>now</b>", "R&D — now"),
        ("[one](https://a.example/x \"t\") [two]", "one [two]"),
        ("```\ncode\n```\ntext", "text"),
    ],
)  # fmt: skip
def test_markdown_gives_its_words(source: str, words: str) -> None:
    assert markdown(source).text.strip() == words.strip()


def test_html_gives_its_words() -> None:
    source = "<p>One <q>two</q>\n three</p><script>four()</script><ul><li>five<li>six<sup>1</sup></ul>"
    assert page(source).text.strip() == "One “two” three\n\nfive\n\nsix"


@given(source=st.text(alphabet=st.sampled_from("ab _*#>-[]()!`\\&;<p/>\"'\n“é"), max_size=120))
def test_every_word_knows_its_place_in_the_file(source: str) -> None:
    for made in (markdown(source), page(source)):
        assert len(made.text) == len(made.starts) == len(made.ends)
        assert list(made.starts) == sorted(made.starts)
        for letter, start, end in zip(made.text, made.starts, made.ends, strict=True):
            assert 0 <= start <= end <= len(source)
            if letter.isalnum() and end - start == 1:
                assert source[start] == letter


def test_the_example_in_the_docstring_holds() -> None:
    assert doctest.testmod(manuscript).failed == 0
