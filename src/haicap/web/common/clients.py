"""Ai đang gọi: the client's network address, and what of it is counted as one sender."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The address of the browser: behind a proxy the one the nearest proxy saw, else that of the connection."""
    if settings.BEHIND_PROXY:
        forwarded = str(request.headers.get("X-Forwarded-For", ""))
        if forwarded:
            return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def network(request: HttpRequest) -> str:
    """What is counted as one sender: an IPv4 address, or the 64 bits of an IPv6 network.

    A household or a telephone has a whole /64 to itself and may take another address of it for every call.
    """
    told = address(request)
    try:
        found = ip_address(told)
    except ValueError:
        return told
    if found.version == 4:
        return told
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else f"{IPv6Address(int(found) >> 64 << 64)}/64"
