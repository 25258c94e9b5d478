"""Biểu mẫu thanh toán: which dossier, and who asks."""

from __future__ import annotations

from typing import Self

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

REQUIRED = {"required": _("Xin điền ô này.")}


class Find(forms.Form):
    """The dossier, by its code; the phone number shows that it is one's own."""

    ma = forms.CharField(
        label=_("Mã hồ sơ"),
        help_text=_("Có trên giấy tiếp nhận và trong tin báo, ví dụ H61.25-261122-0001."),
        max_length=80,
        error_messages=REQUIRED,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    dien_thoai = forms.CharField(
        label=_("Số điện thoại ghi trong hồ sơ"),
        help_text=_("Để biết hồ sơ là của bạn."),
        max_length=30,
        error_messages=REQUIRED,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    @classmethod
    def of(cls, request: HttpRequest, *, proved: bool) -> Self:
        """The form of a request; what this browser has proved before is not asked again."""
        code = {"ma": request.GET.get("ma", "")[:80]}
        form = cls(request.POST) if request.method == "POST" else cls(initial=code)
        form.fields["dien_thoai"].required = not proved
        return form
