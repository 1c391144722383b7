"""The outlets, reports and stories that the tests of this room share, as the newsroom would have them."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, Site

from careo.paper.models import Home
from careo.press.models import Outlet, Report, Snapshot
from careo.record.models import Statement
from careo.stories.models import Picture, Section, Story

NO_CUTS = "“No habrá cortes en la capital”, dijo el lunes el alcalde Esteban Quiroga."
FARO = f"{NO_CUTS} La ciudad tiene pozos propios. Añadió que el plan le llegó por la radio."
COURIER = (
    "Water Minister Julián Barrera said on Tuesday that taps would run dry from Monday. "
    "“We have no other way out,” he told reporters in Puerto Alba. The reservoir stands at 23 percent."
)


def report(outlet: str, host: str, language: str, text: str, headline: str = "") -> Report:
    known = {"name": outlet, "language": language, "basis": Outlet.Basis.QUOTATION}
    paper, _ = Outlet.objects.get_or_create(host=host, defaults=known)
    url = f"https://{host}/{Report.objects.count() + 1}"
    snapshot = Snapshot.objects.create(
        sha256=f"{Report.objects.count():064}", url=url, fetched_at=timezone.now(), size=1
    )
    return Report.objects.create(
        outlet=paper,
        url=url,
        canonical_url=url,
        headline=headline or f"{outlet} on water",
        language=language,
        text=text,
        published="2026-03-03T08:00:00-05:00",
        snapshot=snapshot,
    )


def faro() -> Report:
    return report("El Faro de Alba", "elfaro.example", "es", FARO, "Quiroga: “No habrá cortes”")


def courier() -> Report:
    return report("The Norland Courier", "courier.example", "en", COURIER, "Taps to run dry")


def statement(of: Report, words: str, speaker: str = "Esteban Quiroga") -> Statement:
    begin = of.text.index(words)
    return Statement.objects.create(
        report=of,
        content=[[begin, begin + len(words)]],
        begin=begin,
        kind="direct",
        speaker=speaker,
        language=of.language,
        found_by="test",
        said_from=date(2026, 3, 2),
        said_to=date(2026, 3, 2),
        said_granularity="day",
    )


def cite(words: str, *passages: tuple[Report, str]) -> str:
    """`words` under the mark of a citation, as the editor stores it."""
    spans = [(of, of.text.index(quoted), len(quoted)) for of, quoted in passages]
    value = " ".join(f"{of.pk}:{begin}:{begin + length}" for of, begin, length in spans)
    return f'<a linktype="citation" passages="{value}">{words}</a>'


def section() -> Section:
    """Politics, under the paper's home."""
    home = Home.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(instance=Home(title="The Meridia Post", slug="meridia-post"))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
        )
    found = Section.objects.child_of(home).first()
    return found or home.add_child(instance=Section(title="Politics", slug="politics"))


def story(*blocks: tuple[str, Any], **fields: Any) -> Story:
    """A draft in Politics."""
    fields = {"title": "Mayor denies that taps will run dry", "slug": "taps", "live": False, **fields}
    draft: Story = section().add_child(instance=Story(body=list(blocks), **fields))
    return draft


def picture(description: str = "", caption: str = "") -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return Picture.objects.create(
        title="Las Garzas", file=ImageFile(file, "garzas.png"), description=description, caption=caption
    )


def paragraph(html: str) -> tuple[str, str]:
    return "paragraph", f"<p>{html}</p>"
