"""Câu hỏi gửi trợ lý: those it could not answer, most often asked first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from haicap.base.refused import Refused
from haicap.base.text import fold
from haicap.base.words import gettext_noop
from haicap.domain.guidance.models import Question


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question as an editor sees it; `failed` counts refusals and thumbs down."""

    pk: int
    text: str
    behaviour: str
    first: str
    asked: int
    failed: int
    up: int
    down: int
    first_at: datetime
    last_at: datetime
    state: str
    how: str
    piece: str
    note: str
    seen: int


def questions(*, state: str = "open", text: str = "", failed: bool = True) -> QuerySet[Question]:
    """Questions in a state ("" all), those that failed most first; `failed` leaves out what went well."""
    rows = Question.objects.select_related("piece")
    if state:
        rows = rows.filter(state=state)
    if failed:
        rows = rows.filter(failed__gt=0)
    if text:
        rows = rows.filter(text__icontains=fold(text[:200])) | rows.filter(text__icontains=text[:200])
    return rows.order_by("-failed", "-asked", "pk")


def line(row: Question) -> QuestionLine:
    """A row as it is shown."""
    return QuestionLine(
        pk=row.pk, text=row.text, behaviour=row.behaviour, first=row.first, asked=row.asked, failed=row.failed, up=row.up,
        down=row.down, first_at=row.first_at, last_at=row.last_at, state=row.state, how=row.how,
        piece=row.piece.code if row.piece else "", note=row.note, seen=row.version,
    )  # fmt: skip


def question(pk: int) -> QuestionLine:
    """One of them. Refused `not_found`."""
    row = Question.objects.select_related("piece").filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có câu hỏi này."))
    return line(row)
