"""The moderators' log: how an act is entered, and in what words. It never holds the words of a post."""

from __future__ import annotations

from django.utils.text import Truncator
from django.utils.translation import gettext

from careo.forum.models import ModerationLog, Post, StatementOfReasons, Thread
from careo.readers.models import Reader

Act = ModerationLog.Act


def enter(act: str, moderator: Reader | None, *, about: str, why: str = "", path: str = "") -> None:
    """Within the act's own transaction. `moderator` None: a rule of the desk acted."""
    ModerationLog.objects.create(
        act=act,
        moderator=moderator,
        by_name=(moderator.byline if moderator else gettext("A rule of the desk"))[:100],
        about=about[:200],
        path=path[:200],
        why=why[:300],
    )


def name_of(post: Post) -> str:
    named = {"number": post.number, "author": post.author.byline, "title": title_of(post.thread)}
    return (gettext("post %(number)s by %(author)s in %(title)s") % named)[:200]


def title_of(thread: Thread) -> str:
    return f"“{Truncator(thread.name).chars(120)}”"


def decision_named(reasons: StatementOfReasons) -> str:
    return f"{reasons.get_restriction_display()} ({reasons.scope})"[:200]
