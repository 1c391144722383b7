from __future__ import annotations

from allauth.account import urls as allauth_urls
from allauth.mfa import urls as second_factor_urls
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from careo.readers import log_in_views, views
from careo.readers.payments import views as payment_views
from careo.readers.payments.webhook import webhook
from careo.readers.second_factor import answered_here

ours = (
    [
        path("", views.account, name="account"),
        path("corner/", views.corner, name="corner"),
        path("edition/", views.choose_mail_edition, name="mail_edition"),
        path("edition/end/<str:token>/", views.leave, name="leave"),
        path("subscribe/", payment_views.subscribe, name="subscribe"),
        path("subscription/", payment_views.subscription, name="subscription"),
        path("subscription/paid/", payment_views.paid, name="paid"),
        path("subscription/plan/", payment_views.change, name="change_plan"),
        path("subscription/cancel/", payment_views.cancel, name="cancel_subscription"),
        path("subscription/resume/", payment_views.resume, name="resume_subscription"),
        path("subscription/card/", payment_views.card, name="change_card"),
        path("gift/<str:code>/", payment_views.gift, name="gift"),
        path("stripe/", webhook, name="stripe"),
        path("login/link/<str:token>/", log_in_views.log_in_by_link, name="log_in_by_link"),
        path("sessions/", log_in_views.kept_sessions, name="sessions"),
        path("sessions/end/<int:number>/", log_in_views.end_session, name="end_session"),
        path("sessions/end/", log_in_views.end_other_sessions, name="end_other_sessions"),
    ],
    "readers",
)

urlpatterns = [
    path("", include(ours)),
    # Before allauth's own, whose names they keep, for the sake of our forms.
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("signup/", views.SignupView.as_view(), name="account_signup"),
    path("login/code/", log_in_views.RequestLoginCodeView.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", log_in_views.confirm_login_code, name="account_confirm_login_code"),
    path("second-factor/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("second-factor/webauthn/login/", log_in_views.PasskeyLogInView.as_view(), name="mfa_login_webauthn"),
    path("", include(allauth_urls.urlpatterns)),
    path("second-factor/", include(second_factor_urls.urlpatterns)),
]
decorate_urlpatterns(second_factor_urls.urlpatterns, answered_here)
# An account's pages are for its reader's eyes, and not for the "back" button of the next one at the same device.
decorate_urlpatterns(urlpatterns, views.private)
