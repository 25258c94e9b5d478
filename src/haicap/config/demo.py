"""Diễn viên trình diễn: fictional people of the demonstration, made by walking the verbs. Never in production.

Their passwords and second factors are fixed and public, so that a run can be tried at once; the one-time code of the
moment is printed by `haicap accounts code NAME`.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pyotp
from django.conf import settings

from haicap.base.dates import today
from haicap.domain.units import actions as units
from haicap.domain.units import queries
from haicap.domain.units.organs import Role
from haicap.kernel.accounts import actions, factors
from haicap.kernel.accounts import queries as accounts_of
from haicap.kernel.accounts.models import User

SYSTEM = "system"
PASSWORD = "cung-thu-haicap-2026"  # noqa: S105  # public on purpose
SINCE = date(2025, 7, 1)
BEFORE = timedelta(minutes=5)  # the code that confirms is an old one: the code of the moment stays unused


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a person sits: holder of a code on the day of the load, kind of its organ, role and title of the post."""

    code: str
    organ: str
    role: Role
    title: str
    single: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the cast; nobody is called so."""

    name: str
    display_name: str
    does: str
    seat: Seat | None = None
    operator: bool = False
    citizen: bool = False


CAST = (
    Person("anh.bnv", "Lê Thị Ánh", "Bộ Nội vụ: lập dự thảo văn bản sắp xếp",
           Seat("VN", "bnv", Role.OFFICER, "Chuyên viên địa giới hành chính")),
    Person("binh.bnv", "Trần Quốc Bình", "Bộ Nội vụ: lãnh đạo, kiểm tra và ghi văn bản vào sổ",
           Seat("VN", "bnv", Role.DEPUTY, "Lãnh đạo phụ trách địa giới hành chính")),
    Person("chi.laocai", "Nguyễn Mai Chi", "Sở Nội vụ tỉnh Lào Cai: lập dự thảo, bổ nhiệm trong tỉnh",
           Seat("15", "home_affairs", Role.OFFICER, "Chuyên viên xây dựng chính quyền")),
    Person("dung.sapa", "Phạm Văn Dũng", "Chủ tịch Ủy ban nhân dân phường Sa Pa: bổ nhiệm ở phường",
           Seat("03006", "commune_chairman", Role.LEADER, "Chủ tịch Ủy ban nhân dân", single=True)),
    Person("giang.sapa", "Vũ Hương Giang", "Phường Sa Pa: tiếp nhận và trả kết quả",
           Seat("03006", "commune_centre", Role.RECEPTION, "Cán bộ tiếp nhận và trả kết quả")),
    Person("huong.sapa", "Lý Thu Hương", "Phường Sa Pa: Phòng Văn hóa - Xã hội, xử lý hồ sơ",
           Seat("03006", "commune_culture", Role.OFFICER, "Công chức tư pháp - hộ tịch")),
    Person("khoi.sapa", "Giàng A Khôi", "Phường Sa Pa: Phó Chủ tịch, quyết định và ký",
           Seat("03006", "commune_committee", Role.DEPUTY, "Phó Chủ tịch Ủy ban nhân dân")),
    Person("nga.taphin", "Tẩn Mẩy Nga", "Xã Tả Phìn: tiếp nhận và trả kết quả",
           Seat("03013", "commune_centre", Role.RECEPTION, "Cán bộ tiếp nhận và trả kết quả")),
    Person("son.taphin", "Bùi Thanh Sơn", "Xã Tả Phìn: Văn phòng, xử lý hồ sơ",
           Seat("03013", "commune_office", Role.OFFICER, "Công chức văn phòng - thống kê")),
    Person("phuong.laocai", "Đặng Minh Phương", "tỉnh Lào Cai: Giám đốc Trung tâm Phục vụ hành chính công",
           Seat("15", "province_centre", Role.LEADER, "Giám đốc Trung tâm")),
    Person("quang.laocai", "Ngô Đức Quang", "tỉnh Lào Cai: Chủ tịch Ủy ban nhân dân",
           Seat("15", "province_chairman", Role.LEADER, "Chủ tịch Ủy ban nhân dân tỉnh", single=True)),
    Person("thao.saigon", "Trương Ngọc Thảo", "Phường Sài Gòn (tỉnh khác): tiếp nhận và trả kết quả",
           Seat("26740", "commune_centre", Role.RECEPTION, "Cán bộ tiếp nhận và trả kết quả")),
    Person("tuan.btp", "Hồ Anh Tuấn", "Bộ Tư pháp: theo dõi thủ tục hộ tịch trong cả nước",
           Seat("VN", "btp", Role.OFFICER, "Chuyên viên hộ tịch")),
    Person("uyen.btp", "Mai Tố Uyên", "Bộ Tư pháp: lãnh đạo phụ trách hộ tịch",
           Seat("VN", "btp", Role.DEPUTY, "Lãnh đạo phụ trách hộ tịch")),
    Person("vinh.laocai", "Hà Quang Vinh", "tỉnh Lào Cai: Văn phòng Ủy ban nhân dân, trực đường dây nóng",
           Seat("15", "province_office", Role.OFFICER, "Chuyên viên tiếp nhận phản ánh, kiến nghị")),
    Person("yen.laocai", "Triệu Hải Yến", "tỉnh Lào Cai: Chánh Văn phòng, duyệt trả lời, phân công trực",
           Seat("15", "province_office", Role.LEADER, "Chánh Văn phòng Ủy ban nhân dân tỉnh", single=True)),
    Person("hai.vpcp", "Tạ Ngọc Hải", "Văn phòng Chính phủ: đầu mối phản ánh, kiến nghị của cả nước",
           Seat("VN", "vpcp", Role.OFFICER, "Chuyên viên kiểm soát thủ tục hành chính")),
    Person("khanh", "Đỗ Minh Khánh", "người vận hành: giữ tài khoản, xem sổ ghi", operator=True),
    Person("lan", "Hoàng Thị Lan", "công dân", citizen=True),
)  # fmt: skip


def accounts() -> list[dict[str, str]]:
    """What to print: name, password, role of everybody."""
    return [{"name": p.name, "password": PASSWORD, "role": f"{p.display_name}, {p.does}"} for p in CAST]


def secret(name: str) -> str:
    """The fixed secret of an officer's second factor (base 32). KeyError for anybody else."""
    if name not in {p.name for p in CAST if not p.citizen}:
        raise KeyError(name)
    return base64.b32encode(hashlib.sha256(f"haicap demo {name}".encode()).digest())[:32].decode()


