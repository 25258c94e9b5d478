"""Ô ngày."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haicap.base.dates import read_date, show_date
from haicap.base.refused import Refused
from haicap.web.common import refusals


class Day(forms.Field):
    """A day: 01/07/2025 or 2025-07-01."""

    def __init__(self, **options: Any) -> None:
        attrs = {"class": "day", "inputmode": "numeric", "autocomplete": "off"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        options.setdefault("help_text", _("Ngày/tháng/năm, ví dụ 01/07/2025."))
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """The day, or a sentence about what is wrong."""
        if value in self.empty_values:
            return None
        try:
            return read_date(str(value))
        except Refused as refused:
            raise forms.ValidationError(refusals.sentence(refused)) from refused

    def prepare_value(self, value: Any) -> Any:
        """How the field shows it again."""
        return show_date(value) if isinstance(value, date) else value
