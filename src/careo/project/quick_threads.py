"""Lets a thread's page and a post be answered the quick way (`careo.forum.quick`, `quick_posting`) before sessions,
messages and views are looked at.

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
from careo.forum import quick, quick_posting
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
        self._path, self._reply = (_of_a_story(name) for name in ("forum:thread", "forum:reply"))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._quickly(request) or self.get_response(request)

    def _quickly(self, request: HttpRequest) -> HttpResponse | None:
        path = {"GET": self._path, "POST": self._reply}.get(request.method or "")
        found = path.fullmatch(request.path) if path else None
        if found is None or not carries_genuine_pass(request):
            return None
        if request.method == "POST":
            return quick_posting.answer(request, int(found[1]))
        generation = frame_generation()
        return None if generation is None else quick.answer(request, int(found[1]), generation)


def _of_a_story(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(reverse(name, args=[0])).replace("0", "([0-9]{1,10})"))


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
