"""What machines are told of a story: schema.org's NewsArticle, its citations, and what of it is for subscribers.

The block is data: browsers do not run it, and nothing in it can end the element it stands in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from careo.edge.variants import PUBLIC
from careo.paper.addresses import address_of, full
from careo.paper.front import Front
from careo.stories.citations import CitedPassage
from careo.stories.models import Correction, PictureRendition, Section, Story

# Everything by which a browser could leave the data: "</script>", "<!--", an entity.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def news_article(
    story: Story, front: Front, *, pictures: Sequence[PictureRendition], cited: list[CitedPassage]
) -> dict[str, Any]:
    """The story as a NewsArticle. `cited` is a passage of each report that the public variant cites."""
    address = address_of(story)
    section = story.get_parent()
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "mainEntityOfPage": address,
        "headline": story.title,
        "description": story.standfirst,
        "inLanguage": story.language or front.language,
        "datePublished": _instant(story.first_published_at),
        "dateModified": _instant(story.last_published_at),
        "articleSection": section.title if section and isinstance(section.specific, Section) else "",
        "image": [_image(picture) for picture in pictures],
        "author": [{"@type": "Person", "name": story.byline}] if story.byline else [],
        "publisher": {"@type": "NewsMediaOrganization", "name": front.name, "url": full("/")},
        "citation": [_citation(passage) for passage in cited],
        "correction": [_correction(one) for one in story.corrections.all()],
        "isAccessibleForFree": not story.is_closed,
    }
    if story.is_closed:
        told["hasPart"] = {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": ".closed-part",
        }
    return {name: value for name, value in told.items() if value not in ("", [], None)}


def breadcrumbs(story: Story, front: Front) -> dict[str, Any]:
    """The way from the front page to the story, as search engines show it in place of the address."""
    section = story.get_parent()
    steps = [(front.name, full("/")), (section.title, address_of(section)), (story.title, address_of(story))]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(steps, start=1)
        ],
    }


def cited_in_public(story: Story) -> list[CitedPassage]:
    """A passage of each report that the part of the story open to all rests on, as first cited."""
    first: dict[int, CitedPassage] = {}
    for cited in story.shown(PUBLIC).citations:
        for passage in cited.passages:
            first.setdefault(passage.report.pk, passage)
    return list(first.values())


def data_block(data: dict[str, Any]) -> SafeString:
    """The element that holds it, safe to stand in a page whatever the data are."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above


def _image(drawn: PictureRendition) -> dict[str, Any]:
    told = {
        "@type": "ImageObject",
        "url": full(drawn.url),
        "width": drawn.width,
        "height": drawn.height,
        "caption": drawn.image.description,
        "creditText": drawn.image.credit,
    }
    return {name: value for name, value in told.items() if value}


def _correction(correction: Correction) -> dict[str, Any]:
    return {"@type": "CorrectionComment", "text": correction.note, "datePublished": correction.on.isoformat()}


def _citation(passage: CitedPassage) -> dict[str, Any]:
    report, headline = passage.report, passage.public.headline
    return {
        "@type": "NewsArticle",
        **({"headline": headline} if headline else {}),
        "url": report.canonical_url,
        "inLanguage": report.language,
        "publisher": {"@type": "Organization", "name": passage.outlet},
        **({"datePublished": report.published} if report.published else {}),
    }


def _instant(when: Any) -> str | None:
    return when.isoformat() if when else None
