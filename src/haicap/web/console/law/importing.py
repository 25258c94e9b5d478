"""Nhập từ tệp: looked through whole, reckoned beside the register, then entered whole or not at all."""

from __future__ import annotations

import io

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law import actions
from haicap.domain.law.formats import Outcome, write_json, write_workbook
from haicap.domain.law.formats.example import EXAMPLE
from haicap.domain.law.policy import Verb
from haicap.web.common.law import files
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.law.forms import ImportForm
from haicap.web.console.law.trying import Preview, preview

CARRIED = 1_500_000  # bytes of rows that travel in the page from the look to the entry


@require_http_methods(("GET", "HEAD", "POST"))
@gate(Verb.ENTER)
def table(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """`viec=xem`: every problem, or what would be new and change. `viec=nhap`: entered whole."""
    form = ImportForm(request.POST or None, request.FILES or None)
    values: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        outcome = frame.attempt(form, lambda: _read(form))
        name = (
            form.cleaned_data["file"].name if form.cleaned_data["file"] else form.cleaned_data["name"]
        ) or "-"
        found = frame.attempt(form, lambda: preview(outcome)) if outcome is not None else None
        if found is not None and outcome is not None:
            if request.POST.get("viec") == "nhap" and not found.faults:
                done = frame.attempt(form, lambda: actions.enter(
                    tables=outcome.whole(), source=name, actor=officer.actor, at=officer.at))  # fmt: skip
                if done is not None:
                    return frame.done(request, gettext("Đã nhập; hiệu lực được tính lại."), "law")
            values |= {"preview": found, "name": name, "rows": _carried(outcome, found)}
    seen = values.get("preview")
    found_faults = isinstance(seen, Preview) and bool(seen.faults)
    return frame.show(request, officer, "law/import", values, 400 if form.errors or found_faults else 200)


def _read(form: ImportForm) -> Outcome:
    """Rows of the file, or those that were looked through before."""
    file, rows = form.cleaned_data["file"], form.cleaned_data["rows"]
    if file is not None:
        if file.size > files.LARGEST:
            raise Refused("too_large", gettext_noop("Tệp quá lớn; xin chia thành nhiều tệp."))
        return files.read(file)
    if not rows:
        raise Refused("no_file", gettext_noop("Xin chọn tệp."))
    return files.read(io.BytesIO(rows.encode()))


def _carried(outcome: Outcome, found: Preview) -> str:
    """The rows as JSON for the second step; "" when they are too many to travel in the page."""
    if found.faults:
        return ""
    target = io.BytesIO()
    write_json(target, outcome.tables)
    return target.getvalue().decode() if target.tell() <= CARRIED else ""


@require_safe
@gate(Verb.ENTER)
def template(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The workbook to fill in, with a row that shows how on each sheet."""
    target = io.BytesIO()
    write_workbook(target, EXAMPLE)
    response = HttpResponse(target.getvalue(), content_type=files.FORMS["xlsx"][1])
    response.headers["Content-Disposition"] = 'attachment; filename="mau-van-ban.xlsx"'
    return response
