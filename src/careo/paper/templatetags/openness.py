"""The words in which a story's record is told."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext, gettext_lazy, ngettext

from careo.press.models import Report
from careo.stories.changes import Account
from careo.stories.models import Story, Version

register = template.Library()

HEADS = {
    "headline": gettext_lazy("headline"),
    "standfirst": gettext_lazy("standfirst"),
    "byline": gettext_lazy("byline"),
    "dateline": gettext_lazy("dateline"),
    "caption": gettext_lazy("caption of the picture"),
}


@register.filter
def in_short(account: Account) -> str:
    """What changed, in one line: "headline; 2 paragraphs changed; passages cited"."""
    counted = (
        (account.changed, ngettext("%d paragraph changed", "%d paragraphs changed", account.changed)),
        (account.added, ngettext("%d paragraph added", "%d paragraphs added", account.added)),
        (account.removed, ngettext("%d paragraph taken out", "%d paragraphs taken out", account.removed)),
    )
    heads = [str(HEADS[kind]) for kind in account.heads]
    parts = [*heads, *(words % count for count, words in counted if count)]
    return "; ".join([*parts, *([gettext("passages cited")] if account.passages else [])])


@register.filter
def called(user: AbstractBaseUser | None) -> str:
    """The name by which the public may know somebody at the desk; never an address."""
    name = getattr(user, "pen_name", "") or (getattr(user, "get_full_name", str)() if user else "")
    return name if name and "@" not in name else gettext("an editor who gives no name")


@register.filter
def all_called(users: list[AbstractBaseUser]) -> str:
    """Their names, each once."""
    return ", ".join(dict.fromkeys(called(user) for user in users))


@register.filter
def kept_since_later(version: Version) -> bool:
    """Was the story out before its first version was kept? Then what it said at first is not known."""
    first = version.story.first_published_at
    return bool(first and version.at - first >= timedelta(minutes=1))


@register.filter
def web_address(report: Report) -> bool:
    """Whether the report's address is one to follow."""
    return report.url.startswith(("https://", "http://"))


@register.simple_tag
def language_mark(story: Story, language: str) -> str:
    """What the house puts behind an outlet's name for a language."""
    return story.house_style().as_style().language_mark(language)
