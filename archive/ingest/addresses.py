"""Which addresses we connect to: a recording's address may be anybody's, and must not reach our network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from archive.errors import MediaRefused, SourceMissing

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], tuple[str, ...]]

# Ways to write an IPv4 address in IPv6 that a gateway turns back: RFC 6052 and RFC 8215.
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_IPV4_COMPATIBLE = ipaddress.IPv6Network("::/96")


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Every address of `host`. SourceMissing if there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceMissing(f"There is no host {host} ({error})", "Check the address.") from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_addresses(host: str, port: int, *, allow_private: bool, resolve: Resolve = resolve) -> tuple[str, ...]:
    """The addresses to connect to, all of them checked: one private address refuses the host.

    Raises MediaRefused, SourceMissing.
    """
    addresses = resolve(host, port)
    if not addresses:
        raise SourceMissing(f"There is no host {host}", "Check the address.")
    for text in addresses:
        if not allow_private and not is_public(text):
            raise MediaRefused(
                f"{host} is the private address {text}",
                "Only public addresses are fetched unless settings allow it.",
            )
    return addresses


def is_public(text: str) -> bool:
    """The address, and any IPv4 address wrapped in it, is reachable on the open internet."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in _unwrapped(address))


def _unwrapped(address: Address) -> tuple[Address, ...]:
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    inner = address.ipv4_mapped or address.sixtofour
    if inner is not None:
        return (inner,)
    if any(address in network for network in _NAT64):
        return (ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF),)
    if address in _IPV4_COMPATIBLE:
        return (address, ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return (address, *(address.teredo or ()))
