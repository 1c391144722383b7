"""Founding the paper: its front page, its first sections, the pages every paper owes its readers; readers' notes and
saved stories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Site

from careo.paper.errors import NoteOpenAlready, NoteSettledAlready, SavedEnough
from careo.paper.models import Home, ReadersNote, StandingPage
from careo.paper.saved_models import SavedStory
from careo.paper.sentences import Sentence, passages_under
from careo.paper.standing import standing_pages
from careo.stories.models import Section, Story
from careo.stories.shown import Shown

MOST_SAVED = 1_000  # of one reader: fifty pages of a list that nobody leafs through
SETTLED = "careo.note_settled"
REOPENED = "careo.note_reopened"


@transaction.atomic
def found_paper(*, name: str = "Careo", tagline: str = "", sections: Sequence[str] = ()) -> Home:
    """Make the site's front page, sections and standing pages, in CAREO_LANGUAGE, where there is no paper; where there
    is, change nothing of it but the site's address, which follows CAREO_ADDRESS. What an editor has deleted stays
    deleted. Without names of sections there is one for news."""
    # A paper whose language was set anew needs it known, whatever it was founded in.
    locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    home = Home.objects.first() or _first_home(name, tagline, sections or (gettext("News"),), locale)
    _let_the_site_follow(home)
    return home


def _first_home(name: str, tagline: str, sections: Sequence[str], locale: Locale) -> Home:
    root = Page.get_first_root_node()
    home = root.add_child(instance=Home(title=name, slug="paper", tagline=tagline, locale=locale))
    for title in sections:
        home.add_child(instance=Section(title=title, slug=slugify(title), show_in_menus=True, locale=locale))
    for one in standing_pages(locale.language_code):
        home.add_child(instance=StandingPage(title=one.title, slug=one.slug, body=one.body, locale=locale))
    return home


def _let_the_site_follow(home: Home) -> None:
    address = urlsplit(settings.CAREO_ADDRESS)
    port = address.port or (443 if address.scheme == "https" else 80)
    wanted = {"hostname": address.hostname or "localhost", "port": port, "root_page_id": home.pk}
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if all(getattr(site, field) == value for field, value in wanted.items()):
        return
    replaced = site.root_page if site.root_page_id not in (None, home.pk) else None
    for field, value in wanted.items():
        setattr(site, field, value)
    site.save()
    if replaced is not None and _is_the_welcome_page(replaced):
        replaced.delete()


def _is_the_welcome_page(page: Page) -> bool:
    """Wagtail comes with a page of no type of ours, without children, that greets its developer."""
    return page.specific_class is Page and page.is_leaf() and page.depth == 2


def take_note(
    story: Story, sentence: Sentence | None, laid: Shown, *, what: str, email: str, token: UUID
) -> ReadersNote:
    """Keep a reader's note on a sentence of the story as `laid` out for that reader, or on the whole; a form sent
    twice makes one."""
    told = {
        "story": story,
        "headline": story.title,
        "sentence": sentence.text if sentence else "",
        "block": sentence.block if sentence else "",
        "passages": passages_under(sentence.numbers, laid) if sentence else "",
        "what": what,
        "email": email,
    }
    note, _ = ReadersNote.objects.get_or_create(token=token, defaults=told)
    return note


@transaction.atomic
def settle_note(note: ReadersNote, *, editor: AbstractBaseUser, answer: str) -> None:
    """Say what was done about it. Raises NoteSettledAlready."""
    now = timezone.now()
    waiting = ReadersNote.objects.open().filter(pk=note.pk)
    if not waiting.update(settled_at=now, settled_by=editor, answer=answer):
        raise NoteSettledAlready(str(note.settled_by or "Somebody"))
    log(instance=note, action=SETTLED, user=editor, data={"answer": answer})


@transaction.atomic
def reopen_note(note: ReadersNote, *, editor: AbstractBaseUser) -> None:
    """Let it wait again; what was said when it was settled stays in the log. Raises NoteOpenAlready."""
    settled = ReadersNote.objects.filter(pk=note.pk).exclude(settled_at=None)
    if not settled.update(settled_at=None, settled_by=None, answer=""):
        raise NoteOpenAlready
    log(instance=note, action=REOPENED, user=editor)


@transaction.atomic
def save_story(story: Story, *, reader: Any) -> None:
    """Put it aside for the reader; done already, it is not done again. Raises SavedEnough."""
    if SavedStory.objects.filter(reader=reader.pk).count() >= MOST_SAVED:
        raise SavedEnough(MOST_SAVED)
    SavedStory.objects.get_or_create(reader_id=reader.pk, story=story)


def unsave_story(number: int, *, reader: Any) -> None:
    """Take the story of that number off the reader's list, if it is on it."""
    SavedStory.objects.filter(reader=reader.pk, story=number).delete()