def code(name: str, *, at: datetime) -> str:
    """The one-time code of an officer at the instant `at`. KeyError for a name that has none."""
    return pyotp.TOTP(secret(name)).at(at)


def load(*, at: datetime) -> None:
    """Make everybody who is not there yet. RuntimeError in production: everybody knows these passwords."""
    if settings.PRODUCTION:
        raise RuntimeError("the demo cast does not enter production")
    for person in CAST:
        user = accounts_of.user_named(person.name) or _account(person, at)
        if not person.citizen and not factors.has_totp(user):
            _second_factor(user, person, at)
        if person.seat is not None:
            _seated(user, person.seat, at)


def _account(person: Person, at: datetime) -> User:
    if person.citizen:
        return actions.register_citizen(
            name=person.name, password=PASSWORD, display_name=person.display_name, actor=actions.SELF, at=at
        )
    return actions.create_officer(
        name=person.name, display_name=person.display_name, password=PASSWORD, is_operator=person.operator,
        actor=SYSTEM, at=at,
    )  # fmt: skip


def _second_factor(user: User, person: Person, at: datetime) -> None:
    before = at - BEFORE
    actions.enrol_totp(user=user.public_id, secret=secret(person.name), actor=SYSTEM, at=before)
    actions.confirm_totp(user=user.public_id, code=code(person.name, at=before), actor=SYSTEM, at=before)


def _seated(user: User, seat: Seat, at: datetime) -> None:
    """The post and the appointment, unless the person has held one before."""
    if queries.appointments_of(user.pk).exists():
        return
    organ = _organ(seat, today(at))
    post = queries.posts_of(organ).filter(title=seat.title).first() or units.create_post(
        organ=organ, role=seat.role, title=seat.title, single=seat.single, actor=SYSTEM, at=at
    )
    units.appoint(
        post=post.pk,
        officer=user.actor,
        since=SINCE,
        until=None,
        decision="01/QĐ (trình diễn)",
        actor=SYSTEM,
        at=at,
    )


def _organ(seat: Seat, on: date) -> int:
    held = queries.register().at(seat.code, on) if seat.code != "VN" else None
    uid = held.uid if held else "vn"
    return next(row.pk for row in queries.organs_of(uid, on) if row.kind == seat.organ)
