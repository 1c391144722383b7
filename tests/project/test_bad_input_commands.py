"""Every command given what it cannot use: the exit code, one plain sentence, nothing on standard output, no traceback."""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.press.outlet import LocalOutlet, serving
from tests.project.command import Careo
from tests.project.reports_in_files import Answer, Commands, commands

__all__ = ["commands"]

ENGLISH = (
    "The mayor, Esteban Quiroga, said on Monday that the water would last. “It will,” he told Harbour Wire."
)
REPORTED = [
    "Interior Minister Teresa Olmedo told reporters in Puerto Alba that no district would be left without water.",
    "The union leader Rosa Ibarra denied it and asked for the figures of the last dry season to be made public.",
    "Norland's ambassador, Helen Marsh, offered the help of her country's engineers in a letter to the city.",
]
REPORT = "<!doctype html><html><head><title>Eau</title></head><body><article><h1>De l'eau</h1>{}</article></body></html>"
FRENCH = "Le maire a déclaré lundi que l'eau ne manquerait pas dans la capitale du pays, selon les services de la ville."
MORE = (
    "« Personne n'est sans eau dans la ville, et les ports sont ouverts », a ajouté le maire de la capitale."
)
GERMAN = (
    b"Der Minister sagte am Montag, dass das Wasser in der Stadt bis zum Ende der Trockenzeit reichen wird."
)
COMMANDS = [
    "read",
    "capture",
    "compare",
    "check",
    "serve",
    "demo",
    "editor",
    "back-up",
    "restore",
    "settings",
]
# Name of the file → what it holds, and what the refusal of every command that reads texts says of it.
FILES: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty.txt is empty; there is nothing to read."),
    "blank.txt": (b" \n\n\t", "blank.txt is empty; there is nothing to read."),
    "word.txt": (b"Water", "word.txt: The text's language was not recognised; name it, en or es,"),
    "photo.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "photo.png is not text but a binary file;"),
    "text.gz": (gzip.compress(ENGLISH.encode()), "text.gz is not text but a binary file;"),
    "report.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "report.pdf is not text but a binary file;"),
    "latin.txt": ("Según el alcalde, llovió.".encode("latin-1"), "latin.txt is not UTF-8 text (byte 4); save it as"),
    "utf16.txt": (ENGLISH.encode("utf-16-le"), "utf16.txt is not text but a binary file;"),
    "cut16.txt": (ENGLISH.encode("utf-16")[:-1], "cut16.txt is not UTF-16 text (byte "),
    "half.txt": (b"He said \xed\xa0\x80 it.", "half.txt is not UTF-8 text (byte 9);"),
    "french.txt": (FRENCH.encode(), "french.txt: The text seems to be French; give one in English (en) or Spanish (es)."),
    "german.txt": (GERMAN, "german.txt: The text seems to be German;"),
    "chinese.txt": ("部长周一表示，首都的供水将持续到旱季结束。".encode(), "chinese.txt: The text seems to be Chinese;"),
    "cut.jsonl": (b'{"id": 1, "text": "x"', "Line 1 of cut.jsonl: it is not JSON; give one object a line."),
}  # fmt: skip
PAGES: dict[str, tuple[str, str]] = {
    "menu.html": ("<html><body><nav>Inicio</nav></body></html>", "menu.html holds no article; nothing was kept."),
    "french.html": (REPORT.format(f"<p>{FRENCH}</p><p>{MORE}</p>"), "french.html: The text seems to be French;"),
}  # fmt: skip
CLEAN = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("CAREO_", "DJANGO_", "DATABASE"))
}


def refused(answer: Answer, sentence: str) -> None:
    err = answer.err
    assert (answer.code, answer.out) == (3, ""), err
    assert err.startswith("careo: ")
    assert sentence in err
    assert err.count("\n") == 1
    assert "fault of Careo" not in err


