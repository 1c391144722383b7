"""One door for each room; the paper comes last, since any path may be a page of it."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from wagtail.admin import urls as desk_urls

from careo.project.storage.pictures import picture

handler500 = "careo.project.trouble.fault"
urlpatterns = [
    # Where pictures lie on the disk, the edge has answered before this is asked.
    *([path("media/images/<path:name>", picture)] if settings.CAREO_STORE is not None else ()),
    path("desk/", include(desk_urls)),
    path("account/", include("careo.readers.urls")),
    path("forum/", include("careo.forum.urls")),
    path("", include("careo.paper.urls")),
]
