"""Đường đi của dự thảo: submit, hand back, drop, publish, repeal, made public. Each asks once more, then one verb."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.base.words import gettext_noop
from haicap.domain.procedures import actions
from haicap.domain.procedures.policy import Verb
from haicap.web.console import frame
from haicap.web.console.forms import Seen
from haicap.web.console.gate import Officer, gate
from haicap.web.console.procedures.forms import PublishForm, RepealForm, ReturnForm, ShowForm
from haicap.web.console.procedures.views import version_of

READ_WRITE = ("GET", "HEAD", "POST")
TITLES = {
    "submit": gettext_noop("Trình dự thảo"),
    "return": gettext_noop("Trả lại dự thảo"),
    "drop": gettext_noop("Bỏ dự thảo"),
    "publish": gettext_noop("Công bố"),
    "repeal": gettext_noop("Bãi bỏ"),
    "show": gettext_noop("Ghi ngày công khai"),
}
EXPLAINED = {
    "submit": gettext_noop("Sau khi trình, dự thảo không sửa được nữa; một lãnh đạo khác kiểm tra và công bố."),
    "return": gettext_noop("Dự thảo về lại người soạn cùng ghi chú của bạn."),
    "drop": gettext_noop("Dự thảo thôi không dùng; sổ ghi vẫn giữ."),
    "publish": gettext_noop("Bản này áp dụng từ ngày ghi dưới đây; bản đang áp dụng kết thúc vào ngày đó. Không sửa lại được."),
    "repeal": gettext_noop("Từ ngày ghi dưới đây thủ tục không còn áp dụng. Không sửa lại được."),
    "show": gettext_noop("Ngày bản ghi được đưa lên cơ sở dữ liệu quốc gia; để tính đồng hồ công khai."),
}  # fmt: skip
DONE = gettext_noop("Đã ghi: %(what)s.")


def _asked(
    request: HttpRequest, officer: Officer, pk: int, what: str, kind: type[Seen], verb: Callable[[Seen], object]
) -> HttpResponseBase:  # fmt: skip
    row = version_of(officer, pk)
    form = kind(request.POST or None, initial={"seen": row.version})
    if request.method == "POST" and form.is_valid() and frame.attempt(form, lambda: verb(form)) is not None:
        return frame.done(request, gettext(DONE) % {"what": gettext(TITLES[what])}, "procedure", pk)
    values = {
        "row": row,
        "form": form,
        "what": what,
        "title": gettext(TITLES[what]),
        "explained": gettext(EXPLAINED[what]),
        "own": what == "publish" and row.drafted_by == officer.actor,
        "fields": [field for field in form if not field.is_hidden],
    }
    return frame.show(request, officer, "procedures/move", values, 400 if form.errors else 200)


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT)
def submit(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Hand a draft to another person."""
    return _asked(request, officer, pk, "submit", Seen, lambda form: actions.submit_version(
        pk=pk, seen=form.cleaned_data["seen"], actor=officer.actor, at=officer.at))  # fmt: skip


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT, Verb.PUBLISH)
def hand_back(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Hand a draft back with a note."""
    return _asked(request, officer, pk, "return", ReturnForm, lambda form: actions.return_version(
        pk=pk, **form.cleaned_data, actor=officer.actor, at=officer.at))  # fmt: skip


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT)
def drop(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Give up a draft."""
    return _asked(request, officer, pk, "drop", Seen, lambda form: actions.drop_version(
        pk=pk, seen=form.cleaned_data["seen"], actor=officer.actor, at=officer.at))  # fmt: skip


@require_http_methods(READ_WRITE)
@gate(Verb.PUBLISH)
def publish(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Make a reviewed version count from a day on."""

    def verb(form: Seen) -> object:
        assert isinstance(form, PublishForm)
        given = form.cleaned_data
        return actions.publish_version(
            pk=pk, seen=given["seen"], since=given["since"], decision=form.decision(), actor=officer.actor, at=officer.at
        )  # fmt: skip

    return _asked(request, officer, pk, "publish", PublishForm, verb)


@require_http_methods(READ_WRITE)
@gate(Verb.PUBLISH)
def repeal(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """End a published version."""
    return _asked(request, officer, pk, "repeal", RepealForm, lambda form: actions.repeal_version(
        pk=pk, **form.cleaned_data, actor=officer.actor, at=officer.at))  # fmt: skip


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT, Verb.PUBLISH)
def made_public(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Write down when the record was made public on the national database."""
    return _asked(request, officer, pk, "show", ShowForm, lambda form: actions.show_version(
        pk=pk, **form.cleaned_data, actor=officer.actor, at=officer.at))  # fmt: skip
