"""Which addresses may be connected to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.guard import NEVER, AddressPolicy, Guard

PUBLIC = AddressPolicy()
EVERYTHING = AddressPolicy((ip_network("0.0.0.0/0"), ip_network("::/0")))


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_may_be_connected_to(address: str) -> None:
    assert PUBLIC.refusal(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.168.1.1", "198.18.0.1", "224.0.0.1", "239.255.255.255",
        "240.0.0.1", "255.255.255.255", "168.63.129.16", "100.100.100.200", "192.0.0.192",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:a00:1", "::127.0.0.1", "2002:7f00:1::", "2002:a9fe:a9fe::1",
        "64:ff9b::10.0.0.1", "64:ff9b:1::10.0.0.1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:db8::1",
        "not an address", "",
    ],
)  # fmt: skip
def test_all_others_are_refused_in_words(address: str) -> None:
    assert PUBLIC.refusal(address)


@given(st.ip_addresses())
def test_what_is_refused_in_ipv4_is_refused_in_every_ipv6_dress(address: IPv4Address | IPv6Address) -> None:
    if isinstance(address, IPv6Address):
        return
    number = int(address)
    dresses = [
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(0x2002 << 112 | number << 80 | 1),
        IPv6Address(0x64FF9B << 96 | number),
        IPv6Address(0x20010000 << 96 | int(IPv4Address("8.8.8.8")) << 64 | (number ^ 0xFFFFFFFF)),
    ]
    plain = PUBLIC.refusal(str(address)) is None
    assert [PUBLIC.refusal(str(dress)) is None for dress in dresses] == [plain] * 4


@given(st.ip_addresses())
def test_nothing_but_the_public_internet_may_be_connected_to(
    address: IPv4Address | IPv6Address,
) -> None:
    if PUBLIC.refusal(str(address)) is None:
        assert address.is_global
        assert not address.is_private
        assert not address.is_loopback
        assert not address.is_link_local


@pytest.mark.parametrize("network", NEVER, ids=str)
def test_metadata_and_link_local_stay_refused_whatever_is_named(network: object) -> None:
    first = str(ip_network(str(network))[0])
    assert EVERYTHING.refusal(first)
    if "." in first:
        assert EVERYTHING.refusal(f"::ffff:{first}")


def test_a_network_that_is_named_is_allowed_and_no_other() -> None:
    policy = AddressPolicy((ip_network("127.0.0.0/8"), ip_network("fd12::/16")))
    assert policy.refusal("127.3.2.1") is None
    assert policy.refusal("::ffff:127.3.2.1") is None
    assert policy.refusal("fd12::5") is None
    assert policy.refusal("10.0.0.1")
    assert policy.refusal("::1")
    assert policy.refusal("fd13::5")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "::1", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1."],
)
def test_every_spelling_of_an_address_is_seen_before_it_is_resolved(host: str) -> None:
    assert Guard(PUBLIC).literal_refusal(host)


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "xn--fsq.example", "", "8.8.8.8"])
def test_names_and_public_addresses_pass_the_first_look(host: str) -> None:
    assert Guard(PUBLIC).literal_refusal(host) is None


def test_of_several_addresses_the_good_ones_are_used() -> None:
    guard = Guard(PUBLIC)
    assert guard.sift("mixed.example", ["10.0.0.1", "8.8.8.8"]) == ["8.8.8.8"]
    assert guard.refusal("mixed.example") is None


def test_a_name_with_bad_addresses_only_is_remembered_until_it_has_a_good_one() -> None:
    guard = Guard(PUBLIC)
    assert guard.sift("inside.example", ["10.0.0.1", "10.0.0.2"]) == []
    assert (
        guard.refusal("inside.example") == "10.0.0.1 is a private address (--allow-private-hosts lifts that)"
    )
    guard.sift("inside.example", ["8.8.8.8"])
    assert guard.refusal("inside.example") is None


def test_a_name_without_addresses_was_not_refused() -> None:
    guard = Guard(PUBLIC)
    assert guard.sift("nowhere.example", []) == []
    assert guard.refusal("nowhere.example") is None


def test_the_memory_of_refused_names_is_bounded() -> None:
    guard = Guard(PUBLIC)
    for n in range(5000):
        guard.sift(f"{n}.example", ["10.0.0.1"])
    assert guard.refusal("0.example") is None
    assert guard.refusal("4999.example") is not None
    assert len(guard._refused) <= 1024
