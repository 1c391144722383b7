"""The citation in the editor: what Draftail is given for the stored mark, and what is stored for what it gives back.

Only the marks travel, in either direction, and each time they are read anew by `marks.parse`: whatever a browser sends,
nothing but well-formed marks is stored. What outlets printed never enters the editor's data.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from draftjs_exporter import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail import features as draftail
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from careo.press.models import Report
from careo.stories import marks

FEATURE = "citation"
ENTITY = "CITATION"


class CitationElement(InlineEntityElementHandler):
    """Reads the stored mark into the editor."""

    mutability = "MUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {marks.PASSAGES: marks.written(marks.parse(attrs.get(marks.PASSAGES)))}


def stored(props: dict[str, Any]) -> Any:
    """The mark as it is stored; words under a refused one are stored without."""
    found = marks.parse(props.get(marks.PASSAGES))
    if not found:
        return props["children"]
    attributes = {"linktype": marks.LINKTYPE, marks.PASSAGES: marks.written(found)}
    return DOM.create_element("a", attributes, props["children"])


class CitationHandler(LinkHandler):
    """Outside a story's own templates a mark is words without a link; reports know where they are referred to."""

    identifier = marks.LINKTYPE

    @staticmethod
    def get_model() -> type[Report]:
        return Report

    @staticmethod
    def expand_db_attributes(attrs: dict[str, str]) -> str:
        return "<a>"

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Any:
        for mark in marks.parse(attrs.get(marks.PASSAGES)):
            yield Report, str(mark.report), "", ""


def register(features: FeatureRegistry) -> None:
    """The toolbar's button, the script behind it, and the way to and from the stored text."""
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        draftail.EntityFeature(
            {
                "type": ENTITY,
                "icon": "openquote",
                "description": "Cite a passage",
                "attributes": [marks.PASSAGES],
                "chooserUrls": {"citing": reverse("stories:citing")},
            },
            js=["stories/citing.js"],
            css={"all": ["stories/citing.css"]},
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {f'a[linktype="{marks.LINKTYPE}"]': CitationElement(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: stored}},
        },
    )
    features.register_link_type(CitationHandler)
