"""What is typed into the forum's forms. `length` of a reason is the column's."""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urlsplit
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from careo.forum.actions import fit
from careo.forum.errors import BadPost
from careo.forum.models import Notice, NoticeChoices, StatementOfReasons
from careo.forum.moderation_models import FREE_LIMIT, WHY_LIMIT
from careo.forum.reasons import Grounds

ADDRESS = re.compile(
    r"[!#-;=?-Z\[\]_a-z~]+"
)  # signs of an address (RFC 3986), all of which a browser writes so
HOW_TO = _(
    "*emphasis*, **strong**, > quotation, - list, `code`, [words](https://…). Links need no signs. "
    "@[pen name] tells a reader of it."
)


class PostForm(forms.Form):
    """A post. The token is drawn with the form: the same form sent twice makes one post."""

    text = forms.CharField(
        label=_("Your post"),
        help_text=HOW_TO,
        required=False,  # what is empty is said by `fit`, in our words
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_text(self) -> str:
        try:
            return fit(self.cleaned_data["text"])
        except BadPost as error:
            raise forms.ValidationError(str(error)) from error


class OpenForm(PostForm):
    """A thread of the paper's own, with its first post."""

    title = forms.CharField(label=_("Title"), max_length=200)
    field_order = ["title", "text"]

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())


class EditForm(PostForm):
    form_token = None  # type: ignore[assignment]


class ChoicesForm(forms.ModelForm[NoticeChoices]):
    """`choosing.choose` keeps it, since a choice looks ahead."""

    class Meta:
        model = NoticeChoices
        fields = ["answers", "mentions", "followed", "picks", "follows_own"]
        labels = {
            "answers": _("Somebody answers or quotes you"),
            "mentions": _("Somebody mentions you"),
            "followed": _("New posts in threads you follow"),
            "picks": _("An editor picks your post"),
            "follows_own": _("Follow a thread when you write in it"),
        }
        help_texts = {"follows_own": ""}
        widgets = {
            field: forms.Select(attrs={"class": "choice"})
            for field in ("answers", "mentions", "followed", "picks")
        }


class FlagForm(forms.Form):
    why = forms.CharField(
        label=_("What is wrong with it?"),
        required=False,
        max_length=300,
        help_text=_("Moderators read it; nobody else does."),
    )


class ReasonForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=WHY_LIMIT, help_text=_("Kept in the log."))


