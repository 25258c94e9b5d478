"""Sửa thông tin của văn bản; bỏ một quan hệ ghi nhầm."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law import actions, queries
from haicap.domain.law.policy import Verb
from haicap.web.common.law import words
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.law.forms import FactsForm, ReasonForm

READ_WRITE = ("GET", "HEAD", "POST")


@require_http_methods(READ_WRITE)
@gate(Verb.ENTER)
def correct(request: HttpRequest, officer: Officer, slug: str) -> HttpResponseBase:
    """Facts of a document, with the source they were read in."""
    queries.corpus.now()
    doc = queries.document(slug)
    start = {name: getattr(doc, name) for name in FactsForm.base_fields if name != "seen"} | {
        "seen": doc.version
    }
    form = FactsForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(form, lambda: actions.correct_document(
            slug=slug, facts=form.facts(), seen=form.cleaned_data["seen"], actor=officer.actor, at=officer.at))  # fmt: skip
        if made is not None:
            return frame.done(
                request, gettext("Đã ghi thông tin mới; hiệu lực được tính lại."), "law-document", slug
            )
    values = {"doc": doc, "name": words.named(doc), "form": form}
    return frame.show(request, officer, "law/correct", values, 400 if form.errors else 200)


@require_http_methods(READ_WRITE)
@gate(Verb.ENTER)
def withdraw(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """A relation that was entered wrongly no longer counts; the row and the reason stay."""
    known = queries.corpus.now()
    tie = known.ties.get(pk)
    if tie is None:
        raise Refused("not_found", gettext_noop("Không có quan hệ này."))
    source, target = known.docs[tie.source], known.docs[tie.target]
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(form, lambda: actions.withdraw_relation(
            pk=pk, why=form.cleaned_data["why"], actor=officer.actor, at=officer.at))  # fmt: skip
        if made is not None:
            return frame.done(
                request, gettext("Đã bỏ quan hệ; hiệu lực được tính lại."), "law-document", source.slug
            )
    values = {
        "form": form, "doc": source, "name": words.named(source), "source": words.placed(source, tie.source_path),
        "word": words.said(words.RELATIONS, tie.kind), "target": words.placed(target, tie.target_path),
    }  # fmt: skip
    return frame.show(request, officer, "law/withdraw", values, 400 if form.errors else 200)
