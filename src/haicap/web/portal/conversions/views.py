"""Chuyển đổi hàng loạt: hand a list in, see how far it is, take the result, stop, erase. The link is the key."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.base.refused import Refused
from haicap.base.tables import Form
from haicap.base.words import gettext_noop
from haicap.domain.units import actions, queries
from haicap.domain.units.timeline import check_day
from haicap.kernel.accounts.models import User
from haicap.kernel.files import queries as files
from haicap.web.common import clock
from haicap.web.portal.conversions.forms import AddressList

ANYBODY = "portal"  # whoever holds the link; nobody signs in for this
TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _actor(request: HttpRequest) -> str:
    return request.user.actor if isinstance(request.user, User) else ANYBODY


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; a list that can be read gets its own unguessable page."""
    if request.method != "POST":
        return render(request, "portal/conversions/new.html", {"form": AddressList()})
    form = AddressList(request.POST, request.FILES)
    if form.is_valid():
        upload, on = form.cleaned_data["file"], form.cleaned_data["on"] or clock.today()
        try:
            check_day(on)
            row = actions.request_conversion(
                file=upload.file,
                name=upload.name,
                column=form.cleaned_data["column"] or None,
                on=on,
                actor=_actor(request),
                at=clock.now(),
            )
            return redirect("portal:conversion", row.key)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "portal/conversions/new.html", {"form": form}, status=400)


def _values(key: str) -> dict[str, object]:
    row = queries.conversion(key)
    return {"list": row, "unreadable": queries.unreadable_rows(key) if row.unreadable and row.result else ()}


@never_cache
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """How far a list is."""
    response = render(request, "portal/conversions/one.html", _values(key))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_safe
def state(request: HttpRequest, key: str) -> HttpResponse:
    """The part of the page that changes, for those whose browser fetches it again by itself."""
    return render(request, "portal/conversions/state.html", _values(key))


@never_cache
@require_safe
def result(request: HttpRequest, key: str) -> HttpResponseBase:
    """The result as a file, in the form the list was handed in."""
    row = queries.conversion(key)
    if row.result is None:
        raise Refused("not_found", gettext_noop("Chưa có tệp kết quả, hoặc tệp đã được xóa."))
    response = StreamingHttpResponse(files.chunks(row.result))
    for name, value in files.download_headers(row.result).items():
        response.headers[name] = value
    return response


@never_cache
@require_safe
def other(request: HttpRequest, key: str) -> FileResponse:
    """The result in the other form, written while its reader waits."""
    with tempfile.TemporaryDirectory(prefix="haicap-result-") as folder:
        path = Path(folder) / "result"
        form = queries.write_other_form(key, path)
        file = path.open("rb")  # still readable when its folder is gone
    response = FileResponse(file, as_attachment=True, filename=f"ket-qua.{form}", content_type=TYPES[form])
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_POST
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Stop the work."""
    actions.cancel_conversion(key=key, actor=_actor(request), at=clock.now())
    return redirect("portal:conversion", key)


@never_cache
@require_POST
def erase(request: HttpRequest, key: str) -> HttpResponse:
    """Erase list and result at once."""
    actions.erase_conversion(key=key, actor=_actor(request), at=clock.now())
    return redirect("portal:conversion", key)
