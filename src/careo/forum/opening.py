"""The editors open threads of their own, which stand under no story."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from careo.forum.access import obstacle_to_writing
from careo.forum.actions import add_post
from careo.forum.errors import PenNameMissing
from careo.forum.log import Act, enter, title_of
from careo.forum.models import Post, Thread
from careo.readers.models import Reader


@transaction.atomic
def open_thread(title: str, text: str, *, by: Reader, form_token: UUID | None = None) -> Thread:
    """With its first post; the same form sent twice opens one. Raises PenNameMissing, BadPost, what keeps from writing."""
    made = Post.objects.filter(form_token=form_token, author=by, text=text) if form_token else None
    if made and (post := made.select_related("thread").first()) and post.thread.title == title:
        return post.thread
    if not by.pen_name:
        raise PenNameMissing
    thread = Thread.objects.create(title=title)
    if obstacle := obstacle_to_writing(by, thread):
        raise obstacle
    add_post(thread, text, author=by, form_token=form_token)
    enter(Act.OPEN, by, about=title_of(thread), path=thread.get_absolute_url())
    thread.refresh_from_db()
    return thread
