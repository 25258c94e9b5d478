"""Thời hạn: one deadline with its proof, or up to a thousand in one call; the calendar of working days."""

from __future__ import annotations

import functools
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Field, Router, Schema

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import queries
from haicap.domain.deadlines.reckoning import (
    Day,
    Instant,
    Limit,
    LimitUnit,
    Pause,
    Proof,
    ProofDay,
    Reckoner,
    Rule,
    Step,
    prove,
    read_instant,
    shown,
    sum_of,
)
from haicap.web.api.caching import FRESH, View, matches
from haicap.web.api.clients import charge
from haicap.web.api.schemas import MOST_AT_ONCE
from haicap.web.api.service import answers, unchecked
from haicap.web.common.context import product_version
from haicap.web.common.refusals import sentence

router = Router(tags=["Thời hạn"])
QUESTIONS_A_CALL = 100  # of a bulk call that count as one call
MOST_PAUSES = 20


# --- shapes -------------------------------------------------------------------------------------------------------
class PartIn(Schema):
    """Một phần của thời hạn."""

    value: str = Field(
        "", max_length=20, description="Số, nửa ngày hoặc nửa giờ ghi 0.5; bỏ trống khi same_day."
    )
    unit: str = Field(
        max_length=30,
        description="working_days, working_hours, days, months, same_day",
        examples=["working_days"],
    )


class PauseIn(Schema):
    """Một lần tạm dừng."""

    paused: str = Field(max_length=30, examples=["2026-11-23 10:00"])
    resumed: str = Field("", max_length=30, description="Bỏ trống: đang tạm dừng.")


class DeadlineIn(Schema):
    """Câu hỏi về một thời hạn."""

    received: str = Field(max_length=30, description="Giờ Việt Nam.", examples=["2026-02-13 16:59"])
    parts: list[PartIn] = Field(
        description="Các phần nối tiếp nhau: lúc hết phần trước là lúc nhận của phần sau."
    )
    pauses: list[PauseIn] = Field([], max_length=MOST_PAUSES)


class PartOut(Schema):
    value: float | None
    unit: str


class StepOut(Schema):
    """Một phần của thời hạn, hoặc phần còn lại sau một lần tạm dừng (part null)."""

    part: PartOut | None
    received: str
    counted_from: str
    due: str
    minutes_left: int


class ProofDayOut(Schema):
    day: str
    mark: str = Field(description="before, first, counted, off, moved, paused")
    why: str = Field(description="working_day, weekend, holiday, compensated, swapped, working, ordinary")
    step: int
    number: int = Field(description="Ngày thứ mấy của phần; 0: không đếm theo ngày.")
    minutes: int = Field(description="Số phút làm việc được tính trong ngày, khi tính theo giờ.")
    due: bool
    name: str
    document: str
    evidence: str
    note: str


class RuleOut(Schema):
    code: str
    sentence: str
    citation: str
    evidence: str
    note: str


class DeadlineOut(Schema):
    """Hạn và chứng minh từng ngày."""

    due: str | None = Field(description="null: đang tạm dừng.")
    first_due: str = Field(description="Hạn khi chưa tạm dừng.")
    received: str
    counted_from: str = Field(description="Lúc làm việc đầu tiên kể từ lúc nhận.")
    calendar_version: int
    steps: list[StepOut]
    days: list[ProofDayOut]
    rules: list[RuleOut]


class QuestionIn(Schema):
    """Một dòng như trong tệp của `haicap deadline`."""

    received: str = Field(max_length=40)
    value: str = Field("", max_length=40)
    unit: str = Field(max_length=40)
    paused: str = Field("", max_length=40)
    resumed: str = Field("", max_length=40)


class QuestionsIn(Schema):
    questions: list[QuestionIn] = Field(
        max_length=MOST_AT_ONCE, description=f"Tối đa {MOST_AT_ONCE} câu hỏi."
    )


class AnswerOut(Schema):
    due: str
    error: str


class AnswersOut(Schema):
    calendar_version: int
    answers: list[AnswerOut] = Field(description="Cùng thứ tự với danh sách gửi lên.")


class CalendarDayOut(Schema):
    day: str
    working: bool
    kind: str
    name: str
    document: str
    evidence: str
    note: str


class CalendarOut(Schema):
    """Lịch làm việc: chỉ những ngày khác thường lệ; thứ Bảy, Chủ nhật còn lại nghỉ."""

    version: int
    first_year: int
    last_year: int
    days: list[CalendarDayOut]


# --- documents ----------------------------------------------------------------------------------------------------
def _part(part: Limit | None) -> dict[str, Any] | None:
    if part is None:
        return None
    return {"value": None if part.unit is LimitUnit.SAME_DAY else part.halves / 2, "unit": part.unit.value}


def _step(step: Step) -> dict[str, Any]:
    return {
        "part": _part(step.limit), "received": shown(*step.start), "counted_from": shown(*step.shifted),
        "due": shown(*step.end), "minutes_left": step.minutes_left,
    }  # fmt: skip


