"""The names by which kept pages are dropped: what a page was made from, and what a change therefore touches.

page:7      the page itself, and the story's editions in other languages
section:3   lists of that section's stories, its feeds among them
latest      lists of all stories: the home page, the feeds, the sitemap
outlet:2    stories that name the outlet, and feeds that hold such a story; the outlet's page; report:9 likewise
person:4    the person's page and feeds, and stories that cite the person
told        the pages of people and outlets, and their lists; feeds of people: who said what in which report
editor:5    pages that name the editor
corrections the list of corrections, its feeds among them
event:5     pages on which the event's newest remarks stand, and its stories, which name each other
editions    the e-mail editions on the web
site        everything, since every page carries the masthead and the sections
"""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.models import Page

from careo.desk.models import Event
from careo.paper.editions import first_of, others
from careo.paper.models import Home
from careo.paper.people import people_in
from careo.paper.related import related
from careo.record.models import Statement
from careo.stories.models import Citation, Section, Story
from careo.stories.shown import statements_in

LATEST = "latest"
TOLD = "told"
SITE = "site"
CORRECTIONS = "corrections"
MAIL_EDITIONS = "editions"


def section_tag(section_id: int) -> str:
    return f"section:{section_id}"


def report_tag(report_id: int) -> str:
    return f"report:{report_id}"


def outlet_tag(outlet_id: int) -> str:
    return f"outlet:{outlet_id}"


def person_tag(person_id: int) -> str:
    return f"person:{person_id}"


def event_tag(event_id: int) -> str:
    return f"event:{event_id}"


def event_tags(event: Event) -> set[str]:
    """The event's own and that of the event it was merged into: either may be the one that an editor chose."""
    return {event_tag(number) for number in (event.pk, event.merged_into_id) if number}


def tags_of_person(person_id: int, told: Iterable[Statement]) -> set[str]:
    """What a person's page and feeds, which tell these statements, were made from; any story may tell more."""
    tags = {person_tag(person_id), LATEST, SITE, TOLD}
    for said in told:
        tags |= {report_tag(said.report_id), outlet_tag(said.report.outlet_id)}
    return tags


def page_tag(page_id: int) -> str:
    return f"page:{page_id}"


def editor_tag(user_id: int) -> str:
    return f"editor:{user_id}"


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
    tags = {page_tag(page.pk), page_tag(first_of(page)), LATEST}
    tags |= {section_tag(parent.pk)} if parent else set()
    return tags | (event_tags(page.event) if page.event else set())


def rested_on(stories: Iterable[Story]) -> set[str]:
    """Reports and outlets that stories cite or put face to face."""
    listed = list(stories)
    cited = Citation.objects.filter(story__in=listed).values_list("report_id", "report__outlet_id")
    faced = [statement.report for story in listed for statement in statements_in(story.body)]
    rows = {*cited, *((report.pk, report.outlet_id) for report in faced)}
    return {report_tag(report) for report, _ in rows} | {outlet_tag(outlet) for _, outlet in rows}


def _what_a_story_rests_on(story: Story) -> set[str]:
    people = {person_tag(person.pk) for person in people_in(story)}
    editions = {page_tag(first_of(story)), *(page_tag(other.pk) for other in others(story))}
    beside = {page_tag(other.pk) for other in related(story)}
    beside |= event_tags(story.event) if story.event else set()
    return rested_on([story]) | people | editions | beside