@pytest.mark.parametrize("name", [*FILES, *PAGES])
def test_a_text_that_cannot_be_read_is_refused_alike_by_read_compare_and_check(
    commands: Commands, name: str
) -> None:
    content, sentence = FILES.get(name) or PAGES[name]
    commands.write(name, content)
    commands.write("english.txt", ENGLISH)
    refused(commands.careo("read", name), sentence)
    refused(commands.careo("compare", "english.txt", name, "--json"), sentence)
    refused(commands.careo("check", "english.txt", "--against", name, "--json"), sentence)


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_page_is_not_captured(commands: Commands, name: str) -> None:
    commands.write(name, FILES[name][0])
    refused(commands.careo("capture", name, "--no-store"), f"{name} ")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_text_whose_first_bytes_name_its_encoding_is_read(commands: Commands, encoding: str) -> None:
    commands.write("marked.txt", ENGLISH.encode(encoding))
    assert commands.careo("read", "marked.txt", "--json").object["text"] == ENGLISH


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("read", "."), ". is a folder; give a file."),
        (("read", "--lines", "gone.jsonl"), "gone.jsonl is not there; check the path."),
        (("read", "gone.txt"), "gone.txt is neither a file, a web address nor a report's id; give one of them."),
        (("compare", ".", "."), ". is a folder; give a file."),
        (("check", ".", "--against", "english.txt"), ". is a folder; give a file."),
        (("check", "gone.md", "--against", "english.txt"), "gone.md is not there; check the path."),
        (("capture", "."), ". is a folder; give a file."),
        (("capture", "gone.html"), "gone.html is not there; check the path."),
        (("capture", "english.txt/a.html"), "leads through a file as if it were a folder; check the path."),
        (("back-up", "."), ". is a folder; give the name that the back-up is to have in it."),
        (("restore", "gone.tgz"), "gone.tgz is no file; give one that `careo back-up` has written."),
        (("restore", "."), ". is no file; give one that `careo back-up` has written."),
        (("read", "english.txt", "--published", "2026-02-30"), "'2026-02-30' is not a day; give it as year-month-day"),
        (("read", "english.txt", "--published", "gestern"), "'gestern' is not a day;"),
        (("compare", "english.txt", "a", "--published", "1"), "'1' is not a day;"),
        (("check", "english.txt", "--against", "english.txt", "--published", "x"), "'x' is not a day;"),
        (("read", "english.txt", "--language", "fr"), "Careo reads English (en) and Spanish (es), not 'fr';"),
        (("read", "ftp://a.example/x"), "begins with ftp:, but only http and https pages are taken in."),
        (("read", "http://[::1"), "is not a web address; give one such as"),
        (("read", "http://10.0.0.1/"), "10.0.0.1 is not a public address, so http://10.0.0.1/ was not fetched;"),
        (("capture", "http://169.254.169.254/latest"), "169.254.169.254 is not a public address,"),
        (("capture", "http://a.example/\udcff"), "is not a web address; give one such as"),
        (("capture", "english.txt", "--url", "elfaro"), "'elfaro' is not a web address;"),
    ],
)  # fmt: skip
def test_a_wrong_path_day_or_address_is_one_sentence_and_exit_3(
    commands: Commands, words: tuple[str, ...], sentence: str
) -> None:
    commands.write("english.txt", ENGLISH)
    refused(commands.careo(*words), sentence)


@pytest.fixture
def outlet() -> Iterator[LocalOutlet]:
    with serving() as local:
        yield local