class GroundsForm(forms.Form):
    """An act that restricts somebody: the author is told all of it."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=WHY_LIMIT,
        help_text=_("Kept in the log, and told to the author: say what was done, as plainly as you can."),
    )
    ground = forms.ChoiceField(
        label=_("On the ground of"),
        choices=StatementOfReasons.Ground.choices,
        initial=StatementOfReasons.Ground.RULES,
        required=False,
        widget=forms.Select(attrs={"class": "choice"}),
    )
    rule = forms.CharField(
        label=_("Which law, or which of our rules?"),
        max_length=200,
        required=False,
        help_text=_("May be empty where it is our rules; of a law its name and article."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("ground") == StatementOfReasons.Ground.LAW and not cleaned.get("rule"):
            self.add_error("rule", _("Say which law: the author must be told."))
        return cleaned

    @property
    def grounds(self) -> Grounds:
        ground = self.cleaned_data["ground"] or StatementOfReasons.Ground.RULES
        return Grounds(ground=ground, rule=self.cleaned_data["rule"])


class AmendForm(GroundsForm):
    text = forms.CharField(
        label=_("The post"), strip=False, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    field_order = ["text", "why", "ground", "rule"]


class SlowForm(forms.Form):
    PACES: ClassVar[list[tuple[int, Any]]] = [
        (0, _("as everywhere")),
        (30, _("half a minute")),
        (60, _("a minute")),
        (300, _("five minutes")),
        (1800, _("half an hour")),
        (7200, _("two hours")),
    ]
    seconds = forms.TypedChoiceField(
        label=_("Between two posts of one reader"), choices=PACES, coerce=int,
        widget=forms.Select(attrs={"class": "choice"}),
    )  # fmt: skip
    why = forms.CharField(label=_("Reason"), max_length=WHY_LIMIT, help_text=_("Kept in the log."))


class SanctionForm(GroundsForm):
    KINDS: ClassVar[list[tuple[str, Any]]] = [
        ("warn", _("Warn: a letter, and nothing else")),
        ("mute-here", _("Mute in this thread: reads, does not write in it")),
        ("mute", _("Mute: reads and flags, does not write")),
        ("suspend", _("Suspend: reads, neither writes nor flags")),
        ("ban", _("Ban: does not read the forum either")),
    ]
    LENGTHS: ClassVar[list[tuple[str, Any]]] = [
        ("3", _("three hours")),
        ("24", _("a day")),
        ("168", _("a week")),
        ("720", _("thirty days")),
        ("8760", _("a year")),
        ("", _("until it is lifted")),
    ]
    kind = forms.ChoiceField(label=_("What?"), choices=KINDS, initial="suspend", widget=forms.RadioSelect)
    hours = forms.TypedChoiceField(
        label=_("For how long?"), choices=LENGTHS, coerce=int, empty_value=None, required=False, initial="168",
        help_text=_("A warning has no length."), widget=forms.Select(attrs={"class": "choice"}),
    )  # fmt: skip
    field_order = ["kind", "hours", "why", "ground", "rule"]

    def __init__(self, *args: Any, in_thread: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [kind for kind in self.KINDS if in_thread or kind[0] != "mute-here"]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("Why should it be decided otherwise?"),
        max_length=FREE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Once, and read by somebody else than who decided."),
    )


class SettleForm(forms.Form):
    why = forms.CharField(
        label=_("Reason"), max_length=WHY_LIMIT, help_text=_("Kept in the log, and told to whoever asked.")
    )


class SettleNoticeForm(SettleForm):
    rule = forms.CharField(
        label=_("Which law?"), max_length=200, required=False, help_text=_("Needed where you act on it.")
    )


class NoticeForm(forms.ModelForm[Notice]):
    """Art. 16(2) asks for reasons, exact address, name and e-mail (but where children are abused), and good faith."""

    class Meta:
        model = Notice
        fields = ["address", "kind", "why", "name", "email", "in_good_faith"]
        labels = {
            "address": _("Where is it?"),
            "kind": _("What is it?"),
            "why": _("Why is it against the law?"),
            "name": _("Your name"),
            "email": _("Your e-mail address"),
            "in_good_faith": _("I believe in good faith that what I say here is correct and complete."),
        }
        help_texts = {
            "address": _("The exact address on our site; of a post, the one behind its date."),
            "why": _("What is said or shown there, and against which law it is."),
            "email": _("To it we send a receipt and our decision. Both name and address may be left empty where it "
                       "is about the sexual abuse of children."),
        }  # fmt: skip
        widgets = {"why": forms.Textarea(attrs={"rows": 8}), "kind": forms.Select(attrs={"class": "choice"})}

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip()
        ours = urlsplit(settings.CAREO_ADDRESS)
        try:
            parts = urlsplit(address)
        except ValueError:
            parts = urlsplit("")
        # The receipt repeats it: what holds blanks is words to somebody, not an address.
        if not ADDRESS.fullmatch(address) or (parts.scheme, parts.netloc) != (ours.scheme, ours.netloc):
            start = f"{ours.scheme}://{ours.netloc}/"
            raise forms.ValidationError(_("This is no address of ours: ours begin with %s") % start)
        return address

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") != Notice.Kind.CHILDREN:
            for name in ("name", "email"):
                if name in cleaned and not cleaned[name]:
                    self.add_error(name, _("We need it, to answer you."))
        if not cleaned.get("in_good_faith"):
            self.add_error("in_good_faith", _("Without it we cannot take a notice."))
        return cleaned
