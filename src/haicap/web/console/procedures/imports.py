"""Nhập bảng: a file looked through row by row, then drafted whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.words import gettext_noop
from haicap.domain.procedures import actions, queries
from haicap.domain.procedures.formats import Outcome, Report
from haicap.domain.procedures.packaged.rows import COLUMNS
from haicap.domain.procedures.policy import Verb
from haicap.web.common import exports, refusals
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.procedures.forms import ImportForm

SHOWN = 300  # rows of the report on the page
WORDS = {
    Outcome.NEW: gettext_noop("thủ tục mới"),
    Outcome.CHANGED: gettext_noop("khác bản đang áp dụng"),
    Outcome.SAME: gettext_noop("không đổi"),
    Outcome.BAD: gettext_noop("không dùng được"),
}
EXAMPLE = {
    "code": "1.999999", "name_vi": "Thủ tục ví dụ", "field_vi": "Hộ tịch", "level": "commune", "subjects": "citizen",
    "time_limit": "5", "time_unit": "working_days", "documents": "Đơn đề nghị; Bản sao giấy tờ", "online": "partial",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the report in words."""

    line: int
    code: str
    name: str
    outcome: str
    word: str
    problem: str


def _lines(report: Report) -> list[Line]:
    worst_first = sorted(report.rows, key=lambda row: row.outcome is not Outcome.BAD)
    return [
        Line(
            row.line, row.code, row.name, row.outcome.value, gettext(WORDS[row.outcome]),
            refusals.sentence(row.problem) if row.problem else "",
        )
        for row in worst_first[:SHOWN]
    ]  # fmt: skip


@require_http_methods(("GET", "HEAD", "POST"))
@gate(Verb.DRAFT)
def table(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """`viec=thu`: the report, nothing written. `viec=nhap`: drafts of everything new and changed."""
    form = ImportForm(request.POST or None, request.FILES or None)
    values: dict[str, object] = {"form": form, "columns": COLUMNS}
    if request.method == "POST" and form.is_valid():
        file, skip = form.cleaned_data["file"], form.cleaned_data["skip_bad"]
        report = frame.attempt(form, lambda: queries.dry_run(file, officer.on))
        if report is not None and request.POST.get("viec") == "nhap":
            made = frame.attempt(form, lambda: actions.import_table(
                report=report, name=file.name or "", skip_bad=skip, actor=officer.actor, at=officer.at))  # fmt: skip
            if made is not None:
                return frame.done(request, gettext("Đã lập %(n)s dự thảo.") % {"n": made}, "procedures")
        if report is not None:
            values |= {
                "lines": _lines(report),
                "total": len(report.rows),
                "counts": [(gettext(WORDS[o]), report.count(o)) for o in Outcome],
            }
    return frame.show(request, officer, "procedures/import", values, 400 if form.errors else 200)


@require_safe
@gate(Verb.DRAFT)
def template(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The table to fill in, with a row that shows how."""
    return exports.csv_response("mau-thu-tuc", COLUMNS, [[EXAMPLE.get(name, "") for name in COLUMNS]])
