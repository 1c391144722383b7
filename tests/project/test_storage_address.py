"""CAREO_STORAGE_URL: what is an address of a store, and what is refused, without a key ever being shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.project.environment import STORAGE_URL, BadSetting
from careo.project.storage.address import StoreAddress, parse


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("s3://newsroom", StoreAddress("newsroom")),
        ("s3://newsroom/", StoreAddress("newsroom")),
        ("s3://newsroom/post/files/", StoreAddress("newsroom", "post/files")),
        ("s3://newsroom?region=eu-west-1", StoreAddress("newsroom", region="eu-west-1")),
        (
            "s3://newsroom/post?endpoint=http://127.0.0.1:8333/",
            StoreAddress("newsroom", "post", "http://127.0.0.1:8333"),
        ),
        (
            "s3://newsroom?endpoint=https%3A%2F%2Fs3.example.net",
            StoreAddress("newsroom", "", "https://s3.example.net"),
        ),
    ],
)
def test_an_address_is_read(monkeypatch: pytest.MonkeyPatch, text: str, address: StoreAddress) -> None:
    monkeypatch.delenv("AWS_REGION", raising=False)
    assert parse(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "newsroom",
        "https://newsroom",
        "s3://",
        "s3://NEWSROOM",
        "s3://key:secret@newsroom",
        "s3://newsroom/../other",
        "s3://newsroom/a//b",
        "s3://newsroom?endpoint=ftp://x",
        "s3://newsroom?endpoint=https://key:secret@x",
        "s3://newsroom?endpoint=https://x:port",
        "s3://newsroom?key=secret",
        "s3://newsroom#part",
    ],
)
def test_what_is_no_address_is_refused_and_no_key_is_shown(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("CAREO_STORAGE_URL", text)
    with pytest.raises(BadSetting, match=r"it must be s3://BUCKET\[/PREFIX\]") as caught:
        STORAGE_URL.read()
    assert "key:secret" not in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = parse("s3://" + text)
    except ValueError:
        return
    assert "@" not in f"{address}"
    assert ".." not in address.prefix.split("/")
