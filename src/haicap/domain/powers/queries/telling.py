"""Câu trả lời cho máy: powers, assertions, holders and findings as the API and the command line tell them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.powers import rules
from haicap.domain.powers.conditions import parse, written
from haicap.domain.powers.detectors import Finding
from haicap.domain.powers.formats.cells import ASSERTIONS, POWERS, cells, columns
from haicap.domain.powers.formats.rows import AssertionLine, PowerLine
from haicap.domain.powers.models import Case
from haicap.domain.powers.queries.drafting import Shift
from haicap.domain.powers.queries.effective import current
from haicap.domain.powers.queries.findings import find
from haicap.domain.powers.queries.holding import CaseValues, Holder, Stretch
from haicap.domain.powers.queries.register import AssertionRow, PowerRow, read_assertions
from haicap.domain.powers.states import FindingKind, Role
from haicap.domain.units import queries as units

Told = dict[str, Any]


def day(value: date | None) -> str | None:
    """A day as machines read it."""
    return value.isoformat() if value else None


def power_told(row: PowerRow) -> Told:
    """A power in a line."""
    return {
        "code": row.code,
        "sort": row.sort.value,
        "name": row.name,
        "name_en": row.name_en,
        "field": row.field,
        "attributes": {name: list(values) for name, values in row.attributes.items()},
        "level": row.level.value,
        "owner": row.owner,
        "evidence": row.evidence.value,
        "source": row.source,
        "note": row.note,
    }


def assertion_told(row: AssertionRow) -> Told:
    """An assertion as it is written; units by uid, none: everywhere."""
    return {
        "code": row.code,
        "role": row.role.value,
        "organ": row.organ,
        "unit": row.unit or None,
        "level": row.level.value,
        "units": list(row.units),
        "condition": written(row.condition),
        "since": day(row.since),
        "until": day(row.until),
        "mode": row.mode.value,
        "parent": row.parent or None,
        "citation": row.citation,
        "document": row.document.slug if row.document else None,
        "path": row.path,
        "reading": row.reading.value,
        "no_fallback": row.no_fallback,
        "evidence": row.evidence.value,
        "source": row.source,
        "note": row.note,
        "recorded_at": row.recorded_at.isoformat(),
    }


def stretch_told(stretch: Stretch) -> Told:
    """When an assertion counts, by the law that is in force."""
    return {"assertion": stretch.row.code, "since": day(stretch.since), "until": day(stretch.until)}


def holder_told(holder: Holder, on: date) -> Told:
    """Who holds: organ, level, mode and citation first (docs/contracts.md, Powers)."""
    row = holder.assertion
    return {
        "organ": holder.organ,
        "level": holder.level.value,
        "mode": row.mode.value,
        "citation": row.citation,
        "name": holder.name(on),
        "unit": holder.unit or None,
        "role": holder.role.value,
        "condition": written(row.condition),
        "since": day(holder.since),
        "until": day(holder.until),
        "assertion": row.code,
        "parent": row.parent or None,
        "document": row.document.slug if row.document else None,
        "path": row.path,
        "evidence": row.evidence.value,
    }


def finding_told(finding: Finding | Case, power: str, codes: Mapping[str, str] | None = None) -> Told:
    """A finding, keys in the order of the contract. Without `codes` none stand for everywhere; with them all are told."""
    case = finding.case if isinstance(finding, Finding) else finding.condition
    told: Told = {
        "kind": str(finding.kind),
        "power": power,
        "role": str(finding.role),
        "units": _codes(finding.units, finding.until, codes),
        "interval": [day(finding.since), day(finding.until)],
        "case": case,
        "citations": list(finding.citations),
    }
    if finding.kind == FindingKind.OMISSION:
        told["reason"] = str(finding.reason)
    if finding.note:
        told["note"] = finding.note
    return told


def _codes(uids: Sequence[str], until: date | None, codes: Mapping[str, str] | None) -> list[str]:
    if codes is not None:
        return sorted(codes[uid] for uid in (uids or codes) if uid in codes)
    known = units.register()
    return sorted({v[-1].code for uid in uids if (v := known.versions(uid))})


def every_code() -> Mapping[str, str]:
    """Codes of the communes of the register of powers, by uid."""
    known = units.register()
    return {uid: known.versions(uid)[-1].code for uid in current().ground.units}


def case_told(row: Case) -> Told:
    """A finding as a case: what was decided is told in a word, the words of the decision stay with the officers."""
    return {
        "key": row.key,
        **finding_told(row, row.power.code),
        "everywhere": not row.units,
        "assertions": list(row.assertions),
        "owner": row.owner,
        "state": row.state,
        "found_at": row.found_at.isoformat(),
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
        "gone_at": row.gone_at.isoformat() if row.gone_at else None,
        "gone_why": row.gone_why or None,
    }


def believed(power: str, at: datetime) -> list[AssertionRow]:
    """Assertions of a power as the register held them at an instant. One statement."""
    return [row for row in read_assertions(believed_at=at) if row.power == power]


def touching_now(power: str, *, unit: str, on: date, role: Role, case: CaseValues) -> list[Finding]:
    """Findings that touch a question, reckoned now instead of read from the cases. Costs a check of the power."""
    return [
        found.finding
        for found in find([power], on=on)
        if found.finding.role is role
        and (not found.finding.units or unit in found.finding.units)
        and parse(found.finding.case).allows(case)
    ]


def tables_json(powers: Iterable[PowerLine], assertions: Iterable[AssertionLine]) -> bytes:
    """Lines as JSON in the form that entries read."""
    document = {
        sheet: [dict(zip(columns(sheet), cells(row), strict=True)) for row in rows]
        for sheet, rows in ((POWERS, powers), (ASSERTIONS, assertions))
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def shift_told(shift: Shift) -> Told:
    """Who holds before and after a table, from a day on."""

    def named(rows: Iterable[AssertionRow]) -> list[Told]:
        return [
            {"organ": r.organ, "level": r.level.value, "mode": r.mode.value, "citation": r.citation}
            for r in rows
        ]

    return {
        "power": shift.power.code,
        "role": shift.role.value,
        "on": shift.on.isoformat(),
        "before": named(shift.before),
        "after": named(shift.after),
    }


def read_case(power: PowerRow, told: Iterable[str]) -> dict[str, int | str]:
    """“attribute=value”, each once. Refused `bad_case`, `unknown_attribute`, `unknown_value` with what there is."""
    found: dict[str, int | str] = {}
    for text in told:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not value:
            raise Refused(
                "bad_case",
                gettext_noop("Trường hợp “%(text)s” không đọc được; xin viết như “khoan=2”."),
                params={"text": text[:80]},
            )
        if name not in power.attributes:
            raise Refused(
                "unknown_attribute",
                gettext_noop("Thẩm quyền %(power)s không có thuộc tính “%(name)s”; có: %(known)s."),
                params={"power": power.code, "name": name[:40], "known": ", ".join(power.attributes) or "–"},
            )
        found[name] = _value(power, name, value)
    return found


def _value(power: PowerRow, name: str, value: str) -> int | str:
    declared = power.attributes[name]
    numeric = rules.is_numeric(declared)
    if numeric and value.removeprefix("-").isdecimal() and len(value) < 12:
        return int(value)
    if not numeric and value in set(map(str, declared)):
        return value
    raise Refused(
        "unknown_value",
        gettext_noop("Thuộc tính “%(name)s” không có giá trị “%(value)s”; có: %(known)s."),
        params={"name": name, "value": value[:40], "known": ", ".join(map(str, declared))},
    )


def instant(text: str) -> datetime | None:
    """An instant as “2026-11-01T09:00:00+07:00”; None for "". Refused `bad_instant`."""
    if not text.strip():
        return None
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Refused(
            "bad_instant",
            gettext_noop("“%(text)s” không phải một thời điểm; xin viết như 2026-11-01T09:00:00+07:00."),
            params={"text": text[:40]},
        )
    return found
