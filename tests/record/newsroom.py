"""The cast of the record's and the desk's tests: outlets of Meridia and Norland, what they printed, and editors.

The quarrel: how many were arrested in the port of Puerto Alba. Two papers tell the minister's remark with 12, one
with 15; the union leader denies that nobody was hurt.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from careo.press.models import Outlet, Report, Snapshot
from careo.readers.models import Reader

OUTLETS = {
    "El Faro de Alba": ("elfaro.example", "es"),
    "La Voz del Sur": ("lavozdelsur.example", "es"),
    "Diario Cordillera": ("cordillera.example", "es"),
    "The Norland Courier": ("courier.example", "en"),
    "Harbour Wire": ("harbourwire.example", "en"),
}

PORT_EN = (
    "Interior Minister Teresa Olmedo said on Monday that 12 people were arrested at the port of Puerto Alba.\n\n"
    "“Nobody was hurt,” Olmedo told reporters.\n\n"
    "Union leader Rosa Ibarra denied this. “Three of our people are in hospital,” Ibarra said on Tuesday."
)
PORT_ES = (
    "La ministra del Interior, Teresa Olmedo, aseguró el lunes que 12 personas fueron detenidas en el puerto de "
    "Puerto Alba.\n\n«Nadie resultó herido», dijo Olmedo a los periodistas."
)
PORT_ES_15 = (
    "La ministra del Interior, Teresa Olmedo, dijo el lunes que 15 personas fueron detenidas en el puerto de Puerto "
    "Alba.\n\nLa dirigente sindical Rosa Ibarra lo negó: «Tres de los nuestros están en el hospital»."
)
WATER_ES = (
    "El ministro del Agua, Julián Barrera, anunció el martes que habrá cortes de agua en la capital durante el verano.\n\n"
    "«El embalse está al 23 por ciento», dijo Barrera."
)


def outlet(name: str) -> Outlet:
    host, language = OUTLETS[name]
    known = {"name": name, "language": language, "basis": Outlet.Basis.QUOTATION}
    return Outlet.objects.get_or_create(host=host, defaults=known)[0]


def report(
    text: str = PORT_EN,
    *,
    by: str = "The Norland Courier",
    headline: str = "Twelve arrested at Puerto Alba port",
    slug: str = "port",
    version: int = 1,
    language: str = "",
    published: str = "2026-03-04T09:00:00+00:00",
) -> Report:
    """A report as the press keeps it, unread; a later version takes the place of the one before."""
    paper = outlet(by)
    url = f"https://{paper.host}/{slug}"
    digest = hashlib.sha256(f"{url}{text}".encode()).hexdigest()
    snapshot = Snapshot.objects.create(sha256=digest, url=url, fetched_at=timezone.now(), size=len(text))
    Report.objects.filter(canonical_url=url).update(is_current=False)
    return Report.objects.create(
        outlet=paper,
        url=url,
        canonical_url=url,
        version=version,
        headline=headline,
        language=language or paper.language,
        text=text,
        published=published,
        published_at=datetime.fromisoformat(published).astimezone(UTC) if "T" in published else None,
        snapshot=snapshot,
    )


def editor(email: str = "ana@meridiapost.example") -> Reader:
    """Somebody who works at the desk: in Wagtail's group of editors, no superuser."""
    person = Reader.objects.create_user(email, "a password of the desk", pen_name="Ana Serrano")
    group, _ = Group.objects.get_or_create(name="Editors")
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    person.groups.add(group)
    return person


def span(text: str, words: str) -> tuple[int, int]:
    """Where the words stand."""
    begin = text.index(words)
    return begin, begin + len(words)
