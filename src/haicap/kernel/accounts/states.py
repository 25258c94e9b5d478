"""Loại và phạm vi: the closed lists of words of the accounts. Pure."""

from __future__ import annotations

from enum import StrEnum


class UserKind(StrEnum):
    """Loại người dùng: who a person is to the platform."""

    OFFICER = "officer"  # cán bộ, công chức, viên chức: rights come from appointments, never from here
    CITIZEN = "citizen"  # công dân, tổ chức


class Factor(StrEnum):
    """Cách xác thực: what proved the person at sign-in."""

    PASSWORD = "password"  # noqa: S105  # a word of the record, not a secret
    TOTP = "totp"
    RECOVERY = "recovery"
    IDENTITY = "identity"


class Scope(StrEnum):
    """Phạm vi của khoá truy cập: what a key for machines may do."""

    READ = "read"
    WRITE = "write"
    BULK = "bulk"  # long conversions and whole exports
