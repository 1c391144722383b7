"""The paper's pages, by way of the page store; archive and search; what robots are told."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.views import serve

from careo.edge.page import Page as KeptPage
from careo.edge.variants import PUBLIC, VARIANTS, Variant
from careo.paper.access import story_at
from careo.paper.addresses import full
from careo.paper.filters import FIRST_YEAR, LAST_YEAR
from careo.paper.front import front
from careo.paper.keeping import (
    FOR_ALL,
    FOR_ONE,
    Made,
    answer_with,
    by_one,
    drawn_up,
    keep,
    made_once,
    rendered,
    variant_of,
)
from careo.paper.listing import (
    a_story_will_end,
    day_beside,
    in_its_time,
    page_of_teasers,
    stories_of_day,
    teasers,
    visible_stories,
)
from careo.paper.markdown import as_markdown
from careo.paper.models import Home, Machines, MailEdition, StandingPage
from careo.paper.nobody import NobodysRequest
from careo.paper.periods import Period, years
from careo.paper.robots import reservation, robots_txt
from careo.paper.search import Query
from careo.paper.store import page_store
from careo.paper.tags import LATEST, MAIL_EDITIONS, SITE, tags_of
from careo.stories.models import Section, Story

# Named in robots.txt.
SITEMAPS = ("/sitemap.xml", "/news-sitemap.xml")
AN_HOUR = {"Cache-Control": "public, max-age=3600"}
# Of other types we do not know whom they tell what.
KEPT_TYPES = (Home, Section, StandingPage, Story)


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page of the paper: from the store, or made for nobody and kept, or made for this reader alone."""
    variant = variant_of(request)
    if request.META.get("QUERY_STRING", ""):
        return _made(request, path, variant).answer
    return by_one(request, variant, lambda: _made(request, path, variant))


def _made(request: HttpRequest, path: str, variant: Variant) -> Made:
    query = request.META.get("QUERY_STRING", "")
    stamp = page_store().stamp()  # before anything is looked up: a change from here on undoes what is kept
    found = _found(request.path, path)
    if not isinstance(found, KEPT_TYPES) or found.get_view_restrictions():
        return Made(_for_this_reader_alone(request, path), for_all=False)
    if query and not isinstance(
        found, Section
    ):  # only a long list looks at what stands behind the question mark
        query = ""
        if kept := page_store().get(request.path, variant):
            return Made(answer_with(kept, request), for_all=True)
    drawn, made_of = _drawn(found, request.path, query, variant)
    if drawn is None:
        return Made(_for_this_reader_alone(request, path), for_all=False)
    for_all = not query and not _will_end(found)
    if for_all:
        keep(drawn, request.path, _read_by(found, variant), tags=tags_of(found) | made_of, stamp=stamp)
    return Made(answer_with(drawn, request), for_all)


def _will_end(found: Page) -> bool:
    """Will the page, or a story it lists, be gone at an hour at which nothing tells the store?"""
    return found.expire_at is not None or (isinstance(found, Home | Section) and a_story_will_end())


def _found(path: str, components: str) -> Page:
    route = Page.route_for_request(NobodysRequest(path, "", PUBLIC), components)
    if route is None or not in_its_time(route.page):
        raise Http404("There is no such page.")
    return route.page


def _drawn(found: Page, path: str, query: str, variant: Variant) -> tuple[KeptPage | None, set[str]]:
    """The page in the variant, with the tags of what its drawing found; one that is the same for all is drawn as the
    public sees it."""
    alone = variant != PUBLIC and _is_closed(found)
    nobodys = NobodysRequest(path, query, variant if alone else PUBLIC)
    response = rendered(serve(nobodys, path.lstrip("/")))
    return drawn_up(response, nobodys, cache=FOR_ONE if alone else FOR_ALL), nobodys.made_of


def _read_by(found: Page, variant: Variant) -> tuple[Variant, ...]:
    """Whose shelf it goes on."""
    return (variant,) if _is_closed(found) else VARIANTS


def _is_closed(found: Page) -> bool:
    return isinstance(found, Story) and found.is_closed


def _for_this_reader_alone(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pages behind a password or a log-in, and whatever else is not everybody's: never kept, here or on the way."""
    response = serve(request, path)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def archive(request: HttpRequest) -> HttpResponseBase:
    """Every story, newest first."""

    def make(nobodys: HttpRequest) -> HttpResponse:
        listed = page_of_teasers(visible_stories(), nobodys.GET.get("page", "1"))
        context = {"listed": listed, "years": years(), "mailed": MailEdition.objects.composed().exists()}
        return render(nobodys, "paper/archive.html", context)

    return made_once(request, make, tags={LATEST, MAIL_EDITIONS, SITE})


@require_safe
def period(request: HttpRequest, year: int, month: int | None = None) -> HttpResponseBase:
    """A year by its months, or a month by its days: how many stories appeared, and the way to them."""
    asked = Period(
        "month" if month is not None else "year", _day_asked_for(year, 1 if month is None else month, 1)
    )

    def make(nobodys: HttpRequest) -> HttpResponse:
        parts = asked.parts()
        if not parts:
            raise Http404("No story appeared then.")
        beside = {"before": asked.beside(later=False), "after": asked.beside(later=True)}
        return render(nobodys, "paper/period.html", {"period": asked, "parts": parts, **beside})

    return made_once(request, make, tags={LATEST, SITE})


def _day_asked_for(year: int, month: int, day: int) -> date:
    """Raises Http404 for a day that is none, or lies where no paper's days do."""
    try:
        asked = date(year, month, day)
    except (ValueError, OverflowError):
        raise Http404("There is no such day.") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404("No paper of ours is as old, or as far ahead.")
    return asked


@require_safe
def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponseBase:
    """What first appeared on one day, with the days before and after on which something did."""
    asked = _day_asked_for(year, month, day)

    def make(nobodys: HttpRequest) -> HttpResponse:
        stories = stories_of_day(asked)
        if not stories:
            raise Http404("No story appeared on that day.")
        beside = {"before": day_beside(asked, later=False), "after": day_beside(asked, later=True)}
        return render(nobodys, "paper/day.html", {"day": asked, "teasers": teasers(stories), **beside})

    return made_once(request, make, tags={LATEST, SITE})


@require_safe
def markdown(request: HttpRequest, path: str) -> HttpResponseBase:
    """An open story as Markdown, under its own address with another ending."""
    found: list[Story] = []

    def make(_: HttpRequest) -> HttpResponse:
        story = story_at(path)
        if story.is_closed:
            raise Http404("There is no such story, or it is not open to all.")
        found.append(story)
        return HttpResponse(as_markdown(story), content_type="text/markdown; charset=utf-8")

    return made_once(request, make, tags=lambda: tags_of(found[-1]))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Stories whose headline, standfirst or open part holds the words; the same answer for every reader."""
    frame = front()
    query = Query.asked(request.GET, frame.sections)
    told = {"front": frame, "query": query, "results": query.results()}
    response = render(request, "paper/search.html", told)
    response["Cache-Control"] = "private, no-cache"  # what somebody looks for is theirs
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    text = robots_txt(Machines.for_request(request), [full(path) for path in SITEMAPS])
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=AN_HOUR)


@require_safe
def mining(request: HttpRequest) -> HttpResponse:
    """Whether text and data mining is reserved (TDMRep)."""
    return JsonResponse(reservation(Machines.for_request(request)), safe=False, headers=AN_HOUR)
