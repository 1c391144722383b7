"""A small edition of The Meridia Post: two outlets' reports on the water of Puerto Alba and stories that cite them."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.rich_text import RichText

from careo.paper.actions import found_paper
from careo.paper.models import Home
from careo.press.models import Outlet, Report, Snapshot
from careo.record.models import Statement
from careo.stories.models import HouseStyle, Picture, Section, Story

OLMEDO = "“No habrá cortes de agua”, dijo la ministra Teresa Olmedo el jueves en Puerto Alba."
COURIER = "There will be cuts from Monday, Esteban Quiroga, the mayor of Puerto Alba, said on Thursday."
MARKER = "antediluvian"  # stands only where subscribers read
CLOSED_WORDS = f"The third reservoir is {MARKER} and nobody has said so."


class Edition:
    """The paper, its cast and what they printed; `story` adds to it."""

    def __init__(self) -> None:
        self.home: Home = found_paper(name="The Meridia Post", tagline="What others printed, face to face")
        HouseStyle.objects.update_or_create(site=self.home.get_site(), defaults={"blocking": []})
        self.news: Section = Section.objects.get(slug="news")
        self.faro = outlet("El Faro de Alba", "elfaro.example", "es")
        self.courier = outlet("The Norland Courier", "courier.example", "en")
        self.spanish = report(self.faro, "Sin cortes, promete Olmedo", OLMEDO, "es")
        self.english = report(self.courier, "Mayor announces cuts", COURIER, "en")

    def section(self, title: str, slug: str) -> Section:
        made: Section = self.home.add_child(instance=Section(title=title, slug=slug))
        return made

    def story(
        self, headline: str = "No cuts, says the minister", *, live: bool = True, **fields: Any
    ) -> Story:
        """A story in News with the body given, or one paragraph that cites El Faro."""
        section = fields.pop("section", self.news)
        body = fields.pop("body", [("paragraph", self.cites("The minister promised", self.spanish))])
        now = timezone.now()
        when = {"first_published_at": now, "last_published_at": now} if live else {}
        story = Story(
            **{
                "title": headline,
                "standfirst": "Puerto Alba waits",
                "byline": "The desk",
                "live": live,
                "body": body,
                **when,
                **fields,
            }
        )
        made: Story = section.add_child(instance=story)
        return made

    def closed_story(self, headline: str = "What the reservoirs hold", **fields: Any) -> Story:
        """Its first paragraph is open and cites El Faro; the second is for subscribers and cites the Courier."""
        closed = RichText(f"<p>{CLOSED_WORDS} {self.mark('The mayor disagrees', self.english)}.</p>")
        body = [("paragraph", self.cites("The minister promised", self.spanish)), ("paragraph", closed)]
        return self.story(headline, access=Story.Access.SUBSCRIBERS, open_blocks=1, body=body, **fields)

    def cites(self, words: str, cited: Report) -> RichText:
        return RichText(f"<p>{self.mark(words, cited)} to all who asked.</p>")

    def mark(self, words: str, cited: Report) -> str:
        end = cited.text.index(" ", 40)
        return f'<a linktype="citation" passages="{cited.pk}:0:{end}">{words}</a>'

    def face_to_face(self) -> dict[str, Any]:
        pair = [statement(self.spanish, "Teresa Olmedo"), statement(self.english, "Esteban Quiroga")]
        return {"question": "Will the water be cut?", "statements": pair}


def outlet(name: str, host: str, language: str, basis: str = Outlet.Basis.QUOTATION) -> Outlet:
    """One whose words may be shown, unless another basis is given."""
    return Outlet.objects.create(name=name, host=host, language=language, basis=basis)


def report(outlet: Outlet, headline: str, text: str, language: str) -> Report:
    url = f"https://{outlet.host}/{hashlib.sha256(headline.encode()).hexdigest()[:8]}"
    snapshot = Snapshot.objects.create(
        sha256=hashlib.sha256(text.encode()).hexdigest(), url=url, fetched_at=timezone.now(), size=len(text)
    )
    return Report.objects.create(
        outlet=outlet,
        url=url,
        canonical_url=url,
        headline=headline,
        text=text,
        language=language,
        published="2026-03-05T09:00:00-05:00",
        snapshot=snapshot,
    )


def statement(of: Report, speaker: str) -> Statement:
    return Statement.objects.create(
        report=of,
        content=[[0, of.text.index(",")]],
        begin=0,
        kind="direct",
        speaker=speaker,
        language=of.language,
        found_by="editor",
    )


def picture(title: str = "Reservoir", size: tuple[int, int] = (1600, 1000)) -> Picture:
    drawn = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(drawn, "JPEG")
    file = ContentFile(drawn.getvalue(), name=f"{title.lower()}.jpg")
    return Picture.objects.create(
        title=title,
        description="A reservoir half empty, its banks cracked",
        credit="Photo: The Meridia Post",
        file=file,
    )
