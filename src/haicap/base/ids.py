"""Số định danh: identifiers that sort by time and name no place or person."""

from __future__ import annotations

import secrets
import time
from uuid import UUID


def uuid7() -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of Unix milliseconds, the rest random.

    Used where an identifier leaves the house; it can be made on any machine and needs no sequence.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)


def random_key() -> str:
    """A key nobody can guess (144 bits), for links that are their own permission."""
    return secrets.token_urlsafe(18)
