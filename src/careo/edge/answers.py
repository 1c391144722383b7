"""From a page at hand and what a client asked to the bytes of the answer. No I/O, no server's interface.

All that can be known before a request comes is prepared once for each form of a page: headers, and the answers
themselves. What is left is to choose one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from careo.edge.conditional import http_date, unchanged
from careo.edge.negotiation import chosen
from careo.edge.page import Encoding, Headers, Page

RawHeaders = list[tuple[bytes, bytes]]

# Of several lines of one header; any other name is of no interest here.
_JOINED_BY = {
    b"host": b", ",
    b"cookie": b"; ",
    b"accept-encoding": b", ",
    b"if-none-match": b", ",
    b"if-modified-since": b", ",
}


class Answer:
    """Status, headers and body; the body is empty for HEAD and 304. `messages` say the same in ASGI's words.

    One answer is given to many: nobody may change what is in it.
    """

    __slots__ = ("body", "headers", "messages", "status")

    def __init__(self, status: int, headers: RawHeaders, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body
        self.messages = (
            {"type": "http.response.start", "status": status, "headers": headers},
            {"type": "http.response.body", "body": body},
        )


class Asked:
    """The headers of a request that matter here, each as one line: `lines` as they came, `line` as text."""

    __slots__ = ("lines",)

    def __init__(self, headers: RawHeaders) -> None:
        self.lines: dict[bytes, bytes] = {}
        lines = self.lines
        for name, value in headers:
            if name in _JOINED_BY:
                lines[name] = lines[name] + _JOINED_BY[name] + value if name in lines else value

    def line(self, name: bytes) -> str:
        value = self.lines.get(name)
        return value.decode("latin-1") if value is not None else ""


@dataclass(frozen=True, slots=True, eq=False)
class Manner:
    """How a kind of page is sent, whatever stands in it. Compared by identity: there are a handful."""

    cache_control: str
    vary: str
    headers: Headers


class Form:
    """One form of a page, ready to be sent in one manner."""

    __slots__ = ("etag", "head", "unchanged", "whole")

    def __init__(self, etag: str, headers: RawHeaders, lasting: RawHeaders, body: bytes) -> None:
        self.etag = etag
        self.whole = Answer(200, headers, body)
        self.head = Answer(200, headers, b"")
        self.unchanged = Answer(304, lasting, b"")


def answer(page: Page, manner: Manner, method: str, asked: Asked) -> Answer:
    """200 with the form the client likes best, or 304."""
    lines = asked.lines
    form = _form(page, manner, chosen(lines.get(b"accept-encoding", b"")) if page.shrinks else "identity")
    if (b"if-none-match" in lines or b"if-modified-since" in lines) and unchanged(
        form.etag,
        page.last_modified,
        none_match=asked.line(b"if-none-match"),
        modified_since=asked.line(b"if-modified-since"),
    ):
        return form.unchanged
    return form.head if method == "HEAD" else form.whole


def _form(page: Page, manner: Manner, encoding: Encoding) -> Form:
    form = page.prepared.get((manner, encoding))
    if form is None:
        form = page.prepared[manner, encoding] = _prepare(page, manner, encoding)
    assert isinstance(form, Form)  # noqa: S101  # the page keeps them without knowing what they are
    return form


def _prepare(page: Page, manner: Manner, encoding: Encoding) -> Form:
    body = page.form(encoding)
    etag = page.etag_of(encoding)
    own = {name.lower(): value for name, value in page.headers}
    lasting = {
        "etag": etag,
        "last-modified": http_date(page.last_modified),
        "cache-control": own.pop("cache-control", manner.cache_control),
        "vary": manner.vary,
    }
    own.pop("vary", None)  # ours names all that an answer here can depend on
    described = {"content-type": page.content_type, "content-length": str(len(body))}
    if encoding != "identity":
        described["content-encoding"] = encoding
    return Form(etag, _raw(lasting | described | dict(manner.headers) | own), _raw(lasting), body)


_SHARED: dict[tuple[str, str], tuple[bytes, bytes]] = {}  # lines that many pages have, in memory once
_SHARED_AT_MOST = 200


def _raw(headers: dict[str, str]) -> RawHeaders:
    return [_line(name, value) for name, value in headers.items()]


def _line(name: str, value: str) -> tuple[bytes, bytes]:
    shared = _SHARED.get((name, value))
    if shared is not None:
        return shared
    line = (name.encode("latin-1"), value.encode("latin-1"))
    if name not in ("etag", "last-modified", "content-length") and len(_SHARED) < _SHARED_AT_MOST:
        _SHARED[name, value] = line
    return line
