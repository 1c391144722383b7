"""Requests that no browser sends, by name, as they go over the wire."""

from __future__ import annotations


def hostile(host: str) -> dict[str, bytes]:
    """`host` is the one that the paper answers."""
    return {
        **_hosts(host),
        **_paths(host),
        **_methods(host),
        **_headers(host),
        **_smuggling(host),
        **_other_protocols(host),
    }


def _tail(host: str) -> bytes:
    return f"Host: {host}\r\nConnection: close\r\n\r\n".encode()


def _get(target: bytes, host: str) -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\n" + _tail(host)


def _post(headers: bytes, host: str, body: bytes = b"") -> bytes:
    return b"POST /account/login/ HTTP/1.1\r\n" + headers + _tail(host) + body


def _hosts(host: str) -> dict[str, bytes]:
    begin, close = b"GET / HTTP/1.1\r\n", b"Connection: close\r\n\r\n"
    return {
        "no host": begin + close,
        "another host": begin + b"Host: evil.example\r\n" + close,
        "two hosts": begin + b"Host: evil.example\r\n" + _tail(host),
        "host with a path": begin + b"Host: evil/\r\n" + close,
        "host of bytes": begin + b"Host: \xff\xfe\r\n" + close,
        "host of 8 kB": begin + b"Host: " + b"a" * 8_000 + b"\r\n" + close,
        "host elsewhere, address too": b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n" + close,
    }


def _paths(host: str) -> dict[str, bytes]:
    targets = {
        "absolute address elsewhere": b"http://evil.example/",
        "dots": b"/../../../etc/passwd",
        "dots, encoded": b"/%2e%2e/%2e%2e/etc/passwd",
        "dots under static": b"/static/../../settings.py",
        "dots under media": b"/media/images/..%2f..%2fcareo.sqlite3",
        "null byte": b"/%00",
        "null byte within": b"/politics/%00/dam%00",
        "null byte in the query": b"/search/?q=%00",
        "raw null byte": b"/\0",
        "broken encoding": b"/%ff%fe/%e0%80%80/",
        "half an encoding": b"/%/%e/%zz",
        "surrogate": b"/%ed%a0%80/",
        "broken query": b"/?%ff=%fe&&&=%&a[]=%00",
        "broken search": b"/search/?q=%ff%fe%ed%a0%80",
        "search of 6 kB": b"/search/?q=" + b"%22" * 2_000,
        "page of nonsense": b"/search/?q=dam&page=99999999999999999999",
        "newline in the path": b"/a%0d%0aSet-Cookie:%20x=1",
        "path of 64 kB": b"/" + b"a" * 65_536,
        "path of 60 kB": b"/" + b"a" * 60_000,
        "path of slashes": b"/" * 60_000,
        "path of folders": b"/a" * 20_000 + b"/",
        "two slashes": b"//evil.example/",
        "two slashes to be appended to": b"//evil.example/a",
        "no path": b"",
        "star": b"*",
    }
    return {name: _get(target, host) for name, target in targets.items()}


def _methods(host: str) -> dict[str, bytes]:
    return {
        "options star": b"OPTIONS * HTTP/1.1\r\n" + _tail(host),
        "connect": b"CONNECT evil.example:80 HTTP/1.1\r\n" + _tail(host),
        "trace": b"TRACE / HTTP/1.1\r\n" + _tail(host),
        "unknown method": b"BREW / HTTP/1.1\r\n" + _tail(host),
        "head of nothing": b"HEAD /no/such/page/ HTTP/1.1\r\n" + _tail(host),
    }


def _headers(host: str) -> dict[str, bytes]:
    lines = {
        "header of 300 kB": b"X-Long: " + b"a" * 300_000 + b"\r\n",
        "a thousand headers": b"X-Many: 1\r\n" * 1_000,
        "cookies of 60 kB": b"Cookie: careo_pass=" + b"A" * 60_000 + b"\r\n",
        "cookies of bytes": b"Cookie: careo_pass=\xff\xfe; careo_session=\xc3\x28;;=;\r\n",
        "cookies of nonsense": b"Cookie: careo_session=%00..%2f; careo_csrf=\xff; careo_pass\r\n",
        "folded header": b"X-A: b\r\n c\r\n",
        "range of nonsense": b"Range: bytes=-,99999999999-1\r\n",
        "accept of nonsense": b'Accept-Encoding: ;q=,\xff;*;q=9\r\nIf-None-Match: "\r\nIf-Modified-Since: \xff\r\n',
        "language of nonsense": b"Accept-Language: \xff;q=x," + b"en-" * 2_000 + b"\r\n",
        "forwarded nonsense": b"X-Forwarded-For: \xff, evil, ,,::\r\nX-Forwarded-Host: evil.example\r\n",
    }
    return {name: b"GET /account/ HTTP/1.1\r\n" + line + _tail(host) for name, line in lines.items()}


def _smuggling(host: str) -> dict[str, bytes]:
    within = b"0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n"
    chunked = b"Transfer-Encoding: chunked\r\n"
    return {
        "both lengths": _post(b"Content-Length: 4\r\n" + chunked, host, within),
        "two lengths": _post(b"Content-Length: 4\r\nContent-Length: 40\r\n", host, b"abcd"),
        "negative length": _post(b"Content-Length: -1\r\n", host),
        "length of nonsense": _post(b"Content-Length: 4,4\r\n", host, b"abcd"),
        "encoding of encodings": _post(b"Transfer-Encoding: chunked, identity\r\n", host, within),
        "encoding with a space": _post(b"Transfer-Encoding : chunked\r\n", host, within),
        "encoding twice": _post(chunked + b"Transfer-Encoding: x\r\n", host, within),
        "wrong chunk": _post(chunked, host, b"zz\r\nabc\r\n0\r\n\r\n"),
        "chunk of 2^64": _post(chunked, host, b"ffffffffffffffff0\r\nabc\r\n"),
        "bare newlines": b"GET / HTTP/1.1\nHost: evil.example\n\n",
        "form without a boundary": _post(
            b"Content-Type: multipart/form-data; boundary=\r\nContent-Length: 3\r\n", host, b"abc"
        ),
        "form in no charset": _post(
            b"Content-Type: application/x-www-form-urlencoded; charset=nonsense\r\nContent-Length: 3\r\n",
            host,
            b"a=b",
        ),
    }


def _other_protocols(host: str) -> dict[str, bytes]:
    upgrade = (
        b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n"
    )
    return {
        "http 0.9": b"GET /\r\n",
        "http/2 by surprise": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "upgrade": b"GET / HTTP/1.1\r\n" + upgrade + f"Host: {host}\r\n\r\n".encode(),
        "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 40,
    }
