"""Khảo sát: figures of a power, of a ministry, and the answers behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from haicap.domain.powers import queries
from haicap.domain.powers.formats import workbooks
from haicap.domain.powers.queries import AnswerRow
from haicap.domain.units import queries as units
from haicap.web.common import paging
from haicap.web.common.powers import words
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.powers import shown

ROWS = 50
HEAD = (
    "round", "ministry", "power", "power_name", "unit", "unit_name", "answer", "difficulties", "words", "proposal",
    "addressee", "answered_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """A round's answers about one power."""

    round: str
    parts: Sequence[tuple[str, int]]
    total: int


@dataclass(frozen=True, slots=True)
class Ministry:
    """A round's answers about the powers of one ministry."""

    owner: str
    name: str
    parts: Sequence[tuple[str, int]]
    total: int
    units: int
    difficulties: str
    proposals: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in words."""

    row: AnswerRow
    unit: str
    answer: str
    tone: str
    difficulties: str
    addressee: str


TONES = {"can": "ok", "difficult": "warn", "cannot": "late"}


def of_power(code: str) -> list[Figures]:
    """Answers about a power, by round, the newest first."""
    found = []
    for round_ in queries.rounds():
        counts = Counter(row.answer for row in queries.survey_answers(round_, power=code))
        if counts:
            found.append(Figures(round_, _parts(counts), sum(counts.values())))
    return found


def _parts(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(words.said(words.ANSWERS, value), counts.get(value, 0)) for value in words.ANSWERS]


def _round(request: HttpRequest) -> tuple[str, list[str]]:
    every = queries.rounds()
    asked = frame.word(request, "dot", 60)
    return (asked if asked in every else every[0] if every else ""), every


@require_safe
@gate()
def survey(request: HttpRequest, officer: Officer) -> HttpResponse:
    """A round (`?dot=`) gathered per ministry; the answers of one (`?bo=`)."""
    round_, every = _round(request)
    owner = frame.word(request, "bo", 40)
    ministries = [_ministry(found) for found in queries.survey_by_ministry(round_)] if round_ else []
    rows = queries.survey_answers(round_, owner=owner) if round_ else []
    page = paging.page(request, rows, ROWS)
    values = {
        "round": round_,
        "rounds": every,
        "ministries": ministries,
        "most": max((m.total for m in ministries), default=1),
        "owner": owner,
        "owner_name": shown.ministry(owner) if owner else "",
        "page": page,
        "answers": [_answer(row, officer) for row in page.rows],
        "query": request.GET.urlencode(),
    }
    return frame.show(request, officer, "powers/survey", values)


def _ministry(found: queries.SurveyFigures) -> Ministry:
    kinds = sorted(found.difficulties.items(), key=lambda pair: -pair[1])
    difficulties = ", ".join(f"{words.said(words.DIFFICULTIES, kind)} ({n})" for kind, n in kinds)
    return Ministry(
        found.owner, shown.ministry(found.owner), _parts(found.answers), sum(found.answers.values()), found.units,
        difficulties, found.proposals,
    )  # fmt: skip


def _answer(row: AnswerRow, officer: Officer) -> Answer:
    return Answer(
        row, units.register().title(row.unit.uid, officer.on), words.said(words.ANSWERS, row.answer),
        TONES.get(row.answer, "calm"), words.listed(words.DIFFICULTIES, row.difficulties),
        words.said(words.ADDRESSEES, row.addressee) if row.addressee else "",
    )  # fmt: skip


@require_safe
@gate()
def survey_xlsx(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The answers of a round as a workbook."""
    round_, _ = _round(request)
    found = queries.survey_answers(round_, owner=frame.word(request, "bo", 40)) if round_ else []
    rows = []
    for answer in (_answer(row, officer) for row in found):
        row = answer.row
        rows.append((
            row.round, shown.ministry(row.power.owner), row.power.code, row.power.name, row.unit.uid, answer.unit,
            answer.answer, answer.difficulties, row.words, row.proposal, answer.addressee,
            row.answered_at.isoformat(timespec="seconds"),
        ))  # fmt: skip
    return shown.xlsx("khao-sat", workbooks.table(HEAD, rows, "survey"))
