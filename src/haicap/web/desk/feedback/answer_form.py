"""Soạn câu trả lời: what is written, what is cited, which tickets it is for, what may stay though it looks personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from haicap.base.personal import hidden
from haicap.base.refused import Refused
from haicap.domain.feedback import queries, rules
from haicap.domain.feedback.actions import Draft
from haicap.domain.feedback.queries import TicketRow
from haicap.domain.feedback.states import Kind
from haicap.domain.law import queries as law
from haicap.web.common.law import links
from haicap.web.desk.dossier.forms import Words
from haicap.web.desk.feedback.case import Case

AUDIENCES = [
    ("citizen", _("người dân, doanh nghiệp")),
    ("commune", _("cán bộ cấp xã")),
    ("province", _("cán bộ cấp tỉnh")),
    ("ministry", _("bộ, ngành")),
]
Cited = tuple[str, str]  # name of a document's page, place in it


class AnswerForm(forms.Form):
    """The words of an answer."""

    use_required_attribute = False
    text = Words(
        label=_("Câu trả lời gửi người hỏi"),
        max_length=rules.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    public = forms.ChoiceField(
        label=_("Công khai"), widget=forms.RadioSelect, initial="yes",
        choices=[("yes", _("có: người hỏi sau tìm thấy")), ("no", _("không, vì lý do ghi dưới đây"))],
    )  # fmt: skip
    public_question = Words(
        label=_("Câu hỏi khi công khai"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Viết như một người bất kỳ sẽ hỏi; không nêu ai."),
    )  # fmt: skip
    public_text = Words(
        label=_("Câu trả lời khi công khai"), required=False, max_length=rules.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}), help_text=_("Để trống: như câu trả lời ở trên."),
    )  # fmt: skip
    audience = forms.ChoiceField(label=_("Dành cho"), choices=AUDIENCES)
    private_reason = Words(label=_("Lý do không công khai"), required=False, max_length=500)

    def __init__(self, case: Case, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        start = _start(case) | dict(initial or {})
        super().__init__(data, initial=start, label_suffix="", auto_id="soan-%s")

    def said(self, name: str) -> str:
        """A field as it was typed, also before all is right."""
        return str(self[name].value() or "")

    @property
    def published(self) -> tuple[str, str]:
        """What would be public as it stands: question and answer; empty when it is to stay private."""
        if self.said("public") == "no":
            return "", ""
        return self.said("public_question"), self.said("public_text") or self.said("text")


def _start(case: Case) -> dict[str, Any]:
    row, answer = case.row, case.row.answer
    if answer is not None and answer.approved_at is None:
        same = answer.public_text == answer.text
        return {
            "text": answer.text, "public": "yes" if answer.public else "no", "public_question": answer.public_question,
            "public_text": "" if same else answer.public_text, "audience": answer.audience,
            "private_reason": answer.private_reason,
        }  # fmt: skip
    return {
        "public_question": hidden(row.subject),
        "audience": "commune" if row.kind == Kind.LOCALITY else "citizen",
    }


@dataclass(frozen=True, slots=True)
class Chosen:
    """What goes along with the words: citations, tickets with the versions they were shown at, pieces looked at."""

    cited: tuple[Cited, ...] = ()
    tickets: tuple[tuple[str, int], ...] = ()
    kept: tuple[str, ...] = ()

    @classmethod
    def of_draft(cls, case: Case) -> Chosen:
        """As it was saved; without a draft: this ticket alone."""
        rows = queries.together_with(case.row)
        tickets = tuple((row.code, row.version) for row in sorted(rows, key=lambda r: r.pk != case.row.pk))
        answer = case.row.answer
        if answer is None or answer.approved_at is not None:
            return cls(tickets=((case.row.code, case.row.version),))
        return cls(tuple((c["document"], c["path"]) for c in answer.citations), tickets, tuple(answer.kept))

    @classmethod
    def of_form(cls, case: Case, data: QueryDict) -> Chosen:
        """As the page was sent; the ticket itself always leads."""
        cited = tuple(dict.fromkeys(split(text) for text in data.getlist("can-cu")[:30]))
        own = (case.row.code, number(data.get("seen", "")))
        others = [
            (text.partition("@")[0][:40], number(text.partition("@")[2]))
            for text in data.getlist("phieu")[:200]
        ]
        tickets = tuple(dict.fromkeys([own, *(o for o in others if o[0] != own[0])]))
        return cls(cited, tickets, tuple(text[:200] for text in data.getlist("giu")[:50]))

    def shown(self) -> list[tuple[str, str, str]]:
        """Citations as (value, words, address); those whose document is gone say so by their name."""
        found = []
        for slug, path in self.cited:
            try:
                doc = law.document(slug)
            except Refused:
                found.append((f"{slug}|{path}", slug, ""))
            else:
                found.append((f"{slug}|{path}", queries.printed(doc, path), links.href(doc, path)))
        return found

    def draft(self, form: AnswerForm) -> Draft:
        """As the verb takes it."""
        given = form.cleaned_data
        return Draft(
            given["text"], given["public"] == "yes", given["public_question"], given["public_text"],
            given["private_reason"], self.cited, given["audience"], self.kept,
        )  # fmt: skip


def split(text: str) -> Cited:
    """A citation as a form carries it: "slug|path"."""
    slug, _, path = text.partition("|")
    return slug[:200], path[:200]


def number(text: str) -> int:
    """A version as a form carries it; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def personal(form: AnswerForm, rows: Sequence[TicketRow], kept: Sequence[str]) -> list[tuple[str, bool]]:
    """What looks personal in what would be public, each with whether it was marked as to be kept."""
    names = [row.sender_name for row in rows if row.sender_name]
    found = [p.text for text in form.published for p in rules.personal_in(text, names)]
    marked = set(kept)
    return [(text, text in marked) for text in dict.fromkeys(found)]
