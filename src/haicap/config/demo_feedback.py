"""Phản ánh trình diễn: tickets in every state, two standing units with rosters, two incidents, made by walking the verbs.

All or none, once: what the demonstration shows is what people really did, in an order and at times that are legal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction

from haicap.base.dates import HANOI, today
from haicap.config import demo
from haicap.config.demo_tickets import ANSWERS, TICKETS, Ticket
from haicap.domain.feedback import actions, queries
from haicap.domain.feedback.actions import Draft, Filed, Filing, Proof
from haicap.domain.feedback.queries import systems, telling
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import Channel, Ground, Kind, Rating
from haicap.domain.feedback.uptime.states import Impact
from haicap.domain.law import queries as law
from haicap.domain.units import queries as units
from haicap.kernel.accounts import queries as accounts

OPENING, STEP, DAY = time(8, 20), timedelta(minutes=35), timedelta(days=1)
WEB = "portal"


def number_of(key: str) -> UUID:
    """The opaque id of a demonstration's ticket: the same in every run, so that none is made twice."""
    return uuid5(NAMESPACE_URL, f"haicap-demo-ticket:{key}")


def load(at: datetime) -> int:
    """Make the tickets unless they are there; how many. An errand: it waits for the registers and for the cast."""
    if settings.PRODUCTION or telling.code_of(str(number_of(TICKETS[-1].key))):
        return 0
    if not (queries.loaded() and law.loaded() and systems.loaded()):
        return 0
    people = {person.name: accounts.user_named(person.name) for person in demo.CAST}
    actors = {name: user.actor for name, user in people.items() if user is not None}
    if len(actors) < len(demo.CAST):
        return 0
    with transaction.atomic():
        _forces(actors, at)
        filed: dict[str, Filed] = {}
        answers: dict[str, str] = {}
        for story in sorted(TICKETS, key=lambda t: -t.ago):
            _Walk(story, actors, at, filed, answers).run()
        _incidents(actors, at)
    return len(TICKETS)


def _opening(at: datetime, ago: int, minute: int) -> datetime:
    """Soon after the opening of the working day so many working days ago, never after the load."""
    day = today(at)
    for _ in range(ago):
        day -= DAY
        while day.weekday() > 4:
            day -= DAY
    while day.weekday() > 4:
        day -= DAY
    return min(datetime.combine(day, OPENING, HANOI) + timedelta(minutes=minute), at - STEP)


@dataclass(slots=True)
class _Walk:
    """One ticket on its way: each step a little after the one before, never after the instant of the load."""

    story: Ticket
    actors: Mapping[str, str]
    at: datetime
    filed: dict[str, Filed]
    answers: dict[str, str]
    made: Filed = field(init=False)
    now: datetime = field(init=False)

    def run(self) -> None:
        self.now = _opening(self.at, self.story.ago, self.story.minute)
        self.made = self.filed[self.story.key] = self._file()
        for step in self.story.steps:
            said, _, wait = step.partition("@")
            verb, _, told = said.partition(":")
            room = max(self.at - self.now, timedelta(0))
            self.now += min(STEP + timedelta(days=float(wait or 0)), room / 2)
            getattr(self, f"_{verb}")(*([told] if told else []))

    def _file(self) -> Filed:
        story, on = self.story, today(self.now)
        uid = units.register().at(story.unit, on) if story.unit else None
        own = self.actors["lan"] if story.by == "lan" else ""
        system = systems.system(story.system) if story.system else None
        phone = story.phone.ljust(10, "0")
        filing = Filing(
            story.kind, story.text, sender=Sender(story.name, phone if story.phone else "", user=own), channel=story.channel,
            unit=uid.uid if uid else "", procedure=story.procedure, document=_slug(story.document), path=story.path,
            system=story.system, system_owner=system.owner if system else "", source=f"demo:{story.key}",
            number=number_of(story.key),
        )  # fmt: skip
        taken = story.channel in (Channel.PHONE, Channel.DESK) or story.kind is Kind.LOCALITY
        actor = self.actors[story.by] if taken or own else WEB
        return actions.file_ticket(filing=filing, actor=actor, at=self.now)

    def _by(self, who: str) -> dict[str, Any]:
        """What every verb at a ticket is told."""
        code = self.made.code
        return {"code": code, "seen": queries.bare(code).version, "actor": self.actors[who], "at": self.now}

    @property
    def _worker(self) -> dict[str, Any]:
        return self._by(self.story.worker)

    @property
    def _leader(self) -> dict[str, Any]:
        return self._by(self.story.leader)

    @property
    def _sender(self) -> dict[str, Any]:
        return {"code": self.made.code, "proof": Proof(key=self.made.key), "actor": WEB, "at": self.now}

    def _accept(self) -> None:
        actions.accept(**self._worker)

    def _note(self) -> None:
        actions.note(text="Đã hỏi Phòng Văn hóa - Xã hội, chờ sổ gốc.", **self._worker)

    def _ask(self) -> None:
        actions.ask_more(question="Xin cho biết mã hồ sơ và ngày nộp ghi trên giấy hẹn.", **self._worker)

    def _supply(self) -> None:
        actions.supply_more(text="Tôi nộp ngày 3, mã ghi trên giấy hẹn bị mờ.", **self._sender)

    def _draft(self) -> None:
        said, by = ANSWERS[self.story.answer], self._worker
        draft = Draft(
            said.text, bool(said.public), said.question, said.public, "" if said.public else "Liên quan đời tư của người gửi.",
            [(_slug(said.document), said.path)] if said.document else [],
            "officer" if self.story.kind is Kind.LOCALITY else "citizen",
        )  # fmt: skip
        made = actions.draft_answer(
            codes=[by["code"]], draft=draft, seen={by["code"]: by["seen"]}, actor=by["actor"], at=by["at"]
        )
        self.answers[self.story.key] = made.code

    def _submit(self) -> None:
        actions.submit_answer(**self._worker)

    def _back(self) -> None:
        actions.send_back(reason="Xin nêu ngày trả kết quả mới.", **self._leader)

    def _approve(self) -> None:
        actions.approve_answer(**self._leader)

    def _publish(self) -> None:
        actions.publish_answer(**self._worker)

    def _reuse(self, of: str) -> None:
        actions.reuse_answer(answer=self.answers[of], **self._worker)

    def _like(self) -> None:
        actions.rate_answer(rating=Rating.LIKE, **self._sender)

    def _dislike(self) -> None:
        actions.rate_answer(rating=Rating.DISLIKE, **self._sender)

    def _reopen(self) -> None:
        actions.reopen(reason="Hôm qua tôi đến vẫn bị yêu cầu như cũ.", **self._sender)

    def _withdraw(self) -> None:
        actions.withdraw_ticket(**self._sender)

    def _refuse(self, ground: str) -> None:
        actions.refuse(
            ground=Ground(ground), reason="Nội dung này được giải quyết theo luật riêng; xin xem hướng dẫn.", **self._worker
        )  # fmt: skip

    def _transfer(self) -> None:
        province = _province(today(self.now))
        actions.transfer(kind="construction", unit=province, reason="Vận tải hành khách thuộc Sở Xây dựng.", **self._worker)  # fmt: skip


