"""Hồ sơ trình diễn: fictional dossiers in every state around the day of the run, made by walking the verbs.

All or none, once: what the demonstration shows is what people really did, in an order and at times that are legal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction

from haicap.base.dates import HANOI, today
from haicap.config import demo
from haicap.config.demo_stories import STORIES, Story
from haicap.domain.deadlines.reckoning import read_limit
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions import Filing, Handed, Missing
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.rules import Applicant
from haicap.domain.dossiers.states import Channel, FileOrigin, Outcome
from haicap.domain.procedures import queries as procedures
from haicap.domain.procedures.content import Field, FieldType, Form
from haicap.domain.units import queries as units
from haicap.kernel.accounts import queries as accounts

OPENING, STEP = time(8, 10), timedelta(minutes=40)
ONLINE = {Channel.ONLINE}
PATTERNED = ("B1234567", "08:30")  # a number of a paper, an hour


def number_of(key: str) -> UUID:
    """The opaque id of a demonstration's dossier: the same in every run, so that none is made twice."""
    return uuid5(NAMESPACE_URL, f"haicap-demo-dossier:{key}")


def load(at: datetime) -> int:
    """Make the dossiers unless they are there; how many. An errand: it waits for the catalogue and for the cast."""
    if settings.PRODUCTION or queries.by_public_id(number_of(STORIES[-1].key)) is not None:
        return 0
    if not procedures.loaded() or not queries.has_agencies():
        return 0
    people = {person.name: accounts.user_named(person.name) for person in demo.CAST}
    actors = {name: user.actor for name, user in people.items() if user is not None}
    if len(actors) < len(demo.CAST):
        return 0
    with transaction.atomic():
        for story in STORIES:
            _Walk(story, actors, at).run()
    return len(STORIES)


