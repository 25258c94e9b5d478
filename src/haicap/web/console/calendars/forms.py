"""Biểu mẫu của lịch."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.web.common import days
from haicap.web.console.forms import DayField, Seen, WordsField

_SPAN = re.compile(r"([0-2]?[0-9])[:hg]([0-5][0-9])\s*[-–]\s*([0-2]?[0-9])[:hg]([0-5][0-9])")


class DecreeForm(forms.Form):
    """Facts of a document, as printed on it."""

    number = WordsField(
        label=_("Số văn bản"), max_length=60, help_text=_("Ghi đủ như trên văn bản, ví dụ 28/2026/QH16."),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )  # fmt: skip
    issuer = WordsField(
        label=_("Cơ quan ban hành"), max_length=200, help_text=_("Ví dụ: Thủ tướng Chính phủ.")
    )
    title = WordsField(
        label=_("Trích yếu"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    signed_on = DayField(label=_("Ngày ký"), required=False)
    opens_year = forms.IntegerField(
        label=_("Mở lịch năm"), required=False, min_value=2000, max_value=2100,
        help_text=_("Chỉ ghi khi văn bản quyết định lịch của một năm chưa có."),
        widget=forms.TextInput(attrs={"class": "code-in", "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


class ChangeDecreeForm(DecreeForm, Seen):
    """The same for a draft that exists."""


class TableForm(Seen):
    """All days of a draft: a file, or rows pasted from a spreadsheet."""

    file = forms.FileField(
        label=_("Tệp CSV hoặc XLSX"), required=False, allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )  # fmt: skip
    pasted = forms.CharField(
        label=_("Hoặc dán bảng vào đây"), required=False, strip=False, max_length=100_000,
        help_text=_("Dòng đầu là tên cột: ngay, loai, ten, dieu_khoan."),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A file counts before what is pasted; one of them there must be."""
        values = super().clean() or {}
        if not values.get("file") and not (values.get("pasted") or "").strip():
            self.add_error("pasted", gettext("Xin chọn một tệp hoặc dán một bảng, một trong hai."))
        return values


class WithdrawForm(Seen):
    """Why a decree is taken back."""

    reason = WordsField(
        label=_("Lý do thu hồi"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Văn bản nào thay hoặc bãi bỏ, hoặc ghi sai ở đâu; không ghi tên người."),
    )  # fmt: skip


class HoursForm(forms.Form):
    """Opening hours of a counter: seven lines, one a weekday."""

    since = DayField(label=_("Từ ngày"))
    decision = WordsField(
        label=_("Quyết định hoặc thông báo"), max_length=200, widget=forms.TextInput(attrs={"class": "short"})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in range(7):
            self.fields[f"day{n}"] = forms.CharField(
                label=gettext(days.WEEKDAYS[n]).capitalize(), required=False, max_length=60,
                widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The week as minutes, in `week`."""
        values = super().clean() or {}
        values["week"] = [self._spans(f"day{n}") for n in range(7)]
        return values

    def _spans(self, name: str) -> list[tuple[int, int]]:
        text = str(self.cleaned_data.get(name, ""))
        spans = []
        for part in filter(str.strip, text.split(",")):
            found = _SPAN.fullmatch(part.strip())
            if found is None:
                self.add_error(name, gettext("Viết như 07:30-11:30, 13:30-17:00; bỏ trống: không mở cửa."))
                return []
            h1, m1, h2, m2 = map(int, found.groups())
            spans.append((h1 * 60 + m1, h2 * 60 + m2))
        return spans


def week_fields(week: Any) -> dict[str, str]:
    """The week of a row as the fields show it."""
    return {
        f"day{n}": ", ".join(f"{days.clock_face(a)}-{days.clock_face(b)}" for a, b in spans)
        for n, spans in enumerate(week)
    }
