"""Readers who have done everything a reader can: for what they take along, and for what stays when they leave.

Each life is told with a word of its own, which stands in the address, in the pen name and in everything the reader typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.utils import timezone

from careo.forum import appeals, moderation, notices
from careo.forum.actions import add_post, edit_post, flag
from careo.forum.blocking import Block
from careo.forum.choosing import NoticeChoices
from careo.forum.models import Notice, Post, Thread
from careo.forum.recommending import recommend
from careo.forum.seen import see
from careo.paper.actions import save_story, take_note
from careo.paper.gifts import give
from careo.paper.mail_models import MailEdition
from careo.project.models import Delivery
from careo.readers.actions import grant, open_account
from careo.readers.bouncing import note
from careo.readers.delivery_reports import Failure
from careo.readers.models import (
    Checkout,
    Customer,
    Gift,
    PaidSubscription,
    Plan,
    Reader,
    ReaderSession,
    Refund,
)
from careo.stories.models import Story
from tests.paper.edition import Edition

PASSWORD = "correct horse of Alba"


@dataclass
class House:
    """What they all come to: a story for subscribers, its thread, a moderator and another post to act upon."""

    story: Story
    thread: Thread
    moderator: Reader
    plan: Plan
    post: Post

    @classmethod
    def built(cls, edition: Edition) -> House:
        story = edition.closed_story()
        moderator = Reader.objects.create_superuser("marta@meridiapost.example", pen_name="Marta")
        plan = Plan.objects.create(name="A year", slug="a-year")
        thread = Thread.objects.create(story=story)
        host = open_account("host@readers.example", pen_name="The host")
        grant(host, plan, by=None)
        return cls(story, thread, moderator, plan, add_post(thread, "The host's own words.", author=host))


def lived(word: str, house: House) -> Reader:
    reader = open_account(f"{word}@readers.example", PASSWORD, pen_name=f"{word} of Alba")
    reader.first_name, reader.mail_edition = f"First {word}", Reader.MailEdition.DAILY
    reader.save()
    ReaderSession.objects.create(reader=reader, key=f"key-of-{word}", browser="Firefox")
    note(Failure(reader.email, "soft", f"{word} is full"))
    _paid(reader, word, house)
    _read(reader, word, house)
    _talked(reader, word, house)
    _was_restricted(reader, word, house)
    return reader


def secured(reader: Reader, word: str) -> None:
    """With a passkey, too: who has one is asked for it when logging in."""
    told = {"name": f"Key of {word}", "credential": f"secret of {word}"}
    Authenticator.objects.create(user=reader, type=Authenticator.Type.WEBAUTHN, data=told)


def _paid(reader: Reader, word: str, house: House) -> None:
    now = timezone.now()
    subscription = grant(reader, house.plan, by=house.moderator, reason=f"{word} asked")
    Customer.objects.create(reader=reader, stripe_id=f"cus_{word}")
    PaidSubscription.objects.create(subscription=subscription, stripe_id=f"sub_{word}", status="canceled",
                                    period_ends_at=now, asked_at=now)  # fmt: skip
    checkout = Checkout.objects.create(reader=reader, plan=house.plan, stripe_id=f"cs_{word}", expires_at=now,
                                       completed_at=now)  # fmt: skip
    Gift.objects.create(checkout=checkout, code=f"gift-of-{word}")
    Refund.objects.create(reader=reader, payment_id=f"pi_{word}", amount=100, currency="eur")


def _read(reader: Reader, word: str, house: House) -> None:
    save_story(house.story, reader=reader)
    give(house.story, giver=reader)
    take_note(house.story, None, house.story.shown("public"), what=f"{word} saw a mistake", email=reader.email,
              token=uuid4())  # fmt: skip
    edition, _ = MailEdition.objects.get_or_create(period="daily", day=timezone.localdate())
    Delivery.objects.create(edition=edition, reader=reader)


def _talked(reader: Reader, word: str, house: House) -> None:
    post = add_post(house.thread, f"The first words of {word}.", author=reader, in_reply_to=house.post)
    edit_post(post, f"The later words of {word}.", by=reader)
    flag(house.post, by=reader, why=f"{word} minds")
    recommend(house.post, by=reader)
    see(reader, house.thread, 1, before=None)
    host = house.post.author
    assert isinstance(host, Reader)
    add_post(house.thread, "The host's answer.", author=host, in_reply_to=post)
    Block.objects.create(reader=reader, blocked=host)
    NoticeChoices.objects.create(reader=reader, answers="daily")


def _was_restricted(reader: Reader, word: str, house: House) -> None:
    post = add_post(house.thread, f"Hidden words of {word}.", author=reader)
    moderation.hide(post, by=house.moderator, why="Off the matter.")
    reasons = reader.reasons_given.get()
    appeals.appeal(reasons, f"{word} appeals.")
    moderation.sanction(reader, kind="warn", by=house.moderator, why="Mind your words.")
    notices.notify(Notice(address="/forum/", kind=Notice.Kind.OTHER, why=f"{word} holds it to be unlawful",
                          name=f"Name {word}", email=reader.email))  # fmt: skip
