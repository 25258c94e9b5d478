"""Thẩm quyền của thủ tục: which power a procedure exercises, said and taken back; procedures that name none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.base.refused import Refused
from haicap.domain.law.states import Evidence
from haicap.domain.powers import queries as powers
from haicap.domain.powers.conditions import parse
from haicap.domain.powers.queries import PowerRow
from haicap.domain.powers.states import Role, Sort
from haicap.domain.procedures import actions, policy, queries
from haicap.domain.procedures.actions import ExerciseLine
from haicap.domain.procedures.policy import Verb
from haicap.domain.procedures.queries import ExerciseRow
from haicap.web.common import exports, paging
from haicap.web.common.powers import deciding, words
from haicap.web.common.powers.deciding import Line
from haicap.web.common.procedures import words as procedure_words
from haicap.web.console import frame
from haicap.web.console.forms import WordsField
from haicap.web.console.gate import Officer, gate

READ_WRITE = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of what a procedure exercises, with who holds it by law today."""

    row: ExerciseRow
    name: str
    role: str
    case: str
    evidence: str
    holders: list[Line]
    mine: bool  # whether the officer may take it back


class PowerForm(forms.Form):
    """A procedure exercises a power in a role, for cases."""

    use_required_attribute = False
    power = WordsField(
        label=_("Mã thẩm quyền"),
        max_length=80,
        help_text=_("Như ở sổ thẩm quyền; chọn từ kết quả tìm bên cạnh."),
    )
    role = forms.ChoiceField(label=_("Vai trò"), initial=Role.DECIDE.value)
    condition = WordsField(
        label=_("Trong trường hợp"), required=False, max_length=500,
        help_text=_("Ví dụ: khoan in {3}. Để trống nếu mọi trường hợp."),
    )  # fmt: skip
    evidence = forms.ChoiceField(label=_("Mức xác minh"), initial=Evidence.UNCONFIRMED.value)
    source = WordsField(
        label=_("Nguồn"), required=False, max_length=500,
        help_text=_("Số văn bản, điều, khoản nói thủ tục này thực hiện thẩm quyền đó."),
    )  # fmt: skip
    note = WordsField(label=_("Ghi chú"), required=False, max_length=500)

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        fields: Any = self.fields
        fields["role"].choices = words.choices(words.ROLES)
        fields["evidence"].choices = words.choices(words.EVIDENCE)

    def line(self, code: str) -> ExerciseLine:
        """As the verb takes it."""
        given = self.cleaned_data
        return ExerciseLine(
            code, given["power"], Role(given["role"]), given["condition"], Evidence(given["evidence"]), given["source"],
            given["note"],
        )  # fmt: skip


def shown_of(code: str, officer: Officer) -> list[Shown]:
    """What a procedure exercises, as the console shows it. Two small statements."""
    known = powers.register().powers
    found = []
    owner = queries.owner_of(code)
    for row in queries.powers_said(code):
        power = known.get(row.power)
        if power is None:
            continue
        held = powers.holder(row.power, "vn", officer.on, role=row.role, case=row.case)
        found.append(
            Shown(
                row, deciding.power_name(power), words.said(words.ROLES, row.role), deciding.said_case(parse(row.condition)),
                words.said(words.EVIDENCE, row.evidence), deciding.lines(held, officer.on, officer.on),
                policy.may_name(officer.posts, (owner, power.owner)),
            )
        )  # fmt: skip
    return found


def _suggested(text: str, officer: Officer) -> list[tuple[PowerRow, str]]:
    """Powers that fit the words; those of the procedure's name when nothing was typed."""
    found = [m.power for m in deciding.find(text, officer.on).powers if m.power.sort is Sort.POWER]
    return [(p, deciding.power_name(p)) for p in found[:10]]


@require_http_methods(READ_WRITE)
@gate(Verb.SEE_DRAFTS)
def name(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """What a procedure exercises; `?tim=` words for a power, `?chon=` its code. POST: one more."""
    history = queries.history(code)
    if not history:
        raise Http404
    entry = history[-1]
    text = frame.word(request, "tim", 200)
    form = PowerForm(
        request.POST if request.method == "POST" else None, {"power": frame.word(request, "chon", 80)}
    )
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(
            form, lambda: actions.name_power(line=form.line(code), actor=officer.actor, at=officer.at)
        )
        if made is not None:
            return frame.done(request, gettext("Đã ghi thẩm quyền của thủ tục."), "procedure-power", code)
    values = {
        "entry": entry, "rows": shown_of(code, officer), "form": form, "text": text,
        "suggested": _suggested(text or entry.name, officer), "ready": powers.loaded(),
    }  # fmt: skip
    return frame.show(request, officer, "procedures/power", values, 400 if form.errors else 200)


@require_POST
@gate(Verb.NAME_POWER)
def drop(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Take a line back; it may be said again."""
    role = request.POST.get("role", "")
    if role not in list(Role):
        raise Http404
    actions.drop_power(
        code=code, power=request.POST.get("power", "")[:80], role=Role(role),
        condition=request.POST.get("condition", "")[:500], actor=officer.actor, at=officer.at,
    )  # fmt: skip
    return frame.done(request, gettext("Đã bỏ. Có thể ghi lại bất cứ lúc nào."), "procedure-power", code)


def _asked(request: HttpRequest, officer: Officer) -> tuple[dict[str, str], queries.Without]:
    asked = {
        "text": frame.word(request, "tim", 100), "field": frame.word(request, "linh-vuc", 200),
        "level": frame.word(request, "cap", 20),
    }  # fmt: skip
    return asked, queries.without_power(officer.on, **asked)


@require_safe
@gate(Verb.SEE_DRAFTS)
def without(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Procedures in force that name no power, and how many there are."""
    try:
        asked, found = _asked(request, officer)
    except Refused as refused:
        if refused.code != "not_loaded":
            raise
        return frame.show(request, officer, "procedures/without_power", {"loading": True})
    values = {
        "asked": asked, "page": paging.page(request, found.entries, 50), "in_force": found.in_force,
        "fields": list(queries.catalogue().fields(officer.on)), "query": request.GET.urlencode(),
        "levels": [(v, procedure_words.said(procedure_words.LEVELS, v)) for v in procedure_words.LEVELS],
    }  # fmt: skip
    return frame.show(request, officer, "procedures/without_power", values)


@require_safe
@gate(Verb.SEE_DRAFTS)
def without_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The same as CSV."""
    _, found = _asked(request, officer)
    lines = [(e.code, e.name, e.field, "|".join(v.value for v in e.levels)) for e in found.entries]
    return exports.csv_response("thu-tuc-chua-ghi-tham-quyen", ("code", "name", "field", "levels"), lines)
