"""The paper's pages at the desk, under /desk/editions/."""

from __future__ import annotations

from django.urls import path, re_path

from careo.paper import mail_desk

app_name = "paper_desk"
urlpatterns = [
    path("", mail_desk.overview, name="mail_editions"),
    path("<str:period>/introduce/", mail_desk.introduce, name="introduce"),
    path("<str:period>/send/", mail_desk.send, name="send"),
    re_path(r"^(?P<period>\w+)/preview\.(?P<form>html|text)$", mail_desk.preview, name="preview"),
]
