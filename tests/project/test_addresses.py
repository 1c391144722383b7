"""The rooms' addresses and the pages' do not stand in each other's way."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Page

from careo.paper.actions import found_paper
from careo.paper.models import StandingPage
from careo.stories.models import Section
from careo.stories.reserved import RESERVED


def first_segments(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found = set()
    for one in patterns:
        route = str(one.pattern)
        if route.strip("/"):
            found.add(route.split("/")[0].split(".")[0])
        elif isinstance(one, URLResolver):
            found |= first_segments(one.url_patterns)
    return found


def test_every_address_of_a_room_is_reserved() -> None:
    words = {one for one in first_segments(get_resolver().url_patterns) if one.isalpha()}
    assert words - {"sitemap"} <= RESERVED


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [Section, StandingPage])
def test_a_page_that_would_never_be_seen_is_refused_with_another_slug_asked_for(kind: type[Page]) -> None:
    home = found_paper()
    with pytest.raises(ValidationError) as caught:
        home.add_child(instance=kind(title="Forum", slug="forum"))
    sentence = "“forum” is an address of Careo's own; choose another slug."
    assert caught.value.message_dict["slug"] == [sentence]
