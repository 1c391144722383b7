"""Days and hours as the paper's language writes them, for the rooms that draw stories and talk about them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext

register = template.Library()


@register.filter(expects_localtime=True)
def day(when: Any) -> str:
    """A day; nothing for nothing."""
    # Translators: how a day is written, by Django's letters for dates.
    return date_format(when, gettext("j F Y")) if when else ""


@register.filter(expects_localtime=True)
def minute(when: Any) -> str:
    """A day and an hour; nothing for nothing."""
    # Translators: how a day and an hour are written, by Django's letters for dates.
    return date_format(when, gettext("j F Y, H:i")) if when else ""


@register.filter(expects_localtime=True)
def moment(when: Any) -> str:
    """A day and an hour with its zone; nothing for nothing."""
    # Translators: how a day and an hour are written with the zone, by Django's letters for dates.
    return date_format(when, gettext("j F Y, H:i e")) if when else ""
