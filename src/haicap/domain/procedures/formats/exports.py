"""Bản xuất: the catalogue of a day, or over time, as JSON (whole records) or as a table (XLSX, CSV)."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from haicap.base.tables import XlsxWriter, guarded

FORMS = ("json", "xlsx", "csv")
# The columns that `formats.imports` and the packaged table read come first: an export can be imported again.
COLUMNS = (
    "code", "name_vi", "field_vi", "level", "authority_vi", "subjects", "time_limit", "time_unit", "time_note",
    "fee_vnd", "fee_note", "documents", "result_vi", "legal_basis", "online", "source", "confidence",
    "from", "to", "state", "decision", "decision_on", "decision_organ", "decision_kind", "replaced_by", "origin",
    "evidence", "doubts", "complete",
)  # fmt: skip
_COMPLETE = ("form", "papers", "fees", "workflow", "result_template")


@dataclass(frozen=True, slots=True)
class Exported:
    """A version as it leaves the house."""

    code: str
    name: str
    field: str
    since: date | None
    until: date | None
    state: str
    decision: str
    decision_on: date | None
    decision_organ: str
    decision_kind: str
    replaced_by: str
    origin: str
    content: Mapping[str, Any]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def document_of(one: Exported) -> dict[str, Any]:
    """A version as JSON: identity, days, decision, content."""
    return {
        "code": one.code,
        "name": one.name,
        "field": one.field,
        "from": _iso(one.since) or None,
        "to": _iso(one.until) or None,
        "state": one.state,
        "decision": {
            "number": one.decision,
            "on": _iso(one.decision_on) or None,
            "organ": one.decision_organ,
            "kind": one.decision_kind,
        }
        if one.decision
        else None,
        "replaced_by": one.replaced_by or None,
        "origin": one.origin or None,
        "content": one.content,
    }


def cells_of(one: Exported) -> list[str]:
    """A version as cells of COLUMNS: what one cell can hold; whole records are in JSON."""
    content = one.content
    value, unit, note = _limit(content)
    amount, fee_note = _fee(content)
    return [
        one.code, one.name, one.field, "|".join(content.get("levels", ())), content.get("authority", ""),
        "|".join(content.get("subjects", ())), value, unit, note, amount, fee_note,
        _names(content.get("papers", ())), _names(content.get("results", ())),
        "; ".join(_cited(c) for c in content.get("legal_basis", ())), content.get("online", "unknown"),
        content.get("source", ""), content.get("confidence", ""), _iso(one.since), _iso(one.until), one.state,
        one.decision, _iso(one.decision_on), one.decision_organ, one.decision_kind, one.replaced_by, one.origin,
        content.get("evidence", ""), " | ".join(content.get("doubts", ())),
        "yes" if all(content.get(section) for section in _COMPLETE) else "no",
    ]  # fmt: skip


def _names(things: Iterable[Mapping[str, Any]]) -> str:
    return "; ".join(thing["name"]["vi"].replace(";", ",") for thing in things)


def _cited(citation: Mapping[str, str]) -> str:
    return ", ".join(v for v in (citation["act"], citation.get("clause", "")) if v)


def _limit(content: Mapping[str, Any]) -> tuple[str, str, str]:
    """The first limit when it is of one part; a sum or several cases are told in the note."""
    limits: Sequence[Mapping[str, Any]] = content.get("limits", ())
    if not limits:
        return "", "", ""
    first, note = limits[0], limits[0].get("note", "")
    parts = first.get("parts", ())
    if len(limits) > 1 or len(parts) > 1:
        told = "; ".join(
            " + ".join(f"{p.get('value', '')} {p['unit']}" for p in x.get("parts", ())) for x in limits
        )
        note = f"{told} ({note})" if note else told
    if not parts:
        return "", "", note
    return parts[0].get("value", ""), parts[0]["unit"], note


def _fee(content: Mapping[str, Any]) -> tuple[str, str]:
    fees: Sequence[Mapping[str, Any]] = content.get("fees", ())
    if not fees:
        return "", ""
    first = fees[0]
    amount = "0" if first["kind"] == "free" else str(first.get("amount", ""))
    return amount, first.get("note", "") or ("" if amount else str(first["kind"]))


def write_export(form: str, path: Path, rows: Iterable[Exported], facts: Mapping[str, str]) -> int:
    """Write one export to `path` (which must not exist); how many versions. KeyError for a form not in FORMS."""
    return _WRITERS[form](path, rows, facts)


def _json(path: Path, rows: Iterable[Exported], facts: Mapping[str, str]) -> int:
    n = 0
    with path.open("x", encoding="utf-8") as file:
        head = json.dumps(dict(facts), ensure_ascii=False)
        file.write(f'{{"about": {head}, "procedures": [')
        for n, one in enumerate(rows, 1):
            file.write(",\n" if n > 1 else "\n")
            file.write(json.dumps(document_of(one), ensure_ascii=False, separators=(",", ":")))
        file.write("\n]}\n")
    return n


def _csv(path: Path, rows: Iterable[Exported], _facts: Mapping[str, str]) -> int:
    n = 0
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for one in rows:
            n += 1
            writer.writerow([guarded(cell) for cell in cells_of(one)])
    return n


def _xlsx(path: Path, rows: Iterable[Exported], _facts: Mapping[str, str]) -> int:
    n = 0
    path.touch(exist_ok=False)
    writer = XlsxWriter(path)
    try:
        writer.write(COLUMNS)
        for one in rows:
            n += 1
            writer.write(cells_of(one))
    finally:
        writer.close()
    return n


_WRITERS: Mapping[str, Callable[[Path, Iterable[Exported], Mapping[str, str]], int]] = {
    "json": _json,
    "csv": _csv,
    "xlsx": _xlsx,
}
