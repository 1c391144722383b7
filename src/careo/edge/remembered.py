"""Passes that were found genuine, remembered until they end: computing an HMAC costs as much as all the rest of an answer.

What is remembered is the whole Cookie line as it came, so that a line that differs in one byte is judged anew, and only
of lines that hold one genuine pass: forgeries leave no trace, however many come. Looking a line up tells its sender
nothing about others: the table's hash is keyed at random, and a line of equal hash and length is not to be had by trying.
"""

from __future__ import annotations

from threading import Lock

REMEMBERED_BYTES = 8 * 1024 * 1024  # some 20,000 subscribers within the minutes that a pass is good for
_LONGEST_LINE = 4_096  # bytes; who sends more cookies than that is judged each time
_OF_A_LINE = 200  # bytes that a line takes besides its own


class Remembered:
    """From a Cookie line to the end of its pass, in seconds since 1970. Safe for threads.

    Two tables: when the newer is half of what is allowed it becomes the older, whose lines, if nobody asked for them
    since, are forgotten; so the most used stay, and nothing needs to be put in order when one is asked for.
    """

    def __init__(self, limit: int = REMEMBERED_BYTES) -> None:
        self.limit = limit
        self._newer: dict[bytes, int] = {}
        self._older: dict[bytes, int] = {}
        self._weight = 0  # of the newer
        self._mutex = Lock()  # for writing; a look-up of one key needs none

    def __len__(self) -> int:
        return len(self._newer.keys() | self._older.keys())

    def end_of(self, line: bytes) -> int:
        """When the pass of this very line ends; 0 where it is not remembered."""
        end = self._newer.get(line)
        if end is not None:
            return end
        end = self._older.get(line)
        if end is None:
            return 0
        self.remember(line, end)
        return end

    def remember(self, line: bytes, end: int) -> None:
        """To be told only of a line that holds one genuine pass, which ends then."""
        weight = len(line) + _OF_A_LINE
        if len(line) > _LONGEST_LINE or weight > self.limit // 2:
            return
        with self._mutex:
            if self._weight + weight > self.limit // 2:
                self._older, self._newer, self._weight = self._newer, {}, 0
            if line not in self._newer:
                self._weight += weight
            self._newer[line] = end
