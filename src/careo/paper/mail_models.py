"""The e-mail edition: how it is set at the desk, and a row for each that was composed or is being prepared."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from careo.stories.models import Story


class Period(models.TextChoices):
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")


class Weekday(models.IntegerChoices):
    """As Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


@register_setting(icon="mail")
class Mailing(BaseSiteSetting):
    """When e-mail editions are composed and what they begin with. Off until an editor turns one on."""

    daily = models.BooleanField(
        default=False, help_text="Compose an edition each day on which there is something new."
    )
    weekly = models.BooleanField(default=False, help_text="Compose an edition each week in which there is.")
    weekday = models.PositiveSmallIntegerField(
        choices=Weekday.choices, default=Weekday.SATURDAY, help_text="The day of the weekly edition."
    )
    hour = models.PositiveSmallIntegerField(
        default=6, validators=[MaxValueValidator(23)], help_text="From 0 to 23, in the paper's time zone."
    )
    title = models.CharField(max_length=100, blank=True, help_text="Empty: the paper's name.")
    introduction = models.TextField(
        blank=True, help_text="What every edition begins with, unless something else is written for one."
    )
    most = models.PositiveSmallIntegerField(
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        verbose_name="stories at most",
        help_text="Those that come first on the front page and in the sections.",
    )
    changed_at = models.DateTimeField(auto_now=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("daily"), FieldPanel("weekly"), FieldPanel("weekday"), FieldPanel("hour")],
            heading="When",
        ),
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("introduction"), FieldPanel("most")], heading="What it holds"
        ),
    ]

    class Meta:
        verbose_name = "e-mail editions"

    def __str__(self) -> str:
        return "e-mail editions"

    @property
    def periods(self) -> list[Period]:
        """Those that are turned on."""
        return [period for period in Period if getattr(self, period.value)]


class MailEditionQuerySet(models.QuerySet["MailEdition"]):
    def composed(self) -> MailEditionQuerySet:
        """Those that went out or are going, the newest first."""
        return self.exclude(composed_at=None).order_by("-day", "period")


class MailEdition(models.Model):
    """One edition. Until it is composed it is the coming one of its period: it has an introduction and no day."""

    period = models.CharField(max_length=6, choices=Period.choices)
    day = models.DateField(null=True, editable=False, help_text="In the paper's time zone.")
    subject = models.CharField(max_length=200, editable=False)
    introduction = models.TextField(blank=True)
    stories: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        Story, through="MailEditionStory", related_name="+"
    )
    composed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(
        null=True, editable=False, help_text="When it had been tried for everybody."
    )

    objects = MailEditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "day"], name="one_mail_edition_a_day"),
            models.UniqueConstraint(
                fields=["period"], condition=Q(composed_at=None), name="one_coming_mail_edition"
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"the coming {self.period} edition"

    def get_absolute_url(self) -> str:
        return edition_path(self.day, self.period) if self.day else ""


class MailEditionStory(models.Model):
    """A story's place in an edition, from 0."""

    edition = models.ForeignKey(MailEdition, on_delete=models.CASCADE, related_name="places")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="mail_places")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "story"], name="a_story_once_a_mail_edition")
        ]

    def __str__(self) -> str:
        return f"{self.story} in {self.edition}"


def edition_path(day: date, period: str) -> str:
    """Where an edition stands on the web."""
    return reverse("paper:mail_edition", args=[f"{day.isoformat()}-{period}"])
