"""The press's pages, mounted within the desk."""

from __future__ import annotations

from django.urls import path

from careo.press.views import capture

app_name = "press"
urlpatterns = [path("capture/", capture, name="capture")]
