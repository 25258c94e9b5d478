"""Bản địa phương: a province shortens limits, sets fees, opens channels; by its own decision, under its own code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from psycopg.types.range import DateRange

from haicap.base.citation import Citation
from haicap.base.dates import show_date, today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.procedures import events, policy, queries
from haicap.domain.procedures.actions.heads import changed, lock_head, record_on
from haicap.domain.procedures.actions.versions import (
    check_end,
    check_shown,
    closing_decision,
    later_version,
    written_down,
)
from haicap.domain.procedures.content import diff, examine, written
from haicap.domain.procedures.content.problems import refuse_any
from haicap.domain.procedures.models import LocalInstance, Procedure
from haicap.domain.procedures.rules import Decision, check_suffix
from haicap.domain.procedures.states import VersionState, VersionVerb, move
from haicap.domain.units.models import Unit
from haicap.kernel.ledger.actions import action

# What a province may say otherwise; papers, form and result belong to the national record.
SECTIONS = frozenset({"limits", "fees", "channels", "anywhere", "online", "workflow", "competent", "doubts"})
BASIS = Citation("118/2025/NĐ-CP")
Document = Mapping[str, Any]


def _sections(code: str, content: Document, on: date) -> dict[str, Any]:
    """The sections in normal form, judged together with the national record. Refused `not_local`, `bad_content`."""
    foreign = sorted(set(content) - SECTIONS)
    if foreign or not content:
        raise Refused(
            "not_local",
            gettext_noop("Địa phương chỉ quy định: %(allowed)s; không sửa: %(foreign)s."),
            BASIS,
            params={"allowed": ", ".join(sorted(SECTIONS)), "foreign": ", ".join(foreign)[:200] or "–"},
        )
    national = queries.record(code, on)
    whole, problems = examine({**national.document, **content})
    refuse_any(list(problems))
    document = written(whole)
    return {section: document[section] for section in content if section in document}


@action
def draft_instance(
    *, code: str, province: str, suffix: str, content: Document, actor: str, at: datetime
) -> LocalInstance:
    """Begin a local instance of a procedure in force today, in a province (uid).

    Refused `not_yours`, `bad_suffix`, `not_local`, `bad_content`, `not_found`, `not_in_force`.
    """
    on = today(at)
    policy.province_for(actor, province, on)
    sections = _sections(code, content, on)
    row = LocalInstance.objects.create(
        procedure=Procedure.objects.get(code=code),
        province=Unit.objects.get(uid=province),
        suffix=check_suffix(suffix),
        content=sections,
        drafted_by=actor,
    )
    data: dict[str, object] = {"code": f"{code}.{row.suffix}", "province": province}
    record_on(row, events.VERSION_DRAFTED, at=at, actor=actor, data=data)
    return row


def _code(row: LocalInstance) -> str:
    return f"{row.procedure.code}.{row.suffix}"


def _moved(pk: int, seen: int, verb: VersionVerb, actor: str, at: datetime) -> LocalInstance:
    row = policy.take_instance(pk, actor=actor, verb=verb, at=at)
    row.state = move(VersionState(row.state), verb, version=row.version, seen=seen)
    return row


@action
def change_instance(*, pk: int, seen: int, content: Document, actor: str, at: datetime) -> LocalInstance:
    """Change a draft instance; whoever does becomes its drafter. Refused as `draft_instance`, `stale`, `not_now`."""
    row = _moved(pk, seen, VersionVerb.CHANGE, actor, at)
    after = _sections(row.procedure.code, content, today(at))
    sections = list(dict.fromkeys(d.section for d in diff(row.content, after)))
    row.content, row.drafted_by = after, actor
    data: dict[str, object] = {"code": _code(row), "sections": sections}
    record_on(row, events.VERSION_CHANGED, at=at, actor=actor, data=data)
    return row


@action
def submit_instance(*, pk: int, seen: int, actor: str, at: datetime) -> LocalInstance:
    """Hand a draft instance to another person."""
    row = _moved(pk, seen, VersionVerb.SUBMIT, actor, at)
    record_on(row, events.VERSION_SUBMITTED, at=at, actor=actor, data={"code": _code(row)})
    return row


@action
def return_instance(*, pk: int, seen: int, actor: str, at: datetime) -> LocalInstance:
    """Hand it back."""
    row = _moved(pk, seen, VersionVerb.RETURN, actor, at)
    record_on(row, events.VERSION_RETURNED, at=at, actor=actor, data={"code": _code(row)})
    return row


@action
def drop_instance(*, pk: int, seen: int, actor: str, at: datetime) -> LocalInstance:
    """Give up a draft instance."""
    row = _moved(pk, seen, VersionVerb.DROP, actor, at)
    record_on(row, events.VERSION_DROPPED, at=at, actor=actor, data={"code": _code(row)})
    return row


@action
def publish_instance(
    *, pk: int, seen: int, since: date, decision: Decision, actor: str, at: datetime
) -> LocalInstance:
    """Make an instance count from a day on; the province's one before it ends there. Refused as `publish_version`."""
    head = lock_head()  # before any row, as in publish_version
    row = policy.take_instance(pk, actor=actor, verb=VersionVerb.PUBLISH, at=at)
    row.state = move(VersionState(row.state), VersionVerb.PUBLISH, version=row.version, seen=seen)
    written_down(row, decision, since=since, on=today(at), actor=actor)
    before = _close(row, since=since, at=at, actor=actor)
    row.valid = DateRange(since, None, "[)")
    data: dict[str, object] = {
        "code": _code(row), "decision": row.decision_number, "kind": row.decision_kind, "since": show_date(since),
        "replaces": before, "province": row.province.uid,
    }  # fmt: skip
    record_on(row, events.VERSION_PUBLISHED, at=at, actor=actor, data=data)
    changed(head)
    return row


