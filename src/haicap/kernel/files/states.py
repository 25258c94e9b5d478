"""Tình trạng quét: what is known of the harmlessness of a file. Pure."""

from __future__ import annotations

from enum import StrEnum


class Scan(StrEnum):
    """Kết quả quét mã độc. Shown as it is: a file nobody looked at is not called clean."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"  # the scanner did not answer
