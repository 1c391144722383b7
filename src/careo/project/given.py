"""What the paper and the sending of mail keep of a reader, for the download of it all; the desk's own is left out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from careo.paper.addresses import full
from careo.paper.gifts import address_of_gift
from careo.paper.listing import visible_stories
from careo.paper.models import GiftLink, ReadersNote, SavedStory
from careo.project.models import Delivery
from careo.readers.given import Given, Part, Row, confirmed
from careo.readers.models import Reader


def given() -> Given:
    return Given(_parts, TOLD, LEFT_OUT)


def _parts(reader: Reader) -> Iterator[Part]:
    yield Part("saved_stories", _("Saved stories"), _saved(reader))
    yield Part("gift_links", _("Stories you gave"), _gifts(reader))
    yield Part("notes", _("Notes to the editors"), _notes(reader))
    yield Part("e_mail_editions", _("E-mail editions sent to you"), _deliveries(reader))


def _saved(reader: Reader) -> Iterator[Row]:
    kept = SavedStory.objects.filter(reader=reader).order_by("pk")
    told = _told_of([one.story_id for one in kept])
    for one in kept:
        yield {**told.get(one.story_id, WITHDRAWN), "saved_at": one.saved_at}


def _gifts(reader: Reader) -> Iterator[Row]:
    links = GiftLink.objects.filter(giver=reader).order_by("pk")
    told = _told_of([link.story_id for link in links])
    for link in links:
        yield {
            **told.get(link.story_id, WITHDRAWN),
            "link": address_of_gift(link),
            "made_at": link.made_at,
            "ends_at": link.ends_at,
            "taken_back_at": link.revoked_at,
            "opened": link.opened,
        }


def _told_of(numbers: list[int]) -> dict[int, Row]:
    """Headline and address of the stories that may be seen."""
    stories = visible_stories().filter(pk__in=numbers)
    return {story.pk: {"story": story.title, "address": full(story.url)} for story in stories}


def _notes(reader: Reader) -> Iterator[Row]:
    """Those sent with an address of the reader's: nothing else says whose they are."""
    for note in ReadersNote.objects.filter(email__in=confirmed(reader)).order_by("pk"):
        yield {
            "story": note.headline,
            "sentence": note.sentence,
            "what_is_wrong": note.what,
            "sent_at": note.sent_at,
        }


def _deliveries(reader: Reader) -> Iterator[Row]:
    for one in Delivery.objects.filter(reader=reader).select_related("edition").order_by("pk"):
        yield {"edition": str(one.edition), "state": one.state}


WITHDRAWN: Row = {"story": "", "address": ""}
TOLD = frozenset({"paper.GiftLink.giver", "paper.SavedStory.reader", "project.Delivery.reader"})
_DESK = "work at the desk, of which readers do none; it belongs to the paper and its record"
LEFT_OUT = dict.fromkeys(
    (
        "desk.Bond.editor",
        "desk.Placement.placed_by",
        "desk.Relation.settled_by",
        "paper.ReadersNote.settled_by",
        "press.Report.captured_by",
        "record.DeskLog.editor",
        "record.Statement.settled_by",
        "record.Withholding.editor",
        "stories.CheckOverride.editor",
        "stories.Picture.uploaded_by_user",
        "stories.Version.editors",
        "stories.Version.publisher",
        "wagtailadmin.EditingSession.user",
        "wagtailadmin.FormState.user",
        "wagtailcore.APIToken.user",
        "wagtailcore.Comment.resolved_by",
        "wagtailcore.Comment.user",
        "wagtailcore.CommentReply.user",
        "wagtailcore.ModelLogEntry.user",
        "wagtailcore.Page.locked_by",
        "wagtailcore.Page.owner",
        "wagtailcore.PageLogEntry.user",
        "wagtailcore.PageSubscription.user",
        "wagtailcore.Revision.user",
        "wagtailcore.TaskState.finished_by",
        "wagtailcore.UploadedFile.uploaded_by_user",
        "wagtailcore.WorkflowState.requested_by",
        "wagtaildocs.Document.uploaded_by_user",
        "wagtailimages.Image.uploaded_by_user",
        "wagtailusers.UserProfile.user",
    ),
    _DESK,
)
