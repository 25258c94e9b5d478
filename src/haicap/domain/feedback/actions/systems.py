"""Danh mục hệ thống và kế hoạch thăm dò: loaded, added, changed, retired; planned work announced and called off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.feedback import systems_policy as policy
from haicap.domain.feedback.actions.incidents import in_words
from haicap.domain.feedback.models.systems import PlannedWork, System
from haicap.domain.feedback.uptime import events
from haicap.domain.feedback.uptime.packaged import Line
from haicap.domain.feedback.uptime.states import SystemKind
from haicap.domain.units.models import Unit
from haicap.domain.units.organs import KINDS
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.actions.rows import check_seen, record_on
from haicap.kernel.ledger.chain import Head

LONGEST_WORK = timedelta(days=31)
_EDITABLE = ("name", "name_en", "owner", "address", "contact", "evidence", "source", "note")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a system is probed; the bounds are those of `_sane`."""

    probe_on: bool
    probe_url: str
    every_minutes: int = 5
    timeout_seconds: int = 10
    expect_status: int = 200
    expect_text: str = ""
    certificate_days: int = 14
    failures: int = 3
    calm_minutes: int = 30


_BOUNDS: Mapping[str, tuple[int, int]] = {
    "every_minutes": (1, 1440), "timeout_seconds": (1, 60), "expect_status": (100, 599), "certificate_days": (0, 365),
    "failures": (1, 100), "calm_minutes": (0, 1440),
}  # fmt: skip


@action
def load_systems(*, lines: Sequence[Line], actor: str, at: datetime) -> int:
    """Nạp danh mục đóng gói, once: Refused `already_loaded`. Provinces unknown on the day are Refused `bad_unit`."""
    if actor != policy.SYSTEM:
        raise policy.forbidden()
    if System.objects.exists():
        raise Refused("already_loaded", gettext_noop("Danh mục hệ thống đã có dữ liệu."))
    units = _provinces(lines)
    rows = [_row(line, units) for line in lines]
    for row in rows:
        row.probe_on = row.kind == SystemKind.OWN
        row.every_minutes = 1 if row.probe_on else 5
    System.objects.bulk_create(rows)
    record(
        stream="feedback.systems:packaged", head=Head(), kind=events.LOADED, at=at, actor=actor,
        data={"systems": len(rows)},
    )  # fmt: skip
    return len(rows)


@action
def add_system(*, line: Line, actor: str, at: datetime) -> System:
    """Thêm hệ thống. Refused `not_yours`, `code_taken`, `bad_system`, `bad_unit`."""
    policy.require_keeper(actor, at)
    if System.objects.filter(code=line.code).exists():
        raise Refused("code_taken", gettext_noop("Mã này đã dùng cho hệ thống khác."))
    row = _row(line, _provinces([line]))
    data: dict[str, object] = {"code": row.code, "owner": row.owner, "unit": line.unit}
    record_on(row, events.ADDED, at=at, actor=actor, data=data)
    return row


@action
def change_system(*, code: str, facts: Mapping[str, str], seen: int, actor: str, at: datetime) -> System:
    """Sửa tên, cơ quan, địa chỉ, đầu mối, nguồn. Refused `not_found`, `not_yours`, `stale`, `bad_system`, `nothing_new`."""
    row = policy.take_system(code, actor=actor, at=at)
    check_seen(row, seen)
    wanted = {name: nfc(facts[name]) for name in _EDITABLE if name in facts}
    before = {name: getattr(row, name) for name, value in wanted.items() if getattr(row, name) != value}
    if not before:
        raise Refused("nothing_new", gettext_noop("Không có gì thay đổi."))
    if "owner" in before:
        policy.require_keeper(actor, at)
    after = {name: wanted[name] for name in before}
    for name, value in after.items():
        setattr(row, name, value)
    _named(row)
    data: dict[str, object] = {"code": code, "fields": sorted(after), "before": before, "after": after}
    record_on(row, events.CHANGED, at=at, actor=actor, data=data)
    return row


@action
def plan_probe(*, code: str, plan: Plan, seen: int, actor: str, at: datetime) -> System:
    """Đặt kế hoạch thăm dò, bật hoặc tắt. Refused `not_found`, `not_yours`, `stale`, `bad_plan`, `nothing_new`."""
    row = policy.take_system(code, actor=actor, at=at)
    check_seen(row, seen)
    _sane(plan, row)
    after = {
        f.name: getattr(plan, f.name) for f in fields(Plan) if getattr(row, f.name) != getattr(plan, f.name)
    }
    if not after:
        raise Refused("nothing_new", gettext_noop("Không có gì thay đổi."))
    before = {name: getattr(row, name) for name in after}
    for name, value in asdict(plan).items():
        setattr(row, name, value)
    data: dict[str, object] = {
        "code": code, "switch": "bật" if plan.probe_on else "tắt", "before": before, "after": after
    }  # fmt: skip
    record_on(row, events.PLANNED, at=at, actor=actor, data=data)
    return row