@pytest.mark.parametrize("command", ["read", "capture"])
def test_a_page_that_is_not_there_and_one_that_leads_in_circles_are_refused(
    commands: Commands, outlet: LocalOutlet, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREO_FETCH_HOSTS", outlet.host)
    refused(commands.careo(command, outlet.says("/gone", "", "404 Not Found")), "answered 404")
    circle = outlet.redirects("/circle", "/circle")
    refused(commands.careo(command, circle), "redirects back to itself;")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nonsense",),
        ("--nonsense",),
        ("read", "a", "b"),
        ("capture",),
        ("compare",),
        ("check", "story.md"),
        ("serve", "now"),
        ("demo", "now"),
        ("editor",),
        ("editor", "add"),
        ("editor", "nonsense"),
        ("back-up",),
        ("restore",),
        ("settings",),
        ("settings", "nonsense"),
        *((name, "--nonsense") for name in COMMANDS),
    ],
)
def test_wrong_usage_is_exit_2_with_the_way_to_call_it(commands: Commands, words: tuple[str, ...]) -> None:
    answer = commands.careo(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Usage: ")


@pytest.mark.parametrize(
    "words", [(), *((name,) for name in COMMANDS)]
)  # fmt: skip
def test_help_is_printed_by_every_command(commands: Commands, words: tuple[str, ...]) -> None:
    answer = commands.careo(*words, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Usage: ")


@pytest.mark.parametrize(
    "words",
    ["--help", "read --help", "capture --help", "settings check", "read english.txt", "capture --lines"],
)
def test_what_needs_no_newsroom_loads_no_django(tmp_path: Path, words: str) -> None:
    (tmp_path / "english.txt").write_text(ENGLISH)
    code = (
        "import sys, atexit; from careo.project.cli.main import main\n"
        "atexit.register(lambda: print('django' in sys.modules, file=sys.stderr)); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words.split()],
        cwd=tmp_path, env=CLEAN, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "False")
    assert [path.name for path in tmp_path.iterdir()] == ["english.txt"]


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(ENGLISH)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file, whatever its permissions")
    done = Careo(tmp_path / "data")("read", str(path), check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert "may not be used by this user; change its permissions" in done.stderr


NEWSROOM = [
    "capture page.html",
    "demo",
    "editor add ana@paper.example",
    "back-up kept.tgz",
    "compare 1 2",
    "serve",
]


@pytest.fixture
def careo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Careo:
    """Over a folder of its own, called in one that holds a page."""
    (tmp_path / "page.html").write_text(
        '<link rel="canonical" href="https://elfaro.example/agua">'
        + REPORT.format("".join(f"<p>{line}</p>" for line in [ENGLISH, *REPORTED]))
    )
    monkeypatch.chdir(tmp_path)
    return Careo(tmp_path / "data")


def sentence_of(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    assert done.stderr.startswith("careo: ")
    assert done.stderr.count("\n") == 1
    assert "fault of Careo" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("words", NEWSROOM)
def test_a_folder_that_cannot_hold_a_newspaper_is_named(careo: Careo, words: str) -> None:
    careo.data.write_text("a file where the folder should be")
    assert f"CAREO_DATA is {careo.data}, which is a file; set it to a folder" in sentence_of(
        careo(*words.split(), check=False)
    )
    careo.environment["CAREO_DATA"] = f"{careo.data}/below"
    said = sentence_of(careo(*words.split(), check=False))
    assert (
        "where nothing can be written (Not a directory); set it to a folder that this user may write." in said
    )
    assert careo.data.read_text() == "a file where the folder should be"


@pytest.mark.parametrize("words", NEWSROOM)
def test_a_file_that_is_no_database_is_named_and_left_alone(careo: Careo, words: str) -> None:
    careo.data.mkdir()
    (careo.data / "careo.sqlite3").write_text("no database " * 500)
    assert "The database cannot be made ready (file is not a database)" in sentence_of(
        careo(*words.split(), check=False)
    )
    assert (careo.data / "careo.sqlite3").read_text() == "no database " * 500


@pytest.mark.parametrize("words", NEWSROOM)
def test_a_database_server_that_is_not_there_is_one_sentence_without_its_password(
    careo: Careo, words: str
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # held and not listened on: whoever connects is refused
        careo.environment["DATABASE_URL"] = (
            f"postgresql://ana:parole@127.0.0.1:{nobody.getsockname()[1]}/careo"
        )
        said = sentence_of(careo(*words.split(), check=False))
    assert "The database cannot be made ready (" in said
    assert "check DATABASE_URL" in said
    assert "parole" not in said


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("CAREO_REDIS_URL", "redis:cache", "CAREO_REDIS_URL is 'redis:cache'; it must be redis://HOST"),
        ("CAREO_STORAGE_URL", "s3://u:parole@b", "CAREO_STORAGE_URL is 's3://…@b'; it must be s3://BUCKET"),
        ("CAREO_PASS_MINUTES", "ten", "CAREO_PASS_MINUTES is 'ten'; it must be a whole number, 1 or more."),
        ("CAREO_ADDRESS", "https://paper.example:x", "CAREO_ADDRESS is 'https://paper.example:x'; it must be"),
        ("DATABASE_URL", "postgresql://u:parole@h:x/y", "DATABASE_URL is 'postgresql://…@h:x/y'; it must be"),
    ],
)  # fmt: skip
def test_serving_is_refused_where_a_setting_cannot_be_used(
    careo: Careo, name: str, value: str, sentence: str
) -> None:
    careo.environment[name] = value
    assert sentence_of(careo("serve", check=False)).startswith(f"careo: {sentence}")
    assert not careo.data.exists()


@pytest.fixture
def listener() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_a_port_in_use_is_named(careo: Careo, listener: int) -> None:
    careo.environment["CAREO_BIND"] = f"127.0.0.1:{listener}"
    said = sentence_of(careo("serve", check=False))
    assert f"127.0.0.1:{listener} is in use by another program; stop that one, or set CAREO_BIND" in said


@pytest.mark.parametrize(
    "words", ["read english.txt", "read english.txt --json", "compare english.txt other.txt --json",
              "check english.txt --against other.txt", "--help", "settings check"],
)  # fmt: skip
def test_a_reader_who_stops_listening_ends_the_command_quietly(tmp_path: Path, words: str) -> None:
    (tmp_path / "english.txt").write_text(ENGLISH)
    (tmp_path / "other.txt").write_text(ENGLISH.replace("Monday", "Tuesday"))
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "careo", *words.split()],
            cwd=tmp_path, env=CLEAN, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (3, "")


def test_an_answer_that_finds_no_room_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "english.txt").write_text(ENGLISH)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "careo", "read", "english.txt", "--json"],
            cwd=tmp_path, env=CLEAN, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60,
        )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert done.stderr.startswith("careo: There is no room left on the disk;")


def test_a_newspaper_at_an_ipv6_address_answers_to_it(tmp_path: Path) -> None:
    asked = (
        "from careo.project.database import ready; ready()\n"
        "from django.test import Client\n"
        "print(Client().get('/', headers={'host': '[::1]:9000'}).status_code)"
    )
    assert Careo(tmp_path / "data", CAREO_BIND="[::1]:9000").python(asked) == "200\n"
