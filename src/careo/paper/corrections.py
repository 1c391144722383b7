"""All corrections of stories that all may find, newest first: a page of them, and feeds."""

from __future__ import annotations

from datetime import datetime, time
from uuid import uuid5

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from careo.paper.addresses import address_of, full
from careo.paper.feeds import NEWEST, Kind, clean
from careo.paper.front import front
from careo.paper.keeping import made_once
from careo.paper.listing import A_PAGE, visible_stories
from careo.paper.tags import CORRECTIONS, LATEST, SITE
from careo.stories.models import Correction

TAGS = frozenset({CORRECTIONS, LATEST, SITE})


def corrections() -> QuerySet[Correction]:
    """Those of visible stories; of one day the last entered first."""
    found = Correction.objects.filter(story__in=visible_stories().order_by().values("pk"))
    return found.select_related("story").order_by("-on", "-pk")


@require_safe
def listed(request: HttpRequest) -> HttpResponseBase:
    """Every correction, a page at a time."""

    def make(nobodys: HttpRequest) -> HttpResponse:
        page = Paginator(corrections(), A_PAGE).get_page(nobodys.GET.get("page", "1"))
        return render(nobodys, "paper/corrections.html", {"listed": page})

    return made_once(request, make, tags=TAGS)


@require_safe
def feed(request: HttpRequest, kind: Kind) -> HttpResponseBase:
    """The newest corrections."""

    def make(nobodys: HttpRequest) -> HttpResponse:
        return HttpResponse(_written(kind, at=nobodys.path), content_type=kind.content_type)

    return made_once(request, make, tags=TAGS)


def _written(kind: Kind, *, at: str) -> str:
    frame = front()
    about = gettext("What was wrong in our stories, and what is right.")
    told = kind(
        title=clean(f"{frame.name}: {gettext('Corrections')}"),
        link=full(reverse("paper:corrections")),
        description=about,
        language=frame.language,
        feed_url=full(at),
        author_name=clean(frame.name),
    )
    for one in corrections()[:NEWEST]:
        told.add_item(
            title=clean(one.story.title),
            link=f"{address_of(one.story)}#corrections",
            description=clean(one.note),
            pubdate=timezone.make_aware(datetime.combine(one.on, time.min)),
            unique_id=f"urn:uuid:{uuid5(one.story.translation_key, f'correction {one.pk}')}",
            unique_id_is_permalink=False,
            text=linebreaks(clean(one.note), autoescape=True),
        )
    return told.writeString("utf-8")
