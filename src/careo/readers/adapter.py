"""How allauth behaves in our house: its sentences, whom it mails, where it sends people, whom it counts."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from careo.readers import proxies
from careo.readers.letter_frame import framed
from careo.readers.models import Leaving, Reader


def paper_name(request: HttpRequest | None) -> str:
    site = Site.find_for_request(request) if request else Site.objects.filter(is_default_site=True).first()
    return (site and site.site_name) or str(settings.WAGTAIL_SITE_NAME)


class ReaderAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is blocked; write to the editors."),
        "duplicate_email": _("This is the address of your account already."),
        "email_password_mismatch": _(
            "This address and this password do not belong together. Check both, or set a new password."
        ),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link was used already, or is too old; ask for a new one."),
        "rate_limited": _("That was too often in a short time; wait a few minutes and try again."),
        "incorrect_code": _("This is not the code that we sent; check it, or ask for another mail."),
        "too_many_codes": _(
            "There were too many wrong codes for this account today; use a passkey, or try again tomorrow."
        ),
        "too_many_login_attempts": _(
            "There were too many attempts to log in with this address; "
            "wait five minutes and try again, or set a new password."
        ),
        "unverified_primary_email": _(
            "Confirm the address first: follow the link in the mail we sent to it."
        ),
    }

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, context | {"paper": paper_name(self.request)})

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Text from allauth's template, and the same as HTML where the template has none of its own."""
        letter: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        if isinstance(letter, EmailMultiAlternatives) and not letter.alternatives:
            letter.attach_alternative(framed(str(letter.subject), str(letter.body)), "text/html")
        return letter

    def is_safe_url(self, url: str) -> bool:
        """Only our own address: what the environment names, never what a request claims."""
        ours = urlsplit(settings.CAREO_ADDRESS)
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={ours.netloc}, require_https=ours.scheme == "https"
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        peer, forwarded = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
        address = proxies.client(peer, forwarded, settings.CAREO_TRUSTED_PROXIES)
        if address is None:
            raise PermissionDenied(
                "The address of the client cannot be told, so its attempts cannot be counted."
            )
        return address

    def is_reauthentication_required(self, *, app: str, **told: Any) -> bool:
        """Whoever sits down at a device left logged in does not change the address, and so take the account over."""
        return True

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm, unless another account came to hold the address: only the mailbox's owner learns of it here."""
        others = Reader.objects.exclude(pk=email_address.user_id).filter(email=email_address.email)
        if others.exists():
            sentence = gettext(
                "%(email)s belongs to another account; log in to that one, or use another address."
            ) % {"email": email_address.email}
            self.add_message(request, messages.ERROR, message=sentence)
            return False
        return bool(super().confirm_email(request, email_address))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("readers:account")

    def post_login(self, request: HttpRequest, user: Reader, **told: Any) -> HttpResponse:
        """Who asked for the account to be deleted is offered to keep it, then goes on to where they were going."""
        answer: HttpResponse = super().post_login(request, user, **told)
        if not Leaving.objects.filter(reader=user).exists():
            return answer
        onward = urlencode({"next": answer["Location"]}) if answer.has_header("Location") else ""
        return HttpResponseRedirect(f"{reverse('readers:stay')}?{onward}")
