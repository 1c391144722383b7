"""Which encoding to send, from Accept-Encoding (RFC 9110, 12.5.3).

>>> chosen(b"gzip, deflate, br")
'br'
>>> chosen(b"br;q=0.2, gzip;q=0.8")
'gzip'
>>> chosen(b"*;q=0, identity;q=0")  # nothing would do: sent as it is, which every client can read
'identity'
"""

from __future__ import annotations

import re
from functools import lru_cache

from careo.edge.page import ENCODINGS, Encoding

_WEIGHT = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)
_LONGEST = 500  # characters; browsers send about 25


@lru_cache(maxsize=256)  # there are about as many spellings as there are makes of browser
def _chosen(accepted: bytes) -> Encoding:
    weights = dict(_weights(accepted.decode("latin-1")))
    for coding, weight in list(weights.items()):
        if coding == "x-gzip":
            weights.setdefault("gzip", weight)
    others = weights.get("*", 0.0)
    offers = [(weights.get(encoding, others), encoding) for encoding in ENCODINGS if encoding != "identity"]
    best, encoding = max(
        offers, key=lambda offer: offer[0]
    )  # of equals the first: ENCODINGS has the best first
    if best == 0.0 or weights.get("identity", 0.0) > best:
        return "identity"
    return encoding


def chosen(accepted: bytes) -> Encoding:
    """The best encoding the client takes; identity where it says nothing, or nothing that makes sense."""
    return "identity" if not accepted or len(accepted) > _LONGEST else _chosen(accepted)


def _weights(accepted: str) -> list[tuple[str, float]]:
    weights = []
    for item in accepted.split(","):
        coding, _, parameter = item.partition(";")
        weight = _WEIGHT.fullmatch(parameter.strip()) if parameter else None
        if parameter and weight is None:
            continue  # a weight nobody can read is no consent
        weights.append((coding.strip().lower(), float(weight[1]) if weight else 1.0))
    return weights
