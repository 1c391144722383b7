"""The part of an address that names a thread: a story's number, or a t with the number of one of the editors' own.

>>> ThreadKey().to_python("7"), ThreadKey().to_python("t12")
(7, 't12')

A story's number never begins with a t, so the two cannot be taken for each other.
"""

from __future__ import annotations


class ThreadKey:
    regex = "t?[0-9]{1,100}"  # Python reads no endless number; whatever is that long, there is not

    def to_python(self, value: str) -> int | str:
        return value if value.startswith("t") else int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)
