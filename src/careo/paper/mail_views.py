"""The e-mail editions on the web: those that were composed, with such of their stories as all may be told of now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from careo.paper.composing import Composition, as_shown
from careo.paper.keeping import made_once
from careo.paper.listing import A_PAGE, teasers
from careo.paper.mail_models import MailEdition
from careo.paper.tags import LATEST, MAIL_EDITIONS, SITE, page_tag, tags_of

NAME = re.compile(r"(\d{4}-\d\d-\d\d)-(daily|weekly)", re.ASCII)


@dataclass(frozen=True)
class Listed:
    edition: MailEdition
    composition: Composition


@require_safe
def editions(request: HttpRequest) -> HttpResponseBase:
    """All of them, the newest first."""

    def make(nobodys: HttpRequest) -> HttpResponse:
        kept = MailEdition.objects.composed().prefetch_related("places")
        page = Paginator(kept, A_PAGE).get_page(nobodys.GET.get("page", "1"))
        told = [Listed(edition, as_shown(edition)) for edition in page.object_list]
        return render(nobodys, "paper/mail_editions.html", {"page_of": page, "told": told})

    return made_once(request, make, tags={MAIL_EDITIONS, LATEST, SITE})


@require_safe
def edition(request: HttpRequest, name: str) -> HttpResponseBase:
    """One of them; `name` is its day and period."""
    told: list[Listed] = []

    def make(nobodys: HttpRequest) -> HttpResponse:
        kept = _called(name)
        told.append(Listed(kept, shown := as_shown(kept)))
        context = {"composition": shown, "teasers": teasers(shown.stories)}
        return render(nobodys, "paper/mail_edition.html", context)

    return made_once(request, make, tags=lambda: _tags(told[0]))


def _called(name: str) -> MailEdition:
    found = NAME.fullmatch(name)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if found is None or day is None:
        raise Http404("There is no such edition.")
    return get_object_or_404(MailEdition.objects.composed(), day=day, period=found[2])


def _tags(told: Listed) -> set[str]:
    """Those stories that do not stand in the paper now are among them: they may come back."""
    places: Iterable[int] = told.edition.places.values_list("story_id", flat=True)
    shown = set().union(*(tags_of(story) for story in told.composition.stories))
    return {MAIL_EDITIONS, SITE, *(page_tag(story) for story in places), *shown}
