"""What an editor composes the front page and a section's page of: leads, pairs, lists, and strips of an event.

Any story may be chosen, published or not: one that nobody may see yet is left out when the page is drawn. What can be
said to an editor beforehand is said when the page is saved, beside the field it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from careo.desk.models import Event
from careo.stories.choosers import EventChooserBlock

COMPOSED_HELP = gettext_lazy(
    "What stands at the top of the page; the rest follows by itself, newest first. A story that readers may not see "
    "(unpublished, before its hour, past its expiry, restricted) is left out, and comes back when they may; the "
    "preview names those."
)

MOST_IN_A_LIST = 12
MOST_REMARKS = 8

# Where in the composition a story was chosen: the block's place, then the way to the field inside it.
Place = tuple[int | str, ...]


def StoryChooserBlock(**kwargs: Any) -> blocks.PageChooserBlock:  # noqa: N802  # reads like the blocks it stands among
    return blocks.PageChooserBlock(page_type="stories.Story", **kwargs)


class PairBlock(blocks.StructBlock):
    """Two stories side by side."""

    left = StoryChooserBlock()
    right = StoryChooserBlock()

    class Meta:
        icon = "grip"
        label = gettext_lazy("Pair")


class StoryListBlock(blocks.StructBlock):
    """Stories under a title: those chosen, or the newest of a section that stand nowhere else on the page."""

    title = blocks.CharBlock(
        required=False, max_length=100, help_text=gettext_lazy("Left empty, the section's name.")
    )
    stories = blocks.ListBlock(
        StoryChooserBlock(label=gettext_lazy("Story")), min_num=0, max_num=MOST_IN_A_LIST, default=[]
    )
    section = blocks.PageChooserBlock(
        page_type="stories.Section",
        required=False,
        help_text=gettext_lazy("Instead of chosen stories: the newest of this section."),
    )
    newest = blocks.IntegerBlock(
        default=6,
        min_value=1,
        max_value=MOST_IN_A_LIST,
        label=gettext_lazy("How many of the section"),
    )

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("List")

    def clean(self, value: Any) -> Any:
        """Raises StructBlockValidationError for a list of nothing, of two things, or without a name."""
        cleaned = super().clean(value)
        if cleaned["section"] and cleaned["stories"]:
            raise _beside("section", _("Choose stories, or a section whose newest are shown; not both."))
        if self.is_deferred_validation:
            return cleaned
        if not cleaned["section"] and not cleaned["stories"]:
            raise _beside("stories", _("Choose at least one story, or a section whose newest are shown."))
        if not cleaned["section"] and not cleaned["title"]:
            raise _beside("title", _("A list of chosen stories needs a title."))
        return cleaned


class AsItStandsBlock(blocks.StructBlock):
    """An event's newest remarks, as our published stories about it tell them."""

    title = blocks.CharBlock(
        max_length=100,
        help_text=gettext_lazy("What readers see above the remarks. The event's own name is for the desk."),
    )
    event = EventChooserBlock(
        help_text=gettext_lazy(
            "Shown is what the open parts of its published stories cite or set face to face."
        )
    )
    remarks = blocks.IntegerBlock(
        default=4, min_value=1, max_value=MOST_REMARKS, label=gettext_lazy("How many remarks")
    )

    class Meta:
        icon = "openquote"
        label = gettext_lazy("As it stands")

    def clean(self, value: Any) -> Any:
        """Raises StructBlockValidationError for an event of which no published story tells."""
        cleaned = super().clean(value)
        event = cleaned["event"]
        if event and not self.is_deferred_validation and not _is_told_of(event):
            raise _beside(
                "event",
                _(
                    "No published story tells of “%(event)s”. Choose it as the event of a story, publish that first."
                )
                % {"event": event},
            )
        return cleaned


class Composition(blocks.StreamBlock):
    """The blocks of a page, from the top; no story is chosen twice, nor an event."""

    lead = StoryChooserBlock(
        icon="doc-full-inverse",
        label=gettext_lazy("Lead"),
        help_text=gettext_lazy("One story over the whole width, its picture large."),
    )
    pair = PairBlock()
    list = StoryListBlock()
    as_it_stands = AsItStandsBlock()

    class Meta:
        required = False

    def clean(self, value: Any) -> Any:
        """Raises StreamBlockValidationError beside the second of two equal choices."""
        cleaned = super().clean(value)
        seen: set[object] = set()
        for place, chosen in choices(cleaned):
            if chosen in seen:
                raise at_place(place, _("“%(title)s” stands on this page already.") % {"title": chosen})
            seen.add(chosen)
        return cleaned


def choices(composition: Any) -> Iterator[tuple[Place, Any]]:
    """Every story and event chosen, with its place, from the top; what was deleted meanwhile is left out."""
    for number, block in enumerate(composition):
        for way, chosen in chosen_in(block):
            if chosen is not None:
                yield (number, *way), chosen


def chosen_in(block: Any) -> Iterator[tuple[Place, Any]]:
    """The stories or the event chosen in one block, each with the way to its field; None where nothing is chosen."""
    value = block.value
    match block.block_type:
        case "lead":
            yield (), value
        case "pair":
            yield from ((("left",), value["left"]), (("right",), value["right"]))
        case "list":
            yield from ((("stories", number), story) for number, story in enumerate(value["stories"]))
        case "as_it_stands":
            yield ("event",), value["event"]


def events_under(event: Event) -> Q:
    """Stories of an event, and of those that were merged with it, as a condition."""
    whole = event.merged_into_id or event.pk
    return Q(event=whole) | Q(event__merged_into=whole)


def _is_told_of(event: Event) -> bool:
    stories = Event.stories.rel.related_model.objects  # type: ignore[attr-defined]  # imports this module itself
    return bool(stories.live().public().filter(events_under(event)).exists())


def _beside(field: str, sentence: str) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={field: ValidationError(sentence)})


def at_place(place: Place, sentence: str) -> ValidationError:
    """The sentence, wrapped so that the editor shows it at the place."""
    error: ValidationError = ValidationError(sentence)
    for depth, step in reversed(list(enumerate(place))):
        if depth == 0:
            error = StreamBlockValidationError(block_errors={step: error})
        elif isinstance(step, int):
            error = ListBlockValidationError(block_errors={step: error})
        else:
            error = StructBlockValidationError(block_errors={step: error})
    return error
