"""Bàn giao: custody of the paper and electronic parts goes from hand to hand, on sheets; all or none of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from haicap.base.dates import today
from haicap.base.ids import uuid7
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import events, policy, queries, rules, states
from haicap.domain.dossiers.actions import rows
from haicap.domain.dossiers.models import Handover
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.states import SETTLING, Verb
from haicap.kernel.ledger.actions import action, record

MOST_AT_ONCE = 200


@action
def forward(
    *,
    codes: Sequence[str],
    to: int | None = None,
    actor: str,
    at: datetime,
    papers: bool = True,
    note: str = "",
) -> UUID:
    """Bàn giao: paper and electronic parts go to the competent organ (or `to`), on one sheet; its number.

    Once decided they go back to where it was filed, unless `to` says otherwise. The paper part leaves the hands of
    whoever forwards and is with the other side only when they take it over. All or none.
    Refused `nothing_chosen`, `no_organ`, `handed_over` (still under way), `papers_elsewhere`, and as usual.
    """
    chosen = sorted(set(codes))
    if not chosen or len(chosen) > MOST_AT_ONCE:
        raise Refused(
            "nothing_chosen",
            gettext_noop("Chọn từ 1 đến %(most)s hồ sơ để bàn giao."),
            params={"most": MOST_AT_ONCE},
        )
    sheet = uuid7()
    for code in chosen:
        row = policy.take(code, actor=actor, verb=Verb.FORWARD, at=at)
        states.move(row.state, Verb.FORWARD, version=row.version, seen=row.version)
        _hand_over(row, to or _next_place(row), sheet, actor, at, papers, rules.one_line(note, 500))
    return sheet


def _next_place(row: Taken) -> int | None:
    """Before the decision the competent organ, afterwards the centre where it was filed."""
    return row.organ_id if row.decided_at is None else row.received_at_organ_id


def _holds(row: Taken) -> bool:
    """Whether the papers lie with somebody who may hand them on: their organ, or the house that works on them."""
    mine = any(post.organ_id == row.papers_at_id for post in row.posts)
    return mine or (row.papers_at_id == row.organ_id and policy.allows(Verb.TAKE_UP, row.posts, row))


def _hand_over(
    row: Taken, to: int | None, sheet: UUID, actor: str, at: datetime, papers: bool, note: str
) -> None:
    handed = Handover.objects.filter(dossier_id=row.id)
    goal = _judged(row, to, at, papers, under_way=handed.filter(taken_at__isnull=True).exists())
    n, with_papers = handed.count() + 1, papers and row.papers_at_id is not None
    origin = row.papers_at_id if with_papers else _sender(row)
    Handover.objects.create(
        dossier_id=row.id, n=n, sheet=sheet, from_organ_id=origin, to_organ_id=goal,
        papers=with_papers, sent_by=actor, sent_at=at, note=note,
    )  # fmt: skip
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.FORWARDED, at=at, actor=actor,
        data={"n": n, "origin": origin or 0, "to": goal, "papers": with_papers, "sheet": str(sheet)},
    )  # fmt: skip
    rows.update(row, head)


def _judged(row: Taken, to: int | None, at: datetime, papers: bool, *, under_way: bool) -> int:
    """Where it goes; whether it may go there now, with its papers."""
    if to is None or not _reachable(row, to, at):
        raise Refused(
            "no_organ",
            gettext_noop(
                "Hồ sơ %(code)s: nền tảng chưa có cơ quan có thẩm quyền này; xin chọn nơi nhận bàn giao."
            ),
            SETTLING,
            params={"code": row.code},
        )
    if under_way:
        raise Refused(
            "handed_over",
            gettext_noop("Hồ sơ %(code)s đang được bàn giao và bên nhận chưa xác nhận."),
            params={"code": row.code},
        )
    if papers and row.papers_at_id is not None and not _holds(row):
        raise Refused(
            "papers_elsewhere",
            gettext_noop(
                "Giấy tờ của hồ sơ %(code)s đang ở cơ quan khác; nơi đang giữ bàn giao, hoặc chỉ chuyển phần điện tử."
            ),
            SETTLING,
            params={"code": row.code},
        )
    return to


def _sender(row: Taken) -> int | None:
    """The organ for which the electronic part is forwarded: the post that allows it."""
    return next((post.organ_id for post in row.posts if policy.allows(Verb.FORWARD, [post], row)), None)


def _reachable(row: Taken, to: int, at: datetime) -> bool:
    """The competent organ, or one of the province: papers do not travel to strangers."""
    if to == row.organ_id:
        return True
    organ = queries.office(to, today(at))
    if organ is None:
        return False
    try:
        return queries.place(queries.uid_of(organ.unit_id), today(at)).province_id == row.province_id
    except Refused:  # of the nation
        return False


@action
def take_over(*, codes: Sequence[str], actor: str, at: datetime) -> int:
    """Nhận bàn giao: the receiving organ confirms what reached it; how many. Refused `not_yours`, `nothing_open`."""
    for code in sorted(set(codes)):
        row = policy.take_handed(code, actor=actor, at=at)
        open_one = Handover.objects.filter(dossier_id=row.id, taken_at__isnull=True).first()
        if open_one is None:
            raise Refused(
                "nothing_open",
                gettext_noop("Hồ sơ %(code)s không có bàn giao nào đang chờ."),
                params={"code": row.code},
            )
        if not _takes(row, open_one.to_organ_id):
            raise policy.not_yours()
        Handover.objects.filter(pk=open_one.pk).update(taken_by=actor, taken_at=at)
        head = record(
            stream=row.stream, head=row.ledger_head, kind=events.TAKEN_OVER, at=at, actor=actor,
            data={"n": open_one.n, "organ": open_one.to_organ_id},
        )  # fmt: skip
        rows.update(row, head, papers_at_id=open_one.to_organ_id if open_one.papers else row.papers_at_id)
    return len(set(codes))


def _takes(row: Taken, organ: int) -> bool:
    """Somebody of that organ, or of the house that works on it."""
    mine = any(post.organ_id == organ for post in row.posts)
    return mine or (organ == row.organ_id and policy.allows(Verb.TAKE_UP, row.posts, row))
