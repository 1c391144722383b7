"""`--lines` for `careo read` and `careo capture`: whatever a line holds, it is answered, and the next one too."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from tests.project.test_bad_input_commands import CLEAN

TEXT = "The mayor said on Monday that the water would last."
PAGE = (
    "<html><head><title>Agua para todos</title></head><body><article><h1>Agua para todos</h1>"
    "<p>La ministra dijo que no habrá cortes de agua en la capital hasta el fin de la temporada seca.</p>"
    "<p>El alcalde pidió paciencia a los vecinos y recordó que las obras siguen en marcha en el sur.</p>"
    "<p>La oposición reclamó que se publiquen las cifras del embalse antes de que termine el mes.</p>"
    "</article></body></html>"
)
URL = "https://elfaro.example/agua"
GOOD = {"read": {"text": TEXT, "language": "en"}, "capture": {"html": PAGE, "url": URL}}
# What a line is → the id that its answer carries, and what it says.
NO_OBJECTS: dict[bytes, tuple[object, str]] = {
    b"not json": (None, "The line is not JSON (character 1); give one object a line."),
    b'{"id": 1, "text": "cut': (None, "The line is not JSON (character 19); give one object a line."),
    b"[1]": (None, "The line is not an object; give one such as {"),
    b"null": (None, "The line is not an object;"),
    b'"word"': (None, "The line is not an object;"),
    b'{"id": NaN}': (None, "The line is not JSON that can be read;"),
    b'{"id": 1e999}': (None, "The line is not JSON that can be read;"),
    b'{"id": ' + b"1" * 5_000 + b"}": (None, "The line is not JSON that can be read;"),
    b"[" * 100_000: (None, "The line is not JSON that can be read;"),
    b"\x89PNG\r": (None, "The line is not UTF-8 text (byte 1);"),
    '{"id": "año", "text": "Señor", "html": "Señor"}'.encode("latin-1"): ("a\ufffdo", "The line is not UTF-8 text (byte 10);"),
    b"{}": (None, "The line has no "),
    b'{"id": 7}': (7, "The line has no "),
    b'{"id": 8, "text": 5, "html": 5}': (8, "The line has no "),
    b'{"id": 9, "text": ["a"], "html": {"a": 1}}': (9, "The line has no "),
    b'{"id": 10, "text": " ", "html": ""}': (10, " empty; "),
}  # fmt: skip
BAD: dict[str, dict[bytes, tuple[object, str]]] = {
    "read": {
        b'{"id": 20, "text": "She said no.", "language": 4}': (20, '"language" is 4; give "en" or "es".'),
        b'{"id": 21, "text": "She said no.", "language": "fr"}': (21, "not 'fr'; give a text in one of them."),
        b'{"id": 22, "text": "She said no.", "language": "en", "published": "2026-02-30"}': (22, "'2026-02-30' is not a day;"),
        b'{"id": 23, "text": "She said no.", "language": "en", "published": {"a": 1}}': (23, "is not a day;"),
        b'{"id": 24, "text": "Der Minister sagte am Montag, dass das Wasser in der Stadt reichen wird."}': (24, "to be German;"),
    },
    "capture": {
        json.dumps({"id": 20, "html": PAGE, "url": 5}).encode(): (20, "'5' is not a web address;"),
        json.dumps({"id": 21, "html": PAGE, "url": "javascript:alert(1)"}).encode(): (21, "begins with javascript:"),
        json.dumps({"id": 22, "html": PAGE, "url": "https://a.example/\ud800"}).encode(): (22, "is not a web address;"),
        json.dumps({"id": 23, "html": "only words", "url": URL}).encode(): (23, "; nothing was kept."),
        json.dumps({"id": 24, "html": "\x89PNG\r\n\x1a\n\0"}).encode(): (24, "; nothing was kept."),
        json.dumps({"id": 25, "html": "<div>" * 20_000, "url": URL}).encode(): (25, "holds no article;"),
    },
}  # fmt: skip
# Ids that other programs give: each comes back as it was.
IDS: list[Any] = [0, -1, 1.5, "", "nine", [1, "a"], {"a": None}, True, None, "half \ud800 a character"]


def start(command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "careo", command, "--lines"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=CLEAN,
    )  # fmt: skip


def answers(command: str, lines: list[bytes]) -> list[dict[str, Any]]:
    done = start(command)
    out, err = done.communicate(b"\n".join(lines), timeout=120)
    assert (done.returncode, err) == (0, b"")
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize("command", GOOD)
def test_every_line_is_answered_in_order_with_its_id_and_in_one_sentence(command: str) -> None:
    bad = NO_OBJECTS | BAD[command]
    good = {"id": "good"} | GOOD[command]
    given = [line for wrong in bad for line in (wrong, json.dumps(good).encode())]
    found = answers(command, given)
    assert [one["id"] for one in found] == [id_ for known, _ in bad.values() for id_ in (known, "good")]
    for wrong, right, (_, sentence) in zip(found[::2], found[1::2], bad.values(), strict=True):
        assert set(wrong) == {"id", "error"}
        assert sentence in wrong["error"]
        assert wrong["error"].endswith((".", "…"))
        assert "fault of Careo" not in wrong["error"]
        assert "error" not in right


@pytest.mark.parametrize("command", GOOD)
def test_ids_come_back_as_they_were_given(command: str) -> None:
    found = answers(command, [json.dumps({"id": id_} | GOOD[command]).encode() for id_ in IDS])
    assert [one["id"] for one in found] == IDS
    assert all("error" not in one for one in found)


@pytest.mark.parametrize("command", GOOD)
def test_an_answer_comes_before_the_next_line_is_asked(command: str) -> None:
    running = start(command)
    asking, told = running.stdin, running.stdout
    assert asking is not None
    assert told is not None
    for number in range(3):
        asking.write(json.dumps({"id": number} | GOOD[command]).encode() + b"\n")
        asking.flush()
        assert _next(told)["id"] == number  # would wait for ever if answers were held back
    assert running.communicate(timeout=60) == (b"", b"")
    assert running.returncode == 0


def _next(told: IO[bytes]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(told.readline())
    return answer


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "big"),
    [
        ("read", {"text": (TEXT + "\n") * 40_000, "language": "en"}),
        ("capture", {"url": URL, "html": PAGE.replace("</h1>", "</h1>" + "<p>El alcalde pidió paciencia.</p>" * 60_000)}),
    ],
)  # fmt: skip
def test_a_line_of_two_megabytes_is_answered_and_the_next_one_too(command: str, big: dict[str, str]) -> None:
    found = answers(
        command, [json.dumps({"id": 1} | big).encode(), json.dumps({"id": 2} | GOOD[command]).encode()]
    )
    assert [(one["id"], "error" in one) for one in found] == [(1, False), (2, False)]


@pytest.mark.parametrize("command", GOOD)
def test_a_reader_who_stops_listening_ends_the_run_quietly(command: str, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text(f"{json.dumps({'id': 1} | GOOD[command])}\n" * 300)
    running = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m careo {command} --lines < "{lines}" | head -1; exit ${{PIPESTATUS[0]}}'],
        env=CLEAN, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (running.returncode, running.stderr) == (3, b"")
    assert json.loads(running.stdout)["id"] == 1
