"""Phiên bản: drafted by one person, reviewed, published on a day by another; what was published is never edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from psycopg.types.range import DateRange

from haicap.base.dates import show_date, today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.procedures import events, policy
from haicap.domain.procedures.actions.heads import changed, lock_head, record_on
from haicap.domain.procedures.content import diff, read_content, written
from haicap.domain.procedures.models import Procedure, ProcedureVersion
from haicap.domain.procedures.rules import Decision, check_code, check_decision
from haicap.domain.procedures.states import DecisionKind, VersionState, VersionVerb, move
from haicap.kernel.ledger.actions import action

Document = Mapping[str, Any]
LONGEST_NAME = 2_000


def named(name: str) -> str:
    """A name in normal form. Refused `no_name`."""
    text = nfc(name)
    if not text or len(text) > LONGEST_NAME:
        raise Refused("no_name", gettext_noop("Thủ tục phải có tên, không quá 2.000 ký tự."))
    return text


@action
def draft_version(
    *, code: str, name: str, field: str, content: Document, actor: str, at: datetime
) -> ProcedureVersion:
    """Begin a draft for a code, new or known. The content may be thin still, but must be of the schema.

    Refused `bad_code`, `no_name`, `bad_content`, `not_yours` (another ministry's procedure).
    """
    on = today(at)
    policy.require(actor, policy.Verb.DRAFT, on)
    procedure, _ = Procedure.objects.get_or_create(code=check_code(code))
    row = ProcedureVersion.objects.create(
        procedure=procedure,
        name=named(name),
        field=nfc(field)[:200],
        content=written(read_content(dict(content))),
        ministry=policy.ministry_for(actor, procedure.owner, on),
        drafted_by=actor,
    )
    data: dict[str, object] = {"code": procedure.code, "province": ""}
    record_on(row, events.VERSION_DRAFTED, at=at, actor=actor, data=data)
    return row


@action
def change_version(
    *, pk: int, seen: int, name: str, field: str, content: Document, actor: str, at: datetime
) -> ProcedureVersion:
    """Change a draft. Refused `stale`, `not_now`, `no_name`, `bad_content`.

    Whoever changes a draft may not publish it either: they become its drafter.
    """
    row = policy.take_version(pk, actor=actor, verb=VersionVerb.CHANGE, at=at)
    move(VersionState(row.state), VersionVerb.CHANGE, version=row.version, seen=seen)
    after = written(read_content(dict(content)))
    new = {"name": named(name), "field": nfc(field)[:200], **after}
    sections = [d.section for d in diff({"name": row.name, "field": row.field, **row.content}, new)]
    row.name, row.field, row.content, row.drafted_by = new["name"], new["field"], after, actor
    data: dict[str, object] = {"code": row.procedure.code, "sections": list(dict.fromkeys(sections))}
    record_on(row, events.VERSION_CHANGED, at=at, actor=actor, data=data)
    return row


def _moved(pk: int, seen: int, verb: VersionVerb, actor: str, at: datetime) -> ProcedureVersion:
    row = policy.take_version(pk, actor=actor, verb=verb, at=at)
    row.state = move(VersionState(row.state), verb, version=row.version, seen=seen)
    return row


@action
def submit_version(*, pk: int, seen: int, actor: str, at: datetime) -> ProcedureVersion:
    """Hand a draft to another person. Refused `stale`, `not_now`."""
    row = _moved(pk, seen, VersionVerb.SUBMIT, actor, at)
    row.note = ""
    record_on(row, events.VERSION_SUBMITTED, at=at, actor=actor, data={"code": row.procedure.code})
    return row


@action
def return_version(*, pk: int, seen: int, note: str, actor: str, at: datetime) -> ProcedureVersion:
    """Hand a draft back with a note of what to mend. Refused `stale`, `not_now`."""
    row = _moved(pk, seen, VersionVerb.RETURN, actor, at)
    row.note = nfc(note)[:2000]
    record_on(row, events.VERSION_RETURNED, at=at, actor=actor, data={"code": row.procedure.code})
    return row


@action
def drop_version(*, pk: int, seen: int, actor: str, at: datetime) -> ProcedureVersion:
    """Give up a draft; it stays readable. Refused `stale`, `not_now`."""
    row = _moved(pk, seen, VersionVerb.DROP, actor, at)
    record_on(row, events.VERSION_DROPPED, at=at, actor=actor, data={"code": row.procedure.code})
    return row


@action
def publish_version(
    *, pk: int, seen: int, since: date, decision: Decision, actor: str, at: datetime
) -> ProcedureVersion:
    """Make a reviewed version count from a day on, by a decision; the one before it ends there.

    Refused `stale`, `not_now`, `same_person`, `no_decision`, `bad_decision`, `not_a_repeal`, `decided_later`,
    `later_version` when a version that counts begins on that day or later.
    """
    head = lock_head()  # before any row: whoever publishes or repeals waits here, holding nothing
    row = policy.take_version(pk, actor=actor, verb=VersionVerb.PUBLISH, at=at)
    row.state = move(VersionState(row.state), VersionVerb.PUBLISH, version=row.version, seen=seen)
    written_down(row, decision, since=since, on=today(at), actor=actor)
    before = _close(row, since=since, at=at, actor=actor)
    row.valid = DateRange(since, None, "[)")
    row.content = written(read_content(row.content))  # the schema may have grown since the draft
    if not row.procedure.owner and row.ministry:
        row.procedure.owner = row.ministry
        row.procedure.save(update_fields=["owner"])
    data: dict[str, object] = {
        "code": row.procedure.code, "decision": row.decision_number, "kind": row.decision_kind,
        "since": show_date(since), "replaces": before, "province": "",
    }  # fmt: skip
    record_on(row, events.VERSION_PUBLISHED, at=at, actor=actor, data=data)
    changed(head)
    return row


def written_down(row: Any, decision: Decision, *, since: date, on: date, actor: str) -> None:
    """Write a decision on a version or instance. Refused as `publish_version`."""
    fit = check_decision(decision)
    if fit.kind is DecisionKind.REPEALED:
        raise Refused(
            "not_a_repeal", gettext_noop("Quyết định bãi bỏ không công bố phiên bản; xin dùng việc bãi bỏ.")
        )
    if fit.on > on or fit.on > since:
        raise Refused(
            "decided_later",
            gettext_noop("Ngày ký %(signed)s sau hôm nay hoặc sau ngày áp dụng. Xin xem lại các ngày."),
            params={"signed": show_date(fit.on)},
        )
    row.decision_number, row.decision_on, row.decision_organ = fit.number, fit.on, fit.organ
    row.decision_kind, row.decided_by, row.authorised_by = fit.kind, fit.decided_by, fit.authorised_by
    row.basis_from, row.published_by = fit.basis_from, actor


def _close(row: ProcedureVersion, *, since: date, at: datetime, actor: str) -> int:
    """End the version in force at `since`; its key, 0 when there is none. Refused `later_version`."""
    others = ProcedureVersion.objects.select_for_update().filter(
        procedure_id=row.procedure_id, valid__isnull=False
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
    data: dict[str, object] = {"code": row.procedure.code, "until": show_date(since), "by": row.pk}
    record_on(before, events.VERSION_REPLACED, at=at, actor=actor, data=data)
    return before.pk


def later_version(begins: date) -> Refused:
    """The refusal when another version already begins on the day or after it."""
    return Refused(
        "later_version",
        gettext_noop("Đã có phiên bản áp dụng từ %(begins)s. Xin chọn ngày sau ngày đó."),
        params={"begins": show_date(begins)},
    )


@action
def repeal_version(
    *, pk: int, seen: int, until: date, decision: str, replaced_by: str = "", actor: str, at: datetime
) -> ProcedureVersion:
    """Bãi bỏ: nothing counts from a day on, by a decision; `replaced_by`: the code that takes over, if any.

    Refused `stale`, `not_now`, `no_decision`, `bad_span`, `bad_code`, `not_found` for a code nobody knows.
    """
    head = lock_head()
    row = policy.take_version(pk, actor=actor, verb=VersionVerb.REPEAL, at=at)
    row.state = move(VersionState(row.state), VersionVerb.REPEAL, version=row.version, seen=seen)
    number = closing_decision(decision)
    check_end(row.valid, until)
    row.replaced_by = _known(replaced_by, row.procedure.code) if replaced_by else None
    row.valid, row.ended_decision = DateRange(row.valid.lower, until, "[)"), number
    data: dict[str, object] = {
        "code": row.procedure.code, "until": show_date(until), "decision": number, "replaced_by": replaced_by.strip(),
    }  # fmt: skip
    record_on(row, events.VERSION_REPEALED, at=at, actor=actor, data=data)
    changed(head)
    return row


def check_end(valid: Any, until: date) -> None:
    """Refused `bad_span` when nothing would be left of the days."""
    if until <= valid.lower:
        raise Refused("bad_span", gettext_noop("Ngày hết áp dụng phải sau ngày bắt đầu."))


def closing_decision(number: str) -> str:
    """The number of the decision that ends something. Refused `no_decision`."""
    text = nfc(number)
    if not text or "/" not in text or len(text) > 60:
        raise Refused(
            "no_decision",
            gettext_noop("Công bố cần số quyết định và cơ quan ban hành, ghi như trên văn bản."),
        )
    return text


def _known(code: str, own: str) -> Procedure:
    found = Procedure.objects.filter(code=check_code(code)).exclude(code=own).first()
    if found is None:
        raise Refused(
            "not_found", gettext_noop("Danh mục không có thủ tục mã %(code)s."), params={"code": code[:20]}
        )
    return found


@action
def show_version(*, pk: int, seen: int, on: date, actor: str, at: datetime) -> ProcedureVersion:
    """Công khai: the day the record was made public on the national database. Refused `already_shown`, `bad_date`."""
    row = _moved(pk, seen, VersionVerb.SHOW, actor, at)
    check_shown(row, on, today(at))
    row.shown_on = on
    data: dict[str, object] = {"code": row.procedure.code, "on": show_date(on)}
    record_on(row, events.VERSION_SHOWN, at=at, actor=actor, data=data)
    return row


def check_shown(row: Any, on: date, day: date) -> None:
    """Refused when it was made public already, or the day cannot be."""
    if row.shown_on is not None:
        raise Refused(
            "already_shown",
            gettext_noop("Đã công khai ngày %(on)s."),
            params={"on": show_date(row.shown_on)},
        )
    if on > day or (row.decision_on is not None and on < row.decision_on):
        raise Refused("bad_shown", gettext_noop("Ngày công khai phải từ ngày ký quyết định đến hôm nay."))
