"""Văn bản còn nợ: late ones by ministry, with figures; settled, withdrawn, reopened."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.refused import Refused
from haicap.base.text import sort_key
from haicap.base.words import gettext_noop
from haicap.domain.law import actions, queries
from haicap.domain.law.policy import JUSTICE, Verb
from haicap.domain.law.queries import OwedLine
from haicap.domain.law.states import OwedState
from haicap.web.common import exports, paging
from haicap.web.common.law import listing, words
from haicap.web.console import frame, record
from haicap.web.console.forms import Seen
from haicap.web.console.gate import Officer, gate
from haicap.web.console.law.forms import SettleForm, document_of

HEAD = ("document", "place", "subject", "holder", "due_on", "late_days", "state", "fulfilled_by", "evidence", "source", "note")  # fmt: skip


def _found(request: HttpRequest, officer: Officer) -> list[OwedLine]:
    """`?bo=` ministry, `?trang-thai=`: open ones when nothing is asked, "tat-ca" for all; the latest first."""
    state = listing.word(request, "trang-thai", 20)
    known = {s.value for s in OwedState}
    asked = state if state in known else "" if state == "tat-ca" else OwedState.OPEN.value
    found = queries.owed(officer.on, holder=listing.word(request, "bo", 200), state=asked)
    return sorted(found, key=lambda line: (line.state is not OwedState.OPEN, -line.late))


@require_safe
@gate()
def overview(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Who owes what, how late."""
    figures = queries.owed_figures(officer.on)
    rows = [(kind, words.organ(kind), figures[kind]) for kind in figures]
    rows.sort(key=lambda row: (-row[2]["late"], -row[2]["open"], sort_key(row[1])))
    values = {
        "figures": rows,
        "most": max((row[2]["late"] for row in rows), default=0),
        "total": {name: sum(row[2][name] for row in rows) for name in ("open", "late", "issued")},
        "page": paging.page(request, _found(request, officer), 100),
        "holder": listing.word(request, "bo", 200),
        "state": listing.word(request, "trang-thai", 20),
        "states": words.OWED.items(),
    }
    return frame.show(request, officer, "law/owed", values)


@require_safe
@gate()
def overview_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The same as CSV."""
    rows = (
        (
            o.doc.number, o.path, o.subject, words.organ(o.holder), o.due_on, o.late, o.state.value,
            o.fulfilled_by.number if o.fulfilled_by else "", o.evidence, o.source, o.note,
        )
        for o in _found(request, officer)
    )  # fmt: skip
    return exports.csv_response("van-ban-con-no", HEAD, rows)


def may_settle(officer: Officer, line: OwedLine) -> bool:
    """Whether the officer is of the holder's ministry or of the Ministry of Justice; the verb judges again."""
    return Verb.ENTER in officer.rights and any(p.organ_kind in (JUSTICE, line.holder) for p in officer.posts)


@require_http_methods(("GET", "HEAD", "POST"))
@gate()
def one(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """One owed document; `viec`: xong (issued), rut (withdrawn), mo-lai (open again)."""
    line = next((o for o in queries.owed(officer.on) if o.pk == pk), None)
    if line is None:
        raise Refused("not_found", gettext_noop("Không có văn bản còn nợ này."))
    work = request.POST.get("viec", "")
    settling = work == "xong"
    form = SettleForm(request.POST if settling else None, initial={"seen": line.version})
    other = Seen(request.POST if work in ("rut", "mo-lai") else None, initial={"seen": line.version})
    asked = form if settling else other
    if request.method == "POST" and asked.is_valid():
        verb = _verb(work, officer, pk, form if settling else None, asked.cleaned_data["seen"])
        if frame.attempt(asked, verb) is not None:
            return frame.done(request, gettext("Đã ghi."), "law-owed-one", pk)
    values = {
        "line": line, "form": form, "other": other, "may": may_settle(officer, line), "document": words.placed(line.doc, line.path),
        "story": record.story(f"law.owed:{pk}"),
    }  # fmt: skip
    return frame.show(request, officer, "law/owed_one", values, 400 if form.errors or other.errors else 200)


def _verb(work: str, officer: Officer, pk: int, form: SettleForm | None, seen: int) -> Callable[[], object]:
    if form is not None:
        return lambda: _settle(officer, pk, form.cleaned_data["document"], seen)
    verb = actions.withdraw_owed if work == "rut" else actions.reopen_owed
    return lambda: verb(pk=pk, seen=seen, actor=officer.actor, at=officer.at)


def _settle(officer: Officer, pk: int, number: str, seen: int) -> object:
    return actions.settle_owed(pk=pk, slug=slug_of(number), seen=seen, actor=officer.actor, at=officer.at)


def slug_of(number: str) -> str:
    """The page's name of the one document that bears a number, or whose page's name it is. Refused `unknown_number`."""
    if number in queries.corpus().by_slug:
        return number
    doc = document_of(number)
    if doc is None:
        raise Refused(
            "unknown_number",
            gettext_noop("Sổ chưa có văn bản %(number)s, hoặc có nhiều văn bản cùng số. Xin nhập văn bản trước, hoặc ghi tên trang của nó."),
            params={"number": number},
        )  # fmt: skip
    return doc.slug
