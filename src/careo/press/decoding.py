"""Undo the compression of an answer as it comes in, never holding more than the limit: a bomb is refused early.

Content codings of RFC 9110, section 8.4.1, and Brotli (RFC 7932). One coding at a time: nobody sends two.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli

ACCEPTED = "gzip, deflate, br"
PIECE = 256 * 1024  # bytes drawn from a decompressor at a time


class CodingError(Exception):
    """The bytes are not of the coding that the answer names."""


class UnknownCodingError(Exception):
    """A coding, or several, that were not asked for; its text is their name."""


class Decoder(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """What `data` decompresses to, in pieces of bounded size. Raises CodingError."""
        ...

    def finish(self) -> None:
        """Nothing more will come. Raises CodingError if something is missing."""
        ...


class _Identity:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def finish(self) -> None:
        """Whether all came is the business of the framing, which h11 watches."""


class _Zlib:
    """gzip and deflate; the latter also in the raw form that some servers send against the standard."""

    def __init__(self, coding: str) -> None:
        self._deflate = coding == "deflate"
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS if self._deflate else zlib.MAX_WBITS | 16)
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and not self._inflate.eof:
            try:
                piece = self._inflate.decompress(data, PIECE)
            except zlib.error as error:
                if self._begun or not self._deflate:
                    raise CodingError(str(error)) from error
                self._inflate, self._begun = zlib.decompressobj(-zlib.MAX_WBITS), True
                continue
            self._begun = True
            data = self._inflate.unconsumed_tail
            yield piece

    def finish(self) -> None:
        if self._begun and not self._inflate.eof:
            raise CodingError("the compressed page ends too early")


class _Brotli:
    def __init__(self) -> None:
        self._inflate = brotli.Decompressor()
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._begun = self._begun or bool(data)
        try:
            yield self._inflate.process(data, output_buffer_limit=PIECE)
            while not self._inflate.can_accept_more_data():
                yield self._inflate.process(b"", output_buffer_limit=PIECE)
        except brotli.error as error:
            raise CodingError(str(error)) from error

    def finish(self) -> None:
        if self._begun and not self._inflate.is_finished():
            raise CodingError("the compressed page ends too early")


def decoder(coding: str) -> Decoder:
    """The decoder for a Content-Encoding. Raises UnknownCodingError."""
    name = coding.strip().casefold()
    if name in ("", "identity"):
        return _Identity()
    if name in ("gzip", "x-gzip", "deflate"):
        return _Zlib(name)
    if name == "br":
        return _Brotli()
    raise UnknownCodingError(coding.strip())


def decoded(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The page's own bytes, piece by piece. Raises UnknownCodingError or CodingError."""
    inflate = decoder(coding)
    for chunk in chunks:
        yield from inflate.feed(chunk)
    inflate.finish()
