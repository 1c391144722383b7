"""The application that a server runs: the edge before Django. Ask `application()` once `database.ready()` has run."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from careo.edge.app import Edge
from careo.edge.files import Files
from careo.edge.observer import UNOBSERVED, Observer
from careo.edge.shared import SharedPageStore
from careo.paper.store import page_store
from careo.project.handler import OneTurnHandler
from careo.project.live import hub
from careo.project.readiness import failing_parts
from careo.project.static import static_files
from careo.project.storage.pictures import GOOD_SECONDS


def application(observer: Observer = UNOBSERVED) -> Edge:
    """Django behind the edge, with the settings in force."""
    address, store = urlsplit(settings.CAREO_ADDRESS), page_store()
    if isinstance(store, SharedPageStore):
        store.follow()
    return Edge(
        OneTurnHandler(),
        store=store,
        pass_key=settings.CAREO_PASS_KEY,
        pass_cookie=settings.CAREO_PASS_COOKIE,
        host=address.netloc,
        files=Files(
            static_files(),
            media=settings.MEDIA_ROOT,
            media_url=settings.MEDIA_URL,
            media_seconds=None if settings.CAREO_STORE is None else GOOD_SECONDS,
        ),
        https=address.scheme == "https",
        probe=failing_parts,
        observer=observer,
        hub=hub(),
    )
