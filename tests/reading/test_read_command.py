"""`careo read` as its users run it: table, JSON, JSON Lines, and one plain sentence for what cannot be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from careo.project.cli.statement_table import statement_table
from careo.reading import read

TEXT = "Interior Minister Teresa Olmedo said on Monday that the water would last.\n\n“It will,” she told Harbour Wire."
PAGE = """<!doctype html><html lang="es"><head><title>Olmedo promete agua</title>
<meta property="article:published_time" content="2026-03-05T10:00:00-05:00"></head><body><article>
<h1>Olmedo promete agua</h1>
<p>La ministra del Interior, Teresa Olmedo, aseguró ayer que el agua alcanzará hasta el fin de la temporada seca.</p>
<p>«No habrá cortes en la capital», dijo la ministra en una visita a los barrios del sur de Puerto Alba.</p>
<p>El alcalde de la ciudad, Esteban Quiroga, pidió paciencia a los vecinos y recordó que las obras siguen en marcha.</p>
</article></body></html>"""


def careo(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "careo", "read", *words],
        input=given,
        capture_output=True,
        env={**os.environ, "COLUMNS": "160"},
        timeout=60,
    )


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_text_is_answered_by_a_table_of_speakers_kinds_days_and_words(report: Path) -> None:
    done = careo(str(report), "--published", "2026-03-05")
    shown = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    for words in ("Teresa Olmedo", "Interior Minister", "indirect", "direct", "2026-03-02", "“It will,”"):
        assert words in shown


@pytest.mark.parametrize("width", [20, 60, 72, 100, 200])
def test_the_table_stays_within_the_terminal(width: int) -> None:
    shown = statement_table(read(TEXT * 3, language="en", published=date(2026, 3, 5)), width=width)
    assert max(map(len, shown.splitlines())) <= width


def test_a_reports_words_cannot_move_the_cursor_or_turn_the_line_round() -> None:
    shown = statement_table(
        read("Olmedo said the \x1b[31mwater\u202e would \x07last.", language="en"), width=100
    )
    assert not any(mark in shown for mark in "\x1b\x07\u202e")
    assert "water" in shown


def test_json_is_one_object_with_the_text_unchanged(report: Path) -> None:
    done = careo(str(report), "--json", "--published", "2026-03-05")
    reading = json.loads(done.stdout)
    assert reading["careo"] == 1
    assert reading["text"] == TEXT
    first = reading["statements"][0]
    assert [TEXT[begin:end] for begin, end in first["content"]] == ["that the water would last"]
    assert first["speaker"]["name"] == "Teresa Olmedo"
    assert first["said_on"] == {"from": "2026-03-02", "to": "2026-03-02", "granularity": "day"}


def test_a_text_from_standard_input_keeps_its_line_ends() -> None:
    text = "The minister said that it was over.\r\nThe mayor said that it was not.\r\n"
    assert json.loads(careo("-", "--json", given=text.encode()).stdout)["text"] == text


def test_a_page_is_read_in_its_own_language_and_by_its_own_day(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    reading = json.loads(careo(str(page), "--json").stdout)
    assert (reading["language"], reading["published"]) == ("es", "2026-03-05")
    assert reading["statements"][0]["said_on"]["from"] == "2026-03-04"


def test_each_line_is_answered_in_order_with_its_id_and_a_bad_one_does_not_end_the_run() -> None:
    lines = [
        '{"id": 1, "text": "El ministro dijo que no habrá cortes."}',
        "{not json",
        '["no object"]',
        '{"id": 4}',
        '{"id": 5, "text": "Bonjour.", "language": "fr"}',
        '{"id": 6, "text": "It rained.", "published": "2026-02-30", "language": "en"}',
        '{"id": 7, "text": "  ", "language": "en"}',
        '{"id": 8, "text": "Half \\ud800 a character, he said.", "published": null, "language": null}',
        '{"id": "nine", "text": "It rained, she said.", "published": "2026-03-05T23:30:00-05:00"}',
    ]
    done = careo("--lines", given="\n".join(lines).encode())
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [answer["id"] for answer in answers] == [1, None, None, 4, 5, 6, 7, 8, "nine"]
    assert ["error" in answer for answer in answers] == [
        False,
        True,
        True,
        True,
        True,
        True,
        True,
        False,
        False,
    ]
    assert (
        answers[4]["error"]
        == "Careo reads English (en) and Spanish (es), not 'fr'; give a text in one of them."
    )
    assert answers[5]["error"] == "'2026-02-30' is not a day; give it as year-month-day, such as 2026-03-05."
    assert answers[8]["published"] == "2026-03-05"


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        (b"", (), "is empty; there is nothing to read"),
        (b"\x7fELF\x00\x01\x02", (), "is not text but a binary file"),
        (
            "El martes llovió en la ciudad, según el alcalde.".encode("latin-1"),
            (),
            "is not UTF-8 text (byte ",
        ),
        (b"12 34", (), "language was not recognised"),
        (b"Bonjour.", ("--language", "fr"), "not 'fr'"),
        (b"It rained.", ("--published", "yesterday"), "'yesterday' is not a day"),
        (b"<html><body><nav>Menu</nav></body></html>", (), "no article"),
    ],
)
def test_what_cannot_be_read_is_answered_by_one_sentence_and_exit_3(
    tmp_path: Path, content: bytes, options: tuple[str, ...], sentence: str
) -> None:
    path = tmp_path / "report"
    path.write_bytes(content)
    done = careo(str(path), *options)
    said = done.stderr.decode()
    assert done.returncode == 3
    assert sentence in said
    assert said.startswith("careo: ")
    assert said.count("\n") == 1
    assert done.stdout == b""


def test_a_path_that_is_not_there_is_answered_by_one_sentence_and_exit_3(tmp_path: Path) -> None:
    done = careo(str(tmp_path / "missing.txt"))
    assert done.returncode == 3
    assert b"missing.txt is neither a file, a web address" in done.stderr
    assert b"Traceback" not in done.stderr


def test_wrong_usage_exits_2() -> None:
    assert careo("--no-such-option").returncode == 2


def test_a_reader_that_stops_listening_causes_no_traceback() -> None:
    lines = b'{"id": 1, "text": "El ministro dijo que no habr\xc3\xa1 cortes."}\n' * 2000
    process = subprocess.Popen(
        [sys.executable, "-m", "careo", "read", "--lines"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    assert b"Traceback" not in _finish(process, lines)


def _finish(process: subprocess.Popen[bytes], given: bytes) -> bytes:
    assert process.stdin is not None
    assert process.stderr is not None
    with suppress(BrokenPipeError):
        process.stdin.write(given)
        process.stdin.close()
    said = process.stderr.read()
    process.wait(timeout=60)
    process.stderr.close()
    return said


def test_reading_starts_without_django() -> None:
    code = "import sys, careo.project.cli.read; print('django' in sys.modules, 'trafilatura' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["False", "False"]


def test_html_is_a_page_with_the_spans_marked(report: Path) -> None:
    done = careo(str(report), "--published", "2026-03-05", "--html")
    assert done.returncode == 0, done.stderr
    page = done.stdout.decode()
    assert page.startswith("<!doctype html>")
    assert '<span class="source"' in page


def test_a_page_holds_letters_that_the_terminal_cannot_show(report: Path) -> None:
    report.write_text("Teresa Olmedo dijo que «no habrá cortes» – nunca.", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "careo", "read", "--language", "es", "--html", str(report)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "«no habrá cortes»" in done.stdout.decode("utf-8")


def test_a_page_and_json_at_once_are_refused(report: Path) -> None:
    done = careo(str(report), "--html", "--json")
    assert done.returncode == 2
    assert b"give one of them" in done.stderr


def test_a_statement_and_its_speaker_are_marked_where_the_reader_is_unsure() -> None:
    reading = read(TEXT, language="en")
    first = reading.statements[0]
    assert first.speaker is not None
    doubted = replace(first, score=0.4, speaker=replace(first.speaker, score=0.31))
    assert (first.is_unsure, doubted.is_unsure) == (False, True)
    shown = statement_table(replace(reading, statements=(doubted,)), width=200)
    assert "Interior Minister (31% sure)" in shown
    assert "(40% sure) that the water would last" in shown
