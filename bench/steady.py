"""How long do readers wait at 80 % of what the server can answer, and how much memory do many stories take? Prints a table.

    python -m bench.steady [--seconds 10] [--share 0.8] [--stories 10000] [--bytes 10000] [--memory 400]

Needs `wrk`, `nginx`, `taskset` and `h2load` (Debian: nghttp2-client), which sends at a rate of its own whether or not answers
come; `wrk` asks again only when it was answered. What the server can answer is taken by `wrk` just before, by the clock, so this
wants a quiet machine: the load is printed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.serve import BROWSER, READERS, Newspaper, nginx, story_of
from bench.wrk import CONNECTIONS, LOAD_CORE, Asked, zipf

FULL_SECONDS = 4


@dataclass(frozen=True)
class Waits:
    """Of one server: answers a second at full load, and milliseconds until an answer's end at the share of it."""

    name: str
    full: float
    asked: float
    answered: float
    median: float
    p99: float
    p999: float

    @property
    def row(self) -> str:
        return (
            f"| {self.name} | {self.full:,.0f} | {self.asked:,.0f} | {self.answered:,.0f} | "
            f"{self.median:.2f} | {self.p99:.2f} | {self.p999:.2f} |"
        )


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--seconds", type=int, default=10)
    options.add_argument("--share", type=float, default=0.8)
    options.add_argument("--stories", type=int, default=10_000)
    options.add_argument("--bytes", type=int, default=10_000)
    options.add_argument("--memory", type=int, default=400)
    chosen = options.parse_args()
    assert shutil.which("h2load"), "h2load is not installed (Debian: nghttp2-client)"
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="careo-bench-")))
        story = story_of(chosen.bytes)
        (folder / "story.html").write_bytes(story)
        paper = Newspaper(folder, story, chosen.stories, chosen.memory)
        with paper.serving():
            paper.publish("The dam is new.")  # with its section, which every page names
            filling = paper.fill()
        warm = stack.enter_context(paper.serving())
        empty = paper.megabytes()
        print(f"load {os.getloadavg()[0]:.1f}; {chosen.seconds} s at {chosen.share:.0%} of the full rate\n")
        print("| | full rate | asked | answered | median ms | p99 ms | p99.9 ms |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for asked in (nginx(stack, folder), *careo(paper)):
            print(waits(asked, folder, chosen.seconds, chosen.share).row, flush=True)
        print(
            f"\n{chosen.stories:,} stories in both variants, laid in within {filling:.0f} s; {warm:.1f} s from `careo serve` to "
            f"its first answer; the server {empty} MB at its start, {paper.megabytes()} MB after, of which {chosen.memory} MB "
            "are allowed for pages."
        )


def careo(paper: Newspaper) -> list[Asked]:
    server, many = [paper.server()], zipf(paper.paths)
    passes = paper.passes()
    return [
        Asked("Careo, to visitors, Zipf", paper.address, server, lines=many),
        Asked(
            "Careo, to subscribers' browsers (brotli), Zipf",
            paper.address,
            server,
            {**BROWSER, "Cookie": passes[READERS // 2]},
            many,
        ),
    ]


def waits(asked: Asked, folder: Path, seconds: int, share: float) -> Waits:
    asked.warm_up()
    full = asked.by_the_clock(FULL_SECONDS)
    rate = full * share
    lasting = _h2load(asked, folder, seconds, rate)
    hundredths = statistics.quantiles(lasting, n=1_000)
    return Waits(
        asked.name,
        full,
        rate,
        len(lasting) / seconds,
        statistics.median(lasting),
        hundredths[989],
        hundredths[998],
    )


def _h2load(asked: Asked, folder: Path, seconds: int, rate: float) -> list[float]:
    """Milliseconds until the end of each answer. Raises AssertionError where one was not good."""
    log = folder / "waits"
    log.unlink(missing_ok=True)
    headers = [part for name, value in asked.headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["taskset", "-c", LOAD_CORE, "h2load", "--h1", "-t1", f"-c{CONNECTIONS}", f"-D{seconds}"]
    paced = [f"--rps={rate / CONNECTIONS:.2f}", f"--log-file={log}"]
    subprocess.run(
        [*command, *paced, *headers, *_addresses(asked, folder)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    rows = [line.split("\t") for line in log.read_text().splitlines()]
    assert all(status == "200" for _, status, _ in rows), f"{asked.name}: not every answer was good"
    return [int(lasted) / 1_000 for _, _, lasted in rows]


def _addresses(asked: Asked, folder: Path) -> list[str]:
    if not asked.lines:
        return [asked.url]
    listed = folder / "addresses"
    listed.write_text("".join(f"{asked.url}{path}\n" for path in asked.lines))
    return ["-i", str(listed)]


if __name__ == "__main__":
    main()
