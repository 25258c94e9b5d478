"""Từ trong tệp: roles, modes and levels as people write them, Vietnamese or English."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from haicap.base.text import fold
from haicap.domain.powers.states import Level, Mode, Role

Word = TypeVar("Word", bound=StrEnum)

_ROLES: Mapping[Role, tuple[str, ...]] = {
    Role.DECIDE: ("quyết định", "quyết"),
    Role.SIGN: ("ký", "ký ban hành"),
    Role.APPRAISE: ("thẩm định", "tham mưu"),
    Role.RECEIVE: ("tiếp nhận", "nhận"),
    Role.CONSULT: ("cho ý kiến", "lấy ý kiến"),
    Role.SUPERVISE: ("giám sát",),
    Role.INSPECT: ("thanh tra", "kiểm tra"),
    Role.PUBLISH: ("công bố", "công khai"),
}
_MODES: Mapping[Mode, tuple[str, ...]] = {
    Mode.ORIGINAL: ("luật giao", "gốc", "original holder"),
    Mode.DELIMITATION: ("phân định",),
    Mode.ASSIGNMENT: ("phân quyền", "assignment by law"),
    Mode.DELEGATION: ("phân cấp",),
    Mode.AUTHORISATION: ("ủy quyền", "uỷ quyền", "authorization"),
    Mode.OVERRIDE: ("chỉ đạo trực tiếp", "điều 11 khoản 3", "override 11(3)"),
}
_LEVELS: Mapping[Level, tuple[str, ...]] = {
    Level.NATION: ("central", "ministry", "trung ương", "cấp trung ương", "bộ", "national"),
    Level.PROVINCE: ("tỉnh", "cấp tỉnh", "thành phố", "provincial"),
    Level.DISTRICT: ("huyện", "cấp huyện"),
    Level.COMMUNE: ("xã", "cấp xã", "phường", "đặc khu"),
}


def _read(table: Mapping[Word, tuple[str, ...]]) -> Mapping[str, Word]:
    return {_plain(name): word for word, names in table.items() for name in (word.value, *names)}


def _plain(text: str) -> str:
    return " ".join(fold(text).replace("_", " ").split())


ROLES, MODES, LEVELS = _read(_ROLES), _read(_MODES), _read(_LEVELS)


def word(table: Mapping[str, Word], text: str) -> Word | None:
    """The word a text says; None when it is none of the table."""
    return table.get(_plain(text))


def choices(table: Mapping[str, Word]) -> str:
    """The words as they are written in files."""
    return ", ".join(dict.fromkeys(found.value for found in table.values()))
