"""Blocking somebody, from one of their posts: no address counts readers up or tells who there is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from careo.forum.access import post_open_to
from careo.forum.blocking import Block, block, unblock
from careo.forum.doors import door, reader_of


@door
@require_http_methods(["GET", "HEAD", "POST"])
def block_author(request: HttpRequest, post_id: int) -> HttpResponse:
    """Says what blocking does, and does it by POST."""
    post, reader = post_open_to(request.user, post_id), reader_of(request)
    if request.method == "POST":
        block(post.author, by=reader)
        messages.success(request, gettext("You have blocked %(name)s.") % {"name": post.author.byline})
        return redirect(post)
    return render(request, "forum/block.html", {"post": post})


@door
@require_http_methods(["GET", "HEAD", "POST"])
def blocks(request: HttpRequest) -> HttpResponse:
    """Whom the reader has blocked; a POST with the number of a block removes it."""
    reader = reader_of(request)
    if request.method == "POST":
        asked = request.POST.get("block", "")
        if asked.isascii() and asked.isdigit() and len(asked) < 19:
            unblock(int(asked), by=reader)
            messages.success(request, gettext("The block is removed."))
        return redirect("forum:blocks")
    return render(request, "forum/blocks.html", {"blocks": Block.objects.of(reader)})
