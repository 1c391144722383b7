"""What reading costs: words a second by the length of the text, and start and memory of the command.

`python -m bench.cost` · texts are our own (`training/data`), one after another until they have the length. Above
`careo.reading.reader.LONGEST` characters the rules read. The baseline of a regular expression stands in `bench.reading`.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from datetime import date

from training.corpora import own

from careo.reading import read
from careo.reading.reader import LONGEST
from careo.reading.rules import RULES
from careo.reading.trained import trained

LENGTHS = (1_000, 10_000, 40_000, 100_000, 1_000_000)
ROUNDS = {1_000: 5, 10_000: 2}


def text_of(words: int) -> str:
    parts: list[str] = []
    count = 0
    for document in itertools.cycle(list(own("es"))):
        if count >= words:
            break
        parts.append(document.text)
        count += len(document.text.split())
    return "\n\n".join(parts)


def by_length() -> None:
    print("\nwhole readings, one core: statements, speakers, days")
    read(text_of(100), language="es")  # loads the weights
    for words in LENGTHS:
        text = text_of(words)
        count = len(text.split())
        spent = min(_seconds(text) for _ in range(ROUNDS.get(words, 1)))
        reader = RULES.name if len(text) > LONGEST else trained().name
        print(
            f"  {count:9,} words  {1e6 * spent / count:6.0f} µs a word  {count / spent:7,.0f} words/s  {reader}"
        )
    text = text_of(10_000)
    for engine in (RULES, trained()):
        start = time.perf_counter()
        read(text, language="es", published=date(2026, 3, 5), engine=engine)
        print(f"  {engine.name:10} {len(text.split()) / (time.perf_counter() - start):9,.0f} words/s")


def _seconds(text: str) -> float:
    start = time.perf_counter()
    read(text, language="es", published=date(2026, 3, 5))
    return time.perf_counter() - start


# In a process of its own: what this one has in memory would be counted with a child's.
_MEASURED = """
import resource, subprocess, sys, time
given = sys.stdin.buffer.read()
start = time.perf_counter()
command = [sys.executable, "-m", "careo", "read", "--language", "es", "--json"]
subprocess.run(command, input=given, stdout=subprocess.DEVNULL, check=True)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def of_the_command() -> None:
    """The command from its start to its answer on one short report."""
    given = text_of(300)
    runs = []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", _MEASURED],
            input=given.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )
        runs.append([float(number) for number in done.stdout.split()])
    seconds, memory = (min(column) for column in zip(*runs, strict=True))
    print(
        f"\ncareo read of {len(given.split())} words, start to end: {seconds:.2f} s, {memory:.0f} MB at most"
    )


def main() -> None:
    of_the_command()
    by_length()


if __name__ == "__main__":
    main()
