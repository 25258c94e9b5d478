"""Builders of this room's tests: every dossier comes to be by walking the verbs. Nobody is called as these people are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions import Filing, Handed, Missing, Paper
from haicap.domain.dossiers.models import Dossier
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.rules import Applicant
from haicap.domain.dossiers.states import Channel, Outcome, State
from haicap.domain.procedures import queries as procedures
from haicap.domain.procedures.models import ProcedureVersion
from haicap.domain.procedures.rules import Decision
from haicap.domain.procedures.states import DecisionKind
from haicap.domain.procedures.tests import make as catalogue
from haicap.domain.units.models import Organ
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed, organ
from haicap.kernel.accounts.models import User
from haicap.kernel.files import actions as files
from haicap.kernel.files import blobs

CODE, PAID, SAME_DAY, NO_LIMIT = "1.999001", "1.999002", "1.999003", "1.999004"
SAPA = "c:03006@2025-07-01"
PHONE, NUMBER, EMAIL = "0912345678", "012345678901", "nguoi.nop@example.vn"
NAME, ADDRESS = "Nguyễn Thị Không Có Thật", "Số 1 phố Tưởng Tượng, phường Sa Pa"
WHO = Applicant(NAME, "person", NUMBER, PHONE, EMAIL, ADDRESS)
ANSWERS: Mapping[str, Any] = {
    "full_name": NAME, "person_id": NUMBER, "phone": PHONE, "email": EMAIL, "residence": ADDRESS,
    "request": "Xin xác nhận một việc không có thật.",
}  # fmt: skip
WEB = "portal"


def at(text: str) -> datetime:
    """ "2026-11-20 09:00" in Viet Nam."""
    return datetime.fromisoformat(f"{text}+07:00")


def shown(instant: datetime | None) -> str:
    """The same back; empty for none."""
    return f"{instant.astimezone(at('2026-01-01 00:00').tzinfo):%Y-%m-%d %H:%M}" if instant else ""


MORNING = at("2026-11-20 09:00")  # a Friday; Tuesday after it is a holiday


@dataclass(frozen=True, slots=True)
class World:
    """A ward with its centre and people, a neighbour in the province, a centre in another province."""

    register: Any
    reception: User
    officer: User
    leader: User
    deputy: User
    neighbour: User
    stranger: User
    ministry: User
    drafter: User

    @property
    def centre(self) -> int:
        return organ("commune_centre", SAPA).pk

    @property
    def committee(self) -> int:
        return organ("commune_committee", SAPA).pk

    @property
    def neighbours_centre(self) -> int:
        return organ("commune_centre", self.neighbour_uid).pk

    @property
    def neighbour_uid(self) -> str:
        return neighbour_of(self.register)


def neighbour_of(register: Any) -> str:
    """Another commune of the same province."""
    on = MORNING.date()
    province = register.province_of(SAPA, on).uid
    return next(u.uid for u in register.children(province, on, "commune") if u.uid != SAPA)


def elsewhere(register: Any) -> str:
    """A commune with a centre in another province."""
    on = MORNING.date()
    own = register.province_of(SAPA, on).uid
    others = (p.uid for p in register.provinces(on) if p.uid != own)
    communes = (u.uid for p in others for u in register.children(p, on, "commune"))
    return next(u for u in communes if Organ.objects.filter(kind="commune_centre", unit__uid=u).exists())


def world(register: Any) -> World:
    """The people and the procedures of a test."""
    drafter = appointed("soan", "btp", Role.OFFICER)
    ministry = appointed("ky", "btp", Role.LEADER)
    procedure(drafter, ministry, CODE)
    procedure(drafter, ministry, PAID, fees=[fee("le_phi", 20_000), fee("ban_sao", 5_000)])
    procedure(drafter, ministry, SAME_DAY, limits=[{"parts": [{"unit": "same_day"}]}])
    procedure(drafter, ministry, NO_LIMIT, limits=[])
    catalogue_now()
    return World(
        register,
        appointed("giang", "commune_centre", Role.RECEPTION, SAPA),
        appointed("em", "commune_economy", Role.OFFICER, SAPA),
        appointed("dung", "commune_chairman", Role.LEADER, SAPA),
        appointed("pho", "commune_committee", Role.DEPUTY, SAPA),
        appointed("hoa", "commune_centre", Role.RECEPTION, neighbour_of(register)),
        appointed("la", "commune_centre", Role.RECEPTION, elsewhere(register)),
        ministry,
        drafter,
    )


def fee(key: str, amount: int) -> dict[str, Any]:
    """A fee of so much a dossier."""
    return {"key": key, "name": {"vi": f"Khoản {key}"}, "kind": "fixed", "amount": amount}


def procedure(
    drafter: User, leader: User, code: str, *, since: date = date(2025, 7, 1), days: int = 5, **content: Any
) -> ProcedureVersion:
    """A procedure of communes with a known limit, in force since the day."""
    whole: dict[str, Any] = {
        "competent": [{"organ": "commune_committee", "name": "Ủy ban nhân dân cấp xã"}],
        "limits": [{"parts": [{"value": str(days), "unit": "working_days"}]}],
        "papers": [
            {"code": "don", "name": {"vi": "Đơn đề nghị"}, "originals": 1},
            {"code": "anh", "name": {"vi": "Ảnh"}, "copies": 1, "required": False},
        ],
        **content,
    }
    return catalogue.published(
        drafter, leader, code, since=since, name=f"Thủ tục thử {code}", by=decision(since), **whole
    )


def decision(since: date) -> Decision:
    """What puts a version in force."""
    return Decision("1/QĐ-BTP", min(since, date(2026, 11, 20)), "Bộ Tư pháp", DecisionKind.AMENDED)


def catalogue_now() -> None:
    """Let the process see at once what was published; else it looks once a second."""
    procedures.catalogue.recheck()


def version_of(code: str, on: date) -> int:
    """Key of the version in force on a day."""
    return procedures.record(code, on).entry.pk


def filing(code: str = CODE, **changes: Any) -> Filing:
    """A filing as the portal makes it."""
    return replace(Filing(code, SAPA, WHO, Channel.ONLINE, ANSWERS), **changes)


def at_counter(w: World, code: str = CODE, **changes: Any) -> Filing:
    """A filing over the counter, with a paper."""
    handed = (Handed("don", originals=1),)
    return filing(code, channel=Channel.DIRECT, centre=w.centre, components=handed, **changes)


def filed(w: World, code: str = CODE, when: datetime = MORNING, **changes: Any) -> Taken:
    return actions.file(filing=filing(code, **changes), actor=WEB, at=when)


def received(w: World, code: str = CODE, when: datetime = MORNING, **changes: Any) -> Taken:
    """Taken in over the counter: state 2."""
    return actions.take_in(filing=at_counter(w, code, **changes), actor=w.reception.actor, at=when)


def taken_up(w: World, code: str = CODE, when: datetime = MORNING, **changes: Any) -> Taken:
    """State 4, with the officer."""
    row = received(w, code, when, **changes)
    return do(actions.take_up, row, w.officer, when)


def decided(w: World, when: datetime = MORNING, outcome: Outcome = Outcome.GRANTED, **changes: Any) -> Taken:
    """State 4 with a decision."""
    row = taken_up(w, when=when, **changes)
    return do(actions.decide, row, w.leader, when, outcome=outcome, reason="Theo quy định.")


def done(w: World, when: datetime = MORNING, **changes: Any) -> Taken:
    """State 9, the result on paper."""
    return do(actions.finish, decided(w, when, **changes), w.officer, when, on_paper=True)


def do(verb: Callable[..., Any], row: Taken, who: User, when: datetime = MORNING, **values: Any) -> Any:
    """One verb on a dossier as it stands."""
    return verb(code=row.code, seen=row.version, actor=who.actor, at=when, **values)


def supplement(w: World, row: Taken, when: datetime = MORNING, **values: Any) -> Taken:
    """State 5."""
    wanted = [Missing("don", "Đơn đề nghị", "Thiếu chữ ký.")]
    found: Taken = do(
        actions.request_supplement, row, w.reception, when, items=wanted, contact="bà Giang, 0214 000 000",
        **values,
    )  # fmt: skip
    return found


def in_state(w: World, state: State, *, decided_already: bool = False) -> Taken:
    """A dossier in any state of the law."""
    if decided_already:
        return decided(w)
    made: dict[State, Callable[[], Taken]] = {
        State.REGISTERED: lambda: filed(w, PAID),
        State.RECEIVED: lambda: received(w, PAID),
        State.REFUSED: lambda: do(actions.refuse, received(w), w.reception, reason="Không thuộc thẩm quyền."),
        State.PROCESSING: lambda: taken_up(w, PAID),
        State.SUPPLEMENT: lambda: supplement(w, received(w)),
        State.PAYING: lambda: do(actions.request_payment, received(w, PAID), w.reception),
        State.WITHDRAWN: lambda: do(actions.withdraw, received(w), w.reception),
        State.STOPPED: lambda: do(actions.stop, received(w), w.reception, reason="Người nộp đề nghị."),
        State.DONE: lambda: done(w),
        State.RETURNED: lambda: do(actions.hand_out, done(w), w.reception),
    }
    return made[state]()


def row_of(taken: Taken) -> Dossier:
    """The row as it lies in the database."""
    return Dossier.objects.get(pk=taken.id)


def whole_of(taken: Taken) -> queries.Whole:
    return queries.whole(row_of(taken))


def stored(actor: str, name: str = "giay.pdf", content: bytes = b"%PDF-1.4\n%%EOF\n") -> UUID:
    """A file somebody uploaded."""
    with blobs.receive([content]) as intake:
        return files.store(intake=intake, name=name, actor=actor, at=MORNING).public_id


def printed_words(paper: Paper) -> bytes:
    """Stands where the operator's key would sign: the room's own tests need no key."""
    return f"%PDF-1.4\n{paper.number} {paper.key}\n%%EOF\n".encode()
