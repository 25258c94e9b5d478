"""Câu hỏi trong địa chỉ của danh sách tiền: what it shows can be sent to a colleague."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from haicap.base.refused import Refused
from haicap.domain.dossiers.queries.takings import OPEN, Matter, Wanted
from haicap.web.common import refusals
from haicap.web.desk import frame
from haicap.web.desk.gate import Officer
from haicap.web.desk.money.words import ADDRESSES
from haicap.web.desk.overview.views import Period, period_of


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: the list, its days (of matters that are over), where it begins; `error` about the days."""

    wanted: Wanted
    period: Period
    after: int
    error: str

    @property
    def dated(self) -> bool:
        """Whether days matter."""
        return self.wanted.matter not in OPEN


def question_of(request: HttpRequest, officer: Officer) -> Question:
    """`?loai= tu= den= cach= nguoi-thu= loc= sau=`; what is not understood is left out."""
    kind = frame.word(request, "loai", 20)
    matter = next((m for m, address in ADDRESSES.items() if address == kind), Matter.REFUND)
    error, period = "", Period(officer.on, officer.on)
    if matter not in OPEN:
        try:
            period = period_of(request, officer)
        except Refused as refused:
            error = refusals.sentence(refused)
    who, after = frame.word(request, "nguoi-thu", 40), frame.word(request, "sau", 18)
    wanted = Wanted(
        matter, period.since, period.until, frame.word(request, "cach", 20), officer.actor if who == "toi" else who,
        frame.word(request, "loc", 100),
    )  # fmt: skip
    return Question(wanted, period, int(after) if after.isascii() and after.isdigit() else 0, error)
