from __future__ import annotations

from allauth.account import urls as allauth_urls
from django.urls import include, path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from careo.readers import views

ours = (
    [
        path("", views.account, name="account"),
        path("corner/", views.corner, name="corner"),
        path("subscribe/", views.subscribe, name="subscribe"),
        path("edition/", views.choose_mail_edition, name="mail_edition"),
        path("edition/end/<str:token>/", views.leave, name="leave"),
    ],
    "readers",
)

urlpatterns = [
    path("", include(ours)),
    # Before allauth's own, whose names they keep, for the sake of our forms.
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("signup/", views.SignupView.as_view(), name="account_signup"),
    path("", include(allauth_urls.urlpatterns)),
]
# An account's pages are for its reader's eyes, and not for the "back" button of the next one at the same device.
decorate_urlpatterns(urlpatterns, views.private)
