"""Choosing a plan."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careo.readers.models import Plan, PlanKind
from careo.readers.payment_models import CODE_LENGTH
from careo.readers.payments.money import money


class PlanField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic to the stubs alone
    def __init__(self, plans: QuerySet[Plan]) -> None:
        super().__init__(plans, label=gettext_lazy("Plan"), empty_label=None, widget=forms.RadioSelect)

    def label_from_instance(self, obj: Plan) -> str | SafeString:
        return f"{obj.name}: {price_line(obj)}"


def price_line(plan: Plan) -> str:
    """What it costs, as a reader wants to know before she pays."""
    cost = money(plan.price or 0, plan.currency)
    if plan.kind == PlanKind.GIFT:
        return _("%(cost)s once, for %(months)s months") % {"cost": cost, "months": plan.months}
    each = {1: _("%(cost)s a month"), 12: _("%(cost)s a year")}.get(
        plan.months, _("%(cost)s every %(months)s months")
    )
    line = each % {"cost": cost, "months": plan.months}
    if plan.kind == PlanKind.TRIAL:
        return _("%(days)s days without payment, then %(line)s") % {"days": plan.days, "line": line}
    return line


class ChoosePlanForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code of an offer"),
        required=False,
        max_length=CODE_LENGTH,
        help_text=gettext_lazy("If you have one."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("plan", "code")

    def __init__(self, plans: QuerySet[Plan], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["plan"] = PlanField(plans)
        self.order_fields(self.field_order)


class ChangePlanForm(forms.Form):
    def __init__(self, plans: QuerySet[Plan], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["plan"] = PlanField(plans)
