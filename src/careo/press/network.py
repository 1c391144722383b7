"""The way out: names are resolved here, judged, and the judged address itself is connected to; all within one deadline."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable

import httpcore

from careo.press.addresses import is_public
from careo.press.errors import AddressRefused, HostUnknown, HostUnreachable, ReportTooLarge, TooSlow
from careo.press.limits import HEADER_BYTES, Limits

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class Deadline:
    """The moment at which a fetch is given up; `url` is the page now being asked for."""

    def __init__(self, seconds: float, url: str) -> None:
        self.seconds, self.url = seconds, url
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, more than none. Raises TooSlow."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TooSlow(self.url, self.seconds)
        return left


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects httpcore to public addresses alone, and to hosts that the operator named."""

    def __init__(self, limits: Limits, deadline: Deadline) -> None:
        self._limits, self._deadline = limits, deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._judged(host, port, resolve(host, port, self._deadline))
        for number, address in enumerate(addresses, start=1):
            # An address that swallows packets must not use up the time of the next one.
            wait = self._deadline.left() / 2 if number < len(addresses) else self._deadline.left()
            try:
                stream = self._plain.connect_tcp(address, port, timeout=wait, socket_options=socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                if number == len(addresses):
                    self._deadline.left()
                    raise HostUnreachable(self._deadline.url, host, reason(error)) from error
            else:
                return CountedStream(stream, self._limits, self._deadline)
        raise HostUnknown(self._deadline.url, host)

    def _judged(self, host: str, port: int, addresses: list[str]) -> list[str]:
        """The addresses, all of them fit to connect to: a name with one private address is refused altogether."""
        if not self._limits.names(host, port):
            for address in addresses:
                if not is_public(address):
                    raise AddressRefused(self._deadline.url, host, address)
        return addresses


class CountedStream(httpcore.NetworkStream):
    """A connection that ends with the deadline, and with the bytes a page may have: no server can hold or flood us."""

    def __init__(self, stream: httpcore.NetworkStream, limits: Limits, deadline: Deadline) -> None:
        self._stream, self._limits, self._deadline = stream, limits, deadline
        self._left = (
            limits.size + 2 * HEADER_BYTES + limits.size // 8
        )  # heads, and the frames of chunked sending

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            data = self._stream.read(max_bytes, timeout=self._deadline.left())
        except httpcore.ReadTimeout:
            self._deadline.left()
            raise
        self._left -= len(data)
        if self._left < 0:
            raise ReportTooLarge(self._deadline.url, self._limits.size)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, timeout=self._deadline.left())
        return CountedStream(inner, self._limits, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def resolve(host: str, port: int, deadline: Deadline) -> list[str]:
    """The host's addresses, each once, in the system's order. Raises HostUnknown or TooSlow.

    In a thread of its own, left behind when time is up: the system's resolver cannot be told to hurry.
    """
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            answers.put(error)
        else:
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise TooSlow(deadline.url, deadline.seconds) from None
    if isinstance(answer, Exception) or not answer:
        raise HostUnknown(deadline.url, host)
    return answer


def reason(error: BaseException) -> str:
    """What the system said went wrong, in a few words."""
    cause = error.__cause__ or error.__context__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {cause.verify_message}"
    text = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    return str(text).strip().rstrip(".").casefold()
