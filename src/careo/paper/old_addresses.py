"""Where an address leads at which there is nothing: to the page's new one (301), to the news that it is gone (410),
or nowhere (404).

Wagtail writes a redirect whenever a page, or the section it stands in, moves or takes another slug, drafts included.
Only one that leads to what all may see is followed: else a visitor could learn the name of what is not published.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from careo.edge.variants import PUBLIC
from careo.paper.access import story_at
from careo.paper.listing import within_its_time
from careo.paper.models import GoneAddress
from careo.paper.nobody import NobodysRequest
from careo.stories.models import Section, Story

_MARKDOWN = re.compile(r"(/.+)\.md")
_UNDER_A_STORY = re.compile(r"(/.+/)((?:versions/|citations/)[0-9]+/|versions/|made/|wrong/)")
_FEED = re.compile(r"/feeds(/[^/]+)/([a-z]+\.(?:xml|json))")


class OldAddressMiddleware:
    """Looks again at what is answered 404. Nothing of it may be kept on the way: pages come back."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD") or "\0" in request.path:
            return response
        response = moved(request) or gone(request) or response
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, no_cache=True)
        return response


def moved(request: HttpRequest) -> HttpResponse | None:
    """The way to the address of now; None where none leads from here."""
    if markdown := _MARKDOWN.fullmatch(request.path):
        story = _page_from(request, markdown[1])
        return _to(f"{story.url[:-1]}.md") if isinstance(story, Story) and not story.is_closed else None
    if feed := _FEED.fullmatch(request.path):
        section = _page_from(request, feed[1])
        return _to(f"/feeds/{section.slug}/{feed[2]}") if isinstance(section, Section) else None
    if under := _UNDER_A_STORY.fullmatch(request.path):
        return _with_its_story(request, *under.groups())
    found = _redirect_from(request, request.get_full_path()) or _redirect_from(request, request.path)
    link = found.link if found and _leads_to_what_all_may_see(found) else None
    return _to(link, permanent=found.is_permanent) if found and link else None


def gone(request: HttpRequest) -> HttpResponse | None:
    """A page that says so, where all could read a story once."""
    path = _of_its_story(request.path)
    if path != request.path and _stands_at(path):
        return None  # the story is there, and closed: what is missing is its Markdown alone
    if GoneAddress.objects.filter(path=path).exists() or _its_hour_has_passed(path):
        return render(request, "410.html", status=410)
    return None


def _with_its_story(request: HttpRequest, before: str, page: str) -> HttpResponse | None:
    """A page of a story's record, or the form under it, at the story's address of now."""
    story = _page_from(request, before)
    address = f"{story.url}{page}" if isinstance(story, Story) else request.path
    query = request.META.get("QUERY_STRING", "")
    return _to(f"{address}?{query}" if query else address) if address != request.path else None


def _of_its_story(path: str) -> str:
    """The address of the story whose Markdown the path is of; else the path itself."""
    return f"{markdown[1]}/" if (markdown := _MARKDOWN.fullmatch(path)) else path


def _stands_at(path: str) -> bool:
    """Is there a story that all may find?"""
    try:
        return bool(story_at(path.strip("/")))
    except (Http404, UnicodeError):
        return False


def _to(address: str, *, permanent: bool = True) -> HttpResponse:
    return HttpResponsePermanentRedirect(address) if permanent else HttpResponseRedirect(address)


def _redirect_from(request: HttpRequest, path: str) -> Redirect | None:
    found: Redirect | None = get_redirect(request, Redirect.normalise_path(path, decode_unicode=False))
    return found


def _page_from(request: HttpRequest, path: str) -> Page | None:
    """The page of now that a redirect of old leads to, if all may see it."""
    found = _redirect_from(request, path)
    if found is None or found.redirect_page_id is None or not _leads_to_what_all_may_see(found):
        return None
    page: Page = found.redirect_page.specific
    return page


def _leads_to_what_all_may_see(found: Redirect) -> bool:
    if found.redirect_page_id is None:
        return True  # an address that an editor wrote
    seen = Page.objects.live().public().filter(within_its_time(), pk=found.redirect_page_id)
    return bool(seen.exists())


def _its_hour_has_passed(path: str) -> bool:
    """Is there a story that ended by itself, and which the scheduler has not withdrawn yet?"""
    try:
        route = Page.route_for_request(NobodysRequest(path, "", PUBLIC), path.strip("/"))
    except UnicodeError:
        return False
    page = route.page if route else None
    return isinstance(page, Story) and _has_ended(page) and not page.get_view_restrictions()


def _has_ended(story: Story) -> bool:
    now = timezone.now()
    begun = story.go_live_at is None or story.go_live_at <= now
    return begun and story.expire_at is not None and story.expire_at <= now
