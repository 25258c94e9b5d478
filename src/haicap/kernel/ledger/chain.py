"""Chuỗi băm: how an event is written down as bytes and linked to the one before it. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

NOTHING = b"\0" * 32


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a stream: how many events it has and the hash of the last (32 bytes)."""

    version: int = 0
    hash: bytes = NOTHING


def instant(at: datetime) -> str:
    """An aware datetime as UTC with microseconds: the one spelling that is hashed."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(
    *,
    stream: str,
    seq: int,
    kind: str,
    at: datetime,
    recorded_at: datetime,
    actor: str,
    on_behalf_of: str,
    data: Mapping[str, object],
) -> bytes:
    """The bytes of an event that its hash covers: JSON with sorted keys, UTF-8, no spaces."""
    body = {
        "stream": stream,
        "seq": seq,
        "kind": kind,
        "at": instant(at),
        "recorded_at": instant(recorded_at),
        "actor": actor,
        "on_behalf_of": on_behalf_of,
        "data": data,
    }
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def link(previous: bytes, body: bytes) -> bytes:
    """Hash of an event: SHA-256 over the hash before it and its own bytes."""
    return hashlib.sha256(previous + body).digest()
