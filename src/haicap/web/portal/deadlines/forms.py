"""Biểu mẫu tính thời hạn."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.base.refused import Refused
from haicap.domain.deadlines.reckoning import Instant, Limit, LimitUnit, Pause, read_instant, sum_of
from haicap.web.common import days, refusals
from haicap.web.portal.conversions.forms import Day

_unit = lazy(days.unit, str)
UNITS = [(unit.value, _unit(unit.value)) for unit in LimitUnit]


def _time(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=5, **more,
        widget=forms.TextInput(attrs={"class": "day", "inputmode": "numeric", "autocomplete": "off", "placeholder": "08:00"}),
    )  # fmt: skip


def _day(label: Any, **more: Any) -> Day:
    widget = forms.TextInput(attrs={"class": "day", "inputmode": "numeric", "autocomplete": "off"})
    return Day(label=label, widget=widget, **more)


class DeadlineForm(forms.Form):
    """Receipt, limit of one or two parts, one pause."""

    use_required_attribute = False

    ngay = _day(_("Ngày nhận hồ sơ"), help_text=_("Ngày/tháng/năm, ví dụ 13/02/2026."))
    gio = _time(_("Giờ nhận"), help_text=_("Bỏ trống: 08:00."))
    so = forms.CharField(
        label=_("Thời hạn"), max_length=8, help_text=_("Nửa ngày ghi 0.5."),
        widget=forms.TextInput(attrs={"class": "code-in", "inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    loai = forms.ChoiceField(label=_("Đơn vị"), choices=UNITS)
    so2 = forms.CharField(
        label=_("Cộng thêm"), required=False, max_length=8,
        widget=forms.TextInput(attrs={"class": "code-in", "inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    loai2 = forms.ChoiceField(label=_("Đơn vị của phần thêm"), choices=UNITS, required=False)
    dung = _day(_("Ngày tạm dừng"), required=False)
    dung_gio = _time(_("Giờ tạm dừng"))
    tiep = _day(_("Ngày tiếp tục"), required=False)
    tiep_gio = _time(_("Giờ tiếp tục"))

    def clean(self) -> dict[str, Any]:
        """Instants and limit together; each refusal at its field."""
        values = super().clean() or {}
        if values.get("loai") == LimitUnit.SAME_DAY:
            self.errors.pop("so", None)  # "trong ngày" has no number
        if self.errors:
            return values
        self.received = self._instant("ngay", "gio")
        self.parts: tuple[Limit, ...] = self._parts(values)
        self.pauses = self._pauses(values)
        return values

    def _instant(self, day: str, clock: str) -> Instant | None:
        on: date | None = self.cleaned_data.get(day)
        if on is None:
            return None
        text = self.cleaned_data.get(clock) or "08:00"
        try:
            return read_instant(f"{on.isoformat()} {text if len(text) == 5 else '0' + text}")
        except Refused:
            self.add_error(clock, gettext("Giờ viết như 16:59."))
            return None

    def _parts(self, values: dict[str, Any]) -> tuple[Limit, ...]:
        parts = [("so", values.get("so", ""), values["loai"])]
        if values.get("so2") or values.get("loai2") == LimitUnit.SAME_DAY:
            parts.append(("so2", values.get("so2", ""), values.get("loai2") or LimitUnit.WORKING_DAYS))
        found: list[Limit] = []
        for name, value, kind in parts:
            try:
                found += sum_of([(value, kind)])
            except Refused as refused:
                self.add_error(name, refusals.sentence(refused))
        return tuple(found)

    def _pauses(self, values: dict[str, Any]) -> list[Pause]:
        paused, resumed = self._instant("dung", "dung_gio"), self._instant("tiep", "tiep_gio")
        if paused is None and resumed is not None:
            self.add_error("dung", gettext("Có lúc tiếp tục nhưng thiếu lúc tạm dừng."))
        return [] if paused is None else [(paused, resumed)]
