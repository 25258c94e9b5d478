"""Khung trang: what every page of the console shows around its own content, and how forms call verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.policy import Verb as CalendarVerb
from haicap.domain.feedback.systems_policy import Verb as SystemVerb
from haicap.domain.guidance.policy import Verb as GuidanceVerb
from haicap.domain.procedures.policy import Verb as ProcedureVerb
from haicap.domain.units import policy, queries
from haicap.domain.units.policy import Verb
from haicap.domain.units.queries import ActRow
from haicap.domain.units.states import ActState
from haicap.web.common import refusals
from haicap.web.console.gate import Officer, Policy

T = TypeVar("T")
ELSEWHERE = (403, 404, 409)  # these refusals are pages of their own; the rest is shown at the form
# address name, label, rights that open it, whether operators may (neither: any officer)
SECTIONS = (
    ("home", gettext_noop("Việc của tôi"), (), False),
    ("acts", gettext_noop("Văn bản sắp xếp"), (Verb.SEE_ACTS,), False),
    ("organs", gettext_noop("Cơ quan, bổ nhiệm"), (Verb.SEE_OFFICERS,), False),
    ("calendar", gettext_noop("Lịch làm việc"), (CalendarVerb.SEE_CALENDAR,), False),
    ("law", gettext_noop("Văn bản pháp luật"), (), False),
    ("procedures", gettext_noop("Thủ tục"), (ProcedureVerb.SEE_DRAFTS,), False),
    ("powers", gettext_noop("Thẩm quyền"), (), False),
    ("feedback", gettext_noop("Phản ánh, kiến nghị"), (), False),
    ("routes", gettext_noop("Bảng phân luồng"), (), False),
    ("guidance", gettext_noop("Bài viết"), (GuidanceVerb.WRITE,), False),
    ("assistant", gettext_noop("Trợ lý"), (), False),
    ("registers", gettext_noop("Sổ đăng ký"), (), False),
    ("conversions", gettext_noop("Chuyển đổi hàng loạt"), (Verb.SEE_RECORD,), True),
    ("mails", gettext_noop("Thư đến"), (SystemVerb.MAIL,), True),
    ("systems", gettext_noop("Hệ thống, sự cố"), (SystemVerb.HANDLE, SystemVerb.KEEP), True),
    ("notices", gettext_noop("Tin gửi đi"), (), True),
    ("ledger", gettext_noop("Sổ ghi"), (Verb.SEE_RECORD,), True),
    ("officers", gettext_noop("Tài khoản cán bộ"), (Verb.SEE_OFFICERS,), True),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A line of the rail."""

    href: str
    label: str
    here: bool
    count: int | None = None


def rail(request: HttpRequest, officer: Officer) -> list[Section]:
    """Sections this officer may open, the one of this page marked."""
    at = getattr(request.resolver_match, "url_name", "") or ""
    return [
        Section(reverse(f"console:{name}"), gettext(label), _inside(at, name), _count(name, officer))
        for name, label, verbs, operators in SECTIONS
        if Policy(verbs, operators).allows(officer)
    ]


def _inside(at: str, name: str) -> bool:
    singular = name.removesuffix("s")
    return at in (name, singular) or at.startswith(f"{singular}-")


def _count(name: str, officer: Officer) -> int | None:
    if name != "acts" or Verb.DRAFT not in officer.rights:
        return None
    return drafts(officer).count()


def drafts(officer: Officer) -> QuerySet[ActRow]:
    """Acts still being entered that the officer sees."""
    return queries.acts(visible=policy.visible_to(officer.actor, officer.on), state=ActState.DRAFT)


def word(request: HttpRequest, name: str, most: int) -> str:
    """A word of the question in the address, no longer than `most`, without characters no text has."""
    return request.GET.get(name, "").replace("\0", "").strip()[:most]


def show(
    request: HttpRequest, officer: Officer, template: str, values: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """A page of the console with its rail."""
    known: dict[str, object] = {
        "officer": officer,
        "rail": rail(request, officer),
        "rights": {verb.value for verb in officer.rights},
    }
    return render(request, f"console/{template}.html", {**known, **values}, status=status)


def attempt(form: forms.Form, verb: Callable[[], T]) -> T | None:
    """Call a verb; a refusal that the form can mend is written on the form, and None returned."""
    try:
        return verb()
    except Refused as refused:
        if refusals.status(refused.code) in ELSEWHERE:
            raise
        form.add_error(None, refusals.sentence(refused))
        return None


def done(request: HttpRequest, sentence: str, name: str, *args: object) -> HttpResponseRedirect:
    """After a verb: to the page `console:name`, which says what was done."""
    messages.success(request, sentence)
    return redirect(f"console:{name}", *args)
