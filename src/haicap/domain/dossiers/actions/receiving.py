"""Tiếp nhận: received, refused, sent back for what is missing, supplied. Decree 118/2025/NĐ-CP, điều 17."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import events, policy, queries, rules, states
from haicap.domain.dossiers.actions import clocks, rows, slips
from haicap.domain.dossiers.actions.filing import FLAGS, Filing, Handed, add_components, charge, file
from haicap.domain.dossiers.models import Supplement
from haicap.domain.dossiers.policy import LEADERS, Taken
from haicap.domain.dossiers.queries.pinned import Pinned
from haicap.domain.dossiers.states import RECEIVING, Channel, Verb
from haicap.kernel.ledger.actions import action, record

_ANSWERS = "SELECT answers FROM dossiers_dossier WHERE id = %s"


def answers_of(row: Taken) -> Mapping[str, Any]:
    """The answers of a taken dossier. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, [row.id])
        found = cursor.fetchone()[0]
    answers: Mapping[str, Any] = json.loads(found) if isinstance(found, str) else found
    return answers


def _needs_answers(found: Pinned) -> bool:
    """Whether limits or fees depend on the answers: most do not, and then they are not read."""
    return any(t.condition for t in found.content.limits) or any(f.condition for f in found.content.fees)


@action
def receive(
    *,
    code: str,
    actor: str,
    at: datetime,
    seen: int,
    limit: int | None = None,
    pages: int = 1,
    copies: int = 1,
) -> Taken:
    """Tiếp nhận: state 2, the clock starts, form 01; the version in force today is pinned. Four statements.

    limit          place among `queries.limits_of`, where several fit and differ; without it nothing is promised then
    pages, copies  what fees a page or a copy are reckoned for
    Refused `not_found`, `not_yours`, `stale`, `not_now`, `not_in_force`, `no_such_limit`.
    """
    row = policy.take(code, actor=actor, verb=Verb.RECEIVE, at=at)
    return _received(row, actor=actor, at=at, seen=seen, limit=limit, pages=pages, copies=copies)


def _received(
    row: Taken, *, actor: str, at: datetime, seen: int, limit: int | None, pages: int, copies: int
) -> Taken:
    state = states.move(row.state, Verb.RECEIVE, version=row.version, seen=seen)
    on = today(at)
    found = _pin(row, on)
    answers = answers_of(row) if _needs_answers(found) else {}
    parts = queries.limit_of(found.content, Channel(row.channel), answers, chosen=limit)
    told, changes = clocks.start(row, parts, actor=actor, at=at)
    charges, fee = _charge(row, found, answers, pages, copies)
    due = clocks.due_text(told)
    says = slips.receipt(
        row, found, due_at=told.due_at, limit=rules.limit_text(parts), fee=fee, actor=actor, at=at
    )
    slip = slips.made(row, "01", found, actor=actor, at=at, number=row.version + 1, **says)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.RECEIVED, at=at, actor=actor,
        on_behalf_of=policy.acting_for(Verb.RECEIVE, row),
        data={"due": due, "alarm": str(told.alarm), "version": found.version, "slip": row.version + 1, "charges": charges},
    )  # fmt: skip
    if found.version != row.procedure_version_id or found.instance != row.instance_id:
        changes |= {"procedure_version_id": found.version, "instance_id": found.instance}
    return rows.update(row, head, slip=slip, state=int(state), received_at=at, **changes)


def _pin(row: Taken, on: Any) -> Pinned:
    """The version in force on the day of receipt; the one it was filed under when the procedure ended meanwhile."""
    held = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    if today(row.filed_at) == on:
        return held
    province = queries.uid_of(row.province_id)
    try:
        return queries.to_file(row.procedure_code, province, on)
    except Refused as refused:
        if refused.code != "not_in_force":
            raise
        return held


