"""Asks a newspaper over real HTTP as somebody with a jar of cookies and no browser: every byte as it is meant."""

from __future__ import annotations

import gzip
import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import brotli

from tests.project.newspaper import Newspaper

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


@dataclass(frozen=True)
class Answer:
    """What came back; `text` is the body as a reader sees it, `lines` the headers as they were sent."""

    status: int
    lines: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.lines if key.lower() == name.lower()), "")

    @property
    def text(self) -> str:
        unpack = UNPACK.get(self.header("content-encoding"), bytes)
        return unpack(self.body).decode("utf-8", "replace") if self.body else ""

    @property
    def everything(self) -> str:
        """Headers and body: a word may come out by either."""
        return "\n".join([*(f"{name}: {value}" for name, value in self.lines), self.text])

    @property
    def cookies(self) -> dict[str, str]:
        """Those that it sets, each with all its attributes."""
        lines = [value for name, value in self.lines if name.lower() == "set-cookie"]
        return {line.partition("=")[0]: line.partition("=")[2] for line in lines}


@dataclass
class Asker:
    """Somebody at the newspaper's door. `cookies` go with every request, and are kept as answers set them."""

    newspaper: Newspaper
    host: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: str | None = None,
        headers: Mapping[str, str] | None = None,
        keep: bool = True,
    ) -> Answer:
        """One request. Without `keep` the cookies that the answer sets are let go."""
        sent = {"Host": self.host or self.newspaper.host}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent |= headers or {}
        connection = http.client.HTTPConnection("127.0.0.1", self.newspaper.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                connection.putheader(name, value.encode("utf-8"))
            if body is not None:
                connection.putheader("Content-Length", str(len(body.encode())))
            connection.endheaders(body.encode() if body is not None else None)
            got = connection.getresponse()
            answer = Answer(got.status, got.getheaders(), got.read())
        finally:
            connection.close()
        if keep:
            self._keep(answer)
        return answer

    def post(
        self, path: str, fields: dict[str, str], *, form: str = "", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a form as a browser does; its token is taken from the page at `form`, by default from `path`."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask(form or path).text)
        assert token is not None, f"no form at {form or path}"
        origin = {"Origin": f"http://{self.newspaper.host}"}
        return self.send(
            path, {"csrfmiddlewaretoken": token[1], **fields}, headers=origin | dict(headers or {})
        )

    def send(self, path: str, fields: dict[str, str], *, headers: Mapping[str, str] | None = None) -> Answer:
        """The same without looking for a token."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(path, method="POST", body=urlencode(fields), headers=kind | dict(headers or {}))

    def log_in(self, email: str, password: str, path: str = "/account/login/") -> Answer:
        return self.post(path, {"login": email, "password": password})

    def _keep(self, answer: Answer) -> None:
        for name, line in answer.cookies.items():
            value, _, attributes = line.partition(";")
            if re.search(r"max-age=0(?!\d)", attributes, re.IGNORECASE):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
