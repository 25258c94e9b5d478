"""Bảng phân luồng và tổ công tác: who answers what, who is on duty, who stands in, what is handed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q
from psycopg.types.range import DateRange

from haicap.base.dates import show_date, today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import queries as dossiers
from haicap.domain.feedback import events, policy, rules
from haicap.domain.feedback.actions.filing import fresh
from haicap.domain.feedback.models import Route, RoutesHead
from haicap.domain.feedback.packaged import RouteRow
from haicap.domain.feedback.routing import HOLDER, OWNER, SYSTEM_OWNER
from haicap.domain.feedback.states import Kind
from haicap.domain.units.organs import KINDS
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.actions.rows import changed, check_seen, lock_head, record_on

STREAM = "feedback.routes:all"


@action
def load_routes(*, rows: Iterable[RouteRow], actor: str, at: datetime) -> int:
    """The packaged table, once. Refused `already_loaded`."""
    head = lock_head(RoutesHead)
    if head.generation:
        raise Refused("already_loaded", gettext_noop("Bảng phân luồng đã có."))
    made = [
        Route(
            code=r.code, kind=r.kind, level=r.level, procedure=r.procedure, field=r.field, organs=list(r.organs),
            valid=DateRange(None, None), place=r.place, citation=r.citation, evidence=r.evidence, note=r.note,
        )
        for r in rows
    ]  # fmt: skip
    Route.objects.bulk_create(made)
    changed(head)
    record(
        stream=STREAM,
        head=ledger.head_of(STREAM),
        kind=events.ROUTES_LOADED,
        at=at,
        actor=actor,
        data={"rules": len(made)},
    )
    return len(made)


@action
def set_route(
    *,
    organs: Sequence[str],
    since: date,
    actor: str,
    at: datetime,
    kind: str = "",
    level: str = "",
    province: str = "",
    procedure: str = "",
    field: str = "",
    until: date | None = None,
    citation: str = "",
    note: str = "",
) -> Route:
    """A new line of the table, of the nation or of a province (uid). Refused `no_organs`, `bad_organ`, `bad_days`, `bad_kind`."""
    policy.require_route(actor, province, today(at))
    known = {*KINDS, HOLDER, OWNER, SYSTEM_OWNER}
    if not organs:
        raise Refused("no_organs", gettext_noop("Xin chọn ít nhất một cơ quan nhận."))
    wrong = [organ for organ in organs if organ not in known]
    if wrong:
        raise Refused(
            "bad_organ", gettext_noop("Không có loại cơ quan “%(kind)s”."), params={"kind": wrong[0][:40]}
        )
    if (kind and kind not in set(Kind)) or level not in ("", "nation", "province", "commune"):
        raise Refused("bad_kind", gettext_noop("Loại phiếu hoặc cấp không đúng."))
    if until is not None and until <= since:
        raise Refused("bad_days", gettext_noop("Ngày kết thúc phải sau ngày bắt đầu."))
    head = lock_head(RoutesHead)
    row = Route(
        code=f"r-{fresh(6).lower()}", kind=kind, level=level, procedure=procedure[:20], field=rules.words(field, 100),
        province_id=dossiers.place(province, since).province_id if province else None, organs=list(organs),
        valid=DateRange(since, until), place=5, citation=rules.words(citation, 200), evidence="confirmed",
        note=rules.words(note, 300),
    )  # fmt: skip
    data: dict[str, object] = {"code": row.code, "organs": list(organs), "kind": kind, "province": province}
    record_on(row, events.ROUTE_SET, at=at, actor=actor, data=data)
    changed(head)
    return row


@action
def end_route(*, code: str, until: date, seen: int, actor: str, at: datetime) -> Route:
    """A line counts no more from `until` on. Refused `not_found`, `not_yours`, `stale`, `bad_days`."""
    row = Route.objects.select_for_update(of=("self",)).select_related("province").filter(code=code).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có dòng phân luồng này."))
    policy.require_route(actor, row.province.uid if row.province else "", today(at))
    check_seen(row, seen)
    start = row.valid.lower
    if start is not None and until <= start:
        raise Refused("bad_days", gettext_noop("Ngày kết thúc phải sau ngày bắt đầu."))
    head = lock_head(RoutesHead)
    row.valid = DateRange(start, until)
    record_on(row, events.ROUTE_ENDED, at=at, actor=actor, data={"code": code})
    changed(head)
    return row


def days_text(since: date, until: date | None) -> str:
    """Days as an event tells them, the last one included."""
    return f"{show_date(since)} – {show_date(until) or '…'}"


def overlapping(since: date, until: date | None) -> Q:
    """Rows whose `days` meet these."""
    return Q(days__overlap=DateRange(since, until))
