"""Letters without accents and case, so that "Julián", "JULIAN" and "Julian" compare equal; offsets can be kept.

>>> fold("Julián Núñez")
'julian nunez'
"""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Lower case without accents, typographic apostrophes and dashes as plain ones; length may change."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.casefold().translate(_PLAIN)


_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "\u202f": " "})
