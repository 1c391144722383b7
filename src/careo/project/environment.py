"""Every setting Careo takes from the environment: name, kind, default and a sentence with its unit, in one list.

`docs/settings.md` is checked against this list by a test; `careo settings check` reads and cross-examines it.
No Django here: the commands that work outside a newsroom read their few settings from this module alone.

>>> os.environ["CAREO_PASS_MINUTES"] = "ten"
>>> PASS_MINUTES.read()
Traceback (most recent call last):
careo.project.environment.BadSetting: CAREO_PASS_MINUTES is 'ten'; it must be a whole number, 1 or more.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from careo.project import theme
from careo.project.storage.address import StoreAddress
from careo.project.storage.address import parse as parse_store_address

T = TypeVar("T")


class BadSetting(Exception):
    """A value in the environment that cannot be used; the sentence says which, and what would do."""

    def __init__(self, name: str, value: str, must: str) -> None:
        self.name, self.value = name, value
        super().__init__(f"{name} is {_without_secrets(name, value)}; it must be {must}.")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One variable: `parse` turns its text into a value or raises ValueError; `must` completes "it must be …"."""

    name: str
    parse: Callable[[str], T]
    default: T
    must: str
    help: str

    def read(self) -> T:
        """The value in force. An unset or empty variable counts as absent. Raises BadSetting."""
        text = os.environ.get(self.name, "")
        if not text:
            return self.default
        try:
            return self.parse(text)
        except ValueError as error:
            raise BadSetting(self.name, text, self.must) from error


