"""What each reader wants to be told of by e-mail, and how often. Nothing, until the reader chooses.

A choice looks ahead: what was not mailed before somebody asked for mail is not mailed afterwards. The address that ends
it all is in every mail, under a signature, and tells nothing to whoever asks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from careo.readers.models import Reader

SIGNER = signing.Signer(salt="careo.forum.choosing")  # without an end: years later the button in a mail works
# By the field that holds the choice: the kind of notice that it is about; "" for news of followed threads.
KINDS = {"answers": "answer", "mentions": "mention", "picks": "pick", "followed": ""}


class Frequency(models.TextChoices):
    NEVER = "", _("Never")
    ONCE = "once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


def _frequency() -> models.CharField[str, str]:
    return models.CharField(max_length=6, choices=Frequency.choices, default=Frequency.NEVER, blank=True)


class NoticeChoices(models.Model):
    """A reader without a row gets no mail, and follows what they write in."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices"
    )
    answers = _frequency()
    mentions = _frequency()
    followed = _frequency()
    picks = _frequency()
    follows_own = models.BooleanField(default=True, help_text="Follow a thread by writing in it.")
    daily_on = models.DateField(null=True, help_text="The last day on which the daily mail was looked after.")
    weekly_on = models.DateField(
        null=True, help_text="The Monday of the last week in which the weekly one was."
    )
    not_before = models.DateTimeField(
        null=True, help_text="When a mail may be tried again, after the mail server put one off."
    )

    def __str__(self) -> str:
        return f"what {self.reader_id} is told by e-mail"

    def kinds(self, frequency: str) -> list[str]:
        """The fields that are set to it."""
        return [field for field in KINDS if getattr(self, field) == frequency]


def choices_of(reader: Reader) -> NoticeChoices:
    """The reader's row, or one that was never saved."""
    return NoticeChoices.objects.filter(reader=reader).first() or NoticeChoices(reader=reader)


@transaction.atomic
def choose(reader: Reader, chosen: Mapping[str, str], *, follows_own: bool) -> None:
    """`chosen`: a frequency for each of KINDS."""
    kept, _made = NoticeChoices.objects.select_for_update(of=("self",)).get_or_create(reader=reader)
    begun = [field for field in KINDS if not getattr(kept, field) and chosen[field]]
    _leave_what_was(reader, begun)
    for field in KINDS:
        setattr(kept, field, Frequency(chosen[field]))
    today = timezone.localdate()
    kept.daily_on, kept.weekly_on = kept.daily_on or today, kept.weekly_on or week_of(today)
    kept.follows_own = follows_own
    kept.save()


def _leave_what_was(reader: Reader, begun: list[str]) -> None:
    kinds = [KINDS[field] for field in begun if KINDS[field]]
    reader.notifications.filter(kind__in=kinds, mailed_at=None).update(mailed_at=timezone.now())
    if "followed" in begun:
        from careo.forum.models import Seen, Thread

        made = Thread.objects.filter(pk=OuterRef("thread")).values("posts_made")
        Seen.objects.filter(reader=reader, follows=True).exclude(mailed=F("thread__posts_made")).update(
            mailed=Subquery(made)
        )


def week_of(day: date) -> date:
    """Its Monday."""
    return day - timedelta(days=day.weekday())


def leaving_address(reader: Reader) -> str:
    """The full address at which the reader ends all of it: a page for people, one POST for mail programs (RFC 8058)."""
    return f"{settings.CAREO_ADDRESS}{reverse('forum:end_mail', args=[SIGNER.sign(str(reader.pk))])}"


def leave(token: str) -> None:
    """End all mail to whom the address was made for. Raises signing.BadSignature for an address of nobody's."""
    kept = NoticeChoices.objects.filter(reader=int(SIGNER.unsign(token)))
    kept.update(**dict.fromkeys(KINDS, Frequency.NEVER))


def check(token: str) -> None:
    """Raises signing.BadSignature for an address that we did not make."""
    SIGNER.unsign(token)
