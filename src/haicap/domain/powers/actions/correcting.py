"""Sửa và bỏ: what was wrong is superseded; what was believed before stays answerable."""

from __future__ import annotations

from datetime import date, datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.powers import events, policy, rules
from haicap.domain.powers.actions.writing import Writing
from haicap.domain.powers.formats.rows import AssertionLine
from haicap.domain.powers.models import Assertion, PowersHead
from haicap.domain.powers.states import Level
from haicap.domain.units.models.register import Unit
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import changed, check_seen, lock_head, record_on

FACTS = (
    "role organ level units condition since until mode parent path citation reading no_fallback added_days added_papers evidence "
    "source note"
).split()


@action
def correct_assertion(
    *, code: str, line: AssertionLine, why: str, seen: int, actor: str, at: datetime
) -> Assertion:
    """Say anew what an assertion says; the old row is kept as what was believed until now.

    line  the assertion as it should read; its power stays
    seen  version of the power on the page
    Refused `not_found`, `not_yours`, `stale`, `no_reason`, `nothing_new`, otherwise as `enter`. Delegations that
    rest on it keep it by its code.
    """
    head = lock_head(PowersHead)
    old = policy.take_assertion(code, actor=actor, at=at)
    check_seen(old.power, seen)
    reason = _reason(why)
    if line.power != old.power.code:
        raise Refused(
            "other_power",
            gettext_noop("Quy định không chuyển sang thẩm quyền khác được. Xin nhập quy định mới."),
        )
    fresh, above = _fresh(code, line, actor, at)
    on = today(at)
    policy.require_entry(policy.require(actor, policy.Verb.ENTER, on), fresh, above, on)
    before, after = _facts(old), _facts(fresh)
    fields = [name for name in before if before[name] != after[name]]
    if not fields:
        raise Refused("nothing_new", gettext_noop("Không có gì thay đổi."))
    data: dict[str, object] = {
        "code": code, "power": old.power.code, "fields": fields,
        "before": {f: before[f] for f in fields}, "after": {f: after[f] for f in fields},
    }  # fmt: skip
    record_on(old.power, events.CORRECTED, at=at, actor=actor, data=data)
    old.superseded_at, old.superseded_why = at, reason
    old.save(update_fields=["superseded_at", "superseded_why"])
    fresh.save()
    changed(head)
    return fresh


def _fresh(code: str, line: AssertionLine, actor: str, at: datetime) -> tuple[Assertion, Level | None]:
    """The row as it should read, judged like a new one, its place in the chain too; and the level of its parent."""
    writing = Writing([], [], actor=actor, at=at)
    writing.units.update(_units_of(line))
    fresh = writing.assertion(1, line, known_code=True)
    fresh.code = code
    every = {**{c: row.parent for c, row in writing.believed.items()}, code: fresh.parent}
    above = writing.believed.get(fresh.parent)
    if fresh.parent and (above is None or (above.power.code, above.role) != (line.power, fresh.role)):
        raise Refused(
            "unknown_parent",
            gettext_noop("Thẩm quyền này không có quy định gốc mã %(name)s trong cùng vai trò."),
            params={"name": fresh.parent},
        )
    rules.check_cycles(every)
    return fresh, writing.above(fresh)


def _units_of(line: AssertionLine) -> dict[str, Unit]:
    return {u.uid: u for u in Unit.objects.filter(uid__in=[*line.units, line.unit])}


@action
def withdraw_assertion(*, code: str, why: str, seen: int, actor: str, at: datetime) -> Assertion:
    """It never was so: the assertion no longer counts, its row and the reason stay.

    What ended on a day is corrected with that day instead. Refused `not_found`, `not_yours`, `stale`, `no_reason`,
    `has_children` while delegations rest on it.
    """
    head = lock_head(PowersHead)
    row = policy.take_assertion(code, actor=actor, at=at)
    check_seen(row.power, seen)
    reason = _reason(why)
    children = Assertion.objects.filter(parent=code, superseded_at__isnull=True).values_list(
        "code", flat=True
    )
    if children:
        raise Refused(
            "has_children",
            gettext_noop("Còn quy định dựa trên quy định này: %(codes)s. Xin xử lý các quy định đó trước."),
            params={"codes": ", ".join(sorted(children))},
        )
    data: dict[str, object] = {"code": code, "power": row.power.code}
    record_on(row.power, events.WITHDRAWN, at=at, actor=actor, data=data)
    row.superseded_at, row.superseded_why = at, reason
    row.save(update_fields=["superseded_at", "superseded_why"])
    changed(head)
    return row


def _reason(why: str) -> str:
    reason = nfc(why)[:500]
    if not reason:
        raise Refused("no_reason", gettext_noop("Xin ghi lý do sửa."))
    return reason


def _facts(row: Assertion) -> dict[str, object]:
    facts = {name: getattr(row, name) for name in FACTS}
    facts |= {"unit": row.unit.uid if row.unit else "", "document": row.document_id}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
