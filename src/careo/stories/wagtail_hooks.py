"""Stories in Wagtail's admin: the citation in the editor, the choosers, the check before publishing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from careo.desk.models import Event
from careo.desk.views import BUTTONS_HOOK
from careo.stories import draftail, gate
from careo.stories.access import sections_open_to
from careo.stories.actions import OVERRIDDEN
from careo.stories.choosers import event_chooser, statement_chooser
from careo.stories.errors import StoryStopped
from careo.stories.models import Story


@hooks.register("register_admin_urls")
def stories_urls() -> list[URLResolver]:
    return [path("stories/", include("careo.stories.urls"))]


@hooks.register("register_admin_viewset")
def choose_statements() -> Any:
    return statement_chooser


@hooks.register("register_admin_viewset")
def choose_events() -> Any:
    return event_chooser


@hooks.register("register_rich_text_features")
def citations(features: FeatureRegistry) -> None:
    draftail.register(features)


@hooks.register("register_admin_menu_item")
def write_menu_item() -> MenuItem:
    return MenuItem("Write a story", reverse("stories:events"), name="write", icon_name="edit", order=130)


@hooks.register(BUTTONS_HOOK)
def write_about(event: Event, user: Any) -> Iterator[HeaderButton]:
    """On an event's page at the desk, for those who may write somewhere."""
    if sections_open_to(user).exists():
        yield HeaderButton("Write a story", reverse("stories:begin", args=[event.pk]), icon_name="edit")


class CheckMenuItem(ActionMenuItem):
    """To the check of the draft that was saved last."""

    label = "Check"
    name = "action-check"
    icon_name = "tasks"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and isinstance(context["page"], Story)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("stories:check", args=[parent_context["page"].pk])


@hooks.register("register_page_action_menu_item")
def check_menu_item() -> CheckMenuItem:
    return CheckMenuItem(order=5)


@hooks.register("before_publish_page")
def stop_at_the_check(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A story with findings that stop it is kept as a draft; the editor is shown why."""
    if not isinstance(page, Story):
        return None
    findings = gate.against(page)
    if not findings:
        return None
    messages.error(request, str(StoryStopped(page.title, findings)))
    return redirect("stories:check", page.pk)


@hooks.register("before_bulk_action")
def stop_many_at_the_check(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Of several stories published at once none is while the check stops one."""
    if action_type != "publish" or request.method != "POST":
        return None
    drafts = [one.get_latest_revision_as_object() for one in objects if isinstance(one.specific, Story)]
    stopped = [StoryStopped(draft.title, found) for draft in drafts if (found := gate.against(draft))]
    for one in stopped:
        messages.error(request, str(one))
    return HttpResponseRedirect(action.next_url) if stopped else None


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(OVERRIDDEN, "Override the check", "Overrode the check")
    actions.register_action(gate.STOPPED, "Stop at the check", "Stopped by the check at its hour")
