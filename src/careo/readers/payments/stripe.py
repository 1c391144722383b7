"""A small client of Stripe's HTTP interface: forms go out, JSON comes in.

The version is pinned, since Stripe changes its shapes between versions: in this one an invoice names its subscription
and its payment, and a subscription the end of its period. Stripe keeps old versions answering.
Stripe's own library weighs 13 MB and brings requests along; a dozen kinds of calls need less.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from ssl import SSLContext
from typing import Any
from urllib.parse import quote, urlencode

import httpcore
from django.conf import settings

from careo.readers.errors import NoPayment, StripeAway, StripeRefused

VERSION = "2025-02-24.acacia"
SECONDS = 15.0  # a reader waits for the answer; Stripe itself mostly answers within one
ANSWER_LIMIT = 2_000_000  # bytes: a hundred invoices are a fifth of it
TRIES = 2  # a connection that broke is tried once more, under the same idempotency key

Json = dict[str, Any]
Param = Mapping[str, Any] | Sequence[Any] | str | int | bool | None


def is_set_up() -> bool:
    """Whether this paper takes payment."""
    return bool(settings.CAREO_STRIPE_KEY and settings.CAREO_STRIPE_WEBHOOK_SECRET)


def get(path: str, **params: Param) -> Json:
    """Raises NoPayment, StripeAway, StripeRefused; so do all of these."""
    query = urlencode(list(flat(params)))
    return _ask("GET", f"{path}?{query}" if query else path, b"", {})


def post(path: str, **params: Param) -> Json:
    """Sent under a key of its own, so that a second try of it does nothing twice."""
    return post_once(path, str(uuid.uuid4()), **params)


def post_once(path: str, key: str, /, **params: Param) -> Json:
    """The same asked for again under the same key within a day does nothing, and is answered as it was before."""
    headers = {"Idempotency-Key": key, "Content-Type": "application/x-www-form-urlencoded"}
    return _ask("POST", path, urlencode(list(flat(params))).encode(), headers)


def delete(path: str) -> Json:
    return _ask("DELETE", path, b"", {})


def at(*parts: str) -> str:
    """A path below /v1: what stands between the slashes is quoted, an id that came from outside included.

    >>> at("subscriptions", "sub_1/../x")
    '/v1/subscriptions/sub_1%2F..%2Fx'
    """
    return "/v1/" + "/".join(quote(part, safe="") for part in parts)


def flat(params: Param, name: str = "") -> Iterator[tuple[str, str]]:
    """As Stripe wants nested values written; what is None is left out.

    >>> list(flat({"items": [{"price": "p", "quantity": 1}], "on": True}))
    [('items[0][price]', 'p'), ('items[0][quantity]', '1'), ('on', 'true')]
    """
    if isinstance(params, Mapping):
        for key, value in params.items():
            yield from flat(value, f"{name}[{key}]" if name else key)
    elif isinstance(params, str):
        yield name, params
    elif isinstance(params, Sequence):
        for number, value in enumerate(params):
            yield from flat(value, f"{name}[{number}]")
    elif params is not None:
        yield name, str(params).lower() if isinstance(params, bool) else str(params)


def _ask(method: str, path: str, body: bytes, headers: dict[str, str]) -> Json:
    if not settings.CAREO_STRIPE_KEY:
        raise NoPayment
    own = {"Authorization": f"Bearer {settings.CAREO_STRIPE_KEY}", "Stripe-Version": VERSION,
           "Accept": "application/json", "User-Agent": "Careo"}  # fmt: skip
    status, raw = _sent(method, settings.CAREO_STRIPE_ADDRESS + path, body, own | headers)
    answer = _read(raw)
    if status >= 500 or status == 429 or answer is None:
        raise StripeAway(f"it answered {status}", unsure=method != "GET" and status != 429)
    if status >= 400:
        told = answer.get("error") or {}
        raise StripeRefused(status, str(told.get("code") or ""), str(told.get("message") or ""))
    return answer


def _sent(method: str, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """Redirects are not followed: the key would go with them."""
    was_sent = False  # by a try that broke off
    times = dict.fromkeys(("connect", "read", "write", "pool"), SECONDS)
    for left in reversed(range(TRIES)):
        try:
            with (
                httpcore.ConnectionPool(ssl_context=_tls() if url.startswith("https:") else None) as pool,
                pool.stream(method, url, content=body, headers=list(headers.items()),
                            extensions={"timeout": times}) as answer,
            ):  # fmt: skip
                return answer.status, _within_limit(answer.iter_stream(), unsure=method != "GET")
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:  # nothing of it was sent this time
            if not left or isinstance(error, httpcore.ConnectTimeout):
                raise StripeAway(str(error) or type(error).__name__, unsure=was_sent) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            was_sent = method != "GET"
            if not left:
                raise StripeAway(str(error) or type(error).__name__, unsure=was_sent) from error
        except httpcore.TimeoutException as error:
            raise StripeAway(f"no answer within {SECONDS:.0f} seconds", unsure=method != "GET") from error
    raise AssertionError("unreachable")


def _within_limit(pieces: Any, *, unsure: bool) -> bytes:
    got = bytearray()
    for piece in pieces:
        got += piece
        if len(got) > ANSWER_LIMIT:
            raise StripeAway(f"it answered more than {ANSWER_LIMIT:,} bytes", unsure=unsure)
    return bytes(got)


def _read(raw: bytes) -> Json | None:
    try:
        answer = json.loads(raw)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


@cache
def _tls() -> SSLContext:
    return httpcore.default_ssl_context()
