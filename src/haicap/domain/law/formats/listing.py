"""JSON: the five lists as one document, one row a line."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from haicap.base.refused import Refused
from haicap.base.tables import Limits
from haicap.base.words import gettext_noop
from haicap.domain.law.formats.headings import bad_heading, unknown_sheet
from haicap.domain.law.formats.problems import Problem
from haicap.domain.law.formats.rows import SHEETS, Cells, Lists, Tables, cells, columns

LARGEST_JSON = 64 * 1024 * 1024
FORMAT = "haicap-law"


def read_json(file: BinaryIO, limits: Limits) -> tuple[Lists, list[Problem]]:
    """The cells of every list by place; Refused `bad_json`, `too_many_rows`."""
    lists: Lists = {}
    problems: list[Problem] = []
    for name, items in _document(file).items():
        if name == "format":
            continue
        if name not in SHEETS or not isinstance(items, list):
            problems.append(unknown_sheet(name))
            continue
        if len(items) > limits.rows:
            raise Refused("too_many_rows", gettext_noop("Bảng có quá nhiều dòng; xin chia thành nhiều tệp."))
        lists[name] = []
        for line, item in enumerate(items, 1):
            row, wrong = _of_item(name, line, item)
            lists[name].append((line, row))
            problems += wrong
    return lists, problems


def _document(file: BinaryIO) -> dict[str, Any]:
    data = file.read(LARGEST_JSON + 1)
    document = None
    if len(data) <= LARGEST_JSON:
        try:
            document = json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            document = None
    if not isinstance(document, dict) or document.get("format", FORMAT) != FORMAT:
        raise Refused(
            "bad_json",
            gettext_noop(
                "Tệp không phải bảng XLSX, cũng không phải JSON (UTF-8, không quá 64 MB) với các danh sách: %(known)s."
            ),
            params={"known": ", ".join(SHEETS)},
        )
    return document


def _of_item(sheet: str, line: int, item: Any) -> tuple[Cells, list[Problem]]:
    if not isinstance(item, dict):
        return {}, [Problem(sheet, line, "", gettext_noop("Mỗi dòng phải là một đối tượng JSON."))]
    known = columns(sheet)
    row: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value in item.items():
        if name not in known:
            problems += bad_heading(sheet, line, [name])
        elif value is not None and not isinstance(value, str):
            problems.append(Problem(sheet, line, name, gettext_noop("Giá trị phải là chữ hoặc null.")))
        else:
            row[name] = value or ""
    return row, problems


def write_json(target: BinaryIO, tables: Tables) -> None:
    """All five lists as JSON in UTF-8, one row a line; empty cells are left out."""
    target.write(f'{{"format": "{FORMAT}"'.encode())
    for sheet in SHEETS:
        target.write(f',\n"{sheet}": ['.encode())
        for place, row in enumerate(tables.of(sheet)):
            filled = {name: cell for name, cell in zip(columns(sheet), cells(row), strict=True) if cell}
            target.write(
                (",\n" if place else "\n").encode() + json.dumps(filled, ensure_ascii=False).encode()
            )
        target.write(b"]")
    target.write(b"}\n")
