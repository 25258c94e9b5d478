"""Tiền của một hồ sơ, và danh sách tiền của nơi làm việc: thu, chờ kết quả, phải hoàn; the same as CSV."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.dates import HANOI
from haicap.base.money import in_words
from haicap.domain.dossiers.queries import takings
from haicap.domain.dossiers.queries.takings import Line, Matter
from haicap.domain.dossiers.states import ENDED, State
from haicap.web.common import exports
from haicap.web.desk import frame, people
from haicap.web.desk.dossier.case import Case, opened
from haicap.web.desk.dossier.forms import Act
from haicap.web.desk.dossier.story import since
from haicap.web.desk.dossier.views import again
from haicap.web.desk.gate import READ_WRITE, Needs, Officer, gate
from haicap.web.desk.money import words
from haicap.web.desk.money.asked import Question, question_of
from haicap.web.desk.money.forms import ACTS, BY_SLUG, Refund, may_settle, owed_on
from haicap.web.desk.worklist.asked import without

MOST_IN_A_FILE = 20_000
HEAD = (
    "code", "payer", "phone", "amount", "to_refund", "way", "state", "asked_at", "settled_at", "collector", "receipt", "reference",
    "transaction", "refunded_at", "refunded_way", "refund_paper", "refunded_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A payment with its words. tone, word: its standing; who took it at the counter, who gave it back."""

    line: Line
    way: str
    tone: str
    word: str
    collector: str
    refunder: str
    refunded_way: str


def shown(lines: Sequence[Line]) -> list[Shown]:
    """Payments in words. One statement for the names of people."""
    names = people.names({line.asked_by for line in lines} | {line.refunded_by for line in lines})
    found = []
    for line in lines:
        collector = names.get(line.asked_by, "") if line.provider == "counter" else ""
        tone, word = words.standing(line)
        found.append(
            Shown(line, words.way(line.way or line.provider), tone, word, collector, names.get(line.refunded_by, ""),
                  words.way(line.refunded_way) if line.refunded_way else "")
        )  # fmt: skip
    return found


# --- one dossier --------------------------------------------------------------------------------------------------
def page(
    request: HttpRequest, case: Case, bound: Act | None = None, *, open_at: str = "", status: int = 200
) -> HttpResponse:
    """What is owed, paid, waived; the payments; what may be done. `bound` is the form that was just refused."""
    offered = [act for act in ACTS if act.offered(case)]
    forms = [bound if bound is not None and isinstance(bound, act) else act(case) for act in offered]
    if bound is not None and type(bound) not in offered:
        forms.insert(0, bound)
    row, payments = case.row, shown(takings.of_dossier(case.row.pk))
    just = frame.word(request, "xong", 40)
    values: dict[str, object] = {
        "case": case,
        "row": row,
        "whole": case.whole,
        "payments": payments,
        "forms": forms,
        "open_at": bound.slug if bound else open_at or (offered[0].slug if offered else ""),
        "spelled": in_words(case.whole.owed, capital=True),
        "owed": owed_on(case),
        "ended": row.state in ENDED,
        "paying": row.state == State.PAYING,
        "settles": may_settle(case),
        "doubted": [p for p in payments if p.line.doubted],
        "waiting": [p for p in payments if p.line.state == "asked" and not p.line.doubted],
        "just": next((p for p in payments if str(p.line.public_id) == just), None),
        "names": people.names({c.waived_by for c in case.whole.charges}),
        "changed": since(case, bound.stale_since) if bound is not None and bound.refused == "stale" else [],
    }
    return frame.show(request, case.officer, "money/dossier", values, status)


@require_safe
@gate(Needs.PERSONAL)
def dossier(request: HttpRequest, officer: Officer, code: str) -> HttpResponse:
    """The money of a dossier (`?xong=` names the payment just taken, whose receipt is offered)."""
    return page(request, opened(code, officer))


@require_http_methods(READ_WRITE)
@gate(Needs.PERSONAL)
def act(request: HttpRequest, officer: Officer, code: str, slug: str) -> HttpResponse:
    """Take, ask for, or waive. A refusal keeps what was typed."""
    kind = BY_SLUG.get(slug)
    if kind is None:
        raise Http404
    case = opened(code, officer)
    if request.method != "POST":
        return page(request, case, open_at=slug)
    form = kind(case, request.POST)
    if not form.is_valid():
        return page(request, case, form, status=400)
    done = frame.attempt(form, form.run)
    if done is None:
        if form.refused == "stale":
            case = opened(code, officer)
            form = again(kind, case, form)
        return page(request, case, form, status=409 if form.refused in ("stale", "not_now") else 400)
    messages.success(request, str(form.said))
    taken = f"?xong={getattr(done, 'public_id', '')}" if slug == "thu-phi" else ""
    return redirect(reverse("desk:money", args=[code]) + taken)