def _without_secrets(name: str, value: str) -> str:
    """A value as a sentence may quote it: logs are read by many."""
    if name == "CAREO_SECRET":
        return "set to something shorter"
    if name in ("CAREO_STRIPE_KEY", "CAREO_STRIPE_WEBHOOK_SECRET"):
        return "set to something else"
    shown = re.sub(r"//[^/]*@", "//…@", value)
    return repr(shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…")


_LONGEST_SHOWN = 100  # characters
_MOST = 2**31 - 1  # what every library that is handed a size or a time can hold


def _whole(least: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text)
        if not least <= number <= _MOST:
            raise ValueError(text)
        return number

    return parse


def _bind(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not 0 < int(port) < 65536 or host.startswith("[") != host.endswith("]"):
        raise ValueError(text)
    return host.strip("[]") or "127.0.0.1", int(port)


def _url(text: str) -> SplitResult:
    """The parts of a URL whose port, if any, is one."""
    parts = urlsplit(text)
    if parts.port == 0:  # reading it raises ValueError where it is no number
        raise ValueError(text)
    return parts


def _address(text: str) -> str:
    parts = _url(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(text)
    return f"{parts.scheme}://{parts.netloc}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _networks(text: str) -> tuple[str, ...]:
    for word in (words := _words(text)):
        ip_network(word, strict=False)
    return words


def _database(text: str) -> str:
    parts = _url(text)
    if parts.scheme not in ("sqlite", "postgres", "postgresql"):
        raise ValueError(text)
    if parts.scheme == "sqlite" and parts.path in ("", "/", "/:memory:"):  # which would end with each command
        raise ValueError(text)
    return text


def _email(text: str) -> str:
    if _url(text).scheme not in ("smtp", "smtps", "file", "console"):
        raise ValueError(text)
    return text


def _surrogate_header(text: str) -> str:
    if text not in ("Surrogate-Key", "Cache-Tag", "xkey"):
        raise ValueError(text)
    return text


def _switch(text: str) -> bool:
    if text.lower() not in ("on", "off"):
        raise ValueError(text)
    return text.lower() == "on"


def _log(text: str) -> str:
    if text not in ("line", "json"):
        raise ValueError(text)
    return text


def _redis(text: str) -> str:
    if _url(text).scheme not in ("redis", "rediss") or not _url(text).hostname:
        raise ValueError(text)
    return text


def _language(text: str) -> str:
    if text not in ("en", "es"):
        raise ValueError(text)
    return text


def _theme(text: str) -> Path:
    folder = Path(text).absolute()
    if not theme.is_theme(folder):
        raise ValueError(text)
    return folder


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError(text)
    return text


def _beginning(*beginnings: str) -> Callable[[str], str]:
    """Text without spaces that begins in one of these ways."""

    def parse(text: str) -> str:
        if not text.startswith(beginnings) or not re.fullmatch(r"[!-~]{10,}", text):
            raise ValueError(text)
        return text

    return parse


BIND = Setting("CAREO_BIND", _bind, ("127.0.0.1", 8000), "HOST:PORT, such as 127.0.0.1:8000",
               "Where `careo serve` listens.")  # fmt: skip
DATA = Setting("CAREO_DATA", Path, Path("var"), "a folder's path",
               "The folder in which everything is kept: database, snapshots, pictures, pages, mail, secret.")  # fmt: skip
ADDRESS = Setting("CAREO_ADDRESS", _address, "", "http://HOST[:PORT] or https://HOST[:PORT], without a path",
                  "The paper's public address, the only host answered; default http:// and CAREO_BIND. "
                  "With https, cookies are Secure and HSTS is sent.")  # fmt: skip
LANGUAGE = Setting("CAREO_LANGUAGE", _language, "en", "en or es",
                   "The language of the paper and of its pages, forms and mails.")  # fmt: skip
SECRET = Setting("CAREO_SECRET", _secret, "", "32 characters or more",
                 "The key that signs sessions and passes; default: drawn once, kept in CAREO_DATA/secret.")  # fmt: skip
DATABASE_URL = Setting("DATABASE_URL", _database, "", "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME",
                       "The database; default: SQLite in CAREO_DATA.")  # fmt: skip
REDIS_URL = Setting("CAREO_REDIS_URL", _redis, "", "redis://HOST[:PORT] or rediss://…",
                    "Redis or Valkey, by which several machines hear of each other; default: none needed.")  # fmt: skip
STORAGE_URL: Setting[StoreAddress | None] = Setting("CAREO_STORAGE_URL", parse_store_address, None,
                      "s3://BUCKET[/PREFIX][?endpoint=https://HOST[:PORT]&region=REGION], without a key",
                      "S3-style storage for pictures and snapshots; default: files in CAREO_DATA.")  # fmt: skip
EMAIL_URL = Setting("CAREO_EMAIL_URL", _email, "", "smtp://[USER:PASSWORD@]HOST[:PORT], smtps://… or file:///FOLDER",
                    "Where e-mail goes; default: kept in CAREO_DATA/mail, readable at the desk.")  # fmt: skip
THEME: Setting[Path | None] = Setting("CAREO_THEME", _theme, None,
                "a folder's path in which theme.css, static/ or templates/ lie",
                "The folder of a theme, which changes how the paper looks; default: none.")  # fmt: skip
STRIPE_KEY = Setting("CAREO_STRIPE_KEY", _beginning("sk_", "rk_"), "", "a secret or restricted key of Stripe's: sk_… or rk_…",
                     "The key by which subscriptions are paid at Stripe; default: no payment is taken.")  # fmt: skip
STRIPE_WEBHOOK_SECRET = Setting("CAREO_STRIPE_WEBHOOK_SECRET", _beginning("whsec_"), "", "a signing secret of Stripe's: whsec_…",
                                "With which Stripe signs what it tells the paper at /account/stripe/.")  # fmt: skip
STRIPE_ADDRESS = Setting("CAREO_STRIPE_ADDRESS", _address, "https://api.stripe.com",
                         "http://HOST[:PORT] or https://HOST[:PORT], without a path",
                         "Where Stripe's interface answers; another than Stripe's own for tests alone.")  # fmt: skip
TRUSTED_PROXIES: Setting[tuple[str, ...]] = Setting("CAREO_TRUSTED_PROXIES", _networks, (),
                          "addresses or networks such as 10.0.0.0/8, separated by commas",
                          "Proxies whose X-Forwarded-For is believed.")  # fmt: skip
METRICS_BIND: Setting[tuple[str, int] | None] = Setting("CAREO_METRICS_BIND", _bind, None, "HOST:PORT",
                       "Where metrics for Prometheus are served, at /metrics, never in public; default: nowhere.")  # fmt: skip
LOG = Setting("CAREO_LOG", _log, "line", "line or json",
              "How log lines are written: for people, or one JSON object each.")  # fmt: skip
ACCESS_LOG = Setting("CAREO_ACCESS_LOG", _switch, False, "on or off",
                     "A line of JSON for each answer, without a word of who asked.")  # fmt: skip
PASS_MINUTES = Setting("CAREO_PASS_MINUTES", _whole(1), 5, "a whole number, 1 or more",
                       "Minutes a pass is good for: how long a cancelled subscriber still reads.")  # fmt: skip
DESK_SECOND_FACTOR = Setting("CAREO_DESK_SECOND_FACTOR", _switch, False, "on or off",
                             "Whoever works at the desk needs a second factor: a passkey, or the code of an app.")  # fmt: skip
PAGES_MEMORY = Setting("CAREO_PAGES_MEMORY", _whole(1), 128, "a whole number of megabytes, 1 or more",
                       "Megabytes of rendered pages that the server keeps at hand; the rest lie on the disk.")  # fmt: skip
SURROGATE_KEYS = Setting("CAREO_SURROGATE_KEYS", _surrogate_header, "", "Surrogate-Key, Cache-Tag or xkey",
                         "The header in which pages name the keys by which a CDN can drop them; default: none.")  # fmt: skip
REPORT_LIMIT = Setting("CAREO_REPORT_LIMIT", _whole(10_000), 10_000_000, "a whole number of bytes, 10,000 or more",
                       "Bytes of a page, before and after decompression, above which it is refused.")  # fmt: skip
FETCH_SECONDS = Setting("CAREO_FETCH_SECONDS", _whole(1), 30, "a whole number of seconds, 1 or more",
                        "Seconds after which fetching one page, redirects included, is given up.")  # fmt: skip
FETCH_HOSTS: Setting[tuple[str, ...]] = Setting("CAREO_FETCH_HOSTS", _words, (), "host names or HOST:PORT separated by commas",
                      "Hosts that may be fetched although their addresses are private or local; for development.")  # fmt: skip
EDIT_MINUTES = Setting("CAREO_EDIT_MINUTES", _whole(0), 15, "a whole number of minutes",
                       "Minutes in which the author of a post may edit it.")  # fmt: skip
POST_LIMIT = Setting("CAREO_POST_LIMIT", _whole(100), 10_000, "a whole number of characters, 100 or more",
                     "Characters above which a post is refused.")  # fmt: skip
DATASETS = Setting("CAREO_DATASETS", Path, Path("../shared/data"), "a folder's path",
                   "Data for measuring; tests that need it skip where it is absent.")  # fmt: skip

SETTINGS: tuple[Setting[Any], ...] = tuple(s for s in globals().values() if isinstance(s, Setting))


def bind_text() -> str:
    """The bind as HOST:PORT, IPv6 in brackets."""
    host, port = BIND.read()
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def address() -> str:
    """The paper's public address without a trailing slash."""
    return ADDRESS.read() or f"http://{bind_text()}"


def email(data: Path) -> tuple[str, dict[str, object]]:
    """Django's e-mail backend and its settings for CAREO_EMAIL_URL."""
    url = EMAIL_URL.read() or f"file://{(data / 'mail').absolute()}"
    parts = urlsplit(url)
    if parts.scheme == "file":
        return "django.core.mail.backends.filebased.EmailBackend", {"EMAIL_FILE_PATH": parts.path}
    if parts.scheme == "console":
        return "django.core.mail.backends.console.EmailBackend", {}
    return "django.core.mail.backends.smtp.EmailBackend", {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def sqlite_file(data: Path) -> Path:
    """Where the SQLite database lies: named by DATABASE_URL, else in CAREO_DATA."""
    url = DATABASE_URL.read()
    return Path(unquote(urlsplit(url).path)[1:]).absolute() if url else data / "careo.sqlite3"


def shown(setting: Setting[Any]) -> str:
    """A setting as `careo settings check` prints it: no secret and no password is shown."""
    text = os.environ.get(setting.name, "")
    if not text:
        default = bind_text() if setting is BIND else setting.default
        return f"(default: {default})" if default not in ("", None, ()) else "(not set)"
    return "(set, not shown)" if setting in _NOT_SHOWN else text


_NOT_SHOWN = (SECRET, DATABASE_URL, EMAIL_URL, REDIS_URL, STRIPE_KEY, STRIPE_WEBHOOK_SECRET)


def troubles() -> list[str]:
    """A sentence for each setting that cannot be used, or that contradicts another."""
    found = []
    for setting in SETTINGS:
        try:
            setting.read()
        except BadSetting as error:
            found.append(str(error))
    return found or [*_contradictions()]


def _contradictions() -> Iterator[str]:
    host = BIND.read()[0]
    if (folder := THEME.read()) is not None:
        yield from theme.troubles(folder)
    if ADDRESS.read().startswith("http://") and host not in LOOPBACK:
        yield (
            f"CAREO_ADDRESS is {ADDRESS.read()} and CAREO_BIND {bind_text()}: passwords would cross the network in clear; "
            "listen on 127.0.0.1 behind a TLS proxy, and make CAREO_ADDRESS https."
        )
    if METRICS_BIND.read() == BIND.read():
        yield "CAREO_METRICS_BIND is CAREO_BIND; metrics must not be public: give them another port."
    if REDIS_URL.read() and find_spec("redis") is None:
        yield "CAREO_REDIS_URL is set, but its driver is not installed: pip install 'careo[redis]'."
    if STRIPE_KEY.read() and not STRIPE_WEBHOOK_SECRET.read():
        yield (
            "CAREO_STRIPE_KEY is set, CAREO_STRIPE_WEBHOOK_SECRET is not: what Stripe tells of payments could not be "
            "believed; set both, or none."
        )
    if STORAGE_URL.read() and find_spec("obstore") is None:
        yield "CAREO_STORAGE_URL is set, but its driver is not installed: pip install 'careo[s3]'."


LOOPBACK = ("127.0.0.1", "::1", "localhost")