@action
def retire_system(*, code: str, on: date, seen: int, actor: str, at: datetime) -> System:
    """Hệ thống ngừng từ ngày `on`; no longer probed. Refused `not_found`, `not_yours`, `stale`, `bad_day`."""
    row = policy.take_system(code, actor=actor, at=at)
    policy.require_keeper(actor, at)
    check_seen(row, seen)
    if row.valid.upper is not None or (row.valid.lower is not None and on <= row.valid.lower):
        raise Refused("bad_day", gettext_noop("Ngày ngừng phải sau ngày bắt đầu, và chỉ ghi một lần."))
    row.valid = DateRange(row.valid.lower, on)
    row.probe_on = row.probe_on and on > today(at)
    record_on(row, events.RETIRED, at=at, actor=actor, data={"code": code, "on": str(on)})
    return row


@action
def plan_work(
    *, system: str, since: datetime, until: datetime, text: str, actor: str, at: datetime
) -> PlannedWork:
    """Báo trước bảo trì. Refused `not_found`, `not_yours`, `bad_span`, `no_words`, `too_long`."""
    row = policy.take_system(system, actor=actor, at=at)
    if not since < until or until <= at or until - since > LONGEST_WORK:
        raise Refused(
            "bad_span",
            gettext_noop("Giờ bảo trì phải ở phía trước, kết thúc sau khi bắt đầu, không quá 31 ngày."),
        )
    work = PlannedWork(system=row, since_at=since, until_at=until, text=in_words(text), planned_by=actor)
    PlannedWork.objects.bulk_create([work])
    data: dict[str, object] = {
        "system": row.code, "work": work.pk, "since": since.isoformat(), "until": until.isoformat()
    }  # fmt: skip
    record_on(row, events.WORK_PLANNED, at=at, actor=actor, data=data)
    return work


@action
def cancel_work(*, pk: int, actor: str, at: datetime) -> PlannedWork:
    """Hủy đợt bảo trì. Refused `not_found`, `not_yours`."""
    work = policy.take_work(pk, actor=actor, at=at)
    row = policy.take_system(work.system.code, actor=actor, at=at)
    work.cancelled_at = at
    work.save(update_fields=["cancelled_at"])
    record_on(row, events.WORK_CANCELLED, at=at, actor=actor, data={"system": row.code, "work": work.pk})
    return work


def _row(line: Line, units: Mapping[str, Unit]) -> System:
    row = System(
        code=line.code, name=nfc(line.name), name_en=nfc(line.name_en), kind=line.kind.value, owner=line.owner,
        unit=units[line.unit] if line.unit else None, address=line.address, contact=nfc(line.contact),
        valid=DateRange(line.since, None), evidence=line.evidence, source=nfc(line.source), note=nfc(line.note),
        probe_url=line.address,
    )  # fmt: skip
    _named(row)
    return row


def _named(row: System) -> None:
    good = row.name and row.owner in KINDS and row.code and row.code.isascii() and len(row.code) <= 40
    web = not row.address or row.address.startswith(("https://", "http://"))
    if not good or not web or not all(c.isalnum() or c == "-" for c in row.code):
        raise Refused(
            "bad_system",
            gettext_noop(
                "Hệ thống cần mã (chữ, số, gạch nối), tên, cơ quan chịu trách nhiệm; địa chỉ bắt đầu bằng https://."
            ),
        )


def _sane(plan: Plan, row: System) -> None:
    url_good = len(plan.probe_url) <= 1000 and plan.probe_url.isascii() and plan.probe_url.isprintable()
    if (
        plan.probe_on
        and row.kind != SystemKind.OWN
        and not plan.probe_url.startswith(("https://", "http://"))
    ):
        raise Refused(
            "bad_plan", gettext_noop("Bật thăm dò thì cần địa chỉ bắt đầu bằng https:// hoặc http://.")
        )
    numbers = all(low <= getattr(plan, name) <= high for name, (low, high) in _BOUNDS.items())
    if not url_good or not numbers or len(plan.expect_text) > 500 or "\0" in plan.expect_text:
        raise Refused("bad_plan", gettext_noop("Kế hoạch thăm dò có giá trị ngoài giới hạn cho phép."))


def _provinces(lines: Sequence[Line]) -> dict[str, Unit]:
    """The units by the identity or code the lines give."""
    wanted = {line.unit for line in lines if line.unit}
    found = {unit.uid: unit for unit in Unit.objects.filter(uid__in=wanted)}
    if wanted - set(found):
        raise Refused("bad_unit", gettext_noop("Không có đơn vị này."))
    return found
