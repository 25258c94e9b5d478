"""Who works in the measured offices: a reception and a leader in communes all over the country, with tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from haicap.base.dates import today
from haicap.domain.dossiers import queries as dossiers
from haicap.domain.dossiers.states import Channel
from haicap.domain.procedures import queries as procedures
from haicap.domain.units import actions as units
from haicap.domain.units import queries
from haicap.domain.units.organs import Role
from haicap.kernel.accounts import actions as accounts
from haicap.kernel.accounts.states import Scope

SYSTEM = "system"
SINCE = date(2025, 7, 1)
PASSWORD = "khong-ai-dang-nhap-bang-cai-nay"  # nobody signs in with it
ANSWERS = {
    "full_name": "Nguyễn Văn Đo Đạc",
    "person_id": "012345678901",
    "phone": "0912345678",
    "email": "do.dac@example.vn",
    "residence": "Số 1 phố Đo Đạc",
    "request": "Đo tốc độ của nền tảng bằng một hồ sơ không có thật.",
}


@dataclass(frozen=True)
class Office:
    """A commune: tokens of its reception and its leader, opaque id of the leader, what may be filed there."""

    code: str
    uid: str
    clerk: str
    leader: str
    leader_id: str
    clerk_id: str
    filing: dict[str, Any]


def _officer(name: str, organ: int, role: Role, at: datetime) -> tuple[str, str]:
    """Opaque id and token of a new officer in a post."""
    user = accounts.create_officer(
        name=name, display_name=f"Cán bộ {name}", password=PASSWORD, is_operator=False, actor=SYSTEM, at=at
    )
    post = units.create_post(
        organ=organ, role=role, title=f"Vị trí {name}", single=False, actor=SYSTEM, at=at
    )
    units.appoint(
        post=post.pk, officer=user.actor, since=SINCE, until=None, decision="1/QĐ (đo tốc độ)", actor=SYSTEM, at=at
    )  # fmt: skip
    _, secret = accounts.issue_token(
        user=user.public_id, label="đo", scopes=[Scope.WRITE], days=30, actor=user.actor, at=at - timedelta(minutes=1)
    )  # fmt: skip
    return user.actor, secret


def fileable(place: dossiers.Place, on: date, most: int) -> list[str]:
    """Codes of procedures a commune's committee decides on within a known limit, with the general form."""
    found = []
    for entry in procedures.catalogue().in_force(on):
        pinned = dossiers.to_file(entry.code, place.province_uid, on)
        office, _ = dossiers.competent_of(pinned.content, place)
        keys = {q.key for page in pinned.content.form.pages for q in page.questions}
        decided_here = office is not None and office.kind in ("commune_committee", "commune_chairman")
        if decided_here and keys <= set(ANSWERS) and dossiers.limit_of(pinned.content, Channel.ONLINE, {}):
            found.append(entry.code)
        if len(found) == most:
            break
    return found


def settle(at: datetime, count: int) -> list[Office]:
    """Offices in `count` provinces."""
    on, register = today(at), queries.register()
    offices: list[Office] = []
    for province in register.provinces(on):
        for unit in register.children(province.uid, on, "commune"):
            place = dossiers.place(unit.uid, on)
            if "commune_centre" in place.offices and place.agency:
                offices.append(_office(place, unit.code, len(offices), at))
                break
        if len(offices) == count:
            return offices
    return offices


def _office(place: dossiers.Place, code: str, number: int, at: datetime) -> Office:
    clerk_id, clerk = _officer(f"do.nhan{number}", place.offices["commune_centre"].pk, Role.RECEPTION, at)
    leader_id, leader = _officer(f"do.ky{number}", place.offices["commune_chairman"].pk, Role.LEADER, at)
    procedure = fileable(place, today(at), number + 1)[-1]
    filing = {
        "procedure": procedure,
        "unit": code,
        "applicant": {
            "name": ANSWERS["full_name"],
            "number": ANSWERS["person_id"],
            "phone": ANSWERS["phone"],
        },
        "answers": ANSWERS,
    }
    return Office(code, place.uid, clerk, leader, leader_id, clerk_id, filing)
