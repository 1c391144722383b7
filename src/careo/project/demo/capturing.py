"""The demonstration's reports, taken in by the press as if they had been fetched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable

from careo.press.actions import take_in
from careo.press.fetch import Fetched
from careo.press.models import Outlet, Report

# Whose words they are: ours, whoever is said to have printed them.
BASIS = {
    "basis": Outlet.Basis.OWN,
    "basis_note": "Invented for the demonstration edition; every report is in words of our own.",
}
OUTLETS = {
    "elfaro.example": ("El Faro de Alba", "es"),
    "lavozdelsur.example": ("La Voz del Sur", "es"),
    "cordillera.example": ("Diario Cordillera", "es"),
    "courier.example": ("The Norland Courier", "en"),
    "harbourwire.example": ("Harbour Wire", "en"),
}


def take_in_reports() -> None:
    """Every page under `reports/`, in the order of their publication; what is there already stays as it is."""
    for host, (name, language) in OUTLETS.items():
        known = {"name": name, "language": language, "home_page": f"https://{host}/"}
        Outlet.objects.update_or_create(host=host, defaults=known | BASIS)
    for host, page in sorted(_pages(), key=lambda found: _published(found[1])):
        take_in(_fetched(host, page))


def report_called(slug: str) -> Report:
    """The report whose address ends in `slug`."""
    return Report.objects.current().get(canonical_url__endswith=f"/{slug}")


def _pages() -> list[tuple[str, Traversable]]:
    folder = files("careo.project.demo").joinpath("reports")
    return [(host, page) for host in OUTLETS for page in folder.joinpath(host).iterdir()]


def _published(page: Traversable) -> datetime:
    stated = page.read_text().split('article:published_time" content="', 1)[1]
    return datetime.fromisoformat(stated[:25])


def _fetched(host: str, page: Traversable) -> Fetched:
    return Fetched(
        url=f"https://{host}/2026/03/{page.name.removesuffix('.html')}",
        status=200,
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=page.read_bytes(),
        fetched_at=(_published(page) + timedelta(minutes=20)).astimezone(UTC),
    )
