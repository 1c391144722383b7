"""What the paper and the forum show on a reader's own page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from careo.forum.access import let_in
from careo.forum.errors import ForumError
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
    """For who may read there, has written there, or was written about; others are told how to become a subscriber."""
    reader = request.user
    assert isinstance(reader, Reader)  # of a page for readers alone  # noqa: S101
    posts, decided, reads = reader.posts.count(), reader.reasons_given.exists(), _may_read(reader)
    if not posts and not decided and not reads:
        return None
    context = {"posts": posts, "decided": decided, "reads": reads}
    return Section(_("Forum"), "forum/account_section.html", context, order=20)


def _may_read(reader: Reader) -> bool:
    try:
        let_in(reader)
    except ForumError:
        return False
    return True
