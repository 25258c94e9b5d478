"""Thẩm quyền của thủ tục: which power a procedure exercises is said, taken back, and loaded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.law.states import Evidence
from haicap.domain.powers import queries as powers
from haicap.domain.powers.conditions import Choice, Condition, Interval, parse, written
from haicap.domain.powers.queries import PowerRow
from haicap.domain.powers.states import Role
from haicap.domain.procedures import events, policy
from haicap.domain.procedures.actions.heads import changed, lock_head, record_on_head
from haicap.domain.procedures.models import Exercise, Procedure
from haicap.kernel.ledger.actions import action

LONGEST = 500


@dataclass(frozen=True, slots=True)
class ExerciseLine:
    """A procedure (code) exercises a power (code) in a role, in the cases of a condition ("" every case)."""

    procedure: str
    power: str
    role: Role
    condition: str = ""
    evidence: Evidence = Evidence.UNCONFIRMED
    source: str = ""
    note: str = ""


@action
def load_powers(*, lines: Sequence[ExerciseLine], source: str, actor: str, at: datetime) -> int:
    """The first list of powers exercised, once; how many lines. One event. Refused `already_loaded`.

    Lines whose procedure or power is not there are skipped and counted.
    """
    head = lock_head()
    if head.powers_loaded:
        raise Refused("already_loaded", gettext_noop("Thẩm quyền của thủ tục đã được nạp."))
    ids = dict(Procedure.objects.filter(code__in={x.procedure for x in lines}).values_list("code", "pk"))
    known = powers.register().powers
    rows = [
        Exercise(
            procedure_id=ids[x.procedure], power_id=known[x.power].pk, role=x.role.value,
            condition=_judged(x.condition, known[x.power]), evidence=x.evidence.value, source=x.source, note=x.note,
        )
        for x in lines
        if x.procedure in ids and x.power in known
    ]  # fmt: skip
    Exercise.objects.bulk_create(rows, batch_size=1000)
    data: dict[str, object] = {"loaded": len(rows), "skipped": len(lines) - len(rows), "source": source}
    head.powers_loaded = True
    record_on_head(head, events.POWERS_LOADED, at=at, actor=actor, data=data)
    head.save(update_fields=["powers_loaded"])
    changed(head)
    return len(rows)


@action
def name_power(*, line: ExerciseLine, actor: str, at: datetime) -> Exercise:
    """Say which power a procedure exercises.

    Refused `not_found` (procedure, power), `not_yours`, `bad_condition`, `unknown_attribute`, `unknown_value`,
    `no_source` (a confirmed line says where it was read), `too_long`, `there_already`.
    """
    power = powers.power(line.power)
    head = lock_head()
    procedure = policy.take_procedure(line.procedure, power.owner, actor=actor, at=at)
    condition = _judged(line.condition, power)
    source, note = nfc(line.source), nfc(line.note)
    if line.evidence is Evidence.CONFIRMED and not source:
        raise Refused(
            "no_source", gettext_noop("Đã xác minh thì xin ghi đọc ở đâu: số văn bản, điều, khoản.")
        )
    if max(len(source), len(note)) > LONGEST:
        raise Refused("too_long", gettext_noop("Xin viết không quá %(n)s ký tự."), params={"n": LONGEST})
    key = {"procedure": procedure, "power_id": power.pk, "role": line.role.value, "condition": condition}
    if Exercise.objects.filter(**key).exists():
        raise Refused("there_already", gettext_noop("Thủ tục này đã ghi thẩm quyền đó."))
    row = Exercise.objects.create(**key, evidence=line.evidence.value, source=source, note=note)
    data: dict[str, object] = {
        "code": procedure.code, "power": power.code, "role": row.role, "condition": condition, "evidence": row.evidence
    }  # fmt: skip
    record_on_head(head, events.POWER_NAMED, at=at, actor=actor, data=data)
    changed(head)
    return row


@action
def drop_power(*, code: str, power: str, role: Role, condition: str, actor: str, at: datetime) -> None:
    """Take back that a procedure exercises a power; the ledger keeps it, and it may be said again.

    Refused `not_found`, `not_yours`.
    """
    of = powers.power(power)
    head = lock_head()
    procedure = policy.take_procedure(code, of.owner, actor=actor, at=at)
    row = Exercise.objects.filter(
        procedure=procedure, power_id=of.pk, role=role.value, condition=condition
    ).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Thủ tục này không ghi thẩm quyền đó."))
    data: dict[str, object] = {
        "code": code, "power": power, "role": role.value, "condition": condition
    }  # fmt: skip
    record_on_head(head, events.POWER_DROPPED, at=at, actor=actor, data=data)
    row.delete()
    changed(head)


def _judged(text: str, power: PowerRow) -> str:
    """A condition in canonical words, if it speaks of what the power declares."""
    condition = parse(text)
    _check(condition, power)
    return written(condition)


def _check(condition: Condition, power: PowerRow) -> None:
    for term in condition.terms:
        declared = power.attributes.get(term.attribute)
        numeric = declared is not None and len(declared) == 2 and all(isinstance(v, int) for v in declared)
        if declared is None or isinstance(term.of, Interval) != numeric:
            raise Refused(
                "unknown_attribute",
                gettext_noop("Thẩm quyền %(power)s không có thuộc tính “%(name)s” viết như thế."),
                params={"power": power.code, "name": term.attribute},
            )
        strange = set(term.of.values) - set(map(str, declared)) if isinstance(term.of, Choice) else set()
        if strange:
            raise Refused(
                "unknown_value",
                gettext_noop("Thuộc tính “%(name)s” không có giá trị “%(value)s”."),
                params={"name": term.attribute, "value": min(strange)},
            )
