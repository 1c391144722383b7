"""What a story's body is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from careo.stories.choosers import StatementChooserBlock

PARAGRAPH_FEATURES = ["bold", "italic", "link", "citation"]


class QuoteBlock(blocks.StructBlock):
    """Somebody's words set apart from the text. They are quoted: the check looks for them in the passages cited."""

    words = blocks.RichTextBlock(features=["italic", "citation"], help_text="Without quotation marks.")
    who = blocks.CharBlock(required=False, max_length=200, label="Who said it")

    class Meta:
        icon = "openquote"


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock()
    caption = blocks.TextBlock(required=False, help_text="Who and what this is, where and when.")
    alt = blocks.CharBlock(
        required=False,
        max_length=500,
        label="Alt text",
        help_text="What is to be seen, for those who cannot see it: not the caption again. "
        "Left empty, the picture's own description is used.",
    )

    class Meta:
        icon = "image"


class RemarkBlock(blocks.StructBlock):
    """A statement, and our own rendering of it. Bodies written before there were renderings hold the statement alone."""

    statement = StatementChooserBlock()
    translation = blocks.TextBlock(
        required=False,
        max_length=2000,
        rows=2,
        label="Our translation",
        help_text="In the paper's language, in your own words, without quotation marks. It stands beside the original "
        "and is marked as ours. Only for a remark in another language.",
    )

    def bulk_to_python(self, values: list[Any]) -> Any:
        return super().bulk_to_python([_as_remark(value) for value in values])

    def normalize(self, value: Any) -> Any:
        return super().normalize(_as_remark(value))

    class Meta:
        icon = "openquote"
        label = "Remark"


def _as_remark(value: Any) -> Any:
    """A statement (by number, or itself) as a remark without a translation; what is a remark, as it is."""
    return value if isinstance(value, Mapping) else {"statement": value, "translation": ""}


class FaceToFaceBlock(blocks.StructBlock):
    """Two or more remarks side by side, each in its original wording with outlet and language."""

    question = blocks.CharBlock(required=False, max_length=200, help_text="The matter on which they speak.")
    statements = blocks.ListBlock(RemarkBlock(), min_num=2)

    class Meta:
        icon = "group"


class StoryBody(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(features=PARAGRAPH_FEATURES, icon="pilcrow")
    heading = blocks.CharBlock(max_length=200, icon="title")
    quote = QuoteBlock()
    picture = PictureBlock()
    face_to_face = FaceToFaceBlock()
