"""The demonstration's e-mail editions: turned on, and two in the archive, which nobody was sent."""

from __future__ import annotations

from datetime import UTC, datetime

from careo.paper.composing import compose, introduce
from careo.paper.mail_models import MailEdition, Mailing, Period
from careo.paper.models import Home

WELCOME = "What we printed, and who said it first. Each story names its sources at the end."
# When each was composed: in the days of the stories, not in ours.
COMPOSED = {
    Period.DAILY: datetime(2026, 3, 6, 14, tzinfo=UTC),
    Period.WEEKLY: datetime(2026, 3, 7, 18, tzinfo=UTC),
}
OF_THE_WEEK = "Four stories from one week in Meridia: the water of Puerto Alba, the strike in its port, and a ferry that returns."


def compose_editions() -> None:
    """Those that are missing."""
    Mailing.objects.get_or_create(
        site=Home.objects.get().get_site(), defaults={"daily": True, "weekly": True, "introduction": WELCOME}
    )
    for period, moment in COMPOSED.items():
        if not MailEdition.objects.composed().filter(period=period).exists():
            if period is Period.WEEKLY:
                introduce(period, OF_THE_WEEK)
            compose(period, now=moment)