@dataclass(slots=True)
class _Walk:
    """One story on its way: each step a little after the one before, never after the instant of the load."""

    story: Story
    actors: Mapping[str, str]
    at: datetime
    row: Taken = field(init=False)
    now: datetime = field(init=False)

    def run(self) -> None:
        self.now = self._start()
        self._file()
        for step in self.story.steps:
            verb, _, wait = step.partition("@")
            self._on(float(wait or 0))
            getattr(self, f"_{verb}")()

    def _start(self) -> datetime:
        """The opening of the day so many working days ago."""
        day = today(self.at)
        for _ in range(self.story.ago):
            day -= timedelta(days=1)
            while day.weekday() > 4:
                day -= timedelta(days=1)
        while day.weekday() > 4:
            day -= timedelta(days=1)
        begun = datetime.combine(day, OPENING, HANOI) + timedelta(minutes=self.story.minute)
        return min(begun, self.at - STEP)

    def _on(self, days: float) -> None:
        room = max(self.at - self.now, timedelta(0))
        self.now += min(STEP + timedelta(days=days), room / 2)

    def _as(self, who: str) -> str:
        return self.actors[who]

    @property
    def _desk(self) -> dict[str, Any]:
        """What every verb at a dossier is told."""
        return {"code": self.row.code, "seen": self.row.version, "at": self.now}

    def _file(self) -> None:
        story, on = self.story, today(self.now)
        place = _place(story.unit, on)
        found = queries.to_file(story.procedure, place.province_uid, on)
        online = story.channel in ONLINE
        own = story.by if online else ""
        applicant = Applicant(
            story.name, story.kind, story.number, story.phone, address=story.address,
            user=self._as(own) if own in self.actors else "",
        )  # fmt: skip
        papers = [p for p in found.content.papers if p.required][:4]
        centre = None if online else _place(story.desk, on).centre
        filing = Filing(
            story.procedure, place.uid, applicant, story.channel, answers_to(found.content.form, story),
            [Handed(p.code, originals=p.originals or 1, copies=p.copies or 0, origin=self._origin()) for p in papers],
            centre=centre.pk if centre else None, number=number_of(story.key),
        )  # fmt: skip
        actor = self._as(story.by if own in self.actors or not online else "giang.sapa")
        self.row = actions.file(filing=filing, actor=actor, at=self.now)

    def _origin(self) -> FileOrigin:
        return FileOrigin.SCANNED if self.story.minute % 2 else FileOrigin.HANDED

    def _receive(self) -> None:
        found = queries.pinned(self.row.procedure_version_id, self.row.instance_id, self.row.procedure_code)
        several = len(queries.limits_of(found.content, self.story.channel, {})) > 1
        self.row = actions.receive(
            actor=self._as(self.story.reception),
            limit=0 if several else None,
            pages=4,
            copies=2,
            **self._desk,
        )

    def _forward(self) -> None:
        actions.forward(codes=[self.row.code], actor=self._as(self.story.reception), at=self.now)
        self.row.version += 1

    def _over(self) -> None:
        actions.take_over(codes=[self.row.code], actor=self._as(self.story.worker), at=self.now)
        self.row.version += 1

    def _up(self) -> None:
        self.row = actions.take_up(actor=self._as(self.story.worker), **self._desk)

    def _advance(self) -> None:
        self.row = actions.advance(
            actor=self._as(self.story.worker), note="Đã thẩm định, trình lãnh đạo.", **self._desk
        )

    def _missing(self) -> None:
        items = [
            Missing("khac", "Giấy chứng sinh", "Bản nộp bị mờ, xin nộp bản rõ."),
            Missing("khac", "Tờ khai", "Thiếu chữ ký người khai ở trang 2."),
        ]
        self.row = actions.request_supplement(
            items=items,
            contact="Vũ Hương Giang, 0214 3871 234",
            actor=self._as(self.story.reception),
            **self._desk,
        )

    def _supply(self) -> None:
        self.row = actions.supply(
            components=[Handed("khac", "Giấy chứng sinh (bản rõ)", 1)],
            actor=self._as(self.story.reception),
            **self._desk,
        )

    def _pay(self) -> None:
        self.row = actions.request_payment(actor=self._as(self.story.reception), **self._desk)

    def _consult(self) -> None:
        on = today(self.now)
        province = queries.place(queries.uid_of(self.row.province_id), on)
        self.row = actions.consult(
            organ=province.offices["justice"].pk, question="Đề nghị cho ý kiến về việc áp dụng giấy tờ thay thế.",
            wanted_by=on + timedelta(days=3), actor=self._as(self.story.worker), **self._desk,
        )  # fmt: skip

    def _extend(self) -> None:
        self.row = actions.extend(
            parts=(read_limit("3", "working_days"),), reason="Cần xác minh thêm tại nơi cư trú trước đây.",
            actor=self._as(self.story.worker), **self._desk,
        )  # fmt: skip

    def _grant(self) -> None:
        self.row = actions.decide(outcome=Outcome.GRANTED, actor=self._as(self.story.leader), **self._desk)

    def _deny(self) -> None:
        self.row = actions.decide(
            outcome=Outcome.DENIED, reason="Không đủ điều kiện theo quy định của thủ tục.",
            actor=self._as(self.story.leader), **self._desk,
        )  # fmt: skip

    def _finish(self) -> None:
        self.row = actions.finish(on_paper=True, actor=self._as(self.story.worker), **self._desk)

    def _out(self) -> None:
        self.row = actions.hand_out(actor=self._as(self.story.reception), **self._desk)

    def _refuse(self) -> None:
        self.row = actions.refuse(
            reason="Thủ tục không thuộc thẩm quyền giải quyết của phường.", actor=self._as(self.story.reception), **self._desk
        )  # fmt: skip

    def _stop(self) -> None:
        self.row = actions.stop(
            reason="Người nộp đề nghị dừng giải quyết.", actor=self._as(self.story.reception), **self._desk
        )

    def _withdraw(self) -> None:
        self.row = actions.withdraw(actor=self._as(self.story.reception), **self._desk)


def _place(code: str, on: date) -> queries.Place:
    unit = units.register().at(code, on)
    assert unit is not None
    return queries.place(unit.uid, on)


def answers_to(form: Form, story: Story) -> dict[str, Any]:
    """Fictional answers to every question that must be answered, in the order they are asked."""
    answers: dict[str, Any] = {}
    for _page, question in form.questions():
        if isinstance(question, Field):
            if question.required and question.condition.holds(answers):
                answers[question.key] = _answer(question, story)
        elif question.condition.holds(answers):
            answers[question.key] = [
                {f.key: _answer(f, story) for f in question.fields if f.required}
                for _ in range(question.least)
            ]
    return answers


def _answer(asked: Field, story: Story) -> str | list[str]:
    if asked.type in (FieldType.CHOICE, FieldType.YESNO):
        return asked.options[0].key if asked.options else "no"
    if asked.type is FieldType.MULTICHOICE:
        return [asked.options[0].key]
    if asked.rules.pattern:
        return next((text for text in PATTERNED if re.fullmatch(asked.rules.pattern, text)), "")
    known = {
        FieldType.PERSON_ID: story.number if len(story.number) == 12 else "015090000000", FieldType.PHONE: story.phone, FieldType.DATE: "2020-06-15",
        FieldType.NUMBER: asked.rules.min or "1", FieldType.MONEY: asked.rules.min or "100000",
        FieldType.EMAIL: "thu@hop-thu.example", FieldType.UNIT: story.address, FieldType.TEXT: story.name,
    }  # fmt: skip
    return known.get(asked.type, "Theo giấy tờ kèm theo.")
