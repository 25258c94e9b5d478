"""Mục của bản ghi: lists of the content as tables whose rows are edited one at a time.

A column names its place in the row ("name.vi", "parts.0.value"). What a row holds beside its columns is kept as it is.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning import LimitUnit
from haicap.domain.procedures.content import (
    Channel,
    Evidence,
    FeeKind,
    FieldType,
    PaperKind,
    Profile,
    StepKind,
)
from haicap.domain.units.organs import KINDS, Role

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """path: place in the row. kind: line | area | number | check | choice | options. needed: the schema asks for it."""

    path: str
    label: str
    kind: str = "line"
    choices: tuple[str, ...] = ()
    default: bool = False  # of a check box
    needed: bool = False

    @property
    def name(self) -> str:
        """Name of its input."""
        return self.path.replace(".", "__")


@dataclass(frozen=True, slots=True)
class Section:
    """place: keys that lead to the list; "#" stands for the number of the page of the form."""

    key: str
    label: str
    place: tuple[str, ...]
    columns: tuple[Column, ...]


def _choice(path: str, label: str, values: Iterable[str], *, needed: bool = False) -> Column:
    return Column(path, label, "choice", ("", *values), needed=needed)


_VI, _EN = (
    Column("name.vi", gettext_noop("Tên"), needed=True),
    Column("name.en", gettext_noop("Tên tiếng Anh")),
)
_LABEL = Column("label.vi", gettext_noop("Câu hỏi"), needed=True)
_KEY = Column("key", gettext_noop("Khóa"), needed=True)
_CODE = Column("code", gettext_noop("Mã"), needed=True)
_WHEN = Column("condition", gettext_noop("Điều kiện"))
_NOTE = Column("note", gettext_noop("Ghi chú"), "area")
_CHANNEL = _choice("channel", gettext_noop("Cách nộp"), Channel)
_CITED = (
    Column("citation.act", gettext_noop("Văn bản")),
    Column("citation.clause", gettext_noop("Điều, khoản")),
    _choice("evidence", gettext_noop("Mức xác minh"), Evidence),
)
SECTIONS = {
    section.key: section
    for section in (
        Section("limits", gettext_noop("Thời hạn"), ("limits",), (
            Column("parts.0.value", gettext_noop("Số")), _choice("parts.0.unit", gettext_noop("Đơn vị"), LimitUnit),
            Column("parts.1.value", gettext_noop("Số, phần hai")),
            _choice("parts.1.unit", gettext_noop("Đơn vị, phần hai"), LimitUnit),
            _CHANNEL, Column("case", gettext_noop("Trường hợp")), _WHEN, _NOTE, *_CITED)),
        Section("fees", gettext_noop("Phí, lệ phí"), ("fees",), (
            _KEY, _VI, _EN, _choice("kind", gettext_noop("Cách tính"), FeeKind, needed=True),
            Column("amount", gettext_noop("Số đồng"), "number"), Column("cap", gettext_noop("Nhiều nhất"), "number"),
            Column("then_from", gettext_noop("Từ trang"), "number"),
            Column("then_amount", gettext_noop("Số đồng từ trang đó"), "number"), _CHANNEL, _WHEN, _NOTE, *_CITED)),
        Section("papers", gettext_noop("Thành phần hồ sơ"), ("papers",), (
            _CODE, _VI, _EN, _choice("kind", gettext_noop("Loại"), PaperKind),
            Column("originals", gettext_noop("Bản chính"), "number"), Column("copies", gettext_noop("Bản sao"), "number"),
            Column("required", gettext_noop("Bắt buộc"), "check", default=True), _WHEN,
            Column("template", gettext_noop("Tên mẫu")), Column("by_data", gettext_noop("Thay được bằng dữ liệu"), "check"),
            Column("case", gettext_noop("Trường hợp")), _NOTE, *_CITED)),
        Section("steps", gettext_noop("Các bước"), ("workflow", "steps"), (
            _KEY, _VI, _EN, _choice("kind", gettext_noop("Việc"), StepKind, needed=True), _choice("role", gettext_noop("Vai trò"), Role, needed=True),
            _choice("organ", gettext_noop("Cơ quan"), KINDS), Column("share", gettext_noop("Phần của thời hạn"), needed=True))),
        Section("results", gettext_noop("Kết quả"), ("results",), (_CODE, _VI, _EN)),
        Section("legal_basis", gettext_noop("Căn cứ pháp lý"), ("legal_basis",), (
            Column("act", gettext_noop("Văn bản"), needed=True), Column("clause", gettext_noop("Điều, khoản")))),
        Section("pages", gettext_noop("Trang của biểu mẫu"), ("form", "pages"), (
            _KEY, Column("title.vi", gettext_noop("Tiêu đề"), needed=True), Column("title.en", gettext_noop("Tiêu đề tiếng Anh")),
            Column("help.vi", gettext_noop("Hướng dẫn"), "area"), _WHEN)),
        Section("questions", gettext_noop("Câu hỏi của trang"), ("form", "pages", "#", "questions"), (
            _KEY, _LABEL, Column("label.en", gettext_noop("Câu hỏi tiếng Anh")),
            _choice("type", gettext_noop("Kiểu"), FieldType, needed=True),
            Column("required", gettext_noop("Bắt buộc"), "check", default=True),
            Column("options", gettext_noop("Các lựa chọn"), "options"),
            Column("help.vi", gettext_noop("Hướng dẫn"), "area"), Column("why.vi", gettext_noop("Vì sao hỏi"), "area"),
            _WHEN, Column("rules.min", gettext_noop("Nhỏ nhất")), Column("rules.max", gettext_noop("Lớn nhất")),
            Column("rules.max_length", gettext_noop("Dài nhất"), "number"),
            Column("rules.pattern", gettext_noop("Mẫu ký tự")),
            _choice("prefill", gettext_noop("Điền sẵn từ"), Profile))),
    )
}  # fmt: skip


def rows_of(section: Section, document: Mapping[str, Any], page: int = 1) -> list[Document]:
    """Rows of a section as they stand; none when the list or the page is not there."""
    found: Any = document
    for key in section.place:
        if key == "#":
            found = found[page - 1] if isinstance(found, list) and 0 < page <= len(found) else None
        else:
            found = found.get(key) if isinstance(found, Mapping) else None
    return list(found) if isinstance(found, list) else []


def with_rows(section: Section, document: Mapping[str, Any], rows: list[Document], page: int = 1) -> Document:
    """A copy of the document in which the list of the section is `rows`; an empty list is left out."""
    made: Document = copy.deepcopy(dict(document))
    found: Any = made
    for key in section.place[:-1]:
        found = found[page - 1] if key == "#" else found.setdefault(key, [] if key == "pages" else {})
    last = section.place[-1]
    if rows:
        found[last] = rows
    else:
        found.pop(last, None)
        if section.key in ("steps", "pages"):  # a workflow without steps, a form without pages: none at all
            made.pop(section.place[0], None)
    return made


def value_at(row: Mapping[str, Any], column: Column) -> Any:
    """What a column shows of a row."""
    found: Any = row
    for key in column.path.split("."):
        if isinstance(found, list):
            found = found[int(key)] if key.isdigit() and int(key) < len(found) else None
        else:
            found = found.get(key) if isinstance(found, Mapping) else None
    if column.kind == "check":
        return column.default if found is None else bool(found)
    if column.kind == "options":
        return "\n".join(_option_line(option) for option in found or ())
    return "" if found is None else found


def _option_line(option: Mapping[str, Any]) -> str:
    label = option.get("label", {})
    return " | ".join(
        part for part in (option.get("key", ""), label.get("vi", ""), label.get("en", "")) if part
    )


def filled(section: Section, row: Mapping[str, Any], values: Mapping[str, Any]) -> Document:
    """A copy of a row with the values of its columns put in; empty ones taken out."""
    made: Document = copy.deepcopy(dict(row))
    for column in section.columns:
        _put(made, column.path.split("."), _meant(column, values.get(column.name)))
    if "parts" in made:
        made["parts"] = [part for part in made["parts"] if part]
    return {key: value for key, value in made.items() if value not in ("", None, {}, [])}


def _meant(column: Column, given: Any) -> Any:
    if column.kind == "check":
        return bool(given)
    text = str(given or "").strip()
    if column.kind == "number" and text.isascii() and text.isdigit():
        return int(text[:18])
    if column.kind == "options":
        return [_option(line) for line in text.splitlines() if line.strip()]
    return text or None


def _option(line: str) -> Document:
    key, _, rest = line.partition("|")
    vi, _, en = rest.partition("|")
    label = {name: text.strip() for name, text in (("vi", vi), ("en", en)) if text.strip()}
    return {"key": key.strip(), "label": label}


def _put(row: Document, path: list[str], value: Any) -> None:
    key, rest = path[0], path[1:]
    if not rest:
        if value in (None, [], ""):
            row.pop(key, None)
        else:
            row[key] = value
        return
    if rest[0].isdigit():
        parts = row.setdefault(key, [])
        while len(parts) <= int(rest[0]):
            parts.append({})
        _put(parts[int(rest[0])], rest[1:], value)
        return
    inner = row.get(key)
    inner = inner if isinstance(inner, dict) else {}
    _put(inner, rest, value)
    if inner:
        row[key] = inner
    else:
        row.pop(key, None)
