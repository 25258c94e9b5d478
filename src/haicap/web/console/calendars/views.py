"""Lịch và văn bản quyết định: pages that only show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import policy, queries
from haicap.domain.deadlines.policy import Verb
from haicap.domain.deadlines.queries import DecreeRow
from haicap.domain.deadlines.states import DecreeState
from haicap.web.common import days, exports, paging
from haicap.web.console import frame, record
from haicap.web.console.gate import Officer, gate

ROWS = 50
MOST_MOVES = 200  # rows of the histogram on the page; the file has all


def decree_of(officer: Officer, pk: int) -> DecreeRow:
    """The decree when the officer sees it."""
    return queries.decree(pk, visible=policy.visible_to(officer.actor, officer.on))


@require_safe
@gate(Verb.SEE_CALENDAR)
def calendar(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Years, documents the calendar rests on, decrees entered here, whether the open clocks follow it."""
    known = queries.calendar()
    visible = policy.visible_to(officer.actor, officer.on)
    values = {
        "version": known.version,
        "years": known.years,
        "documents": queries.documents(),
        "doubtful": [d for d in known.special.values() if d.evidence == "unconfirmed"],
        "page": paging.page(request, list(queries.decrees(visible=visible)), ROWS),
        "following": queries.open_recompute() is not None,
        "alarms": len(queries.alarms()),
        "story": record.story("deadlines.calendar:1"),
        "may": {"draft": Verb.DRAFT_CALENDAR in officer.rights, "hours": Verb.SET_HOURS in officer.rights},
    }
    return frame.show(request, officer, "calendars/list", values)


@require_safe
@gate(Verb.SEE_CALENDAR)
def alarms(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Clocks without a due instant: nothing was promised, somebody must act."""
    values = {"page": paging.page(request, list(queries.alarms()), ROWS)}
    return frame.show(request, officer, "calendars/alarms", values)


@require_safe
@gate(Verb.SEE_CALENDAR)
def decree(request: HttpRequest, officer: Officer, pk: int) -> HttpResponse:
    """One decree: facts, days with what they change, its recompute, its story."""
    found = decree_of(officer, pk)
    before = {on: old for on, old, _ in queries.changed_days(pk)}
    draft = found.state == DecreeState.DRAFT
    values = {
        "decree": found,
        "days": [(d, days.weekday(d.on), days.kind(d.kind), _was(before.get(d.on, "")) if draft else "")
                 for d in queries.days_of(pk)],
        "recompute": queries.recompute_of(pk),
        "story": record.story(found.stream),
        "may": _may(officer, found),
    }  # fmt: skip
    return frame.show(request, officer, "calendars/decree", values)


def _was(kind: str) -> str:
    return days.kind(kind) if kind else gettext("như ngày thường")


def _may(officer: Officer, found: DecreeRow) -> dict[str, bool]:
    """What the page offers; the verbs judge again."""
    draft = found.state == DecreeState.DRAFT
    drafts, enacts = Verb.DRAFT_CALENDAR in officer.rights, Verb.ENACT_CALENDAR in officer.rights
    return {
        "change": draft and drafts,
        "enact": draft and enacts and found.drafted_by != officer.actor,
        "own": draft and enacts and found.drafted_by == officer.actor,
        "withdraw": found.state == DecreeState.ENACTED and enacts,
        "preview": (draft and drafts) or (found.state == DecreeState.ENACTED and enacts),
    }


def _previewed(officer: Officer, pk: int) -> DecreeRow:
    """A decree that may still change the calendar. Refused `not_now`."""
    found = decree_of(officer, pk)
    if found.state not in (DecreeState.DRAFT, DecreeState.ENACTED):
        raise Refused("not_now", gettext_noop("Việc này không làm được ở trạng thái hiện nay."))
    return found


@require_safe
@gate(Verb.DRAFT_CALENDAR)
def preview(request: HttpRequest, officer: Officer, pk: int) -> HttpResponse:
    """What enacting a draft, or withdrawing an enacted decree, would move: how many open clocks, from when to when."""
    found = _previewed(officer, pk)
    outlook = queries.preview(found)
    moves = outlook.by_day()
    values = {
        "decree": found,
        "outlook": outlook,
        "moves": moves[:MOST_MOVES],
        "left_out": max(0, len(moves) - MOST_MOVES),
        "most": max((count for _, _, count in moves), default=1),
        "later": sum(n for old, new, n in moves if old and new and new > old),
        "earlier": sum(n for old, new, n in moves if old and new and new < old),
        "lost": sum(n for _, new, n in moves if new is None),
        "may": _may(officer, found),
    }
    return frame.show(request, officer, "calendars/preview", values)


@require_safe
@gate(Verb.DRAFT_CALENDAR)
def preview_csv(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """The same as a file."""
    found = _previewed(officer, pk)
    head = [gettext("Hạn đang có"), gettext("Hạn mới"), gettext("Số đồng hồ")]
    rows = ((show_date(old), show_date(new), count) for old, new, count in queries.preview(found).by_day())
    return exports.csv_response(f"lich-chay-thu-{pk}", head, rows)
