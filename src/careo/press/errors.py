"""Every refusal of the press room: a class each, with its data for programs and one sentence for people."""

from __future__ import annotations


class PressError(Exception):
    """What was asked of another outlet's page cannot be done; the text says what was wrong and what to do."""


class FetchError(PressError):
    """A page was not fetched. `url` is the address at which it ended, which a redirect may have named."""

    def __init__(self, url: str, sentence: str) -> None:
        self.url = url
        super().__init__(sentence)


class NotAnAddress(FetchError):
    def __init__(self, url: str) -> None:
        super().__init__(url, f"{url!r} is not a web address; give one such as https://elfaro.example/news.")


class SchemeRefused(FetchError):
    def __init__(self, url: str, scheme: str) -> None:
        self.scheme = scheme
        super().__init__(url, f"{url} begins with {scheme}:, but only http and https pages are taken in.")


class CredentialsRefused(FetchError):
    def __init__(self, url: str) -> None:
        super().__init__(
            url, f"{url} carries a name or password; give the address without what stands before the @."
        )


class HostUnknown(FetchError):
    def __init__(self, url: str, host: str) -> None:
        self.host = host
        super().__init__(url, f"No machine named {host} was found; check the address and the connection.")


class AddressRefused(FetchError):
    """The host's own address is private, local or reserved: fetching it could reach into the newsroom's network."""

    def __init__(self, url: str, host: str, address: str) -> None:
        self.host, self.address = host, address
        where = host if host == address else f"{host} ({address})"
        super().__init__(
            url,
            f"{where} is not a public address, so {url} was not fetched; name the host in CAREO_FETCH_HOSTS to allow it.",
        )


class HostUnreachable(FetchError):
    def __init__(self, url: str, host: str, why: str) -> None:
        self.host = host
        super().__init__(url, f"{host} could not be reached ({why}); try again later.")


class TooSlow(FetchError):
    def __init__(self, url: str, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            url,
            f"{url} took longer than {seconds:g} seconds; nothing was kept. Raise CAREO_FETCH_SECONDS to wait longer.",
        )


class ReportTooLarge(FetchError):
    """More bytes than the limit, as sent or after decompression."""

    def __init__(self, url: str, limit: int) -> None:
        self.limit = limit
        super().__init__(
            url,
            f"{url} is larger than {limit:,} bytes; nothing was kept. Raise CAREO_REPORT_LIMIT to take it.",
        )


class TooManyRedirects(FetchError):
    def __init__(self, url: str, limit: int) -> None:
        self.limit = limit
        super().__init__(
            url, f"The page was redirected more than {limit} times, last to {url}; give its final address."
        )


class RedirectLoop(FetchError):
    def __init__(self, url: str) -> None:
        super().__init__(
            url,
            f"{url} redirects back to itself; the site may want cookies or a log-in. Save the page and give the file.",
        )


class RedirectNowhere(FetchError):
    def __init__(self, url: str, status: int) -> None:
        self.status = status
        super().__init__(
            url,
            f"{url} answered {status}, a redirect, but did not say where to; give the page's final address.",
        )


class StatusRefused(FetchError):
    """The outlet's server answered, but not with the page."""

    def __init__(self, url: str, status: int, reason: str) -> None:
        self.status = status
        super().__init__(
            url,
            f"{url} answered {status}{f' ({reason})' if reason else ''} instead of a page; check the address.",
        )


class EncodingRefused(FetchError):
    def __init__(self, url: str, encoding: str) -> None:
        self.encoding = encoding
        super().__init__(
            url,
            f"{url} was sent compressed as {encoding!r}, which is not understood; save the page and give the file.",
        )


class BrokenAnswer(FetchError):
    """What came back breaks HTTP, ends early, or cannot be decompressed."""

    def __init__(self, url: str, why: str) -> None:
        self.why = why
        super().__init__(url, f"{url} sent a broken answer ({why}); nothing was kept. Try again later.")


class ExtractError(PressError):
    """A page holds no report that could be taken from it. `url` is its address, or the name of its file."""

    def __init__(self, url: str, sentence: str) -> None:
        self.url = url
        super().__init__(sentence)


class EmptyPage(ExtractError):
    def __init__(self, url: str) -> None:
        super().__init__(url, f"{url} is empty; nothing was kept. Check that the page opens in a browser.")


class NotAPage(ExtractError):
    """Bytes that are no HTML: a picture, a PDF, a feed, a program."""

    def __init__(self, url: str, what: str) -> None:
        self.what = what
        super().__init__(
            url, f"{url} is {what}, not an HTML page; nothing was kept. Give the address of an article."
        )


class NotReadable(ExtractError):
    def __init__(self, url: str, encoding: str) -> None:
        self.encoding = encoding
        super().__init__(
            url,
            f"{url} says it is written in {encoding}, but its bytes are not; save it anew as UTF-8 and give the file.",
        )


class NoArticle(ExtractError):
    def __init__(self, url: str) -> None:
        super().__init__(
            url,
            f"{url} holds no article; nothing was kept. Give the address of one report, not of a front page.",
        )


class AddressMissing(PressError):
    """A page from a file that does not say at which address it was published."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} does not say where it was published; give its address with --url.")


class NotAFeed(PressError):
    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(
            f"{url} is neither an RSS nor an Atom feed; give the address that the outlet offers as its feed."
        )
