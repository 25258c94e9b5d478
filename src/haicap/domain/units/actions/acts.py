"""Văn bản sắp xếp: drafted as a table, checked, enacted by another person, corrected only by a later act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from haicap.base.dates import show_date, today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.units import events, policy, queries
from haicap.domain.units.actions import rows
from haicap.domain.units.actions.enacting import retract, write_plan
from haicap.domain.units.models import Act, ActLine
from haicap.domain.units.rearrangement import Line, check, plan
from haicap.domain.units.states import ActState, ActVerb, move_act
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind


def _record(act: Act, kind: Kind, *, at: datetime, actor: str, data: dict[str, object]) -> None:
    """Record on the act's stream and write its row."""
    head = record(
        stream=act.stream, head=Head(act.version, bytes(act.head)), kind=kind, at=at, actor=actor, data=data
    )
    act.version, act.head = head.version, head.hash
    act.save()


def _number(number: str) -> str:
    text = nfc(number)
    if not text or len(text) > 60 or "/" not in text:
        raise Refused(
            "bad_number", gettext_noop("Số văn bản phải ghi đủ như trên văn bản, ví dụ 1685/NQ-UBTVQH15.")
        )
    return text


@action
def draft_act(
    *,
    number: str,
    issuer: str,
    title: str,
    signed_on: date | None,
    effective_on: date,
    actor: str,
    at: datetime,
) -> Act:
    """Begin a draft. Refused `bad_number`, `not_yours`, `signed_later`."""
    policy.require(actor, policy.Verb.DRAFT, today(at))
    _check_dates(signed_on, effective_on)
    act = Act.objects.create(
        number=_number(number),
        issuer=nfc(issuer)[:200],
        title=nfc(title)[:1000],
        signed_on=signed_on,
        effective_on=effective_on,
        drafted_by=actor,
    )
    _record(act, events.ACT_DRAFTED, at=at, actor=actor, data={"number": act.number, "corrects": ""})
    return act


def _check_dates(signed_on: date | None, effective_on: date) -> None:
    if signed_on and signed_on > effective_on:
        raise Refused("signed_later", gettext_noop("Ngày ký sau ngày hiệu lực. Xin xem lại hai ngày."))


def _changing(pk: int, *, seen: int, actor: str, at: datetime) -> Act:
    act = policy.take_act(pk, actor=actor, verb=ActVerb.CHANGE, at=at)
    move_act(ActState(act.state), ActVerb.CHANGE, version=act.version, seen=seen)
    return act


@action
def change_act(
    *, pk: int, seen: int, number: str, issuer: str, title: str, signed_on: date | None, effective_on: date,
    actor: str, at: datetime,
) -> Act:  # fmt: skip
    """Change the facts of a draft."""
    act = _changing(pk, seen=seen, actor=actor, at=at)
    _check_dates(signed_on, effective_on)
    act.number, act.issuer, act.title = _number(number), nfc(issuer)[:200], nfc(title)[:1000]
    act.signed_on, act.effective_on = signed_on, effective_on
    _changed(act, "facts", at=at, actor=actor)
    return act


def _changed(act: Act, what: str, *, at: datetime, actor: str) -> None:
    data: dict[str, object] = {"what": what, "lines": act.lines.count()}
    _record(act, events.ACT_CHANGED, at=at, actor=actor, data=data)


def _row(act: Act, line: Line) -> ActLine:
    return ActLine(
        act=act, n=line.n, from_code=line.from_code.strip(), relation=line.relation, area_share=line.area_share,
        people_share=line.people_share, to_code=line.to_code.strip(), to_kind=line.to_kind, to_name=nfc(line.to_name)[:100],
        to_parent_code=line.to_parent_code.strip(), clause=nfc(line.clause)[:200],
    )  # fmt: skip


@action
def put_line(*, pk: int, seen: int, line: Line, actor: str, at: datetime) -> Act:
    """Write a line of a draft: in place of the one with its number, or after the last when `n` is 0."""
    act = _changing(pk, seen=seen, actor=actor, at=at)
    row = _row(act, line)
    if row.n:
        act.lines.filter(n=row.n).delete()
    else:
        row.n = (act.lines.order_by("-n").values_list("n", flat=True).first() or 0) + 1
    row.save(force_insert=True)
    _changed(act, f"line {row.n}", at=at, actor=actor)
    return act


@action
def put_lines(*, pk: int, seen: int, lines: Sequence[Line], actor: str, at: datetime) -> Act:
    """Replace all lines of a draft, as when a table is imported; they are numbered anew in the given order."""
    act = _changing(pk, seen=seen, actor=actor, at=at)
    act.lines.all().delete()
    made = [_row(act, line) for line in lines]
    for n, row in enumerate(made, 1):
        row.n = n
    ActLine.objects.bulk_create(made, batch_size=1000)
    _changed(act, "table", at=at, actor=actor)
    return act


