"""Nơi được thăm: which addresses a probe may connect to. Pure but for asking the name service.

Editors name the targets, so a target may be anything: a name that leads into the operator's own network, or one that
leads elsewhere each time it is asked. Therefore a name is resolved once, every answer is judged, and the connection goes
to the judged address itself.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from haicap.edges.probes.states import Fault, Why

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
PORTS = frozenset({80, 443, 8080, 8443})
LONGEST_URL = 1000
# Never, whatever is configured: addresses at which clouds tell machines their secrets, and this network.
_NEVER = tuple(
    map(
        ip_network,
        ("169.254.0.0/16", "fe80::/10", "fd00:ec2::254/128", "0.0.0.0/8", "::/128", "64:ff9b:1::/48"),
    )
)  # the last one: a translator of this network may lead from there to any address of IPv4 (RFC 8215)
_NAT64 = IPv6Network("64:ff9b::/96")
_asking = threading.BoundedSemaphore(16)  # name services that hang must not eat all threads


@dataclass(frozen=True, slots=True)
class Rules:
    """Networks of the operator that may be probed besides the public ones; in them any port."""

    private: tuple[Network, ...] = ()


def rules_of(networks: Sequence[str]) -> Rules:
    """Rules from "10.1.0.0/16" and the like. ValueError for what is no network."""
    return Rules(tuple(ip_network(text) for text in networks))


def target(url: str) -> SplitResult:
    """The parts of an address a probe can ask. `Fault(BAD_ADDRESS)` for anything but http(s) with a host, without password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Fault(Why.BAD_ADDRESS) from None
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST_URL
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain or port == 0:
        raise Fault(Why.BAD_ADDRESS)
    if parts.username is not None or parts.password is not None:
        raise Fault(Why.BAD_ADDRESS)
    return parts


def port_of(parts: SplitResult) -> int:
    """The port asked."""
    return parts.port or (443 if parts.scheme == "https" else 80)


def places(host: str, port: int, *, rules: Rules, seconds: float) -> list[Address]:
    """Where a host is, judged. `Fault`: UNKNOWN_HOST; BLOCKED when any of its addresses is not to be probed."""
    found = [_plain(ip_address(text)) for text in _resolved(host, port, seconds)]
    if not found:
        raise Fault(Why.UNKNOWN_HOST)
    if not all(allowed(address, port, rules) for address in found):
        raise Fault(Why.BLOCKED)
    return found


def allowed(address: Address, port: int, rules: Rules) -> bool:
    """Public addresses at the ports of the web; those of the operator's networks at any port."""
    if any(address in network for network in _NEVER if network.version == address.version):
        return False
    if any(address in network for network in rules.private if network.version == address.version):
        return True
    public = address.is_global and not address.is_multicast and not address.is_reserved
    return public and port in PORTS


def _plain(address: Address) -> Address:
    """The IPv4 address that hides in an IPv6 one: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """Addresses of a name; the name service is waited for no longer than `seconds`."""
    found: list[str] = []
    if not _asking.acquire(timeout=max(seconds, 0.01)):
        raise Fault(Why.TIMEOUT)

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(answer[4][0]).partition("%")[0] for answer in answers))
        except (OSError, UnicodeError):
            pass  # no address: the caller says so
        finally:
            _asking.release()

    thread = threading.Thread(target=ask, daemon=True, name="probe-name")
    thread.start()
    thread.join(max(seconds, 0.01))
    if thread.is_alive():
        raise Fault(Why.TIMEOUT)
    return found[:16]
