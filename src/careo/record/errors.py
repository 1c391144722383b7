"""What can go wrong in the record; each error's text is the sentence a person sees."""

from __future__ import annotations


class RecordError(Exception):
    """Any refusal of the record."""


class WordsNotInReport(RecordError):
    """An editor named words that do not stand in the report."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(
            f"“{words[:80]}” does not stand in the report. Copy the words from its text; put […] between parts that stand apart."
        )


class SpanOutsideReport(RecordError):
    """Spans that point past the text, or hold nothing."""

    def __init__(self, begin: int, end: int, length: int) -> None:
        self.begin, self.end, self.length = begin, end, length
        super().__init__(
            f"[{begin}, {end}) does not lie within the report's {length} characters; choose the words again."
        )


class NothingSaid(RecordError):
    """A statement without content."""

    def __init__(self) -> None:
        super().__init__("A statement needs the words that were said; choose them in the report's text.")


class ReadingOfAnotherText(RecordError):
    """Spans of one text would be kept with another."""

    def __init__(self, report: int) -> None:
        self.report = report
        super().__init__(f"This is a reading of another text than report {report}'s; read the report again.")


class KeptForEver(RecordError):
    """A row about what is withheld would be changed or removed."""

    def __init__(self) -> None:
        super().__init__("What was withheld, by whom and why is kept for ever; lift it by a row of its own.")


class NoReasonGiven(RecordError):
    """Withholding, or lifting it, without a reason."""

    def __init__(self) -> None:
        super().__init__("Nothing was changed; write down why, for those who ask later.")


class NotWithheld(RecordError):
    """What is to be lifted is no withholding that stands."""

    def __init__(self) -> None:
        super().__init__("This is not withheld any more; look at the list again.")


class WithheldAlready(RecordError):
    """The very same words, report or outlet are withheld."""

    def __init__(self) -> None:
        super().__init__("This is withheld already; see the list.")