def _source(day: Day | None) -> dict[str, str]:
    if day is None:
        return {"name": "", "document": "", "evidence": "", "note": ""}
    return {"name": day.name, "document": day.document, "evidence": day.evidence, "note": day.note}


def _day(d: ProofDay) -> dict[str, Any]:
    return {
        "day": date.fromordinal(d.on).isoformat(), "mark": d.mark.value, "why": d.why.value, "step": d.part,
        "number": d.number, "minutes": d.minutes, "due": d.due, **_source(d.day),
    }  # fmt: skip


def _rule(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code, "sentence": rule.sentence, "citation": str(rule.citation), "evidence": rule.evidence,
        "note": rule.note,
    }  # fmt: skip


def _document(proof: Proof) -> dict[str, Any]:
    return {
        "due": None if proof.paused else shown(*proof.due),
        "first_due": shown(*proof.first_due),
        "received": shown(*proof.received),
        "counted_from": shown(*proof.shifted),
        "calendar_version": proof.calendar_version,
        "steps": [_step(step) for step in proof.steps],
        "days": [_day(d) for d in proof.days],
        "rules": [_rule(rule) for rule in proof.rules],
    }


def _proved(received: str, parts: list[tuple[str, str]], pauses: list[Pause]) -> dict[str, Any]:
    return _document(prove(queries.calendar(), read_instant(received), sum_of(parts), pauses))


# --- calls --------------------------------------------------------------------------------------------------------
@router.get("/deadlines", response=answers(DeadlineOut), summary="Khi nào đến hạn", operation_id="deadline")
def deadline(
    request: HttpRequest, received: str, unit: str, limit: str = "", paused: str = "", resumed: str = ""
) -> dict[str, Any]:
    """Một thời hạn có một phần và tối đa một lần tạm dừng, với chứng minh từng ngày."""
    if resumed and not paused:
        raise Refused("no_pause", gettext_noop("Có lúc tiếp tục nhưng thiếu lúc tạm dừng."))
    pauses = [_pause(paused, resumed)] if paused else []
    return _proved(received, [(limit, unit)], pauses)


def _pause(paused: str, resumed: str) -> Pause:
    end: Instant | None = read_instant(resumed) if resumed.strip() else None
    return read_instant(paused), end


@router.post(
    "/deadlines", response=answers(DeadlineOut, 413), summary="Khi nào đến hạn, thời hạn nhiều phần",
    operation_id="deadline_of_parts",
)  # fmt: skip
def deadline_of_parts(request: HttpRequest, asked: DeadlineIn) -> dict[str, Any]:
    """Thời hạn nhiều phần, nhiều lần tạm dừng, với chứng minh từng ngày."""
    pauses = [_pause(p.paused, p.resumed) for p in asked.pauses]
    if any(until is None for _, until in pauses[:-1]):
        raise Refused(
            "paused_twice",
            gettext_noop("Tạm dừng lần sau bắt đầu khi lần trước chưa kết thúc. Xin xem lại các thời điểm."),
        )
    return _proved(asked.received, [(p.value, p.unit) for p in asked.parts], pauses)


@router.post(
    "/deadlines/bulk", response=answers(AnswersOut, 413), summary="Nhiều thời hạn", operation_id="deadlines_bulk"
)  # fmt: skip
def bulk(request: HttpRequest, asked: QuestionsIn) -> HttpResponse:
    """Tối đa 1.000 câu hỏi trong một lần gọi, không chứng minh; mỗi 100 câu tính là một lượt gọi."""
    charge(request, len(asked.questions) // QUESTIONS_A_CALL)
    calendar = queries.calendar()
    answer = Reckoner(calendar)
    found = []
    for q in asked.questions:
        one = answer(q.received, q.value, q.unit, q.paused, q.resumed)
        found.append({"due": one.due, "error": sentence(one.problem) if one.problem else ""})
    return unchecked({"calendar_version": calendar.version, "answers": found})


def _of_calendar(view: View) -> View:
    """Give a view of the calendar its version as ETag."""

    @functools.wraps(view)
    def tagged(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        tag = f'"{product_version()}-calendar-{queries.calendar().version}"'
        response = HttpResponse(status=304) if matches(request, tag) else view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = FRESH
        return response

    return tagged


@router.get("/calendar", response=answers(CalendarOut), summary="Lịch làm việc", operation_id="calendar")
@_of_calendar
def calendar(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Những ngày khác thường lệ với văn bản quyết định; `year` để lấy một năm."""
    known = queries.calendar()
    if year is not None and not known.years[0] <= year <= known.years[1]:
        raise Refused(
            "not_found",
            gettext_noop("Chưa có lịch làm việc của năm này. Đang có từ năm %(first)s đến năm %(last)s."),
            params={"first": known.years[0], "last": known.years[1]},
        )
    days = [_calendar_day(d) for on, d in sorted(known.special.items()) if year in (None, on.year)]
    first, last = known.years
    return unchecked({"version": known.version, "first_year": first, "last_year": last, "days": days})


def _calendar_day(day: Day) -> dict[str, Any]:
    return {"day": day.on.isoformat(), "working": day.working, "kind": day.kind, **_source(day)}