def _charge(
    row: Taken, found: Pinned, answers: Mapping[str, Any], pages: int, copies: int
) -> tuple[int, int | None]:
    """Write down what is owed as far as it is known: how many charges, and đồng (None: no source says all of it).

    What was told at filing stays as it was told.
    """
    fees = queries.fees_of(found.content, Channel(row.channel), answers)
    owed = [(fee, amount) for fee in fees if (amount := fee.owed(pages=pages, copies=copies))]
    if owed:
        charge(row.id, owed)
    known = bool(fees) and all(fee.owed(pages=pages, copies=copies) is not None for fee in fees)
    return len(owed), sum(amount for _, amount in owed) if known else None


@action
def take_in(
    *,
    filing: Filing,
    actor: str,
    at: datetime,
    limit: int | None = None,
    pages: int = 1,
    copies: int = 1,
) -> Taken:
    """Nhận tại quầy: filed and received in one go, by somebody who works at that counter. Refused as both."""
    row = file(filing=filing, actor=actor, at=at)
    row.posts = policy.posts_of(actor, today(at))
    if not policy.allows(Verb.RECEIVE, row.posts, row):
        raise policy.not_yours()
    return _received(row, actor=actor, at=at, seen=row.version, limit=limit, pages=pages, copies=copies)


@action
def refuse(*, code: str, actor: str, at: datetime, seen: int, reason: str, ground: str = "") -> Taken:
    """Từ chối: state 3, form 03 with the reason and its legal ground. Refused `no_reason` and as usual."""
    row = policy.take(code, actor=actor, verb=Verb.REFUSE, at=at)
    state = states.move(
        row.state, Verb.REFUSE, version=row.version, seen=seen, decided=row.decided_at is not None
    )
    why = needed(reason, gettext_noop("Cần ghi lý do từ chối: người nộp có quyền được biết."))
    clocks.stop(row, actor=actor, at=at)
    found = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    says = slips.refusal(why, rules.paragraphs(ground, 1000))
    slip = slips.made(row, "03", found, actor=actor, at=at, number=row.version + 1, **says)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.REFUSED, at=at, actor=actor,
        on_behalf_of=policy.acting_for(Verb.REFUSE, row), data={"slip": row.version + 1}
    )  # fmt: skip
    return rows.update(row, head, slip=slip, state=int(state), ended_at=at, back_to=None)


