"""Making a page, keeping it where it may be kept, and answering with it.

What is kept is an answer of status 200 to a GET without a query string, made for nobody (`nobody`), in the variant it
was made in. Cookies that later middleware sets belong to the answer of one request and never reach the store.

However many ask at once for a page that is not there, one of them renders it (`by_one`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from time import time
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from careo.edge.page import Page as KeptPage
from careo.edge.store import Stamp
from careo.edge.variants import PUBLIC, SUBSCRIBER, VARIANTS, Variant
from careo.paper.listing import a_story_will_end
from careo.paper.nobody import NobodysRequest
from careo.paper.store import page_store
from careo.paper.surrogates import surrogate_keys

# Everybody gets these bytes, and a cache on the way asks each time whether they still hold.
FOR_ALL = "public, max-age=0, must-revalidate"
# A subscriber's page stays in the subscriber's own browser, which asks each time too.
FOR_ONE = "private, no-cache"


def variant_of(request: HttpRequest) -> Variant:
    """Which variant the reader's session and subscription allow; public where nothing was said."""
    return SUBSCRIBER if getattr(request, "variant", PUBLIC) == SUBSCRIBER else PUBLIC


def drawn_up(response: HttpResponseBase, request: NobodysRequest, *, cache: str = FOR_ALL) -> KeptPage | None:
    """The rendered answer as the store has it; None for one that is not everybody's after all.

    Its time is that of the drawing: a page changes with the masthead and with the outlets that it names, too.
    """
    if not isinstance(response, HttpResponse):
        return None
    if response.status_code != 200 or request.a_form_was_drawn or response.cookies:
        return None
    if response.has_header("Vary") or response.has_header("Cache-Control"):
        return None
    return KeptPage(
        body=response.content,
        content_type=response["Content-Type"],
        last_modified=int(time()),
        headers=(("Cache-Control", cache),),
    )


class Made(NamedTuple):
    """An answer, and whether it was kept, or would have been had nothing changed meanwhile."""

    answer: HttpResponseBase
    for_all: bool


def by_one(request: HttpRequest, variant: Variant, make: Callable[[], Made]) -> HttpResponseBase:
    """The page from the store, or made: by the first who asks, while others wait to find it there.

    They make it themselves where it turns out that it is not kept, or is dropped faster than it can be made.
    """
    for _ in range(_ROUNDS):
        if kept := page_store().get(request.path, variant):
            return answer_with(kept, request)
        with page_store().flights.join(request.path) as flight:
            if flight.mine:
                # Another process, or a round that ended just now, may have made it.
                if kept := page_store().get(request.path, variant):
                    flight.for_all = True
                    return answer_with(kept, request)
                made = make()
                flight.for_all = made.for_all
                return made.answer
        if not flight.for_all:
            break
    return make().answer


# The other variant of the page takes one; the rest are for pages that change while they are made.
_ROUNDS = 3


def made_once(
    request: HttpRequest,
    make: Callable[[NobodysRequest], HttpResponse],
    *,
    tags: Collection[str] | Callable[[], Collection[str]],
) -> HttpResponseBase:
    """An answer that is the same for all readers: from the store, or made for nobody and kept.

    `make` looks up all it needs itself: what was looked up before it could be out of date, and be kept so. `tags` that
    only the making tells are asked for after it.
    """

    def made() -> Made:
        stamp = page_store().stamp()
        nobodys = NobodysRequest(request.path, query, PUBLIC)
        drawn = drawn_up(answer := make(nobodys), nobodys)
        if drawn is None:
            return Made(answer, for_all=False)
        for_all = not query and not a_story_will_end()
        if for_all:
            keep(drawn, request.path, VARIANTS, tags=tags() if callable(tags) else tags, stamp=stamp)
        return Made(answer_with(drawn, request), for_all)

    query = request.META.get("QUERY_STRING", "")
    return made().answer if query else by_one(request, PUBLIC, made)


def rendered(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    return response


def keep(
    page: KeptPage, path: str, variants: Collection[Variant], *, tags: Collection[str], stamp: Stamp
) -> None:
    """Keep the page unless what it was made from has changed since the stamp."""
    page.headers += surrogate_keys(tags)
    for variant in variants:
        page_store().put(path, variant, page, tags=tags, stamp=stamp)


def answer_with(page: KeptPage, request: HttpRequest) -> HttpResponseBase:
    """The page to a reader, or 304 where the browser has it already."""
    response = HttpResponse(page.body, content_type=page.content_type)
    for name, value in page.headers:
        response[name] = value
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))  # as the edge says of the same page
    response["ETag"] = page.etag
    response["Last-Modified"] = http_date(page.last_modified)
    unchanged = get_conditional_response(
        request, etag=page.etag, last_modified=page.last_modified, response=response
    )
    return unchanged or response
