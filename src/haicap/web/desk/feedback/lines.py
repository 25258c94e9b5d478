"""Dòng phiếu: tickets of a list with kind, place, organ, people and time left in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from haicap.base.dates import HANOI, today
from haicap.domain.dossiers import queries as dossiers
from haicap.domain.feedback.queries import TicketRow
from haicap.domain.feedback.states import State
from haicap.domain.units import queries as units
from haicap.web.common.feedback import words
from haicap.web.desk import people
from haicap.web.desk.gate import Officer
from haicap.web.desk.remaining import working_days


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list as it is read; `tone` and `left` are the time left."""

    ticket: TicketRow
    href: str
    kind: str
    state_tone: str
    state: str
    place: str
    organ: str
    assignee: str
    tone: str
    left: str


def lines(tickets: Iterable[TicketRow], officer: Officer) -> list[Line]:
    """Tickets in words. One statement for the names of people; the rest is remembered."""
    rows = list(tickets)
    names = people.names({row.assignee for row in rows})
    begin, register = reverse("desk:ticket", args=["-"]).removesuffix("-/"), units.register()
    found = []
    for row in rows:
        state_tone, state = words.state(row.state)
        tone, left = time_left(row.due_at, row.state, officer.at)
        place = row.unit or row.province
        found.append(
            Line(
                row, f"{begin}{row.code}/", words.said(words.KINDS, row.kind), state_tone, state,
                register.title(place.uid, officer.on) if place else "", organ_name(row.organ_id, officer),
                names.get(row.assignee, ""), tone, left,
            )
        )  # fmt: skip
    return found


def organ_name(pk: int | None, officer: Officer) -> str:
    """Name of an organ on the day; of one that ended its old name is not known here."""
    found = dossiers.office(pk, officer.on) if pk else None
    return found.name if found else gettext("cơ quan đã kết thúc hoạt động")


def time_left(due: datetime | None, state: str, at: datetime) -> tuple[str, str]:
    """Tone and words for what is left until a due instant, in working days; nothing where no clock runs."""
    if due is None:
        return "", gettext("chờ người gửi") if state == State.AWAITING_MORE else ""
    if due < at:
        days = working_days(today(due), today(at))
        said = ngettext("quá %(n)s ngày làm việc", "quá %(n)s ngày làm việc", days) % {"n": days}
        return "late", said if days else gettext("quá giờ hẹn")
    if today(due) == today(at):
        return "warn", gettext("hôm nay %(time)s") % {"time": f"{due.astimezone(HANOI):%H:%M}"}
    days = working_days(today(at), today(due))
    said = ngettext("còn %(n)s ngày làm việc", "còn %(n)s ngày làm việc", days) % {"n": days}
    return ("calm" if days <= 2 else "ok"), said