def needed(text: str, sentence: str) -> str:
    """A text that must be there. Refused `no_reason`."""
    found = rules.paragraphs(text, 4000)
    if not found:
        raise Refused("no_reason", sentence, RECEIVING)
    return found


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing or wrong: the paper (code or "khac"), its name, and what to do about it."""

    paper: str
    name: str
    what: str


@action
def request_supplement(
    *,
    code: str,
    actor: str,
    at: datetime,
    seen: int,
    items: Sequence[Missing],
    contact: str = "",
    reason: str = "",
    approver: str = "",
) -> Taken:
    """Yêu cầu bổ sung: state 5, form 02, the clock pauses. Once; a second time needs a reason and an approver.

    approver  opaque id of a leader other than oneself who may decide on this dossier
    Refused `nothing_missing`, `once_only` (with what a second one needs), `not_a_leader`, `same_person`.
    """
    row = policy.take(code, actor=actor, verb=Verb.REQUEST_SUPPLEMENT, at=at)
    state = states.move(
        row.state, Verb.REQUEST_SUPPLEMENT, version=row.version, seen=seen, decided=row.decided_at is not None
    )
    wanted, why, whom = _wanted(items), rules.paragraphs(reason, 2000), rules.one_line(contact, 200)
    n = row.supplements + 1
    if n > 1:
        _approved(row, actor, approver, why, at)
    approved_by = approver if n > 1 else ""
    clocks.pause(row, actor=actor, at=at)
    Supplement.objects.create(
        dossier_id=row.id, n=n, items=wanted, reason=why, asked_by=actor, asked_at=at,
        approved_by=approved_by, contact=whom, due_before=row.due_at,
    )  # fmt: skip
    found = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    says = slips.wanted(found, wanted, contact=whom, reason=why, approver=approved_by, actor=actor)
    slip = slips.made(row, "02", found, actor=actor, at=at, number=row.version + 1, **says)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.SUPPLEMENT_ASKED, at=at, actor=actor,
        on_behalf_of=policy.acting_for(Verb.REQUEST_SUPPLEMENT, row),
        data={"n": n, "items": len(wanted), "approver": approved_by, "slip": row.version + 1},
    )  # fmt: skip
    return rows.update(row, head, slip=slip, state=int(state), back_to=row.state, supplements=n)


def _wanted(items: Sequence[Missing]) -> list[dict[str, str]]:
    """What is asked for, in the one spelling. Refused `nothing_missing`."""
    wanted = [
        {"paper": rules.one_line(i.paper, 80), "name": rules.one_line(i.name, 300), "what": rules.paragraphs(i.what, 1000)}
        for i in items[: rules.MOST_COMPONENTS]
        if i.what.strip() or i.name.strip()
    ]  # fmt: skip
    if not wanted:
        raise Refused(
            "nothing_missing",
            gettext_noop("Cần ghi ít nhất một mục phải bổ sung, và bổ sung thế nào."),
            RECEIVING,
        )
    return wanted


def _approved(row: Taken, actor: str, approver: str, why: str, at: datetime) -> None:
    if not why or not approver:
        raise Refused(
            "once_only",
            gettext_noop(
                "Đã yêu cầu bổ sung một lần. Yêu cầu lần nữa phải có lý do và được lãnh đạo có thẩm quyền đồng ý; "
                "hồ sơ sẽ bị tính là trễ hạn."
            ),
            RECEIVING,
        )
    if approver == actor:
        raise Refused(
            "same_person", gettext_noop("Người yêu cầu không tự đồng ý cho mình. Xin chọn một lãnh đạo khác.")
        )
    posts = policy.posts_of(approver, today(at))
    leads = any(p.role in LEADERS and policy.allows(Verb.REQUEST_SUPPLEMENT, [p], row) for p in posts)
    if not leads and not policy.allows(Verb.DECIDE, posts, row):
        raise Refused("not_a_leader", gettext_noop("Người đồng ý phải là lãnh đạo phụ trách hồ sơ này."))


@action
def supply(
    *,
    code: str,
    actor: str,
    at: datetime,
    seen: int,
    components: Sequence[Handed] = (),
    answer: str = "",
    applicant: bool = False,
    phone: str = "",
) -> Taken:
    """Bổ sung: back to the state it came from, the clock runs on. By the counter, or by the applicant.

    applicant  True: by account, or by code and the whole phone number
    Refused `nothing_supplied`, `no_file`, and as usual.
    """
    if applicant:
        row = policy.take_own(code, actor=actor, verb=Verb.SUPPLY, at=at, phone=phone)
    else:
        row = policy.take(code, actor=actor, verb=Verb.SUPPLY, at=at)
    state = states.move(row.state, Verb.SUPPLY, version=row.version, seen=seen, back_to=row.back_to)
    said = rules.paragraphs(answer, 4000)
    if not components and not said:
        raise Refused(
            "nothing_supplied", gettext_noop("Cần nộp ít nhất một giấy tờ hoặc ghi câu trả lời."), RECEIVING
        )
    found = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    told, changes = clocks.resume(row, actor=actor, at=at)
    add_components(row.id, components, found, actor=actor, at=at, supplement=row.supplements)
    Supplement.objects.filter(dossier_id=row.id, n=row.supplements).update(
        supplied_at=at, supplied_by=actor, answer=said, due_after=told.due_at if told else None
    )
    changes |= {flag: True for flag, origins in FLAGS.items() if any(c.origin in origins for c in components)}
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.SUPPLIED, at=at, actor=actor,
        data={"n": row.supplements, "components": len(components), "due": clocks.due_text(told)},
    )  # fmt: skip
    return rows.update(row, head, state=int(state), back_to=None, **changes)
