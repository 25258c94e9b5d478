"""Khảo sát khả năng thực hiện: the powers a unit exercises, what it says of each, many at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.base.refused import Refused
from haicap.base.text import fold
from haicap.domain.powers import actions, queries
from haicap.domain.powers.policy import Verb, rights_of
from haicap.domain.powers.queries import AnswerRow, PowerRow
from haicap.domain.powers.states import Survey
from haicap.domain.units import policy as units
from haicap.domain.units import queries as register
from haicap.domain.units.organs import Role
from haicap.web.common import exports, refusals
from haicap.web.common.powers import deciding, words
from haicap.web.desk import frame
from haicap.web.desk.gate import READ_WRITE, Needs, Officer, gate
from haicap.web.desk.powers.forms import SurveyForm

FIRST_ROUND = "137/CV-BCĐ"  # the letter of 1 October 2025 that asked for the first time
UNANSWERED = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """A power the unit exercises, who in it does, and what was said of it so far."""

    power: PowerRow
    name: str
    organs: str
    answer: AnswerRow | None

    @property
    def state(self) -> str:
        """The answer; "-" without one."""
        return self.answer.answer if self.answer else UNANSWERED

    @property
    def seen(self) -> int:
        """The version the page shows."""
        return self.answer.version if self.answer else 0


@dataclass(frozen=True, slots=True)
class Mine:
    """The unit an officer answers for and the round; `unit` is "" for officers of ministries."""

    unit: str
    title: str
    round: str
    units: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """For addresses."""
        return f"don-vi={self.unit}"


def mine(request: HttpRequest, officer: Officer) -> Mine:
    """The units of the officer's working posts, the asked one first (`?don-vi=`), and the newest round."""
    posts = units.held(officer.actor, officer.on)
    allowed = Verb.SURVEY in rights_of(posts)
    uids = (
        [p.unit_uid for p in posts if p.unit_uid != "vn" and p.role is not Role.RECEPTION] if allowed else []
    )
    known = register.register()
    named = tuple((uid, known.title(uid, officer.on)) for uid in dict.fromkeys(uids))
    asked = request.POST.get("don-vi") or request.GET.get("don-vi", "")
    unit = asked if asked in dict(named) else (named[0][0] if named else "")
    return Mine(unit, dict(named).get(unit, ""), next(iter(queries.rounds()), FIRST_ROUND), named)


def _rows(whose: Mine, officer: Officer) -> list[Row]:
    said = {a.power.code: a for a in queries.survey_answers(whose.round, unit=whose.unit)}
    return [
        Row(
            power, deciding.power_name(power),
            ", ".join(deciding.organ_said(kind, whose.unit, officer.on) for kind in kinds), said.get(power.code),
        )
        for power, kinds in queries.exercised_at(whose.unit, officer.on)
    ]  # fmt: skip


@require_safe
@gate(Needs.LISTS)
def survey(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Powers of my unit with the state of the answer (`?tra-loi=`, `?loc=` words)."""
    whose = mine(request, officer)
    every = _rows(whose, officer) if whose.unit else []
    state, text = frame.word(request, "tra-loi", 12), frame.word(request, "loc", 100)
    wanted = fold(text).split()
    rows = [
        r
        for r in every
        if state in ("", r.state)
        and all(w in fold(f"{r.name} {r.power.field} {r.power.code}") for w in wanted)
    ]
    counts = Counter(r.state for r in every)
    states = [("", gettext("tất cả"), len(every)), (UNANSWERED, gettext("chưa trả lời"), counts[UNANSWERED])]
    states += [(value, word, counts[value]) for value, word in words.choices(words.ANSWERS)]
    values = {
        "mine": whose, "rows": rows, "every": len(every), "done": len(every) - counts[UNANSWERED], "states": states,
        "state": state, "text": text, "answers": words.ANSWERS, "title": gettext("Khảo sát khả năng thực hiện"),
    }  # fmt: skip
    return frame.show(request, officer, "powers/survey", values)


@require_safe
@gate(Needs.LISTS)
def as_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The answers of my unit as CSV."""
    whose = mine(request, officer)
    rows = _rows(whose, officer) if whose.unit else []
    head = (
        "power",
        "name",
        "field",
        "organs",
        "answer",
        "difficulties",
        "words",
        "proposal",
        "addressee",
        "answered_at",
    )
    lines = [
        (
            r.power.code, r.name, r.power.field, r.organs, a.answer if a else "", "|".join(a.difficulties) if a else "",
            a.words if a else "", a.proposal if a else "", a.addressee if a else "", a.answered_at.isoformat() if a else "",
        )
        for r in rows
        for a in (r.answer,)
    ]  # fmt: skip
    return exports.csv_response("khao-sat", head, lines)


@require_POST
@gate(Needs.LISTS)
def able(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Many at once: the unit can do these. One that somebody else answered meanwhile is left as it is, and told."""
    whose = mine(request, officer)
    chosen = request.POST.getlist("tham-quyen")[:500]
    ours = {power.code for power, _ in queries.exercised_at(whose.unit, officer.on)} if whose.unit else set()
    strange = [code for code in chosen if code not in ours]
    done, kept = 0, [gettext("Có việc đơn vị không thực hiện nên không ghi.")] if strange else list[str]()
    for code in (code for code in chosen if code in ours):
        seen = request.POST.get(f"seen-{code}", "")
        try:
            actions.answer_survey(
                round_=whose.round, power=code, unit=whose.unit, answer=Survey.CAN,
                seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0, actor=officer.actor,
                at=officer.at,
            )  # fmt: skip
        except Refused as refused:
            kept.append(f"{code}: {refusals.sentence(refused)}")
        else:
            done += 1
    if done:
        messages.success(
            request,
            ngettext("Đã ghi %(n)s việc thực hiện được.", "Đã ghi %(n)s việc thực hiện được.", done)
            % {"n": done},
        )
    for sentence in kept[:5]:
        messages.warning(request, sentence)
    if not chosen:
        messages.warning(request, gettext("Chưa chọn việc nào. Xin đánh dấu các việc trước."))
    return redirect("desk:survey")


@require_http_methods(READ_WRITE)
@gate(Needs.LISTS)
def answer(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """What my unit says of one power."""
    whose = mine(request, officer)
    if not whose.unit:
        raise Http404
    row = next((r for r in _rows(whose, officer) if r.power.code == code), None)
    if row is None:
        raise Http404
    form = SurveyForm(row.answer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(
            form,
            lambda: actions.answer_survey(
                round_=whose.round,
                power=code,
                unit=whose.unit,
                actor=officer.actor,
                at=officer.at,
                **form.given(),
            ),
        )
        if made is not None:
            return frame.done(request, gettext("Đã ghi câu trả lời."), "survey")
    on = officer.on
    values = {
        "mine": whose, "row": row, "form": form,
        "holders": deciding.lines(queries.holder(code, whose.unit, on), on, on), "title": gettext("Khảo sát"),
    }  # fmt: skip
    return frame.show(request, officer, "powers/answer", values, 400 if form.errors else 200)
