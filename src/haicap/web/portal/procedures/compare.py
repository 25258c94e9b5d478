"""So sánh hai phiên bản: two days of one procedure side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.procedures import queries
from haicap.domain.procedures.catalogue import Entry
from haicap.domain.procedures.content import diff
from haicap.web.common import clock
from haicap.web.common.procedures import side_by_side


def _chosen(request: HttpRequest, name: str, history: tuple[Entry, ...], otherwise: int) -> Entry:
    """The version whose number (1 = oldest) is asked for."""
    asked = request.GET.get(name, "")
    if not asked.strip():
        return history[otherwise]
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    if not 1 <= number <= len(history):
        raise Refused("not_found", gettext_noop("Không có phiên bản này."))
    return history[number - 1]


def _head(entry: Entry) -> str:
    decision = entry.decision or gettext("danh mục khởi đầu")
    since = show_date(entry.span.start)
    return gettext("từ %(since)s (%(decision)s)") % {"since": since, "decision": decision}


@require_safe
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """`?tu=1&den=2`: numbers of versions; the last two when nothing is asked."""
    history = queries.history(code)
    if not history:
        raise Refused(
            "not_found", gettext_noop("Danh mục không có thủ tục mã %(code)s."), params={"code": code[:20]}
        )
    before = _chosen(request, "tu", history, -2 if len(history) > 1 else 0)
    after = _chosen(request, "den", history, -1)
    values = {
        "code": code,
        "entry": history[-1],
        "versions": [(n, entry, _head(entry)) for n, entry in enumerate(history, 1)],
        "before": before,
        "after": after,
        "before_head": _head(before),
        "after_head": _head(after),
        "sections": side_by_side(diff(_document(code, before), _document(code, after))),
        "today": clock.today(),
    }
    return render(request, "portal/procedures/compare.html", values)


def _document(code: str, entry: Entry) -> dict[str, object]:
    assert entry.span.start is not None  # published versions have a first day
    record = queries.record(code, entry.span.start)
    return {"name": entry.name, "field": entry.field, **record.document}
