"""Ý kiến: questions that wait for an answer of one's organ. The question is shown, not the dossier."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from haicap.domain.dossiers import actions, policy, queries
from haicap.web.desk import frame
from haicap.web.desk.dossier.forms import Area, Words
from haicap.web.desk.gate import READ_WRITE, Needs, Officer, gate


class AnswerForm(forms.Form):
    """Ý kiến trả lời."""

    use_required_attribute = False
    answer = Words(label=_("Ý kiến trả lời"), max_length=4000, widget=Area())


@require_http_methods(READ_WRITE)
@gate(Needs.LISTS)
def answer(request: HttpRequest, officer: Officer, public_id: UUID) -> HttpResponseBase:
    """One question, and the form that answers it."""
    organs = [post.organ_id for post in officer.posts]
    asked = queries.open_consultations(organs).filter(public_id=public_id).first()
    if asked is None:
        raise policy.not_found()
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["answer"]
        code, actor, at = asked.dossier.code, officer.actor, officer.at
        made = frame.attempt(
            form,
            lambda: actions.answer_consultation(
                code=code, consultation=public_id, actor=actor, at=at, answer=said
            ),
        )
        if made is not None:
            return frame.done(request, gettext("Đã gửi ý kiến trả lời."), "list")
    values = {"asked": asked, "form": form}
    return frame.show(request, officer, "batch/answer", values, 400 if form.errors else 200)
