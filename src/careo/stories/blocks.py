"""What a story's body is made of."""

from __future__ import annotations

from wagtail import blocks

PARAGRAPH_FEATURES = ["bold", "italic", "link", "citation"]


class FaceToFaceBlock(blocks.StructBlock):
    """Two or more remarks side by side, each in its original wording with outlet and language."""

    question = blocks.CharBlock(required=False)
    statements = blocks.ListBlock(blocks.IntegerBlock(help_text="A statement's number at the desk."), min_num=2)

    class Meta:
        icon = "group"
        template = "stories/blocks/face_to_face.html"


class StoryBody(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(features=PARAGRAPH_FEATURES)
    heading = blocks.CharBlock()
    face_to_face = FaceToFaceBlock()
