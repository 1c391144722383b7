"""How long does a search take among many stories? Prints milliseconds of processor and of the clock by kind of query.

    python -m bench.search [STORIES]

Makes a newspaper in a folder of its own with so many stories (10,000 unless said otherwise) of some 300 words each, the
words drawn by Zipf's law from 60,000 invented ones, each story citing one of 40 outlets and one of 400 people. Each is
entered into the catalogue as publishing does it, which is measured too. Queries are asked of the view, page and all.
"""

from __future__ import annotations

import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate
from urllib.parse import urlencode

WORDS, LENGTH, OUTLETS, PEOPLE, ROUNDS = 60_000, 300, 40, 400, 7
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "zon",
    "mar",
    "cion",
    "tres",
]


def main(stories: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"CAREO_DATA": folder, "CAREO_ADDRESS": "http://testserver"}
        from careo.project.database import ready

        ready()
        words = vocabulary()
        each = fill(stories, words)
        print(f"Python {platform.python_version()}, {platform.machine()}, {stories} stories, {ROUNDS} rounds")
        print(f"{1000 * each:.1f} ms to enter a story; {rows()}; {size(folder):.0f} MB of database")
        for name, query in queries(words):
            processor, median, found = measured(query)
            print(f"{name:42} {processor:6.0f} ms of processor {median:6.0f} ms by the clock   {found}")


def vocabulary() -> list[str]:
    """Invented words, the commonest first; short ones are commoner, as in life."""
    chance = random.Random(5)
    found: dict[str, None] = {}
    while len(found) < WORDS:
        parts = 2 if len(found) < 200 else 3 if len(found) < 5_000 else 4 if len(found) < 40_000 else 5
        found["".join(chance.choices(SYLLABLES, k=parts)) + ("s" if chance.random() < 0.2 else "")] = None
        if len(found) < 400 and chance.random() < 0.5:
            found["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=3))] = None
    return list(found)


def fill(stories: int, words: list[str]) -> float:
    """Seconds it took to enter a story into the catalogue. The pages themselves are laid down as rows."""
    from django.db import transaction

    from careo.paper.cataloguing import enter
    from careo.stories.models import Story

    lay_down(stories, words)
    started = time.perf_counter()
    for batch in range(0, stories, 250):
        with transaction.atomic():
            for story in Story.objects.order_by("pk")[batch : batch + 250]:
                enter(story)
    return (time.perf_counter() - started) / stories


def lay_down(stories: int, words: list[str]) -> None:
    """Live stories in the one section; Wagtail would take a tenth of a second over each."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from django.utils import timezone
    from wagtail.models import Page

    from careo.stories.models import Section, Story

    chance = random.Random(7)
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    reports, section, now = cast(), Section.objects.get(), timezone.now()
    kind = ContentType.objects.get_for_model(Story)
    pages, rows = [], []
    for number in range(stories):
        told = chance.choices(words, cum_weights=weights, k=LENGTH)
        report, end = chance.choice(reports)
        mark = f'<a linktype="citation" passages="{report}:0:{end}">{" ".join(told[:6])}</a>'
        body = [{"type": "paragraph", "value": f"<p>{mark} {' '.join(told[20:])}</p>", "id": str(number)}]
        title = " ".join(chance.choices(words, cum_weights=weights, k=8)) + f" {number}"
        pages.append(
            Page(
                title=title, draft_title=title, slug=f"story-{number}", content_type=kind, live=True, locale=section.locale,
                path=Page._get_path(section.path, section.depth + 1, number + 1), depth=section.depth + 1,
                url_path=f"{section.url_path}story-{number}/", first_published_at=now - timedelta(hours=number),
            )
        )  # fmt: skip
        rows.append((" ".join(told[6:20]), json.dumps(body)))
    made = Page.objects.bulk_create(pages, batch_size=500)
    Section.objects.filter(pk=section.pk).update(numchild=stories)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO stories_story (page_ptr_id, standfirst, body, byline, dateline, access, open_blocks,"
            " lead_caption, lead_alt) VALUES (%s, %s, %s, '', '', 'open', 2, '', '')",
            [(page.pk, *row) for page, row in zip(made, rows, strict=True)],
        )


def cast() -> list[tuple[int, int]]:
    """Reports to cite, each of one statement: number, and where the passage that holds it ends."""
    from django.utils import timezone

    from careo.press.models import Outlet, Report, Snapshot
    from careo.record.models import Person, Statement

    outlets = [Outlet.objects.create(name=f"Outlet {n}", host=f"o{n}.example") for n in range(OUTLETS)]
    made = []
    for number in range(PEOPLE):
        url, text = (
            f"https://o{number % OUTLETS}.example/{number}",
            f"“Statement {number} of mine”, said one. And more.",
        )
        snapshot = Snapshot.objects.create(sha256=f"{number:064}", url=url, fetched_at=timezone.now(), size=1)
        report = Report.objects.create(
            outlet=outlets[number % OUTLETS], url=url, canonical_url=url, headline=f"Report {number}", text=text,
            language="es", published="2026-03-05", snapshot=snapshot,
        )  # fmt: skip
        end = text.index(",")
        Statement.objects.create(
            report=report, content=[[0, end]], begin=0, kind="direct", language="es", found_by="bench",
            person=Person.objects.create(name=f"Person {number}"),
        )  # fmt: skip
        made.append((report.pk, end))
    return made


def queries(words: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    from careo.press.models import Outlet
    from careo.record.models import Person

    common, middling, rare = words[3], words[500], words[9_000]
    typo = rare[:2] + rare[3] + rare[2] + rare[4:]
    outlet, person = str(Outlet.objects.first().pk), str(Person.objects.first().pk)  # type: ignore[union-attr]
    yield "the empty form, with what it offers", {}
    yield "a rare word", {"q": rare}
    yield "a middling word", {"q": middling}
    yield "the commonest word", {"q": words[0]}
    yield "three words, common to rare", {"q": f"{common} {middling} {words[2_000]}"}
    yield "twelve of the commonest", {"q": " ".join(words[:12])}
    yield "a rare word mistyped", {"q": typo}
    yield "three long words that nobody wrote", {"q": "marcionlazon treszonvimes cionmelapobas"}
    yield "300 words", {"q": " ".join(words[:300])}
    yield "an outlet, no word", {"outlet": outlet}
    yield "a middling word, outlet, person, days", {
        "q": middling, "outlet": outlet, "person": person, "from": "2020-01-01", "to": "2030-01-01",
    }  # fmt: skip


def measured(query: dict[str, str]) -> tuple[float, float, str]:
    """Median milliseconds of processor and by the clock, and what the page says it found."""
    from django.test import Client

    client, address = Client(), "/search/?" + urlencode(query)
    said = client.get(address).content.decode().split('role="status">')[1].split("</p>")[0]
    taken = []
    for _ in range(ROUNDS):
        processor, clock = time.process_time(), time.perf_counter()
        assert client.get(address).status_code == 200
        taken.append((time.process_time() - processor, time.perf_counter() - clock))
    processor, clock = (1000 * statistics.median(each) for each in zip(*taken, strict=True))
    return processor, clock, " ".join(said.split())[:90]


def rows() -> str:
    from careo.paper.catalogue import CatalogueWord, LetterPair, Occurrence

    return ", ".join(
        f"{kind._default_manager.count():,} {name}"
        for kind, name in (
            (CatalogueWord, "words"),
            (LetterPair, "pairs of letters"),
            (Occurrence, "occurrences"),
        )
    )


def size(folder: str) -> float:
    return os.stat(f"{folder}/careo.sqlite3").st_size / 1e6  # noqa: PTH116


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
