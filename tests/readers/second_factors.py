"""What a reader's own telephone does: codes from a secret, by RFC 6238, written anew for the tests."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time

from django.test import Client

from careo.readers.models import Reader
from tests.readers.conftest import PASSWORD

PAGES = "/account/second-factor/"


def code(secret: str) -> str:
    """The six digits that an app shows now."""
    counted = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counted, "sha1")
    place = digest[-1] & 15
    return f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def log_in(client: Client, reader: Reader, **more: str) -> str:
    """By password; where the answer leads."""
    return str(
        client.post("/account/login/", {"login": reader.email, "password": PASSWORD} | more)["Location"]
    )


def confirm_password(client: Client) -> None:
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def set_up_app(client: Client) -> str:
    """Set an app up for who is logged in; its secret."""
    confirm_password(client)
    page = client.get(f"{PAGES}totp/activate/").content.decode()
    secret = re.search(r'<code class="hash">([A-Z2-7]+)</code>', page)
    assert secret, page
    answer = client.post(f"{PAGES}totp/activate/", {"code": code(secret[1])})
    assert answer["Location"] == f"{PAGES}recovery-codes/"
    return secret[1]


def recovery_codes(client: Client) -> list[str]:
    page = client.get(f"{PAGES}recovery-codes/").content.decode()
    return re.findall(r"<code>(\d{8})</code>", page)