def _slug(number: str) -> str:
    found = law.corpus().numbered(number) if number else []
    return found[0].slug if found else ""


def _province(on: date) -> str:
    held = units.register().at("15", on)
    return held.uid if held else ""


def _forces(actors: Mapping[str, str], at: datetime) -> None:
    """Lào Cai's hotline and the ministry's unit for civil status; rosters by week, one absence with a stand-in."""
    on, early = today(at), _opening(at, 30, 0)
    monday = on - timedelta(days=on.weekday())
    seats = (
        (_province(on), "province_office", "Tổ trực đường dây nóng tỉnh Lào Cai", (), "0214 3840 022", "yen.laocai", ("vinh.laocai", "yen.laocai")),
        ("vn", "btp", "Tổ công tác về hộ tịch, chứng thực", ("Hộ tịch", "Chứng thực"), "024 6273 9999", "uyen.btp", ("tuan.btp", "uyen.btp")),
    )  # fmt: skip
    for uid, kind, name, fields, phone, leader, members in seats:
        organ = next(row.pk for row in units.organs_of(uid, on) if row.kind == kind)
        who = actors[leader]
        force = actions.set_up_force(
            organ=organ, name=name, since=date(2025, 7, 1), fields=fields, phone=phone, actor=who, at=early
        )
        for week in range(-4, 4):
            since = monday + week * 7 * DAY
            force = actions.put_on_duty(
                code=force.code, officer=actors[members[week % 2]], since=since, until=since + 7 * DAY, seen=force.version,
                actor=who, at=early,
            )  # fmt: skip
    actions.note_absence(
        officer=actors["tuan.btp"], since=on + 7 * DAY, until=on + 12 * DAY, stand_in=actors["uyen.btp"],
        actor=actors["tuan.btp"], at=at,
    )  # fmt: skip


def _incidents(actors: Mapping[str, str], at: datetime) -> None:
    """One mended a week ago, one open now."""
    operator, then = actors["khanh"], _opening(at, 6, 30)
    one = actions.open_incident(
        system="haicap", impact=Impact.DEGRADED, text="Tải tệp ảnh chậm vào giờ cao điểm.", since=then, actor=operator, at=then + STEP,
    )  # fmt: skip
    one = actions.acknowledge_incident(code=one.code, seen=one.version, actor=operator, at=then + STEP)
    actions.resolve_incident(code=one.code, seen=one.version, actor=operator, at=then + 5 * STEP)
    now = at - STEP
    two = actions.open_incident(
        system="haicap", impact=Impact.WARNING, text="Một số điện thoại cũ không tải được tệp ảnh; nộp từ máy tính vẫn được.",
        since=now, actor=operator, at=now,
    )  # fmt: skip
    actions.acknowledge_incident(code=two.code, seen=two.version, actor=operator, at=at)
