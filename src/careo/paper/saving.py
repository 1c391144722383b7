"""Stories that a reader saves: a button on the story's page, which is the same for everybody, and the reader's list.

A stored page carries no form's token, so its button posts without one, and is believed where the browser says that the
post comes from a page of ours; else a page with a token asks first. Numbers of stories that may not be seen, or are none,
are answered like all others.
"""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from careo.paper.access import story_at
from careo.paper.actions import save_story, unsave_story
from careo.paper.errors import SavedEnough
from careo.paper.listing import page_of_teasers, visible_stories
from careo.paper.saved_models import SavedStory
from careo.stories.models import Story

private = cache_control(private=True, no_store=True)
LARGEST = 2**31 - 1  # Wagtail numbers pages in four bytes


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest, path: str) -> HttpResponse:
    """What the button on the story's page leads to: saved, where the post is ours; a page that says so, or asks."""
    story = story_at(path)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if request.method == "POST" and posted_from_here(request):
        try:
            save_story(story, reader=request.user)
        except SavedEnough as error:
            return _page(request, story, error=error)
        return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)
    return _page(request, story)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """The reader's list; POST saves (`save`) or takes off (`remove`) a story by its number."""
    if request.method != "POST":
        listed = page_of_teasers(SavedStory.objects.stories_of(request.user), request.GET.get("page", "1"))
        return render(request, "paper/saved.html", {"listed": listed})
    if story := _story_numbered(request.POST.get("save", "")):
        try:
            save_story(story, reader=request.user)
        except SavedEnough as error:
            return _page(request, story, error=error)
        return redirect(f"{story.url}save/")
    unsave_story(number_in(request.POST.get("remove", "")), reader=request.user)
    return redirect("paper:saved")


def posted_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this; every browser of the last years does, of its own."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == settings.CAREO_ADDRESS


def _page(request: HttpRequest, story: Story, *, error: SavedEnough | None = None) -> HttpResponse:
    is_saved = SavedStory.objects.filter(reader=request.user.pk, story=story).exists()
    context = {"story": story, "is_saved": is_saved, "error": error}
    status = HTTPStatus.CONFLICT if error else HTTPStatus.OK
    return render(request, "paper/save.html", context, status=status)


def _story_numbered(text: str) -> Story | None:
    found: Story | None = visible_stories().filter(pk=number_in(text)).first()
    return found


def number_in(text: str) -> int:
    """0, which no story has, for what is no number."""
    is_one = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
    return min(int(text), LARGEST) if is_one else 0
