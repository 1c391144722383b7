"""One door for each room; the paper comes last, since any path may be a page of it."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as desk_urls

urlpatterns = [
    path("desk/", include(desk_urls)),
    path("account/", include("careo.readers.urls")),
    path("forum/", include("careo.forum.urls")),
    path("", include("careo.paper.urls")),
]
