"""What the paper and the forum show on a reader's own page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from careo.paper.models import GiftLink, SavedStory
from careo.readers.models import Reader
from careo.readers.sections import Section

SHOWN = 3  # of the stories saved last; all of them have a page


def stories(request: HttpRequest) -> Section:
    """What the reader saved last, and the way to the rest and to what was given away."""
    saved = SavedStory.objects.stories_of(request.user)
    context = {
        "saved": saved[:SHOWN],
        "count": saved.count(),
        "gives": GiftLink.objects.filter(giver=request.user.pk).exists(),
    }
    return Section(_("Your stories"), "paper/account_stories.html", context, order=10)


def forum(request: HttpRequest) -> Section | None:
    """For who has written there, or was written about: others find the forum under the stories."""
    reader = request.user
    assert isinstance(reader, Reader)  # of a page for readers alone  # noqa: S101
    posts, decided = reader.posts.count(), reader.reasons_given.exists()
    if not posts and not decided:
        return None
    context = {"posts": posts, "decided": decided}
    return Section(_("Forum"), "forum/account_section.html", context, order=20)
