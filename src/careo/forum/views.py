"""What readers ask of the forum. Every view stands behind `door`; forms work by plain POST."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careo.forum import citing, erasing, heading, listing, text
from careo.forum.access import (
    may_moderate,
    may_open_threads,
    post_open_to,
    thread_open_to,
    unhurried,
    unsuspended,
    writer,
)
from careo.forum.actions import add_post, delete_post, edit_post, flag, refuse_editing
from careo.forum.doors import door, reader_of
from careo.forum.errors import (
    BadPost,
    ManyPostsOfTheDay,
    NoSuchPost,
    NotTheAuthor,
    PostHidden,
    PostsTooSoon,
    TooManyPosts,
)
from careo.forum.forms import EditForm, FlagForm, PostForm
from careo.forum.models import Post, Seen, Thread
from careo.forum.recommending import recommend, withdraw
from careo.forum.seen import see

# What is said in the form itself, with the text still in it: it can be sent again as it is, or a little changed.
TEXT_STAYS = (BadPost, ManyPostsOfTheDay, PostsTooSoon, TooManyPosts)

SORTS = {"recommended": listing.recommended, "picked": listing.picked}


@door
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The threads last written in, and stories nobody has written about yet."""
    reader = reader_of(request)
    context = {
        "threads": listing.threads(reader),
        "stories": listing.unwritten_stories(),
        "moderates": may_moderate(reader),
        "opens": may_open_threads(reader),
        "decided": reader.reasons_given.exists(),
    }
    return render(request, "forum/index.html", context)


@door
@require_safe
def thread(request: HttpRequest, story_id: int | str) -> HttpResponse:
    """A page by time, which is then seen; `?sort=recommended`: the posts that most readers recommend; `=picked`: editors."""
    found, reader = thread_open_to(request.user, story_id), reader_of(request)
    row, asked = Seen.objects.of(reader, found), listing.page_asked(request, found.pages)
    if sorted_otherwise := SORTS.get(request.GET.get("sort", "")):
        page = sorted_otherwise(found, reader, asked)
    else:
        seen = row.number if row else None
        page = listing.shown(found, reader, asked, seen=seen)
        see(reader, found, page.last, before=seen)
    heading.see(request, page)
    context = {"shown": page, "thread": found, "form": PostForm(), "follows": bool(row and row.follows)}
    return render(request, "forum/thread.html", context)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, story_id: int | str) -> HttpResponse:
    """Write in a thread; `?to=` the post that is answered, `&quote=1` with its words in the form."""
    found = thread_open_to(request.user, story_id)
    reader, answered = writer(request.user, found), _answered(request, found)
    form, status = (
        PostForm(request.POST if request.method == "POST" else None, initial=_quotation(request, answered)),
        422,
    )
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            unhurried(reader)
            post = add_post(found, form.cleaned_data["text"], author=reader, in_reply_to=answered,
                            form_token=form.cleaned_data["form_token"])  # fmt: skip
        except TEXT_STAYS as error:
            form.add_error("text", str(error))
            status = error.status
        else:
            _tell_held(request, post)
            return redirect(post)
    preview = _preview(form, found) if form.is_bound and form.is_valid() else None
    context = {"thread": found, "answered": answered, "form": form, "preview": preview}
    return render(request, "forum/reply.html", context, status=status if form.errors else 200)


def _tell_held(request: HttpRequest, post: Post) -> None:
    if post.is_held:
        messages.info(request, gettext("Your post is kept. It is shown when a moderator has looked at it."))


@door
@require_safe
def citations(request: HttpRequest, story_id: int | str) -> HttpResponse:
    """The passages that a post in the thread may cite, with the sign that cites each."""
    found = thread_open_to(request.user, story_id)
    cited = citing.citations(found.story) if found.story else ()
    return render(request, "forum/citations.html", {"thread": found, "cited": cited})


def _preview(form: PostForm, found: Thread) -> SafeString:
    """The post as it would be shown, its citations as marks alone."""
    typed = form.cleaned_data["text"]
    numbers = {number: cited.number for number, cited in citing.meant_by(typed, found.story).items()}
    return text.html(typed, numbers, anchor="passage")


def _answered(request: HttpRequest, found: Thread) -> Post | None:
    """Raises NoSuchPost, PostHidden."""
    asked = request.POST.get("to") or request.GET.get("to") or ""
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 20):  # Python reads no endless number
        raise NoSuchPost(0)
    post = post_open_to(request.user, int(asked))
    if post.thread_id != found.pk:
        raise NoSuchPost(post.pk)
    if post.is_hidden:
        raise PostHidden
    return post


def _quotation(request: HttpRequest, answered: Post | None) -> dict[str, str]:
    if answered is None or "quote" not in request.GET:
        return {}
    return {"text": text.quoted(answered.text, answered.author.byline)}


@door
@require_safe
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """The permanent address of a post: leads to the page on which it stands."""
    return redirect(post_open_to(request.user, post_id))


@door
@require_safe
def answers(request: HttpRequest, post_id: int) -> HttpResponse:
    """A post with the answers to it, a page of them at a time."""
    found, reader = post_open_to(request.user, post_id), reader_of(request)
    page = listing.answers(found, reader, listing.page_asked(request, found.thread.pages))
    heading.see(request, page)
    context = {"thread": found.thread, "answered": listing.alone(found, reader), "shown": page}
    return render(request, "forum/answers.html", context)


@door
@require_POST
def recommend_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Recommend a post; with `withdraw`, no more."""
    found, reader = post_open_to(request.user, post_id), unsuspended(request.user)
    if "withdraw" in request.POST:
        withdraw(found, by=reader)
    else:
        recommend(found, by=reader)
    return redirect(found)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, post_id: int) -> HttpResponse:
    found, reader = post_open_to(request.user, post_id), unsuspended(request.user)
    refuse_editing(found, by=reader)
    form = EditForm(request.POST if request.method == "POST" else None, initial={"text": found.text})
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            edited = edit_post(found, form.cleaned_data["text"], by=reader)
        except BadPost as error:
            form.add_error("text", str(error))
        else:
            _tell_held(request, edited)
            return redirect(edited)
    preview = _preview(form, found.thread) if form.is_bound and form.is_valid() else None
    context = {"thread": found.thread, "post": found, "form": form, "preview": preview}
    return render(request, "forum/edit.html", context, status=422 if form.errors else 200)


@door
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, post_id: int) -> HttpResponse:
    """Asks first, and deletes by POST. Whoever may read may take back, sanctioned or not."""
    found, reader = post_open_to(request.user, post_id), reader_of(request)
    if found.author_id != reader.pk:
        raise NotTheAuthor
    if found.is_hidden and not found.is_held:  # the page would show words that are out of its author's sight
        raise PostHidden
    if request.method == "POST":
        delete_post(found, by=reader)
        messages.success(request, gettext("Your post is deleted."))
        return redirect(found)
    return render(request, "forum/delete.html", {"post": found, "days": erasing.DAYS})


@door
@require_http_methods(["GET", "HEAD", "POST"])
def flag_post(request: HttpRequest, post_id: int) -> HttpResponse:
    found, reader = post_open_to(request.user, post_id), unsuspended(request.user)
    form = FlagForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        flag(found, by=reader, why=form.cleaned_data["why"])
        messages.success(request, gettext("The moderators will look at it. Thank you."))
        return redirect(found)
    return render(
        request, "forum/flag.html", {"post": found, "form": form}, status=422 if form.errors else 200
    )
