"""Sổ đăng ký đã nạp, nguồn của nó, và những điều chưa xác minh."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.domain.units import policy, queries
from haicap.domain.units.states import ActState
from haicap.domain.units.timeline import HORIZON, UNCONFIRMED, Edge, Version
from haicap.kernel.ledger import queries as ledger
from haicap.web.common import exports, paging, vocabulary
from haicap.web.console import frame, record
from haicap.web.console.gate import Officer, gate

STREAM = "units.register:1"


@require_safe
@gate()
def registers(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What is loaded, when, from where; what was entered since; how much is unconfirmed."""
    register = queries.register()
    loads = ledger.history(STREAM)
    visible = policy.visible_to(officer.actor, officer.on)
    entered = queries.acts(visible=visible, state=ActState.ENACTED).filter(packaged=False)
    doubtful = _unconfirmed()
    values = {
        "generation": register.generation,
        "horizon": HORIZON,
        "loads": [(e, record.sentence(e.kind, e.data)) for e in loads],
        "facts": loads[0].data if loads else {},
        "counts": register.counts(officer.on),
        "entered": entered[:50],
        "unconfirmed": len(doubtful),
        "edges": len(_doubtful_edges()),
        "reasons": _reasons(doubtful),
        "versions": len(register.every()),
    }
    return frame.show(request, officer, "registers/list", values)


def _unconfirmed() -> list[Version]:
    return [v for v in queries.register().every() if v.evidence == UNCONFIRMED]


def _doubtful_edges() -> list[Edge]:
    register = queries.register()
    uids = dict.fromkeys(v.uid for v in register.every())
    return [e for uid in uids for e in register.predecessors(uid) if e.evidence == UNCONFIRMED]


def _reasons(rows: list[Version]) -> list[tuple[str, int]]:
    """Reasons with how many versions rest on each, most frequent first."""
    return Counter(v.note for v in rows).most_common()


def _asked(request: HttpRequest) -> list[Version]:
    reason = frame.word(request, "ly-do", 300)
    rows = [v for v in _unconfirmed() if not reason or v.note == reason]
    return sorted(rows, key=lambda v: (v.tier, v.sort_key))


@require_safe
@gate()
def unconfirmed(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Facts whose act was not read (`?ly-do=` one reason)."""
    values = {
        "page": paging.page(request, _asked(request)),
        "reasons": _reasons(_unconfirmed()),
        "reason": frame.word(request, "ly-do", 300),
        "query": request.GET.urlencode(),
    }
    return frame.show(request, officer, "registers/unconfirmed", values)


@require_safe
@gate()
def unconfirmed_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The same as a file."""
    head = [
        gettext("Mã"), gettext("Tên"), gettext("Cấp"), gettext("Từ ngày"), gettext("Đến trước ngày"),
        gettext("Căn cứ"), gettext("Lý do chưa xác minh"),
    ]  # fmt: skip
    rows = (
        (v.code, v.name, vocabulary.tier(v.tier), show_date(v.span.start), show_date(v.span.end),
         v.citation, gettext(v.note) if v.note else "")
        for v in _asked(request)
    )  # fmt: skip
    return exports.csv_response("chua-xac-minh", head, rows)


@require_safe
@gate()
def edges_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Edges of lineage whose act was not read, as a file."""
    register = queries.register()
    head = [
        gettext("Đơn vị cũ"), gettext("Đơn vị mới"), gettext("Từ ngày"), gettext("Quan hệ"),
        gettext("Căn cứ"), gettext("Lý do chưa xác minh"),
    ]  # fmt: skip
    rows = (
        (register.title(e.from_uid, e.effective_on - timedelta(days=1)), register.title(e.to_uid, e.effective_on),
         show_date(e.effective_on), vocabulary.relation(e.relation), e.citation, gettext(e.note) if e.note else "")
        for e in _doubtful_edges()
    )  # fmt: skip
    return exports.csv_response("quan-he-chua-xac-minh", head, rows)
