"""Chuỗi băm: how an event is written down as bytes and linked to the one before it. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

NOTHING = b"\0" * 32
_written = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
_text = json.encoder.encode_basestring  # a text as that encoder writes it


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a stream: how many events it has and the hash of the last (32 bytes)."""

    version: int = 0
    hash: bytes = NOTHING


def instant(at: datetime) -> str:
    """An aware datetime as UTC with microseconds: the one spelling that is hashed."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


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
    return canonical_of(
        stream, seq, kind, instant(at), instant(recorded_at), actor, on_behalf_of, payload(data)
    )


def payload(data: Mapping[str, object]) -> str:
    """The facts of an event as they are hashed, and as they may be kept."""
    return _written(data)


def canonical_of(
    stream: str, seq: int, kind: str, at: str, recorded_at: str, actor: str, on_behalf_of: str, data: str
) -> bytes:
    """The same from instants and facts that are written down already; the fields stand in the order of their names."""
    return (
        f'{{"actor":{_text(actor)},"at":"{at}","data":{data},"kind":{_text(kind)},"on_behalf_of":{_text(on_behalf_of)},'
        f'"recorded_at":"{recorded_at}","seq":{seq},"stream":{_text(stream)}}}'
    ).encode()


def event_bytes(body: Mapping[str, object]) -> bytes:
    """The same from the eight fields as an export spells them (instants as text)."""
    return _written(body).encode()


def link(previous: bytes, body: bytes) -> bytes:
    """Hash of an event: SHA-256 over the hash before it and its own bytes."""
    return hashlib.sha256(previous + body).digest()


def root(heads: Iterable[tuple[str, int, bytes]]) -> bytes:
    """SHA-256 over (stream, seq, hash) of streams in code-point order: what an anchor stands for."""
    digest = hashlib.sha256()
    for stream, seq, link_hash in heads:
        digest.update(head_bytes(stream, seq, link_hash))
    return digest.digest()


def head_bytes(stream: str, seq: int, digest: bytes) -> bytes:
    """The line of one head under an anchor's root."""
    return json.dumps([stream, seq, digest.hex()], ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def anchor_bytes(*, seq: int, at: str, streams: int, events: int, root: bytes) -> bytes:
    """The bytes of an anchor that its hash covers."""
    body = {"anchor": seq, "at": at, "streams": streams, "events": events, "root": root.hex()}
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
