"""Lets a thread's page be answered the quick way (`careo.forum.quick`) before sessions, messages and views are looked at.

Here three rooms meet that do not know each other: the pass that readers carry, the frame that the paper draws around each
page, and the forum, which asks the database who may read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from time import time
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from careo.edge.page import Page
from careo.edge.variants import PUBLIC
from careo.forum import quick
from careo.paper.store import page_store
from careo.paper.tags import LATEST, SITE
from careo.readers.middleware import carries_genuine_pass

_FRAME = "frame of the forum"  # no path, so that nobody can ask for it


class QuickThreads:
    """Stands behind the middleware that adds headers and the token against forged forms, before sessions.

    Whose pass is to be renewed goes on: the middleware further down does it, with whatever else is done now and then.
    """

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._path = re.compile(re.escape(reverse("forum:thread", args=[0])).replace("0", "([0-9]{1,10})"))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._quickly(request) or self.get_response(request)

    def _quickly(self, request: HttpRequest) -> HttpResponse | None:
        found = self._path.fullmatch(request.path) if request.method == "GET" else None
        if found is None or not carries_genuine_pass(request) or (generation := frame_generation()) is None:
            return None
        return quick.answer(request, int(found[1]), generation)


def frame_generation() -> str | None:
    """A word that the page store keeps as long as what stands around every page: dropped with it, on every machine.

    None where it cannot be kept just now.
    """
    store = page_store()
    if (kept := store.get(_FRAME, PUBLIC)) is not None:
        return kept.body.decode()
    stamp, word = store.stamp(), uuid4().hex
    page = Page(word.encode(), "application/octet-stream", int(time()))
    return word if store.put(_FRAME, PUBLIC, page, tags={SITE, LATEST}, stamp=stamp) else None
