"""What makes kept pages, and the catalogue, stale. Each handler only names what was touched; nothing editorial happens here.

Pages are dropped when the change is committed, whatever made it: the desk, the scheduler, a command, the demonstration
edition. A draft touches nothing: Wagtail saves it as a revision and writes a few fields beside the live page.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from careo.desk.models import Event
from careo.paper import cataloguing
from careo.paper.catalogue import Resting
from careo.paper.models import MailEdition
from careo.paper.store import drop_on_commit
from careo.paper.tags import (
    CORRECTIONS,
    MAIL_EDITIONS,
    SITE,
    TOLD,
    editor_tag,
    event_tags,
    outlet_tag,
    page_tag,
    person_tag,
    report_tag,
    section_tag,
    touched_by,
)
from careo.paper.tasks import draw_ahead
from careo.press.models import Outlet, Report
from careo.record.models import Person, Statement, Withholding
from careo.stories.models import Correction, HouseStyle, Picture, Story

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
NAMES = frozenset({"pen_name", "first_name", "last_name"})
# What is written of an event that no reader sees.
ON_THE_DESK_ALONE = frozenset({"title", "language", "closed_at", "trouble"})
# What of a story the catalogue is drawn from.
CATALOGUED = frozenset({"title", "standfirst", "body", "access", "open_blocks", "live"})


def story_saved(sender: type[Model], instance: Model, **what: Any) -> None:
    """What is live was saved, or is live no longer; Wagtail's scheduler saves it as a mere page."""
    written = what.get("update_fields")
    if what.get("raw") or not isinstance(instance, Page) or (written and not CATALOGUED & set(written)):
        return
    if not instance.live:
        cataloguing.leave_out(instance.pk)
    elif isinstance(instance, Story):
        cataloguing.enter(Story.objects.get(pk=instance.pk) if written else instance)


def page_changed(sender: type[Model], instance: Model, **what: Any) -> None:
    """A page was written or deleted, by any way that Wagtail has."""
    if not isinstance(instance, Page) or _drafts_alone(instance, **what):
        return
    touched = touched_by(instance)
    # A list without the newest story is out of date; one with a story that was changed or withdrawn may be wrong.
    lists = touched - {page_tag(instance.pk)} if _is_new(instance) else set()
    drop_on_commit(touched - lists, merely_old=lists)


def publication_changed(sender: type[Model], instance: Page, **what: Any) -> None:
    """A story came, was replaced or went: the worker draws what shows it."""
    if isinstance(instance, Story):
        transaction.on_commit(partial(draw_ahead.enqueue, instance.pk))


def about_to_be_written(sender: type[Model], instance: Model, **what: Any) -> None:
    """Notes on a story whether it is only now becoming public: after it is written nothing tells."""
    if isinstance(instance, Story):
        instance.__dict__["_is_new"] = instance.live and not _was_live(instance)


def _was_live(story: Story) -> bool:
    return bool(story.pk) and Story.objects.filter(pk=story.pk, live=True).exists()


def _is_new(page: Page) -> bool:
    return bool(page.__dict__.get("_is_new"))


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
    """Its name, or how much of its words is shown."""
    if not what.get("created"):
        drop_on_commit({outlet_tag(instance.pk), TOLD})


def words_withheld(sender: type[Model], instance: Withholding, **what: Any) -> None:
    """Withheld, or shown again: it is seldom, and no page may be forgotten, so all are drawn anew. Words may be somebody's
    name, by which no list of people may lead to it any longer."""
    if instance.report and instance.begin is not None:
        versions = Report.objects.filter(canonical_url=instance.report.canonical_url)
        for number in versions.exclude(resting=None).values_list("pk", flat=True).distinct():
            cataloguing.enter_told(number)
    drop_on_commit({SITE})


def report_changed(sender: type[Model], instance: Report, **what: Any) -> None:
    """Read again, perhaps: its statements may be others."""
    if not what.get("created"):
        drop_on_commit({report_tag(instance.pk)} | _told_otherwise(instance.pk))


def statement_changed(sender: type[Model], instance: Statement, **what: Any) -> None:
    """One that is new stands in no story yet, unless in a passage that one cites; a report's reading makes dozens."""
    lists = _told_otherwise(instance.report_id)
    if lists or not what.get("created"):
        drop_on_commit({report_tag(instance.report_id)} | lists)


def _told_otherwise(report_id: int) -> set[str]:
    """The lists to drop: none where no story rests on the report."""
    return {TOLD} if cataloguing.enter_told(report_id) else set()


def event_changed(sender: type[Model], instance: Event, **what: Any) -> None:
    """Merged with another, gone, or its remarks put together anew, which the desk writes past the models; its name and
    state are the desk's own."""
    written = what.get("update_fields")
    if what.get("created") or (written and ON_THE_DESK_ALONE.issuperset(written)):
        return
    rested_on = Resting.objects.filter(report__placement__event=instance).exists()
    drop_on_commit(event_tags(instance) | ({TOLD} if rested_on else set()))


def person_changed(sender: type[Model], instance: Person, **what: Any) -> None:
    if not what.get("created"):
        drop_on_commit({person_tag(instance.pk), TOLD})


def correction_changed(sender: type[Model], instance: Correction, **what: Any) -> None:
    drop_on_commit({page_tag(instance.story_id), CORRECTIONS})


def account_changed(sender: type[Model], instance: Model, **what: Any) -> None:
    """Somebody whom a page may name as editor has another name, or is gone. Logging in changes no name."""
    written = what.get("update_fields")
    if not what.get("created") and (written is None or NAMES & set(written)):
        drop_on_commit({editor_tag(instance.pk)})


def mail_edition_changed(sender: type[Model], instance: MailEdition, **what: Any) -> None:
    """Composed, sent or gone. The coming one is nowhere yet."""
    if instance.composed_at is not None:
        drop_on_commit({MAIL_EDITIONS})


def connect() -> None:
    """Called once, when Django has loaded every room."""
    pre_save.connect(about_to_be_written)
    post_save.connect(story_saved)
    post_save.connect(page_changed)
    pre_delete.connect(page_changed)  # while it still has a parent
    for happened in (page_published, page_unpublished, page_slug_changed):
        happened.connect(page_changed)
    for happened in (page_published, page_unpublished):
        happened.connect(publication_changed)
    post_page_move.connect(page_moved)
    for sender in (HouseStyle, Site, PageViewRestriction, Redirect):
        post_save.connect(seen_everywhere_changed, sender=sender)
        post_delete.connect(seen_everywhere_changed, sender=sender)
    _when_written(picture_changed, Picture)
    _when_written(outlet_changed, Outlet)
    post_save.connect(words_withheld, sender=Withholding)
    _when_written(report_changed, Report)
    _when_written(statement_changed, Statement)
    _when_written(person_changed, Person)
    _when_written(event_changed, Event)
    _when_written(correction_changed, Correction)
    _when_written(account_changed, get_user_model())
    _when_written(mail_edition_changed, MailEdition)


def _when_written(handler: Any, sender: type[Model]) -> None:
    post_save.connect(handler, sender=sender)
    post_delete.connect(handler, sender=sender)
