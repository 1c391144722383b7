"""Giving a closed story away, and the page that the link opens: for whoever has it, kept nowhere, in no index."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from careo.edge.variants import SUBSCRIBER
from careo.paper import gifts
from careo.paper.access import story_at
from careo.paper.errors import PaperError
from careo.paper.keeping import variant_of
from careo.paper.listing import visible_stories
from careo.paper.nobody import NobodysRequest
from careo.paper.saved_models import GiftLink
from careo.paper.saving import number_in
from careo.stories.models import Story

private = cache_control(private=True, no_store=True)
LISTED = 100  # of the newest; at ten a month the better part of a year


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, path: str) -> HttpResponse:
    """A subscriber makes a link, or is shown the one made before."""
    story = story_at(path)
    if variant_of(request) != SUBSCRIBER:
        return render(request, "paper/give.html", {"story": story}, status=HTTPStatus.FORBIDDEN)
    error = None
    if request.method == "POST":
        try:
            gifts.give(story, giver=request.user)
        except PaperError as refused:
            error = refused
        else:
            return redirect(request.path)
    return _give_page(request, story, error)


def _give_page(request: HttpRequest, story: Story, error: PaperError | None) -> HttpResponse:
    link = GiftLink.objects.good().filter(giver=request.user.pk, story=story).first()
    context = {
        "story": story,
        "subscribes": True,
        "link": link,
        "address": gifts.address_of_gift(link) if link else "",
        "left": gifts.left_to(request.user),
        "error": error,
    }
    status = HTTPStatus.CONFLICT if error else HTTPStatus.OK
    return render(request, "paper/give.html", context, status=status)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gifts_given(request: HttpRequest) -> HttpResponse:
    """The reader's links, those over among them; POST takes one back (`take_back`: its number)."""
    if request.method == "POST":
        gifts.take_back(number_in(request.POST.get("take_back", "")), giver=request.user)
        return redirect("paper:gifts_given")
    links = GiftLink.objects.filter(giver=request.user.pk).select_related("story")[:LISTED]
    seen = set(
        visible_stories().filter(pk__in=[link.story_id for link in links]).values_list("pk", flat=True)
    )
    listed = [(link, gifts.address_of_gift(link) if link.story_id in seen else "") for link in links]
    return render(request, "paper/gifts_given.html", {"listed": listed, "left": gifts.left_to(request.user)})


@require_safe
def given(request: HttpRequest, token: str) -> HttpResponse:
    """The story whole, for whoever has a good link. All others get one answer, whatever is amiss with theirs."""
    link = gifts.opened_by(token)
    if link is None:
        response = render(request, "paper/gift_over.html", status=HTTPStatus.NOT_FOUND)
    elif not link.story.is_closed:  # opened to all since: it has one address
        response = redirect(link.story.url)
    else:
        response = _whole(link)
        if request.method == "GET":
            GiftLink.objects.count_opening(link)
    return _for_the_bearer(response)


def _whole(link: GiftLink) -> HttpResponse:
    """Drawn for nobody, as stored pages are, under the story's own address: links in it name no token."""
    nobodys = NobodysRequest(link.story.url, "", SUBSCRIBER)
    context = link.story.get_context(nobodys) | {"link": link}
    return render(nobodys, "paper/given.html", context)


def _for_the_bearer(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"  # the address is the key: no other house is told it
    return response
