"""What the check of a story may find: reading's findings on its words, and our own on marks and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from careo.reading.support import LEVELS, Level, Passage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Ours beside reading's: a picture without alt text shuts out whoever cannot see it; a caption can wait.
OWN_LEVELS: dict[str, Level] = {
    "citation-lost": "block",
    "alt-missing": "block",
    "alt-repeats-caption": "warn",
    "caption-missing": "warn",
    "translation-missing": "warn",
    "not-checked": "warn",
    "outlet-without-basis": "warn",
    "passage-withheld": "warn",
}
# Told in public as well, where a check was overridden.
KINDS: dict[str, StrOrPromise] = {
    "quote-not-found": _("Quoted words stand in no cited passage"),
    "quote-translated": _("A quotation is a translation"),
    "name-unsupported": _("A name stands in no cited passage"),
    "number-unsupported": _("A number stands in no cited passage"),
    "date-unsupported": _("A date is not supported by a cited passage"),
    "attribution-without-citation": _("An attributed sentence has no citation"),
    "citation-lost": _("A citation leads to no passage"),
    "alt-missing": _("A picture has no alt text"),
    "alt-repeats-caption": _("An alt text repeats the caption"),
    "caption-missing": _("A picture has no caption"),
    "translation-missing": _("A remark in another language has no translation of ours"),
    "not-checked": _("The words could not be checked"),
    "outlet-without-basis": _("An outlet's basis of use is not known"),
    "passage-withheld": _("A cited passage is withheld"),
}
FIELDS = ("title", "standfirst", "lead_picture")  # places that are fields of the story; all others are blocks
BLOCKING_BY_DEFAULT = tuple(kind for kind in KINDS if {**LEVELS, **OWN_LEVELS}[kind] == "block")


@dataclass(frozen=True, slots=True)
class StoryFinding:
    """One finding in its place. `words` are the story's, empty where something is missing; `place` is a block's key,
    or the name of a field of the story; `passages` are those looked at, in their own language. `blocks`: by the house."""

    kind: str
    blocks: bool
    place: str
    words: str
    message: str
    passages: tuple[Passage, ...] = ()

    @property
    def anchor(self) -> str:
        """Where its place is on the story's page at the desk, by Wagtail's own names of places."""
        if self.place in FIELDS:
            return f"#panel-child-content-{self.place}-section"
        return f"#block-{self.place}-section" if self.place else ""

    @property
    def title(self) -> str:
        return str(KINDS.get(self.kind, self.kind))

    @property
    def sentence(self) -> str:
        """The finding in one line, as a refusal names it."""
        return f"{self.title}: “{self.words}”." if self.words else f"{self.title}."

    @property
    def overridden_by(self) -> dict[str, str]:
        """What an override keeps of this very finding."""
        return {"kind": self.kind, "words": self.words, "message": self.message, "place": self.place}

    def is_let_pass_by(self, kept: dict[str, str]) -> bool:
        """Other words or another message are another finding; the same words may have moved to another place."""
        return all(kept.get(name) == self.overridden_by[name] for name in ("kind", "words", "message"))
