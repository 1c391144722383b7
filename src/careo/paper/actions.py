"""Founding the paper: its front page, its first sections, the pages every paper owes its readers."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.models import Locale, Page, Site

from careo.paper.models import Home, StandingPage
from careo.paper.standing import standing_pages
from careo.stories.models import Section


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
