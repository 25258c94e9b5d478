"""Kết thúc: decided, finished, handed out; stopped or withdrawn on the applicant's wish; rated."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import events, policy, queries, rules, states
from haicap.domain.dossiers.actions import clocks, rows, slips
from haicap.domain.dossiers.actions.receiving import needed
from haicap.domain.dossiers.models import Rating, Result
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.states import RETURNING, Outcome, ResultMethod, Verb
from haicap.kernel.ledger.actions import action, record


@action
def decide(
    *,
    code: str,
    actor: str,
    at: datetime,
    seen: int,
    outcome: Outcome,
    reason: str = "",
    finish: bool = False,
) -> Taken:
    """Quyết định, by a leader of the competent organ. `finish`: done at once (state 9), its paper kept outside.

    Without `finish` the result is signed first (`sign`). Refused `no_reason` (a refusal needs one), and as usual.
    Two officers at once: the first wins, the other is told `stale`.
    """
    row = policy.take(code, actor=actor, verb=Verb.DECIDE, at=at)
    state = states.move(
        row.state, Verb.DECIDE, version=row.version, seen=seen, decided=row.decided_at is not None
    )
    if outcome is Outcome.DENIED:
        needed(reason, gettext_noop("Quyết định không chấp thuận phải nêu lý do."))
    if finish:
        state = states.State.DONE
        clocks.stop(row, actor=actor, at=at)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.DECIDED, at=at, actor=actor,
        on_behalf_of=policy.acting_for(Verb.DECIDE, row),
        data={"outcome": outcome.value, "finished": finish, "result": ""},
    )  # fmt: skip
    done: dict[str, Any] = {"finished_at": at} if finish else {}
    rows.update(row, head, state=int(state), decided_at=at, outcome=outcome.value, **done)
    rows.remark(row, reason, actor=actor, at=at)
    return row


@action
def finish(*, code: str, actor: str, at: datetime, seen: int, on_paper: bool = False) -> Taken:
    """Xử lý xong: state 9, the clock stops. Refused `not_decided`, `not_signed` (unless the result is on paper).

    on_paper  the result is a paper: it lies with the competent organ until it is handed over to the centre
    """
    row = policy.take(code, actor=actor, verb=Verb.FINISH, at=at)
    state = states.move(row.state, Verb.FINISH, version=row.version, seen=seen)
    if row.decided_at is None:
        raise Refused(
            "not_decided", gettext_noop("Hồ sơ chưa có quyết định nên chưa kết thúc xử lý được."), RETURNING
        )
    if not on_paper and not Result.objects.filter(dossier_id=row.id, revoked_at__isnull=True).exists():
        raise Refused(
            "not_signed",
            gettext_noop("Kết quả chưa ký. Hãy ký, hoặc ghi rõ kết quả chỉ có bản giấy."),
            RETURNING,
        )
    clocks.stop(row, actor=actor, at=at)
    on_time = row.due_at is not None and at <= row.due_at
    head = record(
        stream=row.stream,
        head=row.ledger_head,
        kind=events.FINISHED,
        at=at,
        actor=actor,
        on_behalf_of=policy.acting_for(Verb.FINISH, row),
        data={"on_time": on_time},
    )
    kept: dict[str, Any] = {"papers_at_id": row.organ_id} if on_paper and row.papers_at_id is None else {}
    return rows.update(row, head, state=int(state), finished_at=at, **kept)


@action
def hand_out(
    *, code: str, actor: str, at: datetime, seen: int, method: ResultMethod | None = None, receiver: str = ""
) -> Taken:
    """Trả kết quả: state 10, at the place of filing. `receiver`: who collected it, when it is not the applicant."""
    row = policy.take(code, actor=actor, verb=Verb.HAND_OUT, at=at)
    state = states.move(row.state, Verb.HAND_OUT, version=row.version, seen=seen)
    how = method or ResultMethod(row.result_method)
    head = record(
        stream=row.stream,
        head=row.ledger_head,
        kind=events.HANDED_OUT,
        at=at,
        actor=actor,
        on_behalf_of=policy.acting_for(Verb.HAND_OUT, row),
        data={"method": how.value},
    )
    changes: dict[str, Any] = {"collected_by": rules.one_line(receiver, 300)} if receiver.strip() else {}
    return rows.update(
        row,
        head,
        state=int(state),
        returned_at=at,
        ended_at=at,
        result_method=how.value,
        papers_at_id=None,
        **changes,
    )


@action
def stop(*, code: str, actor: str, at: datetime, seen: int, reason: str) -> Taken:
    """Dừng giải quyết on the applicant's wish or when it cannot go on: state 8, form 05. Before any decision."""
    row = policy.take(code, actor=actor, verb=Verb.STOP, at=at)
    state = states.move(
        row.state, Verb.STOP, version=row.version, seen=seen, decided=row.decided_at is not None
    )
    why = needed(reason, gettext_noop("Cần ghi lý do dừng giải quyết."))
    clocks.stop(row, actor=actor, at=at)
    found = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    slip = slips.made(
        row,
        "05",
        found,
        actor=actor,
        at=at,
        number=row.version + 1,
        stopped_at=at.isoformat(),
        reasons=[why],
        reason=why,
    )
    head = record(
        stream=row.stream,
        head=row.ledger_head,
        kind=events.STOPPED,
        at=at,
        actor=actor,
        on_behalf_of=policy.acting_for(Verb.STOP, row),
        data={"slip": row.version + 1},
    )
    return rows.update(row, head, slip=slip, state=int(state), ended_at=at, back_to=None)


