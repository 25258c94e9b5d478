"""Nhập bảng: a table or a JSON file of procedures looked through row by row before anything is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, BinaryIO

from haicap.base.refused import Refused
from haicap.base.tables import WEB, Limits, open_table
from haicap.base.text import fold, nfc
from haicap.base.words import gettext_noop
from haicap.domain.procedures.content import examine, written
from haicap.domain.procedures.content.problems import refuse_any
from haicap.domain.procedures.packaged.catalogue import BadRow, Package, Proposal, package
from haicap.domain.procedures.packaged.rows import CODE, COLUMNS

LARGEST_JSON = 64 * 1024 * 1024
MUST = ("code", "name_vi")
# Headings people write → the columns of the table.
KNOWN = {
    "ma": "code", "ma thu tuc": "code", "ten": "name_vi", "ten thu tuc": "name_vi", "linh vuc": "field_vi", "cap": "level",
    "cap thuc hien": "level", "co quan thuc hien": "authority_vi", "doi tuong": "subjects", "thoi han": "time_limit",
    "don vi thoi han": "time_unit", "phi": "fee_vnd", "le phi": "fee_vnd", "thanh phan ho so": "documents",
    "giay to": "documents", "ket qua": "result_vi", "can cu phap ly": "legal_basis", "truc tuyen": "online",
    "ghi chu phi": "fee_note", "ghi chu thoi han": "time_note",
}  # fmt: skip


class Outcome(StrEnum):
    """What a row would do."""

    NEW = "new"  # a code the catalogue does not have
    CHANGED = "changed"  # another record for a code it has
    SAME = "same"  # nothing to do
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of the report: line in the file, what it would do, why it cannot."""

    line: int
    code: str
    name: str
    outcome: Outcome
    problem: Refused | None = None
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The whole file, in its order. Nothing was written."""

    rows: tuple[ReportRow, ...]

    def proposals(self) -> tuple[Proposal, ...]:
        """What there is to draft."""
        return tuple(
            r.proposal for r in self.rows if r.proposal and r.outcome in (Outcome.NEW, Outcome.CHANGED)
        )

    def count(self, outcome: Outcome) -> int:
        """How many rows have an outcome."""
        return sum(row.outcome is outcome for row in self.rows)


Known = Callable[[str], Mapping[str, Any] | None]


def read_import(file: BinaryIO, *, limits: Limits = WEB) -> Package:
    """Proposals and bad rows of an uploaded file (CSV, XLSX, JSON; seekable).

    Refused for what is no table (base.tables), `no_such_columns`, `bad_json`, `no_rows`.
    """
    start = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n")
    file.seek(0)
    found = _of_json(file) if start[:1] in (b"[", b"{") else _of_table(file, limits)
    if not found.proposals and not found.refused:
        raise Refused("no_rows", gettext_noop("Tệp không có thủ tục nào."))
    return found


def _of_table(file: BinaryIO, limits: Limits) -> Package:
    unreadable: list[BadRow] = []
    with open_table(file, limits=limits) as table:
        columns = [_column(name) for name in table.columns]
        missing = [must for must in MUST if must not in columns]
        doubled = sorted({c for c in columns if c in COLUMNS and columns.count(c) > 1})
        if missing or doubled:
            raise Refused(
                "no_such_columns",
                gettext_noop(
                    "Bảng cần mỗi cột một lần; thiếu: %(missing)s; lặp: %(doubled)s. Các cột đọc được: %(columns)s."
                ),
                params={
                    "missing": ", ".join(missing) or "–",
                    "doubled": ", ".join(doubled) or "–",
                    "columns": ", ".join(COLUMNS),
                },
            )
        rows = []
        for row in table.rows:
            if row.problem:
                unreadable.append(BadRow(row.line, "", Refused("bad_row", row.problem)))
            elif not row.blank and any(cell.strip() for cell in row.cells):
                rows.append((row.line, dict(zip(columns, row.cells, strict=True))))
    found = package(rows, {})
    return Package(found.proposals, (*unreadable, *found.refused))


def _column(heading: str) -> str:
    name = heading.strip().casefold()
    return name if name in COLUMNS else KNOWN.get(fold(heading).replace("_", " "), name)


def _of_json(file: BinaryIO) -> Package:
    data = file.read(LARGEST_JSON + 1)
    try:
        if len(data) > LARGEST_JSON:
            raise ValueError("too large")
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Refused(
            "bad_json", gettext_noop("Tệp JSON không đọc được: cần UTF-8, đúng cú pháp, không quá 64 MB.")
        ) from None
    items = document.get("procedures") if isinstance(document, dict) else document
    if not isinstance(items, list):
        raise Refused(
            "bad_json", gettext_noop("Tệp JSON phải là danh sách thủ tục, hoặc có khóa “procedures”.")
        )
    good: dict[str, Proposal] = {}
    bad: list[BadRow] = []
    for n, item in enumerate(items, 1):
        try:
            proposal = _proposal(n, item)
            if proposal.code in good:
                raise _double(good[proposal.code].line)
            good[proposal.code] = proposal
        except Refused as refused:
            code = item.get("code") if isinstance(item, dict) else ""
            bad.append(BadRow(n, str(code or "")[:20], refused))
    return Package(tuple(good.values()), tuple(bad))


def _double(line: int) -> Refused:
    return Refused("double_code", gettext_noop("Mã này đã có ở dòng %(line)s."), params={"line": line})


def _proposal(n: int, item: Any) -> Proposal:
    if not isinstance(item, dict) or not isinstance(item.get("content"), dict):
        raise Refused("bad_row", gettext_noop("Mỗi thủ tục cần “code”, “name” và “content”."))
    code, name, field = (item.get(key) for key in ("code", "name", "field"))
    if not isinstance(code, str) or not CODE.fullmatch(code) or not isinstance(name, str) or not nfc(name):
        raise Refused("bad_row", gettext_noop("Mỗi thủ tục cần “code” dạng 1.001193 và “name” là chữ."))
    content, problems = examine(item["content"])
    refuse_any(list(problems))
    return Proposal(
        n, code, nfc(name), nfc(field) if isinstance(field, str) else "", content, written(content)
    )


def report_of(found: Package, known: Known) -> Report:
    """The report per row, in the order of the file. `known`: {"name", "field", "content"} of a code today, or None."""
    rows = [ReportRow(b.line, b.code, "", Outcome.BAD, b.problem) for b in found.refused]
    rows += _judged(found, known)
    return Report(tuple(sorted(rows, key=lambda row: row.line)))


def _judged(found: Package, known: Known) -> Iterator[ReportRow]:
    for one in found.proposals:
        now = known(one.code)
        same = now == {"name": one.name, "field": one.field, "content": one.document}
        outcome = Outcome.NEW if now is None else Outcome.SAME if same else Outcome.CHANGED
        yield ReportRow(one.line, one.code, one.name, outcome, proposal=one)
