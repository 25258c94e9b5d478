"""Kiểm chữ ký: whether a file is a result as it was signed here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from haicap.domain.dossiers.models import Result

if TYPE_CHECKING:  # half a second to import: only whoever signs or checks pays for it
    from haicap.domain.dossiers.signing import Verdict

# Filled in config/wiring.py: judges a file by the certificates that our signatures lead to, valid at the instant.
Judge = Callable[[bytes, datetime], "Verdict"]


@dataclass(slots=True)
class _Slot:
    judge: Judge | None = None


_slot = _Slot()


def wire(judge: Judge | None) -> None:
    """Fill the slot."""
    _slot.judge = judge


@dataclass(frozen=True, slots=True)
class Proof:
    """What a file is, held against a result: `same` byte for byte, and what its signature says (None: no judge here)."""

    same: bool
    signature: Verdict | None


def proved(row: Result, content: bytes, *, at: datetime) -> Proof:
    """Judge a file somebody holds against the result it claims to be. Any bytes give an answer.

    Certificates count as of the recorded moment of signing, not of today.
    """
    verdict = _slot.judge(content, row.signed_at or at) if _slot.judge else None
    return Proof(hashlib.sha256(content).hexdigest() == row.sha256, verdict)
