"""The seam between what a thread's page shows to all and what it shows to one reader: pieces drawn once and kept.

A piece is drawn from its key and from nothing else; the key holds every value that the template may show, as the
database has it at this very request. So nothing has to be dropped: a post that was hidden, edited, picked or recommended, in
whatever process, has another row and with that another key. No piece knows who reads:

- a post (`_post.html`) knows its row, and of the reader a `Standing`: a handful of yes and no;
- the frame (`thread.html`) knows the thread's row, whether the reader follows it, the page, and the generation of the
  paper's masthead and menus;
- what is the reader's own stands in neither: tokens and the reader's number are holes in them, filled for each answer.

Whatever a post shall show that differs from reader to reader goes into `Standing`, or else stands in a hole. Templates are
drawn without the reader's request, so that one of a theme's that asks for more finds nobody there.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from careo.forum.forms import PostForm
from careo.forum.kept import Kept
from careo.forum.listing import ShownPost, ShownThread
from careo.forum.telling import Unseen

MEMORY_BYTES = 32 * 1024 * 1024  # some thousands of posts: what is read of the threads that are read
_FRAME_BYTES = 8 * 1024 * 1024


class Standing(NamedTuple):
    """All that a post's piece may know of who reads it. Who works here is shown more, and is drawn for anew."""

    is_own: bool
    may_write: bool
    may_edit: bool
    flagged: bool
    recommended: bool
    is_new: bool
    folded: bool


class Mould:
    """A drawn text with holes."""

    def __init__(self, text: str) -> None:
        self._pieces = text.split(_MARK)
        self.characters = len(text)

    def fill(self, values: Mapping[str, str]) -> str:
        """With what the holes are named for; values are HTML."""
        first, *rest = self._pieces
        filled = [first]
        for piece in rest:
            name, _, text = piece.partition(";")
            filled += (values[name], text)
        return "".join(filled)


# Drawn anew by each process and never shown, so that nobody can write a hole into a post.
_MARK = f"hole-{secrets.token_hex(16)}-"
_posts: Kept[Mould] = Kept(MEMORY_BYTES)
_frames: Kept[Mould] = Kept(_FRAME_BYTES)


def hole(name: str) -> str:
    return f"{_MARK}{name};"


def post(row: tuple[Any, ...], standing: Standing, shown: Callable[[], ShownPost]) -> Mould:
    """A post's piece; `shown` makes of the row what is drawn where the piece is not at hand."""

    def draw() -> str:
        return render_to_string("forum/_post.html", {"one": shown(), "csrf_token": hole("csrf")})

    return _kept(_posts, (row, standing, get_language()), draw)


def frame(key: tuple[Hashable, ...], shown: Callable[[], ShownThread], path: str, *, follows: bool) -> Mould:
    """The page around the posts. Its holes: head, posts, unread, csrf, form, reader."""

    def draw() -> str:
        page = shown()
        form = PostForm(initial={"form_token": hole("form")})
        holes = {f"{name}_drawn": hole(name) for name in ("head", "posts", "unread")}
        context = {"shown": page, "thread": page.thread, "form": form, "follows": follows}
        context |= {"csrf_token": hole("csrf"), **holes}
        return render_to_string("forum/thread.html", context, request=_nobodys(path))

    return _kept(_frames, (key, follows, get_language()), draw)


def head(waiting: Unseen) -> str:
    """What stands above every page of the forum."""

    def draw() -> str:
        return render_to_string("forum/_head.html", {"unseen": waiting})

    return _kept(_posts, ("head", waiting.count, get_language()), draw).fill({})


def unread(many: int, where: str) -> str:
    """The way to the first unread post; nothing where there is none."""
    if not many:
        return ""

    def draw() -> str:
        return render_to_string("forum/_unread.html", {"unread": many, "first_unread": where})

    return _kept(_posts, ("unread", many, where, get_language()), draw).fill({})


def token(worth: object) -> str:
    return str(escape(worth))


def _kept(store: Kept[Mould], key: tuple[Hashable, ...], draw: Callable[[], str]) -> Mould:
    if (found := store.get(key)) is None:
        found = Mould(draw())
        store.keep(key, found, 2 * found.characters)  # the text typed stands in the key, too
    return found


class _Nobody(AnonymousUser):
    pk = id = hole("reader")  # type: ignore[assignment]


def _nobodys(path: str) -> HttpRequest:
    """A request that tells nothing of who asks: no cookie, no session, and a hole for a number."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.user = _Nobody()
    return request
