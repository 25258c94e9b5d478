"""Lập vị trí, bổ nhiệm, cho thôi."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.domain.units import actions, queries
from haicap.domain.units.organs import Role
from haicap.domain.units.policy import Verb
from haicap.domain.units.queries import AppointmentRow
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.accounts.models import User
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.organs.forms import AppointForm, EndForm, PostForm

READ_WRITE = ("GET", "HEAD", "POST")


@require_http_methods(READ_WRITE)
@gate(Verb.APPOINT)
def new_post(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """A new seat in an organ."""
    organ = queries.organ(pk, officer.on)
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        made = frame.attempt(
            form, lambda: actions.create_post(organ=pk, **facts, actor=officer.actor, at=officer.at)
        )
        if made is not None:
            return frame.done(request, gettext("Đã lập vị trí."), "organ", pk)
    return frame.show(
        request, officer, "organs/post", {"organ": organ, "form": form}, 400 if form.errors else 200
    )


def _chosen(request: HttpRequest) -> User | None:
    """The officer picked from the search, if there is one."""
    picked = request.POST.get("officer") or request.GET.get("can-bo") or ""
    try:
        return accounts.officer(UUID(picked)) if picked else None
    except (ValueError, Refused):
        return None


@require_http_methods(READ_WRITE)
@gate(Verb.APPOINT)
def appoint(request: HttpRequest, officer: Officer, pk: int, post: int) -> HttpResponseBase:
    """Search an officer (`?tim=`), pick (`?can-bo=`), appoint."""
    organ, seat = queries.organ(pk, officer.on), queries.posts_of(pk).filter(pk=post).first()
    if seat is None:
        raise Http404
    person, text = _chosen(request), frame.word(request, "tim", 80)
    form = AppointForm(
        request.POST or None,
        initial={"officer": person.public_id if person else "", "since": show_date(officer.on)},
    )
    if request.method == "POST" and form.is_valid() and _appointed(form, officer, post):
        return frame.done(request, gettext("Đã bổ nhiệm."), "organ", pk)
    values = {
        "organ": organ, "post": seat, "form": form, "person": person, "text": text,
        "found": accounts.officers(text, limit=20) if text else [],
        "conflicts": _conflicts(form, seat.pk, person) if form.errors else [],
        "seats": queries.appointments_of(person.pk, officer.on) if person else [],
    }  # fmt: skip
    return frame.show(request, officer, "organs/appoint", values, 400 if form.errors else 200)


def _appointed(form: AppointForm, officer: Officer, post: int) -> bool:
    facts = form.cleaned_data | {"officer": str(form.cleaned_data["officer"])}
    made = frame.attempt(
        form, lambda: actions.appoint(post=post, **facts, actor=officer.actor, at=officer.at)
    )
    return made is not None


def _conflicts(form: AppointForm, post: int, person: User | None) -> list[AppointmentRow]:
    """Who stands in the way: appointments to the post that share a day with the asked span."""
    since, until = form.cleaned_data.get("since"), form.cleaned_data.get("until")
    if since is None:
        return []
    return [
        held
        for held in queries.holders_of(post)
        if (held.valid.upper is None or since < held.valid.upper)
        and (until is None or held.valid.lower < until)
        and (held.single or (person is not None and held.officer_id == person.pk))
    ]


@require_http_methods(READ_WRITE)
@gate(Verb.APPOINT)
def end(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Let an appointment end on a day."""
    held = queries.appointment(pk)
    form = EndForm(request.POST or None, initial={"seen": held.version, "until": show_date(officer.on)})
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(
            form,
            lambda: actions.end_appointment(pk=pk, **form.cleaned_data, actor=officer.actor, at=officer.at),
        )
        if made is not None:
            return frame.done(request, gettext("Đã ghi ngày thôi giữ."), "appointment", pk)
    return frame.show(
        request, officer, "organs/end", {"held": held, "form": form}, 400 if form.errors else 200
    )
