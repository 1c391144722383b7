"""From a page at hand and what a client asked to the bytes of the answer. No I/O, no server's interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

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


class Answer(NamedTuple):
    """Status, headers and body; the body is empty for HEAD and 304."""

    status: int
    headers: RawHeaders
    body: bytes


class Asked:
    """The headers of a request that matter here, each as one line of text."""

    __slots__ = ("_lines",)

    def __init__(self, headers: RawHeaders) -> None:
        lines: dict[bytes, bytes] = {}
        for name, value in headers:
            joint = _JOINED_BY.get(name)
            if joint is not None:
                lines[name] = lines[name] + joint + value if name in lines else value
        self._lines = lines

    def line(self, name: bytes) -> str:
        value = self._lines.get(name)
        return value.decode("latin-1") if value is not None else ""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind of page is sent, whatever stands in it. Compared by identity: there are a handful."""

    cache_control: str
    vary: str
    headers: Headers

    def __hash__(self) -> int:
        return id(self)


class Form(NamedTuple):
    """One form of a page, ready to be sent in one manner."""

    etag: str
    headers: RawHeaders
    headers_if_unchanged: RawHeaders
    body: bytes


def answer(page: Page, manner: Manner, method: str, asked: Asked) -> Answer:
    """200 with the form the client likes best, or 304."""
    form = _form(page, manner, chosen(asked.line(b"accept-encoding")) if page.shrinks else "identity")
    if unchanged(
        form.etag,
        page.last_modified,
        none_match=asked.line(b"if-none-match"),
        modified_since=asked.line(b"if-modified-since"),
    ):
        return Answer(304, form.headers_if_unchanged, b"")
    return Answer(200, form.headers, b"" if method == "HEAD" else form.body)


def _form(page: Page, manner: Manner, encoding: Encoding) -> Form:
    forms = page.forms
    form = forms.get((manner, encoding))
    if form is None:
        form = forms[manner, encoding] = _prepare(page, manner, encoding)
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


def _raw(headers: dict[str, str]) -> RawHeaders:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
