"""Builders of this room's tests: every ticket comes to be by walking the verbs. Nobody is called as these people are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from haicap.domain.dossiers.tests.make import MORNING, SAPA, at, neighbour_of, shown
from haicap.domain.feedback import actions, jobs
from haicap.domain.feedback.actions import Draft, Filed, Filing
from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import Kind
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed, organ
from haicap.kernel.accounts.models import User

__all__ = ["MORNING", "SAPA", "World", "answered", "at", "do", "filed", "filing", "row", "shown", "world"]
WEB = "portal"
WHO = Sender("Nguyễn Thị Không Có Thật", "0912345678", "nguoi.gui@example.vn")
TEXT = "Tôi nộp hồ sơ đã hai tuần mà bộ phận một cửa chưa trả kết quả, hỏi thì không ai trả lời rõ ràng."
ANSWER = Draft(
    "Hồ sơ đã được trả kết quả ngày hôm nay. Chúng tôi xin lỗi vì sự chậm trễ.",
    public_question="Hồ sơ quá hạn thì hỏi ở đâu?",
    public_text="Khi hồ sơ quá hạn, cơ quan giải quyết phải có văn bản xin lỗi và hẹn lại ngày trả kết quả.",
)


@dataclass(frozen=True, slots=True)
class World:
    """A ward, its province, a ministry and the focal office, with their people."""

    register: Any
    officer: User  # of the ward's committee
    leader: User
    reception: User
    neighbour: User
    province: User  # of the province's office
    province_leader: User
    ministry: User
    minister: User
    focal: User

    @property
    def committee(self) -> int:
        return organ("commune_committee", SAPA).pk

    @property
    def lao_cai(self) -> str:
        return self.register.province_of(SAPA, MORNING.date()).uid


def world(register: Any, prefix: str = "") -> World:
    """The people of a test, under names that begin with `prefix`, and the routing table."""
    jobs.load_packaged(MORNING)
    province = register.province_of(SAPA, MORNING.date()).uid
    return World(
        register,
        appointed(f"{prefix}em", "commune_committee", Role.OFFICER, SAPA),
        appointed(f"{prefix}dung", "commune_chairman", Role.LEADER, SAPA),
        appointed(f"{prefix}giang", "commune_centre", Role.RECEPTION, SAPA),
        appointed(f"{prefix}hoa", "commune_committee", Role.OFFICER, neighbour_of(register)),
        appointed(f"{prefix}tinh", "province_office", Role.OFFICER, province),
        appointed(f"{prefix}chanh", "province_office", Role.LEADER, province),
        appointed(f"{prefix}bo", "btp", Role.OFFICER),
        appointed(f"{prefix}thu", "btp", Role.LEADER),
        appointed(f"{prefix}vp", "vpcp", Role.OFFICER),
    )


def filing(**changes: Any) -> Filing:
    """A ticket about a dossier at the ward, as the portal sends it."""
    return replace(Filing(Kind.PROCEDURE, TEXT, sender=WHO, unit=SAPA), **changes)


def filed(when: datetime = MORNING, actor: str = WEB, **changes: Any) -> Filed:
    return actions.file_ticket(filing=filing(**changes), actor=actor, at=when)


def row(code: str) -> Ticket:
    """The ticket as it stands."""
    return Ticket.objects.select_related("organ__unit", "answer", "province", "unit", "document").get(
        code=code
    )


def do(verb: Callable[..., Any], code: str, who: User, when: datetime = MORNING, **values: Any) -> Any:
    """One verb on a ticket as it stands."""
    return verb(code=code, seen=row(code).version, actor=who.actor, at=when, **values)


def drafted(code: str, who: User, when: datetime = MORNING, draft: Draft = ANSWER) -> None:
    """In work, with a draft."""
    if row(code).state == "received":
        do(actions.accept, code, who, when)
    actions.draft_answer(codes=[code], draft=draft, seen={code: row(code).version}, actor=who.actor, at=when)


def answered(w: World, when: datetime = MORNING, draft: Draft = ANSWER, **changes: Any) -> Filed:
    """Drafted by the officer, approved by the chairman; waits for publication (or is done when private)."""
    made = filed(when, **changes)
    drafted(made.code, w.officer, when, draft)
    do(actions.submit_answer, made.code, w.officer, when)
    do(actions.approve_answer, made.code, w.leader, when)
    return made
