"""What can be wrong with a text to be read: a class each, with one sentence saying what to do."""

from __future__ import annotations


class ReadingError(Exception):
    """Something about the text given makes it unreadable for us."""


class UnknownLanguage(ReadingError):
    """A language that no reader knows, or a text whose language could not be told (then `language` is None).

    `heard` is True where the text told its language, and not whoever gave it.
    """

    def __init__(self, language: str | None, *, heard: bool = False) -> None:
        self.language, self.heard = language, heard
        if language is None:
            said = "The text's language was not recognised; name it, en or es, if it is English or Spanish."
        elif heard:
            said = f"The text seems to be {language}; give one in English (en) or Spanish (es)."
        else:
            said = f"Careo reads English (en) and Spanish (es), not {language!r}; give a text in one of them."
        super().__init__(said)
