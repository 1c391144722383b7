"""The paper's doors at the desk: the e-mail editions, and readers' notes with the number of those that wait."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.log_actions import LogActionRegistry

from careo.paper.access import may_publish_the_paper
from careo.paper.actions import REOPENED, SETTLED
from careo.paper.models import ReadersNote


@hooks.register("register_admin_urls")
def paper_urls() -> list[URLResolver]:
    return [path("editions/", include("careo.paper.desk_urls"))]


class MailEditionsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_publish_the_paper(request.user)


@hooks.register("register_admin_menu_item")
def mail_editions_item() -> MenuItem:
    address = reverse("paper_desk:mail_editions")
    return MailEditionsItem("E-mail editions", address, name="mail-editions", icon_name="mail", order=140)


@hooks.register("register_admin_urls")
def notes_urls() -> list[URLResolver]:
    return [path("notes/", include("careo.paper.notes_urls"))]


class NotesMenuItem(MenuItem):
    def render_component(self, request: HttpRequest) -> Any:
        """The item; a copy of its label tells how many notes are open."""
        waiting = ReadersNote.objects.open().count()
        label = f"{self.label} ({waiting})" if waiting else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, attrs=self.attrs)


@hooks.register("register_admin_menu_item")
def notes_menu_item() -> MenuItem:
    address = f"{reverse('notes:notes')}?state=open"
    return NotesMenuItem("Readers’ notes", address, name="notes", icon_name="warning", order=140)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(SETTLED, "Settle a reader's note", "Settled")
    actions.register_action(REOPENED, "Open a reader's note again", "Opened again")
