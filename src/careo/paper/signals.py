"""What makes kept pages stale. Each handler only names what was touched; nothing editorial happens here.

Pages are dropped when the change is committed, whatever made it: the desk, the scheduler, a command, the demonstration
edition. A draft touches nothing: Wagtail saves it as a revision and writes a few fields beside the live page.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from careo.paper.models import MailEdition
from careo.paper.store import drop_on_commit
from careo.paper.tags import (
    MAIL_EDITIONS,
    SITE,
    outlet_tag,
    page_tag,
    person_tag,
    report_tag,
    section_tag,
    touched_by,
)
from careo.press.models import Outlet, Report
from careo.record.models import Person, Statement
from careo.stories.models import Correction, HouseStyle, Picture

# What is written beside a live page when a draft is kept, submitted or locked.
BESIDE_THE_LIVE_PAGE = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "search_index_entries",
    }
)


def page_changed(sender: type[Model], instance: Model, **what: Any) -> None:
    """A page was written or deleted, by any way that Wagtail has."""
    if isinstance(instance, Page) and not _drafts_alone(instance, **what):
        drop_on_commit(touched_by(instance))


def _drafts_alone(page: Page, **what: Any) -> bool:
    """Is nothing changed but what only the desk sees?"""
    written = what.get("update_fields")
    never_shown = bool(what.get("created")) and not page.live
    return never_shown or bool(written and BESIDE_THE_LIVE_PAGE.issuperset(written))


def page_moved(sender: type[Model], instance: Page, **where: Any) -> None:
    """A moved story leaves one section's lists and enters another's; a moved section takes its stories' addresses along."""
    parents = (where["parent_page_before"], where["parent_page_after"])
    drop_on_commit(touched_by(instance.specific) | {section_tag(parent.pk) for parent in parents})


def seen_everywhere_changed(sender: type[Model], **what: Any) -> None:
    """The house style, the site, who may see which pages, where an old address leads."""
    drop_on_commit({SITE})


def picture_changed(sender: type[Model], instance: Picture, **what: Any) -> None:
    """Another file, another focal point, or gone: lists and stories may show it, and it is seldom. A new one is nowhere yet."""
    if not what.get("created"):
        drop_on_commit({SITE})


def outlet_changed(sender: type[Model], instance: Outlet, **what: Any) -> None:
    if not what.get("created"):
        drop_on_commit({outlet_tag(instance.pk)})


def report_changed(sender: type[Model], instance: Report, **what: Any) -> None:
    if not what.get("created"):
        drop_on_commit({report_tag(instance.pk)})


def statement_changed(sender: type[Model], instance: Statement, **what: Any) -> None:
    """One that is new stands in no story yet; a report's reading makes dozens."""
    if not what.get("created"):
        drop_on_commit({report_tag(instance.report_id)})


def person_changed(sender: type[Model], instance: Person, **what: Any) -> None:
    if not what.get("created"):
        drop_on_commit({person_tag(instance.pk)})


def correction_changed(sender: type[Model], instance: Correction, **what: Any) -> None:
    drop_on_commit({page_tag(instance.story_id)})


def mail_edition_changed(sender: type[Model], instance: MailEdition, **what: Any) -> None:
    """Composed, sent or gone. The coming one is nowhere yet."""
    if instance.composed_at is not None:
        drop_on_commit({MAIL_EDITIONS})


def connect() -> None:
    """Called once, when Django has loaded every room."""
    post_save.connect(page_changed)
    pre_delete.connect(page_changed)  # while it still has a parent
    for happened in (page_published, page_unpublished, page_slug_changed):
        happened.connect(page_changed)
    post_page_move.connect(page_moved)
    for sender in (HouseStyle, Site, PageViewRestriction, Redirect):
        post_save.connect(seen_everywhere_changed, sender=sender)
        post_delete.connect(seen_everywhere_changed, sender=sender)
    _when_written(picture_changed, Picture)
    _when_written(outlet_changed, Outlet)
    _when_written(report_changed, Report)
    _when_written(statement_changed, Statement)
    _when_written(person_changed, Person)
    _when_written(correction_changed, Correction)
    _when_written(mail_edition_changed, MailEdition)


def _when_written(handler: Any, sender: type[Model]) -> None:
    post_save.connect(handler, sender=sender)
    post_delete.connect(handler, sender=sender)
