"""Which addresses may be connected to: public ones, and private ones that the operator named."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Ip = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NEVER: tuple[Network, ...] = tuple(
    ip_network(network)
    for network in (
        "169.254.0.0/16",  # link-local; most clouds keep their metadata at 169.254.169.254
        "fe80::/10",
        "fd00:ec2::254/128",  # metadata of Amazon
        "fd20:ce::254/128",  # of Google
        "100.100.100.200/32",  # of Alibaba
        "192.0.0.192/32",  # of Oracle
        "168.63.129.16/32",  # of Azure; a public address that only its guests reach
    )
)
"""Link-local and cloud metadata addresses: refused whatever the operator names."""

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = IPv6Network("::/96")
_MANY = 1024
_LIFTED_BY = "--allow-private-hosts"


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """What the operator allows beyond public addresses."""

    allow: tuple[Network, ...] = ()

    def refusal(self, address: str) -> str | None:
        """Say in words why `address` (an IP literal) must not be connected to; None where it may.

        An IPv6 form that carries an IPv4 address is judged by what it carries.
        """
        try:
            outer = ip_address(address.partition("%")[0])
        except ValueError:
            return f"{address!r} is not an IP address"
        for ip in _carried(outer) or (outer,):
            if any(ip in network for network in NEVER):
                return f"{address} is a link-local or cloud metadata address"
            if not any(ip in network for network in self.allow) and not _is_public(ip):
                return f"{address} is {_kind(ip)} address ({_LIFTED_BY} lifts that)"
        return None


class Guard:
    """An address policy at work: judges hosts before and after they are resolved, and remembers why."""

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy
        self._refused: dict[str, str] = {}

    def literal_refusal(self, host: str) -> str | None:
        """Say in words why `host` is refused, if it is an IP address in any of its spellings."""
        literal = _literal(host)
        return self._policy.refusal(literal) if literal is not None else None

    def sift(self, host: str, addresses: Iterable[str]) -> Sequence[str]:
        """Return those of the addresses to which `host` resolved that may be connected to."""
        refusals = {address: self._policy.refusal(address) for address in addresses}
        good = [address for address, refusal in refusals.items() if refusal is None]
        self._refused.pop(host, None)
        if not good and (words := next((r for r in refusals.values() if r), None)):
            if len(self._refused) >= _MANY:
                del self._refused[next(iter(self._refused))]
            self._refused[host] = words
        return good

    def refusal(self, host: str) -> str | None:
        """Say in words why `host` was refused when it was last resolved; None where it was not."""
        return self._refused.get(host)


def _literal(host: str) -> str | None:
    """Return the IP address that `host` spells, also as 2130706433, 0x7f.1 or 0177.0.0.1; else None."""
    host = host.strip("[]").rstrip(".")
    try:
        return str(ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host)) if host and host.isascii() else None
    except OSError:
        return None


def _carried(ip: Ip) -> tuple[Ip, ...]:
    """Return the IPv4 addresses that an IPv6 address carries: mapped, compatible, 6to4, Teredo, NAT64."""
    if isinstance(ip, IPv4Address):
        return ()
    if ip.ipv4_mapped is not None:
        return (ip.ipv4_mapped,)
    if ip.sixtofour is not None:
        return (ip.sixtofour,)
    if ip.teredo is not None:
        return ip.teredo
    if any(ip in network for network in _NAT64) or (ip in _COMPATIBLE and int(ip) > 1):
        return (IPv4Address(int(ip) & 0xFFFFFFFF),)
    return ()


def _is_public(ip: Ip) -> bool:
    if ip.is_multicast or not ip.is_global:
        return False
    return isinstance(ip, IPv4Address) or ip in _GLOBAL_UNICAST


def _kind(ip: Ip) -> str:
    if ip.is_loopback:
        return "a loopback"
    if ip.is_multicast:
        return "a multicast"
    if ip.is_unspecified:
        return "an unspecified"
    return "a private"
