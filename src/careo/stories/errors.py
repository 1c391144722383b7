"""What can stand in the way of a story."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from careo.stories.findings import StoryFinding


class StoriesError(Exception):
    """Something about a story that was refused; the sentence says what to do."""


class StoryStopped(StoriesError, PermissionDenied):
    """Publishing was refused because of what the check found. A PermissionDenied too, so that each of Wagtail's own
    doors to publishing answers it as a refusal."""

    def __init__(self, headline: str, findings: Sequence[StoryFinding]) -> None:
        self.headline, self.findings = headline, tuple(findings)
        named = " · ".join(finding.sentence for finding in self.findings)
        super().__init__(
            f"“{headline}” was not published: {named} Mend the story, or publish it on its Check page with a reason."
        )


class NoReason(StoriesError):
    """An override without a reason."""

    def __init__(self) -> None:
        super().__init__("Nothing was overridden; write down why the story may be published all the same.")


class NothingToOverride(StoriesError):
    """The check does not stop the story."""

    def __init__(self) -> None:
        super().__init__("Nothing stops this story; publish it.")
