"""Reports of the invented outlets as files of every kind that a command takes, and a way to run the command here."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from careo.project.cli.main import main

FARO = (
    "PUERTO ALBA. «Nadie en Puerto Alba se quedará sin agua este verano», dijo la ministra del Interior, Teresa"
    " Olmedo, en conferencia de prensa.\n\n"
    "El ministro de Agua, Julián Barrera, informó que 2 mil 300 familias recibirán cisternas."
)
SUR = (
    "El ministro de Agua, Julián Barrera, dijo que 2.500 familias recibirán cisternas.\n\n"
    "El alcalde Esteban Quiroga afirmó que la presa no es segura."
)
COURIER = (
    "PUERTO ALBA — “Nobody in Puerto Alba will be left without water this summer,” said Interior Minister Teresa"
    " Olmedo.\n\nNorland’s ambassador, Helen Marsh, said the dam is safe."
)
REPORTS = (
    {"id": "faro", "outlet": "El Faro de Alba", "language": "es", "published": "2026-03-03", "text": FARO},
    {"id": "sur", "outlet": "La Voz del Sur", "language": "es", "published": "2026-03-03", "text": SUR},
    {
        "id": 7,
        "outlet": "The Norland Courier",
        "language": "en",
        "published": "2026-03-03T20:00:00Z",
        "text": COURIER,
    },
)
PAGE = """<!doctype html><html lang="es"><head><title>Olmedo habla del agua - El Faro de Alba</title>
<meta property="og:site_name" content="El Faro de Alba"><meta property="og:type" content="article">
<link rel="canonical" href="https://elfaro.example/agua">
<meta property="article:published_time" content="2026-03-03T08:10:00-05:00"></head>
<body><article><h1>Olmedo habla del agua en Puerto Alba</h1>{paragraphs}</article></body></html>"""


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass
class Commands:
    """`careo(…)` runs a command in a folder of its own, as `careo` on the command line does."""

    folder: Path
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]

    def careo(self, *words: str) -> Answer:
        self.patch.setattr(sys, "argv", ["careo", *words])
        self.patch.setenv("COLUMNS", "90")
        try:
            main()
            code = 0
        except SystemExit as left:
            code = int(left.code or 0)
        said = self.capture.readouterr()
        return Answer(code, said.out, said.err)

    def write(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    def lines(self) -> str:
        return self.write(
            "reports.jsonl", "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in REPORTS)
        )

    def texts(self) -> tuple[str, str]:
        return self.write("faro.txt", FARO), self.write("courier.txt", COURIER)

    def page(self) -> str:
        paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in FARO.split("\n\n"))
        return self.write("faro.html", PAGE.format(paragraphs=paragraphs))


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    monkeypatch.chdir(tmp_path)
    return Commands(tmp_path, monkeypatch, capsys)
