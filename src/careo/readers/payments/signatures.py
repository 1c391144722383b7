"""Whether a message is Stripe's: the header `Stripe-Signature` holds a time and signatures of that time and the body.

    Stripe-Signature: t=1795535200,v1=5257a8…,v1=…,v0=…

`v1` is HMAC-SHA256 of `t`, a full stop and the body, under the webhook's secret, in hexadecimal. While a secret is being changed
there are two. What is older than TOLERANCE is refused: whoever once saw a message may not send it again for ever.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from careo.readers.errors import NotFromStripe

TOLERANCE = 300  # seconds, either way; Stripe signs each new attempt at delivery anew
MOST = 10  # signatures looked at: Stripe sends one, or two while a secret is being changed


def sign(body: bytes, secret: str, *, at: int) -> str:
    """The header under which Stripe would send the body.

    >>> sign(b"{}", "whsec_x", at=1795535200)[:20]
    't=1795535200,v1=d871'
    """
    return f"t={at},v1={_signature(body, secret, str(at))}"


def verify(body: bytes, header: str, secret: str, *, now: float) -> None:
    """Raises NotFromStripe."""
    moment, given = _parts(header)
    if moment is None or not given:
        raise NotFromStripe("it carries no signature")
    right = _signature(body, secret, moment)
    # Every one is compared, in constant time: how long it took tells nothing.
    if not max(hmac.compare_digest(right, one) for one in given):
        raise NotFromStripe("its signature is not Stripe's")
    if abs(now - int(moment)) > TOLERANCE:
        raise NotFromStripe(f"it was signed more than {TOLERANCE // 60} minutes from now")


def _signature(body: bytes, secret: str, moment: str) -> str:
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def _parts(header: str) -> tuple[str | None, list[str]]:
    moment: str | None = None
    given: list[str] = []
    for part in header.split(","):
        name, _, value = part.strip().partition("=")
        if name == "t" and re.fullmatch(r"[0-9]{1,12}", value):
            moment = value
        elif name == "v1" and re.fullmatch(r"[0-9a-f]{64}", value) and len(given) < MOST:
            given.append(value)
    return moment, given
