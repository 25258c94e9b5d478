"""Biểu mẫu gửi danh sách."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from haicap.base import dates
from haicap.base.refused import Refused
from haicap.web.common import refusals


class Day(forms.CharField):
    """A day as Viet Nam writes it; empty is None."""

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]  # may be empty
        """Read it; the refusal's sentence becomes the error."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return dates.read_date(text)
        except Refused as refused:
            raise forms.ValidationError(refusals.sentence(refused)) from None


class AddressList(forms.Form):
    """A file, the column, the day."""

    file = forms.FileField(
        label=_("Tệp CSV hoặc Excel (.xlsx)"),
        help_text=_(
            "Dòng đầu là tên các cột. Tối đa 100.000 dòng. Chữ ở dạng UTF-8, UTF-16 hay Windows-1258 đều đọc được."
        ),
        error_messages={"required": _("Xin chọn một tệp."), "empty": _("Tệp không có nội dung.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    column = forms.CharField(
        label=_("Tên cột địa chỉ"),
        help_text=_("Để trống thì hệ thống tìm cột tên “address” hoặc “địa chỉ”."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    on = Day(
        label=_("Đơn vị vào ngày"),
        help_text=_("Viết như 01/07/2025. Để trống là hôm nay."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_file(self) -> Any:
        """Too large a file is said before it is read."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            megabytes = settings.UPLOAD_LIMIT // (1024 * 1024)
            sentence = _("Tệp lớn hơn %(most)s MB. Xin chia thành nhiều tệp nhỏ hơn.")
            raise forms.ValidationError(sentence, params={"most": megabytes})
        return file

    def refuse(self, refused: Refused) -> None:
        """A refusal at the field it is about."""
        field = "column" if "column" in refused.code else "on" if refused.code == "before_horizon" else "file"
        self.add_error(field, refusals.sentence(refused))
