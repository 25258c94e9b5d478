"""Chuyển đổi hàng loạt: figures only; whose list it is and what it says is nobody's business here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.words import gettext_noop
from haicap.domain.units import queries
from haicap.domain.units.policy import Verb
from haicap.domain.units.states import ConversionState
from haicap.web.common import exports
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate

STATES = {
    ConversionState.QUEUED: (gettext_noop("đang chờ"), "calm"),
    ConversionState.RUNNING: (gettext_noop("đang chạy"), "calm"),
    ConversionState.DONE: (gettext_noop("xong"), "ok"),
    ConversionState.FAILED: (gettext_noop("dừng vì lỗi"), "late"),
    ConversionState.CANCELLED: (gettext_noop("đã hủy"), "warn"),
}


@require_safe
@gate(Verb.SEE_RECORD, operator=True)
def conversions(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Lists that run or failed first, then the newest others."""
    totals = queries.conversion_totals()
    values = {
        "totals": [(gettext(word), totals.get(state, 0)) for state, (word, _) in STATES.items()],
        "rows": [
            (row, gettext(STATES[row.state][0]), STATES[row.state][1]) for row in queries.conversion_figures()
        ],
        "any": sum(totals.values()),
    }
    return frame.show(request, officer, "conversions/list", values)


@require_safe
@gate(Verb.SEE_RECORD, operator=True)
def conversions_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The same figures as a file."""
    head = [
        gettext("Gửi lúc"), gettext("Trạng thái"), gettext("Số dòng"), gettext("Đã làm"),
        gettext("Không đọc được"), gettext("Giữ đến"), gettext("Lỗi"),
    ]  # fmt: skip
    rows = (
        (r.requested_at.isoformat(), gettext(STATES[r.state][0]), r.rows, r.done, r.unreadable,
         r.keep_until.isoformat(), gettext(r.problem) if r.problem else "")
        for r in queries.conversion_figures(limit=10_000)
    )  # fmt: skip
    return exports.csv_response("chuyen-doi", head, rows)
