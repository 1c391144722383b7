"""The paper's door at the desk: the e-mail editions."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from careo.paper.access import may_publish_the_paper


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
