"""What does Lighthouse say of the front page and of a story? Prints a table in Markdown, and what costs points.

    python -m bench.lighthouse [--runs 3]

Starts the demonstration edition in a folder of its own, asks for each page as a telephone and as a desk does, and gives
the median of the runs. Needs `make .cache/chromium`; Lighthouse itself comes from npm into `.cache/lighthouse`, as the
lock in `bench/npm` says. "Performance" is a measurement: a busy machine lowers it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.project.command import Careo
from tests.project.newspaper import Newspaper, free_port
from tests.tools import browser

FOLDER = browser.CACHE / "lighthouse"
LOCK = Path(__file__).parent / "npm"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = ("home", "story")
FORMS = {"telephone": [], "desk": ["--preset=desktop"]}
TARGET = 99
SECONDS = 300

Report = dict[str, Any]


def main() -> None:
    """Print the table; exit 1 where a category but performance, which the machine has a part in, is below 99."""
    runs = _runs()
    install()
    rows = []
    with demonstration() as found:
        for name in PAGES:
            for form, options in FORMS.items():
                address = found["address"] + found["paths"][name]
                with urlopen(address) as page:  # our own; from now on the edge has it
                    page.read()
                rows.append((f"{name}, {form}", [audit(address, options) for _ in range(runs)]))
    sys.stdout.write(table(rows))
    below = [line for _, reports in rows for report in reports for line in lost(report)]
    sys.stdout.write("\n".join(["", *dict.fromkeys(below), ""]))
    sys.exit(
        any(
            _score(report, name) < TARGET
            for _, reports in rows
            for report in reports
            for name in CATEGORIES[1:]
        )
    )


@contextmanager
def demonstration() -> Iterator[dict[str, Any]]:
    """The edition being served, as `careo demo --json` describes it."""
    with tempfile.TemporaryDirectory() as folder:
        data, port = Path(folder) / "data", free_port()
        found = json.loads(Careo(data, CAREO_BIND=f"127.0.0.1:{port}")("demo", "--json").stdout)
        newspaper = Newspaper(data, port=port)
        try:
            newspaper.wait_until_it_answers()
            yield found
        finally:
            newspaper.end()


def install() -> None:
    """Lighthouse as the lock says, unless it is there already."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lock, kept = LOCK / "package-lock.json", FOLDER / "package-lock.json"
    if kept.exists() and kept.read_bytes() == lock.read_bytes() and (FOLDER / "node_modules").exists():
        return
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(LOCK / name, FOLDER / name)
    browser.npm_ci(FOLDER)


def audit(address: str, options: list[str]) -> Report:
    """Lighthouse's report on one page; exits with its words where it made none."""
    flags = " ".join(["--headless=new", *browser.flags()])
    command = [str(browser.NODE / "bin/node"), str(FOLDER / "node_modules/lighthouse/cli/index.js"), address]
    asked = [
        "--output=json",
        "--quiet",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={flags}",
    ]
    environment = os.environ | {"CHROME_PATH": browser.KEPT.read_text()}
    done = subprocess.run(
        [*command, *asked, *options],
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    report: Report = json.loads(done.stdout)
    return report


def table(rows: list[tuple[str, list[Report]]]) -> str:
    lines = ["| | " + " | ".join(CATEGORIES) + " |", "| --- |" + " ---: |" * len(CATEGORIES)]
    for name, reports in rows:
        scores = (f"{statistics.median(_score(report, one) for report in reports):.0f}" for one in CATEGORIES)
        lines.append(f"| {name} | {' | '.join(scores)} |")
    return "\n".join(lines) + "\n"


def lost(report: Report) -> Iterator[str]:
    """What costs points, with Lighthouse's own value of it."""
    for name in CATEGORIES:
        for part in report["categories"][name]["auditRefs"]:
            told = report["audits"][part["id"]]
            if part["weight"] and told["score"] is not None and told["score"] < 0.995:
                yield f"- {name}: {told['title']} ({told['score']:.2f} {told.get('displayValue', '')})".rstrip()


def _score(report: Report, name: str) -> float:
    return 100 * float(report["categories"][name]["score"] or 0)


def _runs() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--runs", type=int, default=3, metavar="N", help="how often each page is looked at (3)"
    )
    runs: int = parser.parse_args().runs
    return runs


if __name__ == "__main__":
    main()
