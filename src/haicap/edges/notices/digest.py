"""Tin buổi sáng: each officer learns on working mornings which dossiers in hand are late or due by the next working day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from haicap.base.dates import HANOI
from haicap.base.refused import Refused
from haicap.domain.deadlines import queries as calendar
from haicap.domain.deadlines.reckoning.instants import moment_of
from haicap.domain.dossiers import queries
from haicap.domain.dossiers.queries import Due
from haicap.domain.feedback.queries import telling as tickets
from haicap.domain.feedback.queries.telling import Waiting
from haicap.edges.notices import outbox
from haicap.edges.notices.composing import ROWS
from haicap.edges.notices.outbox import Draft
from haicap.edges.notices.states import Channel
from haicap.edges.notices.wording import DIGEST
from haicap.edges.notices.wording_tickets import TICKETS_DIGEST
from haicap.kernel.accounts import queries as people

FIRST_HOUR, LAST_HOUR = 7, 11  # in Viet Nam: a morning's letter is worthless in the afternoon
KEPT = timedelta(hours=10)


def tell_officers(at: datetime) -> int:
    """Worker, several times an hour: on a working morning, once a day and officer; how many letters are new.

    Officers without an e-mail address, and locked or erased ones, get none.
    """
    here = at.astimezone(HANOI)
    on = here.date()
    if not FIRST_HOUR <= here.hour < LAST_HOUR or not _works(on) or outbox.has(f"digest:{on}"):
        return 0
    drafts = [_draft(officer, rows, on, at) for officer, rows in _by_officer(_until(on)).items()]
    return outbox.queue([draft for draft in drafts if draft is not None], at=at)


def tell_of_tickets(at: datetime) -> int:
    """The same for tickets of feedback."""
    here = at.astimezone(HANOI)
    on = here.date()
    if not FIRST_HOUR <= here.hour < LAST_HOUR or not _works(on) or outbox.has(f"tickets:{on}"):
        return 0
    found: dict[str, list[Waiting]] = defaultdict(list)
    for row in tickets.lying_with_officers(_until(on)):
        found[row.assignee].append(row)
    drafts = [_draft_of_tickets(officer, rows, on, at) for officer, rows in found.items()]
    return outbox.queue([draft for draft in drafts if draft is not None], at=at)


def _draft_of_tickets(officer: str, rows: list[Waiting], on: date, at: datetime) -> Draft | None:
    person = people.user(officer)
    if person is None or not person.is_active or not person.email:
        return None
    told = [(row.due_at <= at, (row.code, row.subject, row.due_at.isoformat())) for row in rows]
    late, soon = [line for is_late, line in told if is_late], [line for is_late, line in told if not is_late]
    params = {
        "name": person.display_name, "late": len(late), "late_rows": late[:ROWS], "soon": len(soon), "soon_rows": soon[:ROWS],
    }  # fmt: skip
    key = f"tickets:{on}:{officer}:email"
    return Draft(key, Channel.EMAIL, person.email, TICKETS_DIGEST, params, f"tickets:{on}", patience=KEPT)


def _works(on: date) -> bool:
    """A working day by the calendar; without one, Monday to Friday."""
    try:
        return calendar.calendar().is_working(on.toordinal())
    except Refused:
        return on.weekday() < 5


def _until(on: date) -> datetime:
    """The end of the next working day."""
    try:
        following = calendar.calendar().next_after(on.toordinal())
    except Refused:
        following = on.toordinal() + 1
    return moment_of((following + 1, 0))


def _by_officer(limit: datetime) -> dict[str, list[Due]]:
    found: dict[str, list[Due]] = defaultdict(list)
    for due in queries.due_before(limit):
        found[due.assignee].append(due)
    return found


def _draft(officer: str, rows: list[Due], on: date, at: datetime) -> Draft | None:
    person = people.user(officer)
    if person is None or not person.is_active or not person.email:
        return None
    late = [due for due in rows if due.due_at <= at]
    soon = [due for due in rows if due.due_at > at]
    params = {
        "name": person.display_name,
        "late": len(late), "late_rows": [_row(due) for due in late[:ROWS]],
        "soon": len(soon), "soon_rows": [_row(due) for due in soon[:ROWS]],
    }  # fmt: skip
    return Draft(
        f"digest:{on}:{officer}:email",
        Channel.EMAIL,
        person.email,
        DIGEST,
        params,
        f"digest:{on}",
        patience=KEPT,
    )


def _row(due: Due) -> tuple[str, str, str]:
    return due.code, due.procedure, due.due_at.isoformat()
