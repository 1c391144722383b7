"""A story's record, under its own address: its versions, how it was made, and each citation to be verified.

Drawn in the variant the reader may see, as the story is. The first three are kept as the story is; what a citation
rests on is looked at whenever it is asked, and no answer lasts longer than a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careo.edge.variants import PUBLIC, VARIANTS, Variant
from careo.paper.access import story_at
from careo.paper.keeping import FOR_ALL, FOR_ONE, Made, answer_with, by_one, drawn_up, keep, variant_of
from careo.paper.nobody import NobodysRequest
from careo.paper.people import speakers_in
from careo.paper.store import page_store
from careo.paper.tags import editor_tag, outlet_tag, person_tag, report_tag, tags_of
from careo.paper.telling import statements_told
from careo.stories.made import hands, let_pass, reports_of
from careo.stories.models import Story
from careo.stories.rights import Rights
from careo.stories.verifying import SECONDS, verify
from careo.stories.versions import ShownVersion, told

Drawn = tuple[HttpResponse, Collection[str]]
FOR_A_MINUTE = f"public, max-age={SECONDS}"


@require_safe
def versions(request: HttpRequest, path: str) -> HttpResponseBase:
    """When the story was published, and what changed, the newest first."""

    def draw(story: Story, nobodys: NobodysRequest) -> Drawn:
        kept = told(story, nobodys.variant)
        context = {"story": story, "versions": kept[::-1]}
        return render(nobodys, "paper/versions.html", context), _named_in(kept)

    return _kept(request, path, draw)


@require_safe
def version(request: HttpRequest, path: str, number: str) -> HttpResponseBase:
    """One version, beside the one before it."""

    def draw(story: Story, nobodys: NobodysRequest) -> Drawn:
        kept = told(story, nobodys.variant)
        if int(number) > len(kept):
            raise Http404("There is no such version.")
        context = {"story": story, "version": kept[int(number) - 1], "newest": len(kept)}
        return render(nobodys, "paper/version.html", context), _named_in(kept)

    return _kept(request, path, draw)


@require_safe
def made(request: HttpRequest, path: str) -> HttpResponseBase:
    """What the story rests on, who speaks in it, who made it, and which checks were overridden."""

    def draw(story: Story, nobodys: NobodysRequest) -> Drawn:
        kept = told(story, nobodys.variant)
        reports = reports_of(story, nobodys.variant)
        prefetch_related_objects(reports, "snapshot")
        rights = Rights(reports, story.house_style().as_style())
        editors, publishers = hands(kept)
        passed = let_pass(story, nobodys.variant)
        context = {
            "story": story,
            "reports": [(report, rights.of_passage(report, 0, 0)) for report in reports],
            "outlets": len({report.outlet_id for report in reports}),
            "speakers": speakers_in(story, nobodys.variant),
            "editors": editors,
            "publishers": publishers,
            "let_pass": passed,
            "versions": kept,
            "corrections": story.corrections.order_by("on", "pk"),
        }
        named = {*editors, *publishers, *(one.editor for one in passed if one.editor)}
        speaking = {said.person_id for said in statements_told(story, nobodys.variant)}
        people = {person_tag(pk) for pk in speaking if pk}
        tags = _named_in(kept) | people | {editor_tag(user.pk) for user in named}
        return render(nobodys, "paper/made.html", context), tags

    return _kept(request, path, draw)


@require_safe
def citation(request: HttpRequest, path: str, number: str) -> HttpResponseBase:
    """Whether the passages under one citation are what was captured; asked anew each time."""
    story = story_at(path)
    alone = story.is_closed and variant_of(request) != PUBLIC
    nobodys = NobodysRequest(request.path, "", variant_of(request) if alone else PUBLIC)
    cited = {one.number: one for one in story.shown(nobodys.variant).citations}.get(int(number))
    if cited is None:
        raise Http404("There is no such citation.")
    context = {"story": story, "cited": cited, "verified": verify(cited.passages)}
    response = render(nobodys, "paper/citation.html", context)
    lasting = FOR_A_MINUTE if story.expire_at is None else FOR_ALL
    response["Cache-Control"] = FOR_ONE if alone else lasting
    return response


def _kept(
    request: HttpRequest, path: str, draw: Callable[[Story, NobodysRequest], Drawn]
) -> HttpResponseBase:
    """The page from the store, or drawn for nobody and kept; of a closed story for each variant apart."""
    variant = variant_of(request)
    return by_one(request, variant, lambda: _made(request, path, variant, draw))


def _made(
    request: HttpRequest, path: str, variant: Variant, draw: Callable[[Story, NobodysRequest], Drawn]
) -> Made:
    stamp = page_store().stamp()  # before the story is looked up: a change from here on undoes what is kept
    story = story_at(path)
    alone = story.is_closed and variant != PUBLIC
    nobodys = NobodysRequest(request.path, "", variant if alone else PUBLIC)
    response, tags = draw(story, nobodys)
    drawn = drawn_up(response, nobodys, cache=FOR_ONE if alone else FOR_ALL)
    if drawn is None:
        return Made(response, for_all=False)
    for_all = story.expire_at is None
    if for_all:
        shelves = (variant,) if story.is_closed else VARIANTS
        keep(drawn, request.path, shelves, tags={*tags, *tags_of(story)}, stamp=stamp)
    return Made(answer_with(drawn, request), for_all)


def _named_in(versions: list[ShownVersion]) -> set[str]:
    """The tags of what earlier versions were drawn from."""
    reports: set[Any] = set().union(*(one.reports for one in versions))
    return {report_tag(one.pk) for one in reports} | {outlet_tag(one.outlet_id) for one in reports}
