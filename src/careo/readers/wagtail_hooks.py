"""The readers' doors at the desk, and one log-in for the whole house."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from django.views.generic import RedirectView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from careo.readers.desk import KeptMailView, reader_chooser
from careo.readers.payments.desk import EndView, GiftPaymentView, ReadersGroup, RefundView


@hooks.register("register_admin_viewset")
def readers_viewsets() -> list[ViewSet | ViewSetGroup]:
    return [reader_chooser, ReadersGroup()]


@hooks.register("register_admin_urls")
def readers_urls() -> list[URLPattern]:
    return [
        path("mail/", KeptMailView.as_view(), name="kept_mail"),
        path("payments/<int:pk>/", RefundView.as_view(), name="payments_of"),
        path("payments/gift/<int:pk>/", GiftPaymentView.as_view(), name="payment_of_gift"),
        path("payments/<int:pk>/end/", EndView.as_view(), name="end_paid"),
        # Wagtail's own doors count no attempts and ask for no confirmed address; ours stand before them.
        path("login/", RedirectView.as_view(pattern_name="wagtailadmin_home")),
        re_path(r"^password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    ]


class KeptMailItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_superuser", False))


@hooks.register("register_settings_menu_item")
def kept_mail_item() -> MenuItem:
    return KeptMailItem("Kept mail", reverse("kept_mail"), name="kept-mail", icon_name="mail", order=900)


@hooks.register("register_permissions")
def right_to_give_money_back() -> QuerySet[Permission]:
    """The others are named by their viewsets."""
    return Permission.objects.filter(content_type__app_label="readers", codename="add_refund")
