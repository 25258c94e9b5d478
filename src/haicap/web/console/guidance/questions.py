"""Câu hỏi trợ lý chưa trả lời được: most often failed first; settled by a synonym, a piece, or with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.domain.guidance import actions, queries
from haicap.domain.guidance.models import Question
from haicap.domain.guidance.policy import Verb
from haicap.domain.guidance.queries.questions import line
from haicap.web.common import paging
from haicap.web.common.guidance import words
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.guidance.forms import SettleForm

SIZE = 50


@require_safe
@gate(Verb.SETTLE)
def listing(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Questions by how often they failed; `?tim= ?trang-thai=open|settled|all ?ca=1` (those that went well too)."""
    text, state = frame.word(request, "tim", 200), frame.word(request, "trang-thai", 10) or "open"
    every = bool(frame.word(request, "ca", 1))
    rows = queries.questions(state="" if state == "all" else state, text=text, failed=not every)
    page: paging.Page[Question] = paging.page(request, cast(Sequence[Question], rows), SIZE)
    shown = [
        (line(row), words.said(words.BEHAVIOURS, row.behaviour), words.said(words.SETTLED, row.how))
        for row in page.rows
    ]
    values = {"page": page, "rows": shown, "text": text, "state": state, "every": every}
    return frame.show(request, officer, "guidance/questions", values)


@require_http_methods(("GET", "HEAD", "POST"))
@gate(Verb.SETTLE)
def one(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """One question, what guidance there is on it, and how it is settled."""
    asked = queries.question(pk)
    form = SettleForm(
        request.POST or None,
        initial={"seen": asked.seen, "said": asked.text[:120] if len(asked.text) <= 120 else ""},
    )
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(form, lambda: actions.settle_question(
            pk=pk, **form.cleaned_data, actor=officer.actor, at=officer.at))  # fmt: skip
        if made is not None:
            return frame.done(request, gettext("Đã ghi cách xử lý."), "guidance-questions")
    values = {
        "asked": asked, "form": form, "behaviour": words.said(words.BEHAVIOURS, asked.behaviour),
        "how": words.said(words.SETTLED, asked.how), "near": queries.search(asked.text, on=officer.on)[:5],
    }  # fmt: skip
    return frame.show(request, officer, "guidance/question", values, 400 if form.errors else 200)
