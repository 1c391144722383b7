"""`careo compare`: statements of several reports face to face, for people and for programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from careo.project.cli.face_to_face import face_to_face
from careo.reading import read
from careo.reading.compare import Comparison, Told
from careo.reading.wire import reading_json
from tests.project.reports_in_files import COURIER, FARO, REPORTS, Commands, commands

__all__ = ["commands"]


def test_the_json_holds_reports_statements_remarks_and_relations(commands: Commands) -> None:
    answer = commands.careo("compare", commands.lines(), "--json")
    assert answer.code == 0
    assert answer.err == ""
    found = answer.object
    assert found["careo"] == 1
    assert [(one["id"], one["outlet"], one["language"]) for one in found["reports"]] == [
        ("faro", "El Faro de Alba", "es"),
        ("sur", "La Voz del Sur", "es"),
        (7, "The Norland Courier", "en"),
    ]
    ids = [one["id"] for one in found["statements"]]
    assert sorted(id_ for remark in found["remarks"] for id_ in remark) == sorted(ids)
    kinds = {(one["a"], one["b"]): one["kind"] for one in found["relations"]}
    assert "same" in kinds.values()
    assert "differs" in kinds.values()
    assert "conflicts" in kinds.values()
    assert all(one["why"] and 0 <= one["score"] <= 1 for one in found["relations"])


def test_statements_have_the_spans_that_read_gives(commands: Commands) -> None:
    found = commands.careo("compare", commands.lines(), "--json").object
    for report in REPORTS:
        reading = read(str(report["text"]), language=str(report["language"]))
        expected = [one["content"] for one in reading_json(reading)["statements"]]
        told = [one["content"] for one in found["statements"] if one["report"] == report["id"]]
        assert told == expected
        assert told


def test_a_terminal_shows_outlets_wording_language_day_and_speaker(commands: Commands) -> None:
    shown = commands.careo("compare", commands.lines()).out
    for words in (
        "EL FARO DE ALBA (es)",
        "THE NORLAND COURIER (en)",
        "«Nadie en Puerto Alba",
        "Teresa Olmedo",
    ):
        assert words in shown
    assert "number: 2 mil 300 / 2.500" in shown
    assert "conflicts with" in shown
    assert max(map(len, shown.splitlines())) <= 90


def test_a_narrow_terminal_sets_columns_below_each_other(commands: Commands) -> None:
    wide = commands.careo("compare", *commands.texts()).out
    assert any("FARO" in line and "COURIER" in line for line in wide.splitlines())
    told = _told()
    narrow = face_to_face(told, Comparison((tuple(one.id for one in told),), ()), width=40)
    assert max(map(len, narrow.splitlines())) <= 40
    assert not any("FARO" in line and "COURIER" in line for line in narrow.splitlines())


def _told(text: str = FARO) -> list[Told]:
    statements = [(name, body, read(body, language=language)) for name, body, language in
                  (("faro", text, "es"), ("courier", COURIER, "en"))]  # fmt: skip
    return [
        Told(name, name, name, reading.language, body, None, reading.statements[0])
        for name, body, reading in statements
    ]


def test_control_characters_of_a_report_do_not_reach_the_terminal() -> None:
    told = _told(FARO.replace("sin agua", "sin \x1b[2Jagua\u202e"))
    shown = face_to_face(told, Comparison((tuple(one.id for one in told),), ()), width=90)
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_pages_and_texts_compare_with_each_other(commands: Commands) -> None:
    found = commands.careo("compare", commands.page(), commands.texts()[1], "--json").object
    assert [(one["outlet"], one["published"]) for one in found["reports"]] == [
        ("El Faro de Alba", "2026-03-03"),
        (None, None),
    ]
    assert any(one["kind"] == "same" for one in found["relations"])


def in_newsroom(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own whose newsroom lies in `data`."""
    ours = ("CAREO_", "DJANGO_", "DATABASE_URL")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, *words],
        env=clean | {"CAREO_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


TAKE_IN = f"""
from careo.project.database import ready
ready()
from django.utils import timezone
from careo.press.models import Outlet, Report, Snapshot
outlet = Outlet.objects.create(name="El Faro de Alba", host="elfaro.example")
url = "https://elfaro.example/agua"
snapshot = Snapshot.objects.create(sha256="0", url=url, fetched_at=timezone.now(), size=1)
Report.objects.create(
    pk=1, outlet=outlet, url=url, canonical_url=url, headline="Agua", language="es", text={FARO!r},
    snapshot=snapshot, published="2026-03-03",
)
"""


def test_a_report_of_the_newsroom_is_taken_by_its_id(tmp_path: Path) -> None:
    data, courier = tmp_path / "data", tmp_path / "courier.txt"
    courier.write_text(COURIER)
    assert in_newsroom(data, "-c", TAKE_IN).returncode == 0
    answer = in_newsroom(data, "-m", "careo", "compare", "1", str(courier), "--json")
    assert json.loads(answer.stdout)["reports"][0] == {
        "id": "1",
        "outlet": "El Faro de Alba",
        "language": "es",
        "published": "2026-03-03",
    }
    missing = in_newsroom(data, "-m", "careo", "compare", "1", "2")
    assert missing.returncode == 3
    assert (
        missing.stderr
        == "careo: There is no file and no report 2; look up its id at the desk, under Reports.\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.txt", "  \n", "empty.txt is empty; there is nothing to read."),
        (
            "photo.txt",
            b"\x89PNG\r\n\x00\x00",
            "photo.txt is not text but a binary file; give a text or an HTML page.",
        ),
        (
            "latin.txt",
            b"Se\xf1or",
            "latin.txt is not UTF-8 text (byte 3); save it as UTF-8 and give it again.",
        ),
        (
            "bad.jsonl",
            "{}\n",
            'Line 1 of bad.jsonl: it has no "id", or one that is neither a string nor a whole number.',
        ),
        ("cut.jsonl", '{"id": "a"', "Line 1 of cut.jsonl: it is not JSON; give one object a line."),
        (
            "mute.jsonl",
            '{"id": "a", "text": " "}',
            'Line 1 of mute.jsonl: it has no "text", or an empty one.',
        ),
        (
            "day.jsonl",
            '{"id": "a", "text": "She said no.", "language": "en", "published": "soon"}',
            "Line 1 of day.jsonl: 'soon' is not a day; give it as year-month-day, such as 2026-03-05.",
        ),
        (
            "french.jsonl",
            '{"id": "a", "text": "Oui, dit-elle.", "language": "fr"}',
            "Line 1 of french.jsonl: a: Careo reads English (en) and Spanish (es), not 'fr'; give a text in one of them.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    commands: Commands, name: str, content: str | bytes, sentence: str
) -> None:
    answer = commands.careo("compare", commands.write(name, content), *commands.texts(), "--json")
    assert (answer.code, answer.out, answer.err) == (3, "", f"careo: {sentence}\n")


def test_a_wrong_path_is_refused(commands: Commands) -> None:
    answer = commands.careo("compare", "fora.txt", *commands.texts())
    sentence = "fora.txt is neither a file, a web address nor a report's id; give one of them."
    assert (answer.code, answer.err) == (3, f"careo: {sentence}\n")


def test_one_report_alone_and_one_given_twice_are_refused(commands: Commands) -> None:
    faro, _ = commands.texts()
    assert commands.careo("compare", faro).err.startswith(
        "careo: One report has nothing to be compared with;"
    )
    answer = commands.careo("compare", faro, faro)
    assert (answer.code, answer.err) == (
        3,
        "careo: The report faro.txt is given twice; give each once, under an id of its own.\n",
    )


def test_wrong_usage_is_code_two(commands: Commands) -> None:
    assert commands.careo("compare").code == 2
    assert commands.careo("compare", "--sideways", "a", "b").code == 2
