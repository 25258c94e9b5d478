"""Lãnh đạo nhìn phiếu: what is late and with whom, what leaders were told of, what the month brought."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import read_date
from haicap.base.kept import Notes
from haicap.base.refused import Refused
from haicap.domain.feedback import policy, queries
from haicap.domain.feedback.queries import Load, Totals
from haicap.web.common import refusals
from haicap.web.desk import frame, people
from haicap.web.desk.feedback.keeper import Keeper, counted, door, show
from haicap.web.desk.feedback.lines import lines
from haicap.web.desk.overview.tiles import Tile, percent

MOST_DAYS = 366
MONTH = 30


def period_of(request: HttpRequest, on: date) -> tuple[date, date]:
    """`?tu= den=`, both counted; the last thirty days when nothing is asked. Refused `bad_date`, `bad_period`."""
    first, last = frame.word(request, "tu", 20), frame.word(request, "den", 20)
    found = read_date(first) if first else on - timedelta(days=MONTH - 1), read_date(last) if last else on
    if not timedelta(0) <= found[1] - found[0] < timedelta(days=MOST_DAYS):
        raise Refused(
            "bad_period",
            gettext("Kỳ xem từ 1 đến %(most)s ngày, ngày đầu trước ngày cuối."),
            params={"most": MOST_DAYS},
        )
    return found


def of_now(counts: dict[str, int]) -> list[Tile]:
    """Late, soon due and nobody's among what is open; each leads to its rows."""
    base = reverse("desk:tickets")
    return [
        (f"{base}?chang=late", counts["late"], gettext("phiếu quá hạn"), gettext("cần xử lý ngay") if counts["late"] else "", "late"),
        (f"{base}?chang=soon", counts["soon"], gettext("phiếu đến hạn trong 2 ngày"), "", ""),
        (f"{base}?chang=nobody", counts["nobody"], gettext("phiếu chưa giao ai"), "", ""),
    ]  # fmt: skip


def of_period(found: Totals) -> list[Tile]:
    """What came and how it was settled."""
    base = reverse("desk:tickets")
    share, unhappy = (
        percent(found.in_time, found.answered + found.refused),
        percent(found.dissatisfied, found.answered),
    )
    in_time = gettext("đúng hạn %(share)s") % {"share": share} if share else ""
    return [
        (f"{base}?chang=all", found.received, gettext("phiếu đã nhận"), "", ""),
        (f"{base}?{urlencode({'chang': 'answered'})}", found.answered, gettext("phiếu đã trả lời"), in_time, "ok" if share else ""),
        (f"{base}?{urlencode({'chang': 'refused'})}", found.refused, gettext("phiếu từ chối"), "", ""),
        (f"{base}?{urlencode({'chang': 'answered'})}", found.dissatisfied, gettext("người gửi chưa hài lòng"), unhappy, ""),
    ]  # fmt: skip


# Of the nation as this process had them last: a year of figures is one pass over every ticket there is, and who holds how
# many one over all that are open.
_national: Notes[dict[tuple[date, date], Totals]] = Notes(
    dict, seconds=60, full=lambda noted: len(noted) > 500
)
_holding: Notes[list[Load]] = Notes(list, seconds=5)


def _totals(keeper: Keeper, first: date, last: date) -> Totals:
    """What the period brought within the scope; the nation's up to a minute old."""
    since, until, at = first, last + timedelta(days=1), keeper.officer.at
    if keeper.scope.level != "nation":
        return queries.totals(keeper.scope, since, until, at)
    noted = _national()
    if (since, until) not in noted:
        noted[since, until] = queries.totals(keeper.scope, since, until, at)
    return noted[since, until]


def _loads(keeper: Keeper) -> list[Load]:
    """Who holds how many within the scope; of the nation up to five seconds old."""
    if keeper.scope.level != "nation":
        return queries.loads(keeper.scope, keeper.officer.at)
    noted = _holding()
    if not noted:
        noted += queries.loads(keeper.scope, keeper.officer.at)
    return noted


@require_safe
@door
def leader(request: HttpRequest, keeper: Keeper) -> HttpResponse:
    """The leader's view of what is open and of a period (`?tu= den=`). Refused `not_yours` for others."""
    if not keeper.leads:
        raise policy.not_yours()
    on, error = keeper.officer.on, ""
    try:
        first, last = period_of(request, on)
    except Refused as refused:
        error, first, last = refusals.sentence(refused), on - timedelta(days=MONTH - 1), on
    loads = _loads(keeper)
    names = people.names({load.officer for load in loads})
    counts = counted(keeper)
    values = {
        "counts": counts,
        "kpis": [
            *of_now(counts),
            *of_period(_totals(keeper, first, last)),
        ],
        "first": first,
        "last": last,
        "error": error,
        "loads": [(load, names.get(load.officer, ""), load.officer or "-") for load in loads],
        "lines": lines(queries.escalated(keeper.scope, keeper.officer.at), keeper.officer),
    }
    return show(request, keeper, "leader", values, 400 if error else 200)
