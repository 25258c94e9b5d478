"""Nơi và ngày được hỏi: a unit by its address old or new, its code or its identity, on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.domain.powers.states import REFORM
from haicap.domain.units import queries as units
from haicap.domain.units.timeline import Register, Version
from haicap.web.common import clock, refusals

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """The place and the day of a question.

    uid      the one unit meant; "" when none was named, or when several may be (`options`: uid and name)
    title    its name with its province; former: its names before the reform, as people still say them
    error    why nothing was found, for the field of the place
    day_error   why the day cannot be read; the answer is then for today
    """

    uid: str
    title: str
    text: str
    options: Sequence[tuple[str, str]]
    error: str
    on: date
    today: date
    day: str
    day_error: str
    former: str = ""

    @property
    def other_day(self) -> str:
        """The day for an address line; "" for today."""
        return "" if self.on == self.today else self.on.isoformat()


def asked(request: HttpRequest, own: str = "") -> Asked:
    """What `?don-vi=` (identity), `?noi=` (address or code) and `?ngay=` ask; `own`: the unit when nothing is said."""
    today = clock.today()
    try:
        on, day_error = clock.asked_day(request), ""
    except Refused as refused:
        on, day_error = today, refusals.sentence(refused)
    day = request.GET.get("ngay", "")[:40] if day_error else show_date(on)
    text = request.GET.get("noi", "").replace("\0", "").strip()[:LONGEST]
    uid = request.GET.get("don-vi", "").replace("\0", "").strip()[:60]
    register = units.register()
    options: Sequence[tuple[str, str]] = ()
    error = ""
    if uid and not register.versions(uid):
        uid, error = "", gettext("Không có đơn vị này.")
    before = request.GET.get("vua", "").replace("\0", "").strip()[:60]
    if (
        text and not uid and before and register.versions(before)
    ):  # the name the page itself had written there
        uid = before if text in (_title(register, before, on), _title(register, before, today)) else ""
    if text and not uid:
        uid, options, error = _read(register, text, on)
    elif not uid and not error and "noi" not in request.GET:
        uid = own
    return Asked(
        uid,
        _title(register, uid, on),
        text,
        options,
        error,
        on,
        today,
        day,
        day_error,
        _former(register, uid, on),
    )


def _read(register: Register, text: str, on: date) -> tuple[str, Sequence[tuple[str, str]], str]:
    if text.isascii() and text.isdigit() and len(text) in (2, 5):
        held = register.at(text, on)
        return (held.uid, (), "") if held else ("", (), gettext("Ngày này không đơn vị nào mang mã đó."))
    province = _province(register, text, on)
    if province is not None:
        return province.uid, (), ""
    answer = units.convert_address(text, on=on)
    if len(answer.candidates) == 1:
        return answer.candidates[0].uid, (), ""
    if answer.candidates:
        return "", [(c.uid, f"{c.name}, {c.province}") for c in answer.for_page], ""
    return (
        "",
        (),
        gettext(answer.reason) % answer.reason_params
        if answer.reason
        else gettext("Không tìm thấy nơi này."),
    )


def _province(register: Register, text: str, on: date) -> Version | None:
    wanted = text.casefold()
    return next((v for v in register.provinces(on) if v.name.casefold() == wanted), None)


def _title(register: Register, uid: str, on: date) -> str:
    if not uid:
        return ""
    known = register.version(uid, on)
    return register.title(uid, on) if known else register.versions(uid)[-1].name


def _former(register: Register, uid: str, on: date) -> str:
    """Names the unit's area had until the reform."""
    known = register.version(uid, on) if uid else None
    if known is None or known.tier != "commune" or on < REFORM:
        return ""
    before = date(2025, 6, 30)
    names = [f.version.name for f in register.origins(uid, before)]
    return ", ".join(dict.fromkeys(names[:4]))