# --- lists --------------------------------------------------------------------------------------------------------
@require_safe
@gate(Needs.PERSONAL)
def listed(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Payments to look after, and those of a day or period (`?loai= tu= den= cach= nguoi-thu= loc= sau=`)."""
    asked = question_of(request, officer)
    wanted, scope = asked.wanted, officer.scope
    lines, following = takings.payments(scope, wanted, after=asked.after)
    sums = takings.sums(scope, wanted)
    title, more = words.NONE[wanted.matter]
    values = {
        "asked": asked,
        "wanted": wanted,
        "kind": words.ADDRESSES[wanted.matter],
        "title": gettext(words.MATTERS[wanted.matter]),
        "todo": gettext(words.TODO[wanted.matter]),
        "none": (gettext(title), gettext(more)),
        "chips": _chips(officer, wanted.matter),
        "rows": shown(lines),
        "sums": [(words.way(s.way), s.count, s.amount) for s in sums],
        "total": (sum(s.count for s in sums), sum(s.amount for s in sums)),
        "ways": [(key, words.way(key)) for key in _ways(wanted.way, [s.way for s in sums])],
        "collectors": _collectors(officer, asked) if wanted.matter is Matter.PAID else [],
        "narrowed": any((wanted.way, wanted.collector, wanted.text)),
        "refunding": wanted.matter in (Matter.REFUND, Matter.REFUNDED),
        "next": following,
        "paged": bool(asked.after),
        "query": without(request, "sau"),
    }
    return frame.show(request, officer, "money/list", values, 400 if asked.error else 200)


def _ways(chosen: str, found: list[str]) -> list[str]:
    known = [key for key in words.WAYS if key != "counter"]
    return [*known, *sorted({chosen, *found} - {"", *known})]


def _chips(officer: Officer, here: Matter) -> list[tuple[str, str, int | None, bool]]:
    counts = takings.waiting(officer.scope)
    return [
        (words.ADDRESSES[matter], gettext(name), counts.get(matter), matter is here)
        for matter, name in words.MATTERS.items()
    ]


def _collectors(officer: Officer, asked: Question) -> list[tuple[str, str]]:
    found = set(takings.collectors(officer.scope, asked.wanted)) | ({asked.wanted.collector} - {""})
    return sorted(people.names(found).items(), key=lambda pair: pair[1])


def _table(request: HttpRequest, officer: Officer) -> Iterator[tuple[object, ...]]:
    wanted, after, count = question_of(request, officer).wanted, 0, 0
    while count < MOST_IN_A_FILE:
        lines, following = takings.payments(officer.scope, wanted, after=after, size=500)
        yield from (_cells(row) for row in shown(lines))
        if following is None:
            return
        count, after = count + len(lines), following


def _cells(row: Shown) -> tuple[object, ...]:
    line = row.line
    asked, settled, refunded = (
        f"{at.astimezone(HANOI):%Y-%m-%d %H:%M}" if at else ""
        for at in (line.asked_at, line.settled_at, line.refunded_at)
    )
    return (
        line.code, line.applicant, line.phone, line.amount, line.beyond if line.refund else "", row.way, row.word, asked, settled,
        row.collector, line.number if line.state == "paid" else "", line.reference, line.transaction, refunded, row.refunded_way, line.refund_paper, row.refunder,
    )  # fmt: skip


@require_safe
@gate(Needs.PERSONAL)
def as_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The list of the question as CSV, at most 20,000 rows."""
    return exports.csv_response("tien", HEAD, _table(request, officer))


# --- giving back --------------------------------------------------------------------------------------------------
@require_http_methods(READ_WRITE)
@gate(Needs.PERSONAL)
def refund(request: HttpRequest, officer: Officer, public_id: UUID) -> HttpResponse:
    """One payment to be given back: how much, to whom, and the note that it was done."""
    line = takings.payment(public_id, actor=officer.actor, on=officer.on)
    if not line.refund:
        raise Http404
    case = opened(line.code, officer)
    make = functools.partial(Refund, line)
    form: Act = make(case, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and frame.attempt(form, form.run) is not None:
            return frame.done(request, str(form.said), "takings")
        status = 409 if form.refused in ("stale", "already_refunded") else 400
        if form.refused:
            line = takings.payment(public_id, actor=officer.actor, on=officer.on)
        if form.refused == "stale":
            case = opened(line.code, officer)
            form = again(make, case, form)
    values = {
        "case": case,
        "row": case.row,
        "form": form,
        "p": shown([line])[0],
        "spelled": in_words(line.beyond, capital=True),
        "ended": case.row.state in ENDED,
        "settles": may_settle(case),
        "changed": since(case, form.stale_since) if form.refused == "stale" else [],
    }
    return frame.show(request, officer, "money/refund", values, status)
