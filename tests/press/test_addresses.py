"""Which addresses may be fetched from, and which words are web addresses at all."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis.strategies import ip_addresses, text

from careo.press.addresses import is_public
from careo.press.errors import CredentialsRefused, FetchError
from careo.press.limits import Limits
from careo.press.targets import LONGEST, target


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::5db8:d70e"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "255.255.255.255",
     "224.0.0.1", "240.0.0.1", "198.18.0.1", "192.0.0.8", "192.0.2.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
     "fec0::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::",
     "2001::1", "2001:db8::1", "100::1", "::127.0.0.1", "not an address", ""],
)  # fmt: skip
def test_no_other_address_is(address: str) -> None:
    assert not is_public(address)


@given(ip_addresses(v=4))
def test_what_python_knows_to_be_private_is_refused_in_every_guise(address: IPv4Address) -> None:
    mapped = IPv6Address(int(IPv6Address("::ffff:0:0")) | int(address))
    through_nat = IPv6Address(int(IPv6Address("64:ff9b::")) | int(address))
    assert is_public(str(mapped)) == is_public(str(through_nat)) == is_public(str(address))
    if not address.is_global or address.is_multicast:
        assert not is_public(str(address))


@given(ip_addresses(v=6))
def test_no_ipv6_address_is_public_that_python_calls_private(address: IPv6Address) -> None:
    if is_public(str(address)) and address.ipv4_mapped is None:
        assert address.is_global
        assert not address.is_multicast


@given(text())
def test_any_words_are_an_address_or_refused(words: str) -> None:
    try:
        place = target(words)
    except FetchError:
        return
    assert place.url.isascii()
    assert place.url.startswith(("http://", "https://"))
    assert len(place.url) <= 9 * LONGEST


@given(text(min_size=1))
def test_an_address_once_normalised_stays_as_it_is(path: str) -> None:
    try:
        once = target(f"http://elfaro.example/{path}")
    except FetchError:
        return
    assert target(once.url) == once or len(once.url) > LONGEST


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(CredentialsRefused) as refusal:
        target("https://rosa:secreto@elfaro.example/agua")
    assert "give the address without what stands before the @" in str(refusal.value)
    assert "secreto" not in str(refusal.value)


@pytest.mark.parametrize(
    ("host", "port", "named"),
    [
        ("localhost", 8000, True),
        ("LOCALHOST", 8000, True),
        ("localhost", 22, False),
        ("::1", 80, True),
        ("evil", 8000, False),
    ],
)
def test_only_what_was_named_is_allowed(host: str, port: int, named: bool) -> None:
    assert Limits(hosts=("localhost:8000", "[::1]")).names(host, port) is named
