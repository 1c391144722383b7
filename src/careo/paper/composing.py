"""Composing e-mail editions: which stories are new, in which order, and when one is due.

New is what first appeared since the period's last edition was composed. What is left out of an edition because there is
too much is not put off to the next one: it stood in the paper meanwhile.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.dispatch import Signal
from django.utils import formats, timezone, translation
from django.utils.translation import gettext
from wagtail.models import Site

from careo.paper.errors import EditionExists, NothingNew
from careo.paper.front import front_page, home, sections_of
from careo.paper.listing import stories_in, visible_stories
from careo.paper.mail_models import MailEdition, MailEditionStory, Mailing, Period
from careo.stories.models import Story

LENGTH = {Period.DAILY: timedelta(days=1), Period.WEEKLY: timedelta(days=7)}
# After a standstill an edition still goes out so much later than its hour; later than that the next one holds it all.
LATE = {Period.DAILY: timedelta(hours=6), Period.WEEKLY: timedelta(days=2)}
# A story gets its time a moment before others can see it: an edition composed in that moment must not make it lost.
OVERLAP = timedelta(minutes=5)

# Sent within the transaction that composes an edition which is to be sent; `edition`. Whoever sends it listens.
edition_composed = Signal()


@dataclass(frozen=True)
class Composition:
    """What an edition says; `stories` in its order, as all may be told of them now."""

    period: Period
    day: date
    subject: str
    introduction: str
    stories: tuple[Story, ...]


def mailing() -> Mailing:
    """How the paper's editions are set; all off where there is no paper yet."""
    site = Site.objects.filter(is_default_site=True).first()
    found: Mailing = Mailing.for_site(site) if site else Mailing()
    return found


def coming(period: Period, *, now: datetime | None = None) -> Composition:
    """The edition that would be composed at this moment; it may have no stories."""
    now = now or timezone.now()
    wanted = mailing()
    draft = MailEdition.objects.filter(period=period, composed_at=None).first()
    day = timezone.localdate(now, timezone.get_default_timezone())
    return Composition(
        period=period,
        day=day,
        subject=_subject(wanted, period, day),
        introduction=draft.introduction if draft else wanted.introduction,
        stories=tuple(_in_the_papers_order(_new(period, now))[: wanted.most]),
    )


def as_shown(edition: MailEdition) -> Composition:
    """A composed edition with those of its stories that all may be told of now."""
    places = {place.story_id: place.position for place in edition.places.all()}
    stories = sorted(visible_stories().filter(pk__in=places), key=lambda story: places[story.pk])
    assert edition.day is not None  # it was composed  # noqa: S101
    return Composition(
        Period(edition.period), edition.day, edition.subject, edition.introduction, tuple(stories)
    )


@transaction.atomic
def introduce(period: Period, introduction: str) -> MailEdition:
    """Write what the coming edition begins with, in place of what every edition does."""
    draft, _ = MailEdition.objects.update_or_create(
        period=period, composed_at=None, defaults={"introduction": introduction}
    )
    return draft


@transaction.atomic
def compose(period: Period, *, now: datetime | None = None) -> MailEdition:
    """Keep the coming edition as composed now; it is sent to nobody. Raises NothingNew, EditionExists."""
    now = now or timezone.now()
    found = coming(period, now=now)
    if MailEdition.objects.filter(period=period, day=found.day).exists():
        raise EditionExists(period.value, found.day)
    if not found.stories:
        raise NothingNew(period.value)
    edition = _kept(found, now)
    MailEditionStory.objects.bulk_create(
        MailEditionStory(edition=edition, story=story, position=place)
        for place, story in enumerate(found.stories)
    )
    return edition


def _kept(found: Composition, now: datetime) -> MailEdition:
    """The coming edition's row, composed; raises EditionExists where somebody else composed it in this moment."""
    told = {"day": found.day, "subject": found.subject, "introduction": found.introduction}
    try:
        with transaction.atomic():
            edition, _ = MailEdition.objects.update_or_create(
                period=found.period, composed_at=None, defaults={**told, "composed_at": now}
            )
    except IntegrityError as error:
        raise EditionExists(found.period.value, found.day) from error
    return edition


