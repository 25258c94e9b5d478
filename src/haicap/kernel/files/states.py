"""Tình trạng quét: what is known of the harmlessness of a file. Pure."""

from __future__ import annotations

from enum import StrEnum


class Scan(StrEnum):
    """Kết quả quét mã độc. Shown as it is: a file nobody looked at is not called clean."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"  # the scanner did not answer


class Finding(StrEnum):
    """Kết quả soi: whether a file is a paper an office can take, or what stands against it. Recorded with the file."""

    FIT = "fit"
    KIND = "kind"  # not a kind that is taken
    HEIC = "heic"
    OLD_OFFICE = "old_office"
    PACKED = "packed"  # an archive
    MACROS = "macros"
    ACTIVE = "active"  # code, orders to programs, embedded files
    LINKED = "linked"  # content from elsewhere, embedded programs
    LOCKED = "locked"
    TWO_KINDS = "two_kinds"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_LARGE_INSIDE = "too_large_inside"
    DAMAGED = "damaged"
