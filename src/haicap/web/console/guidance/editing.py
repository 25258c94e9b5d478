"""Soạn bài: a new piece, the next version, a draft; looked at as readers will see it before it is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.base.refused import Refused
from haicap.domain.guidance import actions, markup, queries
from haicap.domain.guidance.models import PieceVersion
from haicap.domain.guidance.policy import Verb
from haicap.domain.guidance.queries import VersionLine
from haicap.web.common import refusals
from haicap.web.common.guidance import written
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.guidance.forms import NewForm, WordsForm, lines

READ_WRITE = ("GET", "HEAD", "POST")


def _start(line: VersionLine) -> dict[str, Any]:
    draft = line.draft
    return {name: getattr(draft, name) for name in WordsForm.base_fields if hasattr(draft, name)} | {
        "audiences": [a.value for a in draft.audiences], "citations": lines(draft.citations), "seen": line.seen,
    }  # fmt: skip


def _shown(request: HttpRequest, officer: Officer, form: WordsForm, **values: object) -> HttpResponseBase:
    """The form, with what readers would see when that was asked for (`viec=xem`)."""
    preview: object = None
    if request.POST.get("viec") == "xem" and form.is_valid():
        try:
            markup.check(form.cleaned_data["body"])
            preview = written.html(form.cleaned_data["body"], level=3)
        except Refused as refused:
            form.add_error("body", refusals.sentence(refused))
    given = {"form": form, "preview": preview, **values}
    return frame.show(request, officer, "guidance/write", given, 400 if form.errors else 200)


def _kept(request: HttpRequest, form: WordsForm) -> bool:
    return request.method == "POST" and request.POST.get("viec") != "xem" and form.is_valid()


def _done(request: HttpRequest, row: PieceVersion) -> HttpResponseBase:
    return frame.done(request, gettext("Đã ghi bản nháp."), "guidance-version", row.piece.code, row.number)


@require_http_methods(READ_WRITE)
@gate(Verb.WRITE)
def new(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """A new piece; `?hoi=` takes over the words of a question."""
    form = NewForm(
        request.POST or None,
        initial={"title": frame.word(request, "hoi", 300), "kind": "answer", "audiences": ["citizen"]},
    )
    if _kept(request, form):
        data = form.cleaned_data
        made = frame.attempt(form, lambda: actions.draft_piece(
            kind=data["kind"], draft=form.draft(), code=data["code"], part=data["part"] or 0, place=data["place"] or 0,
            topic=data["topic"], actor=officer.actor, at=officer.at))  # fmt: skip
        if made is not None:
            return _done(request, made)
    return _shown(request, officer, form, new=True)


@require_http_methods(READ_WRITE)
@gate(Verb.WRITE)
def again(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """The next version of a piece, beginning with the words of the last one."""
    last = queries.versions(code)[0]
    form = WordsForm(request.POST or None, initial=_start(last))
    if _kept(request, form):
        made = frame.attempt(form, lambda: actions.draft_version(
            code=code, draft=form.draft(), seen=form.cleaned_data["seen"], actor=officer.actor, at=officer.at))  # fmt: skip
        if made is not None:
            return _done(request, made)
    return _shown(request, officer, form, code=code)


@require_http_methods(READ_WRITE)
@gate(Verb.WRITE)
def edit(request: HttpRequest, officer: Officer, code: str, number: int) -> HttpResponseBase:
    """A draft."""
    line = queries.draft(code, number)
    form = WordsForm(request.POST or None, initial=_start(line))
    if _kept(request, form):
        made = frame.attempt(form, lambda: actions.edit_draft(
            code=code, number=number, draft=form.draft(), seen=form.cleaned_data["seen"], actor=officer.actor,
            at=officer.at))  # fmt: skip
        if made is not None:
            return _done(request, made)
    return _shown(request, officer, form, code=code, number=number)
