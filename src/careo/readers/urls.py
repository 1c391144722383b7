from __future__ import annotations

from django.urls import include, path

from careo.readers import views

ours = (
    [
        path("", views.account, name="account"),
        path("corner/", views.corner, name="corner"),
        path("subscribe/", views.subscribe, name="subscribe"),
    ],
    "readers",
)

urlpatterns = [
    path("", include(ours)),
    # Before allauth's own, whose names they keep, for the sake of our forms.
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("signup/", views.SignupView.as_view(), name="account_signup"),
    path("", include("allauth.account.urls")),
]
