"""How a story was made, from its own record and as far as a variant may see the story.

To the public a closed story tells of its open part alone: the reports cited there, and of the checks overridden those
whose findings all stand in it. What an editor wrote of a draft that never went out is told nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Max
from wagtail.models import PageLogEntry

from careo.press.models import Report
from careo.stories.findings import KINDS
from careo.stories.shown import Shown, Variant, statements_in
from careo.stories.versions import ShownVersion

if TYPE_CHECKING:
    from careo.stories.models import CheckOverride, Story

WENT_OUT = ("wagtail.publish", "wagtail.publish.scheduled")


@dataclass(frozen=True, slots=True)
class LetPass:
    """A check overridden: the findings, as (what it is, words), and the reason given."""

    findings: tuple[tuple[str, str], ...]
    reason: str
    editor: AbstractBaseUser | None
    at: datetime


def reports_of(story: Story, variant: Variant) -> list[Report]:
    """The reports that what the variant may see rests on, each once, in the order of the story."""
    laid = story.shown(variant)
    cited = [passage.report for one in laid.citations for passage in one.passages]
    faced = [said.report for said in statements_in(list(story.body)[: story.limit(variant)])]
    return list(dict.fromkeys([*cited, *faced]))


def hands(versions: Iterable[ShownVersion]) -> tuple[list[AbstractBaseUser], list[AbstractBaseUser]]:
    """Who edited, and who published, the versions told, each once."""
    kept = [told.version for told in versions if told.version.pk]
    editors = [user for version in kept for user in sorted(version.editors.all(), key=lambda user: user.pk)]
    return list(dict.fromkeys(editors)), list(
        dict.fromkeys(one.publisher for one in kept if one.publisher is not None)
    )


def let_pass(story: Story, variant: Variant) -> list[LetPass]:
    """The checks overridden for what the variant may see, in their order."""
    last = PageLogEntry.objects.filter(page=story.pk, action__in=WENT_OUT).aggregate(at=Max("timestamp"))[
        "at"
    ]
    if last is None:
        return []
    texts = dict(_texts(story, story.shown(variant)))
    whole = story.limit(variant) is None
    overrides = story.check_overrides.filter(at__lte=last).select_related("editor").order_by("at", "pk")
    found = [_let_pass(one, texts, whole=whole) for one in overrides]
    return [one for one in found if one.findings]


def _let_pass(override: CheckOverride, texts: dict[str, str], *, whole: bool) -> LetPass:
    """One reason speaks of all its findings: to the public it is told if all of them stand where the public reads."""
    standing = [one for one in override.findings if _stands(one, texts, whole=whole)]
    told = standing if whole or len(standing) == len(override.findings) else []
    findings = tuple((str(KINDS.get(one["kind"], one["kind"])), one["words"]) for one in told)
    return LetPass(findings, override.reason, override.editor, override.at)


def _stands(finding: dict[str, Any], texts: dict[str, str], *, whole: bool) -> bool:
    """Whether what was found is in the story as it is seen. Of an older override we do not know the place."""
    if (place := finding.get("place")) is not None and (place or not whole):
        return place in texts and finding["words"] in texts[place]
    return whole and any(finding["words"] in text for text in texts.values())


def _texts(story: Story, laid: Shown) -> Iterator[tuple[str, str]]:
    """What stands in each place that a finding may name."""
    yield "title", story.title
    yield "standfirst", story.standfirst
    if story.lead_picture_id:
        yield "lead_picture", f"{story.lead_caption}\n{story.lead_alternative}"
    for block in laid.blocks:
        # As the check reads them, a quote in quotation marks.
        yield block.key, f"“{block.text}”\n{block.caption}\n{block.alt}"