@action
def withdraw(
    *,
    code: str,
    actor: str,
    at: datetime,
    seen: int,
    applicant: bool = False,
    phone: str = "",
    number: str = "",
) -> Taken:
    """Rút hồ sơ: state 7, before any decision. By account; by code, phone and number; or at the counter."""
    if applicant:
        row = policy.take_own(code, actor=actor, verb=Verb.WITHDRAW, at=at, phone=phone, number=number)
    else:
        row = policy.take(code, actor=actor, verb=Verb.WITHDRAW, at=at)
    state = states.move(
        row.state, Verb.WITHDRAW, version=row.version, seen=seen, decided=row.decided_at is not None
    )
    clocks.stop(row, actor=actor, at=at)
    where = "portal" if applicant else "counter"
    head = record(
        stream=row.stream,
        head=row.ledger_head,
        kind=events.WITHDRAWN,
        at=at,
        actor=actor,
        data={"where": where},
    )
    return rows.update(row, head, state=int(state), ended_at=at, back_to=None)


@action
def rate(
    *, code: str, actor: str, at: datetime, satisfied: bool, comment: str = "", phone: str = ""
) -> Taken:
    """Đánh giá, once, by the applicant (account, or code and phone) when the dossier is done or ended."""
    row = policy.take_own(code, actor=actor, verb=Verb.RATE, at=at, phone=phone)
    states.move(row.state, Verb.RATE, version=row.version, seen=row.version)
    try:
        with transaction.atomic():
            Rating.objects.create(
                dossier_id=row.id, satisfied=satisfied, comment=rules.paragraphs(comment, 2000), at=at
            )
    except IntegrityError:
        raise Refused("rated", gettext_noop("Bạn đã đánh giá hồ sơ này rồi. Cảm ơn bạn.")) from None
    head = record(
        stream=row.stream,
        head=row.ledger_head,
        kind=events.RATED,
        at=at,
        actor=actor,
        data={"satisfied": satisfied},
    )
    return rows.update(row, head)


@action
def correct_contact(
    *, code: str, actor: str, at: datetime, seen: int, phone: str | None = None, email: str | None = None,
    address: str | None = None, result_method: ResultMethod | None = None,
) -> Taken:  # fmt: skip
    """Sửa thông tin liên hệ: what was mistyped, or how the result shall come. The event says which, not what."""
    row = policy.take(code, actor=actor, verb=Verb.CORRECT, at=at)
    states.move(row.state, Verb.CORRECT, version=row.version, seen=seen)
    checked = rules.applicant(
        rules.Applicant(
            row.applicant_name, row.applicant_kind, "",
            row.applicant_phone if phone is None else phone,
            row.applicant_email if email is None else email,
            row.applicant_address if address is None else address,
        )
    )  # fmt: skip
    wanted = {
        "applicant_phone": checked.phone, "applicant_email": checked.email, "applicant_address": checked.address,
        "result_method": (result_method or ResultMethod(row.result_method)).value,
    }  # fmt: skip
    changes: dict[str, Any] = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if not changes:
        raise Refused("nothing_changed", gettext_noop("Không có gì thay đổi."))
    what = ", ".join(sorted(changes))
    head = record(
        stream=row.stream,
        head=row.ledger_head,
        kind=events.CORRECTED,
        at=at,
        actor=actor,
        data={"what": what},
    )
    return rows.update(row, head, **changes)
