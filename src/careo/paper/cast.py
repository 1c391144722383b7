"""The pages of the people who are heard and the outlets that printed it, and the lists of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from careo.paper.addresses import moved_to
from careo.paper.catalogue import Told
from careo.paper.keeping import made_once
from careo.paper.listing import page_of_teasers, visible_stories
from careo.paper.outlets import (
    outlet_path,
    outlets_cited,
    source_of,
    stories_resting_on,
)
from careo.paper.people import is_heard, path_of, people_heard, spoken_by
from careo.paper.tags import LATEST, SITE, TOLD, outlet_tag, tags_of_person
from careo.press.models import Outlet
from careo.reading.folding import fold
from careo.record.models import Person, Statement

NAMES_A_PAGE = 300
NAMES_BY_LETTER = 40  # fewer are looked through faster than their letters
LISTS = {LATEST, SITE, TOLD}


@require_safe
def person(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    """What somebody has said, as far as stories have told it; a name of old leads to the name of now."""
    told: list[Statement] = []

    def make(nobodys: HttpRequest) -> HttpResponse:
        whose = get_object_or_404(Person, pk=pk)
        if nobodys.path != path_of(whose):
            if not is_heard(whose):
                raise Http404("The name of somebody whom only reports know is told nobody.")
            return moved_to(path_of(whose))
        spoken = spoken_by(whose)
        if not spoken.months:
            raise Http404("No story has told anything that this person said.")
        told.extend(spoken.statements)
        return render(nobodys, "paper/person.html", {"person": whose, "spoken": spoken})

    return made_once(request, make, tags=lambda: tags_of_person(pk, told))


@require_safe
def outlet(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    """What stories rest on from an outlet; a name of old leads to the name of now."""

    def make(nobodys: HttpRequest) -> HttpResponse:
        which = get_object_or_404(Outlet, pk=pk)
        if nobodys.path != outlet_path(pk, which.name):
            if not stories_resting_on(which).exists():
                raise Http404("The name of an outlet on which no story rests is told nobody.")
            return moved_to(outlet_path(pk, which.name))
        listed = page_of_teasers(stories_resting_on(which), nobodys.GET.get("page", "1"))
        if not listed.object_list:
            raise Http404("No story rests on this outlet.")
        source = source_of(which, listed.object_list[0].story)
        told = {"source": source, "listed": listed, "people": _linked(source.people)}
        return render(nobodys, "paper/outlet.html", told)

    return made_once(request, make, tags=LISTS | {outlet_tag(pk)})


@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """Everybody who has a page, by name."""

    def names() -> Iterable[tuple[str, str]]:
        return _linked(
            people_heard(Told.objects.of_people().filter(story__in=visible_stories().values("pk")))
        )

    return _list_of_names(request, "paper/people.html", names)


@require_safe
def outlets(request: HttpRequest) -> HttpResponseBase:
    """Every outlet that has a page, by name."""

    def names() -> Iterable[tuple[str, str]]:
        return [(one.name, outlet_path(one.pk, one.name)) for one in outlets_cited()]

    return _list_of_names(request, "paper/outlets.html", names)


def _list_of_names(
    request: HttpRequest, template: str, names: Callable[[], Iterable[tuple[str, str]]]
) -> HttpResponseBase:
    def make(nobodys: HttpRequest) -> HttpResponse:
        listed: Any = Paginator(list(names()), NAMES_A_PAGE).get_page(nobodys.GET.get("page", "1"))
        by_letter = listed.paginator.count >= NAMES_BY_LETTER
        letters = [
            (letter, list(some))
            for letter, some in groupby(
                listed.object_list, key=lambda named: _letter(named) if by_letter else ""
            )
        ]
        return render(nobodys, template, {"listed": listed, "letters": letters})

    return made_once(request, make, tags=LISTS)


def _letter(named: tuple[str, str]) -> str:
    return fold(named[0])[:1].upper()


def _linked(some: Iterable[Person]) -> list[tuple[str, str]]:
    return [(one.name, path_of(one)) for one in some]
