"""Khung trang: the rail with its counts around every page of the desk, and how forms call verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from haicap.base.kept import Notes
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers.queries import takings, worklists
from haicap.domain.dossiers.queries.worklists import Stage, Tally, TimeLeft
from haicap.web.common import refusals
from haicap.web.desk.gate import Needs, Officer
from haicap.web.desk.words import STAGES

T = TypeVar("T")
ELSEWHERE = (403, 404)  # these refusals are pages of their own; the rest is shown at the form
PAGES = (
    ("reception", gettext_noop("Nhận hồ sơ"), Needs.COUNTER),
    ("handovers", gettext_noop("Bàn giao"), Needs.PERSONAL),
    ("takings", gettext_noop("Tiền"), Needs.PERSONAL),
    ("today", gettext_noop("Hôm nay"), Needs.PERSONAL),
    ("tickets", gettext_noop("Phản ánh"), Needs.TICKETS),
    ("who", gettext_noop("Ai quyết định"), Needs.LISTS),
    ("leader", gettext_noop("Lãnh đạo"), Needs.OVERVIEW),
)
BELOW = {  # pages under a tab
    "who": ("who-power", "survey", "survey-answer", "problems", "problem-new"),
    "tickets": (
        "ticket",
        "ticket-act",
        "ticket-answer",
        "call",
        "called",
        "tickets-leader",
        "forces",
        "force",
    ),
}
RAIL = (
    Stage.ALL,
    Stage.NEW,
    Stage.RECEIVED,
    Stage.WORK,
    Stage.SIGN,
    Stage.SUPPLEMENT,
    Stage.PAYING,
    Stage.DONE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A line of the rail."""

    href: str
    label: str
    here: bool
    count: int | None = None
    late: int = 0
    mark: str = ""  # by which a key finds it


def rail(request: HttpRequest, officer: Officer, tally: Tally) -> list[Section]:
    """Stages with their counts."""
    name = getattr(request.resolver_match, "url_name", "")
    at = request.GET.get("chang", Stage.ALL) if name == "list" else ""
    narrowed = "han" in request.GET
    lines = [
        Section(
            f"{reverse('desk:list')}?{urlencode({'chang': stage.value})}", gettext(STAGES[stage]),
            at == stage and not narrowed, tally.of(stage), tally.of(stage, TimeLeft.LATE),
        )
        for stage in RAIL
    ]  # fmt: skip
    late = Section(
        f"{reverse('desk:list')}?{urlencode({'han': TimeLeft.LATE.value})}", gettext("Trễ hạn"),
        name == "list" and request.GET.get("han") == TimeLeft.LATE, tally.of(Stage.ALL, TimeLeft.LATE),
    )  # fmt: skip
    return [*lines, late, *_to_refund(request, officer)]


def _to_refund(request: HttpRequest, officer: Officer) -> list[Section]:
    """Money to be given back, for those at a centre; the line is there when there is some."""
    due = takings.refunds_due(officer.scope) if officer.counter is not None else 0
    here = getattr(request.resolver_match, "url_name", "") in ("takings", "refund")
    here = here and request.GET.get("loai", "hoan") == "hoan"
    return [Section(reverse("desk:takings"), gettext("Phải hoàn tiền"), here, due)] if due else []


def tabs(request: HttpRequest, officer: Officer) -> list[Section]:
    """The other pages of the desk this officer may open."""
    name = getattr(request.resolver_match, "url_name", "")
    found = []
    if officer.may(Needs.LISTS):
        found.append(
            Section(reverse("desk:list"), gettext("Danh sách"), name in ("list", "search"), mark="list")
        )
    for page, label, needs in PAGES:
        if officer.may(needs):
            found.append(
                Section(
                    reverse(f"desk:{page}"),
                    gettext(label),
                    name == page or name in BELOW.get(page, ()),
                    mark="new" if page == "reception" else "",
                )
            )
    return found


def word(request: HttpRequest, name: str, most: int) -> str:
    """A word of the question in the address, no longer than `most`, without characters no text has."""
    return request.GET.get(name, "").replace("\0", "").strip()[:most]


# Counts of the nation as this process had them last: tens of thousands of rows, counted every few seconds at most.
_national: Notes[dict[str, Tally]] = Notes(dict, seconds=5)


def counted(officer: Officer) -> Tally:
    """What is open in the officer's scope; the nation's counts are up to five seconds old."""
    if officer.scope.level != "nation":
        return worklists.tally(officer.scope, officer.at)
    noted = _national()
    if "nation" not in noted:
        noted["nation"] = worklists.tally(officer.scope, officer.at)
    return noted["nation"]


def show(
    request: HttpRequest, officer: Officer, template: str, values: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """A page of the desk with its rail."""
    tally = values.get("tally")
    known = tally if isinstance(tally, Tally) else counted(officer)
    framed = {
        "officer": officer,
        "rail": rail(request, officer, known),
        "tabs": tabs(request, officer),
        "tally": known,
    }
    return render(request, f"desk/{template}.html", {**framed, **values}, status=status)


def attempt(form: forms.Form, verb: Callable[[], T]) -> T | None:
    """Call a verb; a refusal that the form can mend is written on the form, and None returned."""
    try:
        return verb()
    except Refused as refused:
        if refusals.status(refused.code) in ELSEWHERE:
            raise
        form.refused = refused.code  # type: ignore[attr-defined]  # read by the page: a stale one says what changed
        form.add_error(None, refusals.sentence(refused))
        return None


def done(request: HttpRequest, sentence: str, name: str, *args: object) -> HttpResponseRedirect:
    """After a verb: to the page `desk:name`, which says what was done."""
    messages.success(request, sentence)
    return redirect(f"desk:{name}", *args)
