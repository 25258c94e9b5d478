"""Dòng của danh mục: a row of the catalogue's table → the document of a version, or why it is none.

The same columns serve the packaged table (data/README.md says where it comes from) and tables people import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from haicap.base.refused import Refused
from haicap.base.text import fold, nfc
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning import read_limit
from haicap.domain.procedures.content import DISTRICT, Confidence, Level, Online, Subject
from haicap.domain.procedures.packaged.authority import organs_of
from haicap.domain.procedures.packaged.money import fees_of

COLUMNS = (
    "code name_vi field_vi level authority_vi subjects time_limit time_unit time_note fee_vnd fee_note documents "
    "result_vi legal_basis online source confidence"
).split()
CODE = re.compile(r"[0-9]\.[0-9]{6}")
UNITS = {"working_days": "working_days", "days": "days", "months": "months", "hours": "working_hours",
         "working_hours": "working_hours", "same_day": "same_day"}  # fmt: skip
_NOTE = re.compile(r"(?:\*|-\s|lưu ý|ghi chú|trường hợp|đối với|nếu )", re.IGNORECASE)
NO_LIMIT = "Nguồn không nói thời hạn: không hẹn ngày trả."
HOURS = "Nguồn ghi “giờ”; hiểu là giờ làm việc, chưa xác minh."
MERGED = "Nguồn gộp giấy tờ của mọi trường hợp, tên rút gọn: chưa rõ giấy nào bắt buộc."
DISTRICT_WORDS = "Bản ghi còn chữ chỉ cấp huyện, cấp đã bỏ từ 01/07/2025: “%s”."
LOW = "Bản ghi có độ tin cậy thấp: tên ghép hoặc các nguồn lệch nhau."

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a row says: identity, and the document of its content."""

    code: str
    name: str
    field: str
    document: dict[str, Any]


def drawn(row: Row) -> Drawn:
    """The document of a row. Refused `bad_row` with the column and the repair."""
    code, name = row.get("code", "").strip(), nfc(row.get("name_vi", ""))
    if not CODE.fullmatch(code):
        raise _bad("code", code, "1.001193")
    if not name:
        raise Refused("bad_row", gettext_noop("Cột name_vi trống: thủ tục phải có tên."))
    document: dict[str, Any] = {
        "levels": _members(row, "level", Level),
        "subjects": _members(row, "subjects", Subject),
        "online": _member(row, "online", Online, "unknown"),
        "authority": nfc(row.get("authority_vi", "")),
        "competent": organs_of(nfc(row.get("authority_vi", ""))),
        "limits": _limits(row),
        "fees": fees_of(row.get("fee_vnd", "").strip(), nfc(row.get("fee_note", ""))),
        "papers": _papers(row),
        "results": [{"code": c, "name": {"vi": n}} for c, n in _coded(row.get("result_vi", ""), "ket_qua")],
        "legal_basis": [{"act": act} for act in _parts(row.get("legal_basis", ""))],
        "evidence": "unconfirmed",
        "source": nfc(row.get("source", "")),
    }
    document["channels"] = _channels(document["online"])
    if row.get("confidence", "").strip():
        document["confidence"] = _member(row, "confidence", Confidence, "")
    document["doubts"] = _doubts(row, document)
    return Drawn(
        code, name, nfc(row.get("field_vi", "")), {k: v for k, v in document.items() if v not in ("", [])}
    )


def _bad(column: str, value: str, example: str) -> Refused:
    return Refused(
        "bad_row",
        gettext_noop("Cột %(column)s: “%(value)s” không dùng được. Ghi như: %(example)s."),
        params={"column": column, "value": value[:60], "example": example},
    )


def _members(row: Row, column: str, kinds: type[Level] | type[Subject]) -> list[str]:
    found = [part.strip() for part in row.get(column, "").split("|") if part.strip()]
    for value in found:
        if value not in kinds._value2member_map_:
            raise _bad(column, value, "|".join(list(kinds)[:3]))
    return found


def _member(row: Row, column: str, kinds: type[Online] | type[Confidence], default: str) -> str:
    value = row.get(column, "").strip() or default
    if value not in kinds._value2member_map_:
        raise _bad(column, value, " / ".join(kinds))
    return value


def _limits(row: Row) -> list[dict[str, Any]]:
    value, unit = row.get("time_limit", "").strip(), row.get("time_unit", "").strip()
    note = nfc(row.get("time_note", ""))
    if not value and not unit:
        return [{"note": note}] if note else []
    if unit not in UNITS:
        raise _bad("time_unit", unit, ", ".join(UNITS))
    limit: dict[str, Any] = {"parts": [_part(value, UNITS[unit])], "evidence": "unconfirmed"}
    if note:
        limit["note"] = note
    return [limit]


def _part(value: str, unit: str) -> dict[str, str]:
    if unit == "same_day":
        return {"unit": unit}
    try:
        read_limit(value, unit)
    except Refused:
        raise _bad("time_limit", value, "5; 0.5") from None
    return {"value": value.replace(",", "."), "unit": unit}


def _papers(row: Row) -> list[dict[str, Any]]:
    papers = []
    for code, name in _coded(row.get("documents", ""), "giay_to"):
        paper: dict[str, Any] = {"code": code, "name": {"vi": name}, "required": False}
        if _NOTE.match(name):
            paper["kind"] = "note"
        papers.append(paper)
    return papers


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(nfc(part) for part in text.split(";") if part.strip()))


def _coded(text: str, otherwise: str) -> list[tuple[str, str]]:
    """Names joined by ";" with a code made of each, unique in the list."""
    found: dict[str, str] = {}
    for name in _parts(text):
        base = coded(name) or otherwise
        code, n = base, 1
        while code in found:
            n += 1
            code = f"{base}_{n}"
        found[code] = name
    return list(found.items())


def coded(name: str) -> str:
    """A code out of a name: "Giấy chứng sinh" → "giay_chung_sinh", at most 50 letters."""
    words = re.findall(r"[a-z0-9]+", fold(name))
    code = "_".join(words)[:50].strip("_")
    return code if code[:1].isalpha() else f"muc_{code}" if code else ""


def _channels(online: str) -> list[str]:
    if online in ("full", "partial"):
        return ["direct", "online", "post"]
    return ["direct", "post"] if online == "none" else []


def _doubts(row: Row, document: Mapping[str, Any]) -> list[str]:
    doubts = []
    if not any(limit.get("parts") for limit in document["limits"]):
        doubts.append(NO_LIMIT)
    elif row.get("time_unit", "").strip() == "hours":
        doubts.append(HOURS)
    if len(document["papers"]) > 1:
        doubts.append(MERGED)
    if words := district_words(row):
        doubts.append(DISTRICT_WORDS % words)
    if row.get("confidence", "").strip() == "low":
        doubts.append(LOW)
    return doubts


def district_words(row: Row) -> str:
    """The first words of a row that name the level abolished on 1 July 2025 (Law 72/2025/QH15); empty for none."""
    for column in ("name_vi", "authority_vi", "documents", "result_vi"):
        if found := DISTRICT.search(row.get(column, "")):
            return found.group()
    return ""