@action
def drop_line(*, pk: int, seen: int, n: int, actor: str, at: datetime) -> Act:
    """Remove a line of a draft. Refused `no_such_line`."""
    act = _changing(pk, seen=seen, actor=actor, at=at)
    gone, _ = act.lines.filter(n=n).delete()
    if not gone:
        raise Refused("no_such_line", gettext_noop("Không có dòng này nữa. Xin tải lại trang."))
    _changed(act, f"line {n} removed", at=at, actor=actor)
    return act


@action
def drop_act(*, pk: int, seen: int, actor: str, at: datetime) -> Act:
    """Give up a draft; it stays readable."""
    act = policy.take_act(pk, actor=actor, verb=ActVerb.DROP, at=at)
    act.state = move_act(ActState(act.state), ActVerb.DROP, version=act.version, seen=seen)
    _record(act, events.ACT_DROPPED, at=at, actor=actor, data={"number": act.number})
    return act


@action
def correct_act(*, pk: int, seen: int, number: str, actor: str, at: datetime, reason: str = "") -> Act:
    """Begin the act that corrects an enacted one: a draft with its lines, to be mended and enacted by another.

    number: number of the correcting document; reason: what was wrong, kept as the title of the draft.
    Without lines the correction takes the wrong act back entirely.
    Refused `packaged` for acts that came with the initial register.
    """
    wrong = policy.take_act(pk, actor=actor, verb=ActVerb.CORRECT, at=at)
    move_act(ActState(wrong.state), ActVerb.CORRECT, version=wrong.version, seen=seen)
    if wrong.packaged:
        raise Refused(
            "packaged",
            gettext_noop(
                "Văn bản này thuộc sổ đăng ký ban đầu. Sai sót được sửa bằng một văn bản sắp xếp mới."
            ),
        )
    if queries.open_correction(wrong.pk) is not None:
        raise Refused("correction_open", gettext_noop("Đã có dự thảo đính chính văn bản này."))
    draft = Act.objects.create(
        number=_number(number), issuer=wrong.issuer, title=nfc(reason)[:1000] or wrong.title, signed_on=None,
        effective_on=wrong.effective_on, corrects=wrong, drafted_by=actor,
    )  # fmt: skip
    ActLine.objects.bulk_create([_row(draft, line) for line in queries.lines_of(wrong.pk)], batch_size=1000)
    _record(
        draft, events.ACT_DRAFTED, at=at, actor=actor, data={"number": draft.number, "corrects": wrong.number}
    )
    return draft


@action
def enact_act(*, pk: int, seen: int, actor: str, at: datetime) -> Act:
    """Make a draft count: checked against the map it changes, recorded, in effect on its date.

    One transaction: versions cut and opened, edges, organs; a corrected act is taken back first.
    Refused `findings` when the check finds anything, `same_person` for the drafter.
    """
    act = policy.take_act(pk, actor=actor, verb=ActVerb.ENACT, at=at)
    act.state = move_act(ActState(act.state), ActVerb.ENACT, version=act.version, seen=seen)
    head = rows.lock_head()
    register = queries.register_before(act)
    order = queries.order_of(act)
    _number_free(act)
    findings = check(order, register) if order.lines or act.corrects_id is None else ()
    if findings:
        raise Refused("findings", gettext_noop("Văn bản còn %(n)s lỗi, lỗi đầu tiên: %(first)s"),
                      params={"n": len(findings), "first": findings[0].sentence})  # fmt: skip
    if act.corrects_id is not None:
        _take_back(act.corrects_id, by=act, at=at, actor=actor)
    result = plan(order, register)
    act.save()
    write_plan(result, act=act, register=register, at=at)
    _record(act, events.ACT_ENACTED, at=at, actor=actor, data={
        "number": act.number, "effective_on": show_date(act.effective_on),
        "born": [v.uid for v in result.born], "ended": [v.uid for v in result.ended],
        "changed": [v.uid for v in result.changed],
    })  # fmt: skip
    head.generation += 1
    head.save(update_fields=["generation"])
    return act


def _number_free(act: Act) -> None:
    same = Act.objects.filter(number=act.number, issuer=act.issuer, effective_on=act.effective_on)
    if same.filter(state=ActState.ENACTED).exists():
        raise Refused(
            "already_enacted",
            gettext_noop("Văn bản này đã được ghi. Nếu ghi sai, xin lập văn bản đính chính."),
        )


def _take_back(pk: int, *, by: Act, at: datetime, actor: str) -> None:
    wrong = Act.objects.select_for_update().get(pk=pk)
    retract(wrong, by=by, at=at)
    wrong.state = move_act(ActState(wrong.state), ActVerb.CORRECT, version=wrong.version, seen=wrong.version)
    _record(wrong, events.ACT_CORRECTED, at=at, actor=actor, data={"number": wrong.number, "by": by.number})
