"""From a page's bytes to the report it holds. No Django here.

    found = extract(page.body, url=page.url, content_type=page.content_type)
    found.headline, found.published, found.text

`text` is the standfirst (where readers see one), then paragraphs and section headlines: one line each, one empty
line between two, in NFC. Spans everywhere else are code points of it. What a page does not say is None or empty.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from careo.press.document import parse
from careo.press.encoding import characters
from careo.press.errors import NoArticle, NotReadable
from careo.press.metadata import Page
from careo.press.pictures import Picture, pictures
from careo.press.text import standfirst, text
from careo.reading.errors import UnknownLanguage
from careo.reading.language import language_of

UNDETERMINED = "und"  # BCP 47 for a language that nobody knows


@dataclass(frozen=True, slots=True)
class Extracted:
    """A report as an outlet's page tells it. `published` and `modified` are ISO 8601: an instant with its offset, or
    a day where only a day is stated. `language` is BCP 47, "und" where it is neither stated nor told by the text."""

    url: str
    canonical_url: str
    outlet: str
    language: str
    headline: str
    standfirst: str
    authors: tuple[str, ...]
    published: str | None
    modified: str | None
    text: str
    images: tuple[Picture, ...]


def extract(html: bytes | str, *, url: str, content_type: str = "", name: str = "") -> Extracted:
    """The report of a page. Raises an ExtractError: EmptyPage, NotAPage, NotReadable or NoArticle.

    `url` is the page's address; empty for a file, whose canonical link then stands in for it. `name` is what a
    refusal calls the page; its address if left out.
    """
    name = name or url or "The page"
    if isinstance(html, str):
        html, content_type = html.encode("utf-8", "replace"), "text/html; charset=utf-8"
    found = characters(html, url=name, content_type=content_type)
    page = Page(parse(found.text, url=name), url)
    told = unicodedata.normalize("NFC", text(page))
    if not page.headline or not told:
        raise NoArticle(name)
    if found.damaged and "\ufffd" in page.headline + told:
        raise NotReadable(name, found.encoding)
    return Extracted(
        url=url or page.canonical_url,
        canonical_url=page.canonical_url,
        outlet=page.outlet,
        language=_language(page, told),
        headline=page.headline[:1000],
        standfirst=standfirst(page),
        authors=page.authors,
        published=page.published,
        modified=page.modified,
        text=told,
        images=pictures(page, told),
    )


def _language(page: Page, told: str) -> str:
    """The page's own word, unless its text is plainly English or Spanish and that word says otherwise."""
    declared = page.declared_language
    try:
        heard: str = language_of(told)
    except UnknownLanguage:
        return declared or UNDETERMINED
    return declared if declared.casefold().partition("-")[0] == heard else heard
