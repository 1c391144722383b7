"""The names by which kept pages are dropped: what a page was made from, and what a change therefore touches.

page:7      the page itself
section:3   lists of that section's stories, its feeds among them
latest      lists of all stories: the home page, the feeds, the sitemap
outlet:2    stories that name the outlet; report:9 likewise
person:4    the person's page, and stories that cite the person
told        the pages of people and outlets, and their lists: who said what in which report
site        everything, since every page carries the masthead and the sections
"""

from __future__ import annotations

from wagtail.models import Page

from careo.paper.catalogue import Told
from careo.paper.models import Home
from careo.stories.models import Citation, Section, Story
from careo.stories.shown import statements_in

LATEST = "latest"
TOLD = "told"
SITE = "site"


def section_tag(section_id: int) -> str:
    return f"section:{section_id}"


def report_tag(report_id: int) -> str:
    return f"report:{report_id}"


def outlet_tag(outlet_id: int) -> str:
    return f"outlet:{outlet_id}"


def person_tag(person_id: int) -> str:
    return f"person:{person_id}"


def page_tag(page_id: int) -> str:
    return f"page:{page_id}"


def tags_of(page: Page) -> set[str]:
    """All that the page, as a reader sees it, was made from."""
    tags = {page_tag(page.pk), SITE}
    if isinstance(page, Home):
        tags.add(LATEST)
    if isinstance(page, Section):
        tags.add(section_tag(page.pk))
    if isinstance(page, Story):
        tags |= _what_a_story_rests_on(page)
    return tags


def touched_by(page: Page) -> set[str]:
    """All that shows something of the page, so that it must be made anew when the page changes."""
    if not isinstance(page, Story):
        return {SITE}
    parent = page.get_parent()
    return {page_tag(page.pk), LATEST} | ({section_tag(parent.pk)} if parent else set())


def _what_a_story_rests_on(story: Story) -> set[str]:
    cited = Citation.objects.filter(story=story).values_list("report_id", "report__outlet_id")
    told = [(statement.report_id, statement.report.outlet_id) for statement in statements_in(story.body)]
    rows = {*cited, *told}
    people = Told.objects.of_people().filter(story=story).values_list("statement__person", flat=True)
    return (
        {person_tag(person) for person in people}
        | {report_tag(report) for report, _ in rows}
        | {outlet_tag(outlet) for _, outlet in rows}
    )
