"""Where rooms that do not know each other meet: an edition that the paper composes goes to readers who chose it."""

from __future__ import annotations

from typing import Any

from wagtail import hooks

from careo.forum import given as forum_given
from careo.forum import leaving as forum_leaving
from careo.paper.composing import edition_composed, mailing
from careo.paper.mail_desk import SENDING_HOOK
from careo.paper.mail_models import MailEdition
from careo.project import given, leaving, own_page
from careo.project.mailing import address_to_readers, told_of_sending
from careo.readers.given import GIVEN_HOOK
from careo.readers.leaving import LEAVING_HOOK
from careo.readers.mailing import OFFERED_HOOK
from careo.readers.sections import SECTIONS_HOOK


def connect() -> None:
    """Called once, when Django has loaded every room."""
    edition_composed.connect(_address, dispatch_uid="project.mailing")
    hooks.register(OFFERED_HOOK, _offered)
    hooks.register(SENDING_HOOK, told_of_sending)
    hooks.register(SECTIONS_HOOK, own_page.stories)
    hooks.register(SECTIONS_HOOK, own_page.forum)
    hooks.register(GIVEN_HOOK, given.given)
    hooks.register(GIVEN_HOOK, forum_given.given)
    hooks.register(LEAVING_HOOK, leaving.see_to_notes)
    hooks.register(LEAVING_HOOK, forum_leaving.see_to_posts)


def _address(sender: type[MailEdition], edition: MailEdition, **_: Any) -> None:
    address_to_readers(edition)


def _offered() -> list[str]:
    return [period.value for period in mailing().periods]