@transaction.atomic
def send_now(period: Period, *, now: datetime | None = None) -> MailEdition:
    """Compose the coming edition and have it sent. Raises NothingNew, EditionExists."""
    edition = compose(period, now=now)
    edition_composed.send(MailEdition, edition=edition)
    return edition


def compose_due(now: datetime | None = None) -> list[MailEdition]:
    """Compose, to be sent, whatever the clock asks for; the worker calls this every minute."""
    now = now or timezone.now()
    done = []
    for period in mailing().periods:
        if _is_due(period, now):
            with suppress(NothingNew, EditionExists):
                done.append(send_now(period, now=now))
    return done


def _is_due(period: Period, now: datetime) -> bool:
    """Has its hour come, not long ago, with none composed that day? A change of the setting counts from the next hour on."""
    wanted = mailing()
    hour = last_hour(period, wanted, now)
    if now - hour > LATE[period] or hour <= wanted.changed_at:
        return False
    of_that_day = Q(day=timezone.localdate(hour, timezone.get_default_timezone()))
    return not MailEdition.objects.filter(of_that_day | Q(composed_at__gte=hour), period=period).exists()


def last_hour(period: Period, wanted: Mailing, now: datetime) -> datetime:
    """The latest moment, not after now, at which the period's edition was to be composed."""
    local = timezone.localtime(now, timezone.get_default_timezone())
    back = (local.weekday() - wanted.weekday) % 7 if period is Period.WEEKLY else 0
    day = local.date() - timedelta(days=back)
    moment = _at_hour(day, wanted.hour)
    return moment if moment <= now else _at_hour(day - LENGTH[period], wanted.hour)


def next_hour(period: Period, wanted: Mailing, now: datetime) -> datetime:
    """The moment at which the coming edition is composed by the clock."""
    day = timezone.localdate(last_hour(period, wanted, now), timezone.get_default_timezone())
    return _at_hour(day + LENGTH[period], wanted.hour)


def _at_hour(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour), timezone.get_default_timezone())  # noqa: DTZ001


def _new(period: Period, now: datetime) -> QuerySet[Story]:
    """Stories that first appeared since the period's last edition and stood in none of its editions."""
    last = MailEdition.objects.composed().filter(period=period).order_by("-composed_at").first()
    since = last.composed_at - OVERLAP if last and last.composed_at else now - LENGTH[period]
    stories: QuerySet[Story] = visible_stories().filter(
        first_published_at__gt=since, first_published_at__lte=now
    )
    return stories.exclude(mail_places__edition__period=period)


def _in_the_papers_order(stories: QuerySet[Story]) -> list[Story]:
    """As the front page has them, then as the sections do; what stands nowhere comes last, the newest first."""
    found = list(stories)
    order = _the_papers_order({story.pk for story in found})
    rank = {pk: place for place, pk in reversed(list(enumerate(order)))}
    return sorted(found, key=lambda story: rank.get(story.pk, len(order)))


def _the_papers_order(wanted: set[int]) -> list[int]:
    page = home()
    if page is None:
        return []
    laid = front_page(page)
    told = [laid.lead, *laid.second, *(teaser for row in laid.rows for teaser in row.teasers)]
    in_sections = [
        pk
        for section in sections_of(page)
        for pk in stories_in(section).filter(pk__in=wanted).values_list("pk", flat=True)
    ]
    return [*(teaser.story.pk for teaser in told if teaser), *in_sections]


def _subject(wanted: Mailing, period: Period, day: date) -> str:
    """Of the day, not of a story: a headline that is withdrawn would go on standing in it."""
    page = home()
    title = " ".join((wanted.title or (page.title if page else "")).split())
    with translation.override(page.locale.language_code if page else None):
        named = formats.date_format(day, gettext("j F Y"))
        told = gettext("{title}, the week to {day}") if period is Period.WEEKLY else gettext("{title}, {day}")
    return told.format(title=title, day=named)
