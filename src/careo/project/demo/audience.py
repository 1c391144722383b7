"""The demonstration's people: an editor, a moderator, readers with and without a subscription, and what they wrote."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from django.contrib.auth.models import Group

from careo.forum.actions import add_post, flag
from careo.forum.models import Post, Thread
from careo.forum.moderation import pick
from careo.readers.actions import grant, open_account
from careo.readers.models import Plan, Reader
from careo.stories.actions import grant_editor
from careo.stories.models import Story

LOGINS = {
    "editor": "editor@meridiapost.example",
    "subscriber": "subscriber@meridiapost.example",
    "reader": "reader@meridiapost.example",
    "moderator": "moderator@meridiapost.example",
}


def seat_readers(passwords: dict[str, str]) -> None:
    """Everyone who appears in the edition; those of LOGINS with their passwords, the others cannot log in."""
    plan, _ = Plan.objects.get_or_create(
        slug="yearly", defaults={"name": "Yearly", "months": 12, "description": "Every story, and the forum."}
    )
    grant_editor(_reader(LOGINS["editor"], passwords["editor"]))
    for person in _thread()["readers"]:
        key = person["key"]
        reader = _reader(_email(key), passwords.get(key), pen_name=person["pen_name"])
        if person["subscribed"] and not reader.subscriptions.exists():
            grant(reader, plan, by=editor(), reason="Demonstration edition")
        if key == "moderator":
            reader.groups.add(Group.objects.get(name="Forum moderators"))


def editor() -> Reader:
    return Reader.objects.get(email=LOGINS["editor"])


def talk() -> None:
    """Write what is missing of the thread, through the same acts as its readers use."""
    told = _thread()
    thread, _ = Thread.objects.get_or_create(story=Story.objects.get(slug=told["story"]))
    for post in told["posts"][thread.posts_made :]:
        add_post(
            thread, post["text"], author=_called(post["by"]), in_reply_to=_answered(thread, post["text"])
        )
    flagged = thread.posts.get(number=told["flag"]["post"] + 1)
    flag(flagged, by=_called(told["flag"]["by"]), why=told["flag"]["why"])
    pick(thread.posts.get(number=told["pick"] + 1), by=editor())


def _thread() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(files("careo.project.demo").joinpath("thread.json").read_text())
    return told


def _answered(thread: Thread, text: str) -> Post | None:
    """The post whose words a quotation at the head of `text` repeats."""
    if not text.startswith("> "):
        return None
    words = text[2:].split("\n", 1)[0]
    return thread.posts.filter(text__contains=words).first()


def _reader(email: str, password: str | None, *, pen_name: str = "") -> Reader:
    found = Reader.objects.filter(email=email).first()
    if found:
        return found
    return open_account(email, password, pen_name=pen_name)


def _email(key: str) -> str:
    return LOGINS.get(key, f"{key}@readers.example")


def _called(key: str) -> Reader:
    return Reader.objects.get(email=_email(key))
