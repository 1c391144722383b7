"""A story that shows one report by every way the paper has, and a walk along all those ways."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.rich_text import RichText

from careo.paper.composing import compose
from careo.paper.gifts import address_of_gift, give
from careo.paper.mail_models import MailEdition, Period
from careo.paper.outlets import outlet_path
from careo.paper.people import path_of
from careo.paper.urls import named
from careo.press.models import Outlet, Report
from careo.readers.actions import open_account
from careo.record.models import Person, Statement
from careo.stories.models import Story
from tests.paper.edition import Edition, outlet, report

TEXT = (
    "“Ni una sola lancha saldrá sin radio nueva”, prometió la capitana mayor de la flota, Inés Duarte. "
    "La cofradía recuerda que ya lo oyó otros tres inviernos seguidos. Nadie firmó papel alguno."
)
PROMISED = TEXT[1 : TEXT.index("”")]
REMEMBERED = TEXT[TEXT.index("La cofradía") : TEXT.index(" Nadie")]
HEADLINE = "Radios a estrenar para todas las lanchas"
STANDFIRST = "La flota vuelve a prometerlas antes del temporal"
OF_ONE_READER = (
    "saved",
    "gifts_given",
    "save",
    "give",
)  # tell a reader our own headlines, and others to log in
RUN = 16  # letters in a row by which words are known again; a name, shorter, is nobody's wording


class Reprint:
    """Two passages of the report under citations 1 and 2, the promise face to face, and its maker's own page."""

    def __init__(self, edition: Edition, basis: str) -> None:
        self.edition = edition
        self.outlet: Outlet = outlet("La Gaceta", "gaceta.example", "es", basis)
        self.report: Report = report(self.outlet, HEADLINE, TEXT, "es")
        self.report.standfirst = STANDFIRST
        self.report.save()
        self.person = Person.objects.create(name="Inés Duarte")
        self.statement: Statement = self._statement()
        other = edition.face_to_face()["statements"][0]
        faced = {"question": "Will there be radios?", "statements": [self.statement, other]}
        cited = f"<p>{self.mark('She gave her word', PROMISED)}. {self.mark('They had it before', REMEMBERED)}.</p>"
        body: list[Any] = [("paragraph", RichText(cited)), ("face_to_face", faced)]
        self.story: Story = edition.story("A promise at the quay", slug="quay", body=body)
        closed: Story = edition.story("Kept at the quay", access="subscribers", open_blocks=0, body=body)
        giver = open_account("giver@readers.example", pen_name="Giver")
        self.given = urlsplit(address_of_gift(give(closed, giver=giver))).path
        self.mailed: MailEdition = compose(Period.DAILY)

    def mark(self, words: str, passage: str) -> str:
        begin = TEXT.index(passage)
        where = f"{self.report.pk}:{begin}:{begin + len(passage)}"
        return f'<a linktype="citation" passages="{where}">{words}</a>'

    def _statement(self) -> Statement:
        office = TEXT.index("la capitana mayor de la flota")
        return Statement.objects.create(
            report=self.report,
            person=self.person,
            source=[[office, TEXT.index(". La cofradía")]],
            content=[[1, 1 + len(PROMISED)]],
            begin=1,
            kind="direct",
            speaker="Inés Duarte",
            office="la capitana mayor de la flota",
            language="es",
            found_by="editor",
        )

    def ways(self) -> list[str]:
        """Every address of the paper; a new one is walked by itself, or says here what it is asked with."""
        asked_with: dict[str, list[Any]] = {
            "person": [self.person.pk, "ines-duarte"],
            "outlet": [self.outlet.pk, "la-gaceta"],
            "day": list(self.story.first_published_at.timetuple()[:3]),
            "section_rss": ["news"],
            "section_atom": ["news"],
            "section_json_feed": ["news"],
            "year": [self.story.first_published_at.year],
            "month": list(self.story.first_published_at.timetuple()[:2]),
            "sitemap_part": [1],
            "mail_edition": [f"{self.mailed.day}-{self.mailed.period}"],
            **{f"person_{kind}": [self.person.pk] for kind in ("rss", "atom", "json_feed")},
            "given": [self.given.strip("/").rpartition("/")[2]],
            **{name: [self.story.url.strip("/")] for name in ("versions", "made")},
            **{name: [self.story.url.strip("/"), 1] for name in ("version", "citation")},
        }
        assert path_of(self.person) == reverse("paper:person", args=asked_with["person"])
        assert outlet_path(self.outlet.pk, "La Gaceta") == reverse("paper:outlet", args=asked_with["outlet"])
        found = []
        for route in named:
            if route.name in OF_ONE_READER:
                continue
            try:
                found.append(reverse(f"paper:{route.name}", args=asked_with.get(route.name or "", [])))
            except NoReverseMatch as error:
                raise AssertionError(f"say in `asked_with` how the walk asks for {route.name}") from error
        looked_for = ("lancha", "cofradía", "quay")
        own = [self.story.url, f"{self.story.url}wrong/", f"{self.story.url.rstrip('/')}.md", "/", "/news/"]
        narrowed = (f"?person={self.person.pk}", f"?outlet={self.outlet.pk}")
        asked = [*(f"?q={word}" for word in looked_for), *narrowed]
        return [*own, *found, *(f"{reverse('paper:search')}{query}" for query in asked)]


def told_by(text: str, *texts: str, run: int = RUN) -> bool:
    """Whether `run` letters in a row of one of the texts stand in an answer, however it is escaped or marked up."""
    page = _plain(text)
    return any(
        plain[at : at + run] in page
        for plain in map(_plain, texts)
        for at in range(max(1, len(plain) - run + 1))
        if plain
    )


def walk(client: Client, ways: list[str], *texts: str, run: int = RUN) -> set[str]:
    """The addresses whose answers hold a run of the texts."""
    told = set()
    for path in ways:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        if told_by(answer.text, *texts, run=run):
            told.add(path)
    return told


def _plain(text: str) -> str:
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
    unescaped = html.unescape(html.unescape(unescaped)).replace("\\", "")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", unescaped)).casefold()
