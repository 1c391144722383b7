"""Links by which a subscriber lets anybody read one closed story whole.

    /given/12:Hq3…/        the link's number, signed with the paper's secret

The address is the only key: it is checked before anything is looked up, then the row, which may be over or taken back.
A link lasts as long as its row says, the giver's subscription notwithstanding: who was sent one is not to find it shut
because somebody else stopped paying. It goes with the giver's account, and with the story.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from careo.paper.addresses import full
from careo.paper.errors import GiftsSpent, NothingToGive
from careo.paper.listing import visible_stories
from careo.paper.saved_models import GiftLink
from careo.stories.models import Story

SIGNER = signing.Signer(salt="careo.paper.gifts")
MONTH = timedelta(days=30)


@transaction.atomic
def give(story: Story, *, giver: Any) -> GiftLink:
    """A link to the story, the one there is if it is still good. Raises NothingToGive, GiftsSpent.

    That the giver subscribes is for whoever calls to know.
    """
    get_user_model().objects.select_for_update().get(
        pk=giver.pk
    )  # of two at once the second counts the first
    if not story.is_closed:
        raise NothingToGive
    if standing := GiftLink.objects.good().filter(giver=giver, story=story).first():
        return standing
    if not left_to(giver):
        raise GiftsSpent(settings.CAREO_GIFT_LINKS)
    ends_at = timezone.now() + timedelta(days=settings.CAREO_GIFT_LINK_DAYS)
    return GiftLink.objects.create(giver=giver, story=story, ends_at=ends_at)


def left_to(giver: Any) -> int:
    """How many more the giver may make now. One taken back counts: it may have been read."""
    made = GiftLink.objects.filter(giver=giver, made_at__gt=timezone.now() - MONTH).count()
    return max(0, settings.CAREO_GIFT_LINKS - made)


def take_back(number: int, *, giver: Any) -> None:
    """End one of the giver's own links; another's, or none, is left as it is."""
    mine = GiftLink.objects.good().filter(pk=number, giver=giver)
    mine.update(revoked_at=timezone.now())


def address_of_gift(link: GiftLink) -> str:
    """The full address to be sent."""
    return full(reverse("paper:given", args=[SIGNER.sign(str(link.pk))]))


def opened_by(token: str) -> GiftLink | None:
    """The link that the token is for, while it is good and its story may be seen; None for every other token."""
    try:
        number = int(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    link = GiftLink.objects.good().filter(pk=number).first()
    return link if link and visible_stories().filter(pk=link.story_id).exists() else None
