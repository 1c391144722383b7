"""Acts on stories: overriding a check, beginning a story from an event, and the rights of an editor."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AbstractUser, Group, Permission
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from careo.desk.models import Event
from careo.stories import gate
from careo.stories.errors import NoReason, NothingToOverride
from careo.stories.models import CheckOverride, Section, Story

EDITORS = "Editors"
OVERRIDDEN = "careo.check_overridden"
ON_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
ON_PICTURES = ("add_image", "change_image", "choose_image")
ON_DOCUMENTS = ("add_document", "change_document", "choose_document")
EVERYWHERE = ("access_admin", "change_housestyle")


@transaction.atomic
def override(story: Story, *, editor: AbstractBaseUser, reason: str) -> CheckOverride:
    """Let the findings that stop the story pass, and them alone. Raises NoReason, NothingToOverride."""
    if not reason.strip():
        raise NoReason
    stopping = gate.against(story)
    if not stopping:
        raise NothingToOverride
    findings = [found.overridden_by for found in stopping]
    kept = CheckOverride.objects.create(
        story=story, editor_id=editor.pk, reason=reason.strip(), findings=findings
    )
    log(instance=story, action=OVERRIDDEN, user=editor, data={"reason": kept.reason, "findings": findings})
    return kept


@transaction.atomic
def begin(event: Event, *, section: Section, title: str, editor: AbstractBaseUser) -> Story:
    """A draft about an event, in a section; the choosers open on the event's statements."""
    story = Story(title=title, event=event, live=False, owner=editor, locale=section.locale)
    section.add_child(instance=story)
    story.save_revision(user=editor)
    log(instance=story, action="wagtail.create", user=editor)
    return story


@transaction.atomic
def grant_editor(user: AbstractUser) -> None:
    """Make the user an editor of the whole paper. Doing it again changes nothing."""
    user.groups.add(editors())


def editors() -> Group:
    """The group of those who write and publish, with all its rights."""
    group, _ = Group.objects.get_or_create(name=EDITORS)
    group.permissions.add(*Permission.objects.filter(codename__in=EVERYWHERE))
    for permission in Permission.objects.filter(codename__in=ON_PAGES, content_type__app_label="wagtailcore"):
        GroupPagePermission.objects.get_or_create(group=group, page=_front(), permission=permission)
    library = Collection.get_first_root_node()
    for permission in Permission.objects.filter(
        codename__in=ON_PICTURES + ON_DOCUMENTS, content_type__app_label__in=("wagtailimages", "wagtaildocs")
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=library, permission=permission
        )
    return group


def _front() -> Page:
    """The paper's front page; before it is founded, the root under which it will stand."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    front: Page = site.root_page if site else Page.get_first_root_node()
    return front