def _close(row: LocalInstance, *, since: date, at: datetime, actor: str) -> int:
    others = LocalInstance.objects.select_for_update().filter(
        procedure_id=row.procedure_id, province_id=row.province_id, valid__isnull=False
    )
    later = others.filter(valid__startswith__gte=since).order_by("valid").first()
    if later is not None:
        raise later_version(later.valid.lower)
    before = others.filter(valid__contains=since).first()
    if before is None:
        return 0
    before.state = move(
        VersionState(before.state), VersionVerb.REPLACE, version=before.version, seen=before.version
    )
    before.valid = DateRange(before.valid.lower, since, "[)")
    data: dict[str, object] = {"code": _code(row), "until": show_date(since), "by": row.pk}
    record_on(before, events.VERSION_REPLACED, at=at, actor=actor, data=data)
    return before.pk


@action
def repeal_instance(
    *, pk: int, seen: int, until: date, decision: str, actor: str, at: datetime
) -> LocalInstance:
    """The national record alone counts again from a day on. Refused `stale`, `not_now`, `no_decision`, `bad_span`."""
    head = lock_head()
    row = _moved(pk, seen, VersionVerb.REPEAL, actor, at)
    number = closing_decision(decision)
    check_end(row.valid, until)
    row.valid, row.ended_decision = DateRange(row.valid.lower, until, "[)"), number
    data: dict[str, object] = {
        "code": _code(row), "until": show_date(until), "decision": number, "replaced_by": "",
    }  # fmt: skip
    record_on(row, events.VERSION_REPEALED, at=at, actor=actor, data=data)
    changed(head)
    return row


@action
def show_instance(*, pk: int, seen: int, on: date, actor: str, at: datetime) -> LocalInstance:
    """Công khai: the day an instance was made public. Refused `already_shown`, `bad_shown`."""
    row = _moved(pk, seen, VersionVerb.SHOW, actor, at)
    check_shown(row, on, today(at))
    row.shown_on = on
    data: dict[str, object] = {"code": _code(row), "on": show_date(on)}
    record_on(row, events.VERSION_SHOWN, at=at, actor=actor, data=data)
    return row
