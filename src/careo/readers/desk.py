"""What the desk shows of readers: plans, subscriptions, the chooser of a reader, and the mail that was kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic import chooser
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from careo.readers import kept_mail
from careo.readers.actions import months_later
from careo.readers.models import Reader, Subscription

MAILS = 100  # newest shown; older ones lie in the folder


class MayGrant:
    """For those who grant subscriptions: others have no business with readers' addresses."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perms(["readers.add_subscription"]):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class ReaderFilterForm(BaseFilterForm):
    q = forms.CharField(label="E-mail or pen name", required=False)

    def filter(self, objects: QuerySet[Reader]) -> QuerySet[Reader]:
        words = self.cleaned_data.get("q")
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return objects.filter(Q(email__icontains=words) | Q(pen_name__icontains=words))


class ReaderColumns:
    filter_form_class = ReaderFilterForm

    @property
    def columns(self) -> list[Column]:
        return [self.title_column, Column("email", label="E-mail")]  # type: ignore[attr-defined]


class ChooseReader(MayGrant, ReaderColumns, chooser.ChooseView): ...


class ChooseReaderResults(MayGrant, ReaderColumns, chooser.ChooseResultsView): ...


class ReaderChosen(MayGrant, chooser.ChosenView): ...


class ReadersChosen(MayGrant, chooser.ChosenMultipleView): ...


class ReaderChooser(ChooserViewSet):
    model = Reader
    icon = "user"
    choose_one_text = "Choose a reader"
    choose_another_text = "Choose another reader"
    register_widget = False  # for subscriptions alone
    choose_view_class = ChooseReader
    choose_results_view_class = ChooseReaderResults
    chosen_view_class = ReaderChosen
    chosen_multiple_view_class = ReadersChosen


reader_chooser = ReaderChooser("reader_chooser", url_prefix="readers/choose")


class SubscriptionForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        """Without an end of its own a subscription runs as long as its plan says; of a paid one Stripe says it."""
        cleaned: dict[str, Any] = super().clean()
        if self.instance.pk and hasattr(self.instance, "paid"):
            raise forms.ValidationError(
                "This subscription is paid at Stripe, which says when it ends; end it under Payments."
            )
        begins, plan = cleaned.get("starts_at"), cleaned.get("plan")
        if begins and plan and not cleaned.get("ends_at"):
            cleaned["ends_at"] = months_later(begins, plan.months)
        if begins and cleaned.get("ends_at") and cleaned["ends_at"] <= begins:
            self.add_error("ends_at", "A subscription ends after it begins; choose a later day.")
        return cleaned


class GrantView(generic.CreateView):
    def save_instance(self) -> Subscription:
        self.form.instance.granted_by = self.request.user
        subscription: Subscription = super().save_instance()
        return subscription


def _day(field: str) -> Callable[[Subscription], str]:
    """Wagtail's own column tells how long ago a time was, and of one to come that it was just now."""

    def tell(subscription: Subscription) -> str:
        moment = getattr(subscription, field)
        return date_format(moment, "j F Y, H:i") if moment else "without end"

    return tell


class SubscriptionViewSet(ModelViewSet):
    """Editors grant and end subscriptions here; Wagtail keeps the log of it."""

    model = Subscription
    name = "subscriptions"
    url_prefix = "subscriptions"
    menu_label = "Subscriptions"
    icon = "tick"
    add_view_class = GrantView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    edit_handler = ObjectList(
        [
            FieldPanel("reader", widget=reader_chooser.widget_class),
            FieldPanel("plan"),
            FieldPanel("starts_at"),
            FieldPanel(
                "ends_at", help_text="Empty: as long as the plan runs. To end it, set the present time."
            ),
            FieldPanel("reason"),
        ],
        base_form_class=SubscriptionForm,
    )
    list_display = [
        "reader",
        "plan",
        Column("starts_at", label="From", accessor=_day("starts_at")),
        Column("ends_at", label="Until", accessor=_day("ends_at")),
        BooleanColumn("is_in_force", label="In force"),
        "granted_by",
    ]
    list_filter = ["plan"]
    search_fields = ["reader__email", "reader__pen_name"]
    search_backend_name = None


class KeptMailView(WagtailAdminTemplateMixin, generic.base.View):
    """The mail that was kept instead of sent. It holds log-in links: for administrators alone."""

    page_title = "Kept mail"
    header_icon = "mail"
    breadcrumbs_items: list[dict[str, str]] = []  # it stands directly in the menu
    template_name = "readers/desk/mail.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        if not getattr(request.user, "is_superuser", False):
            raise PermissionDenied
        folder = kept_mail.folder()
        mails = kept_mail.newest(folder, most=MAILS) if folder else []
        answer: HttpResponse = self.render_to_response(
            self.get_context_data(folder=folder, mails=mails, most=MAILS)
        )
        answer.headers["Cache-Control"] = "private, no-store"
        return answer
