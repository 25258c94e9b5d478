"""Biểu mẫu thanh toán: which dossier, and who asks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from haicap.base.refused import Refused
from haicap.web.common import refusals

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
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def refuse(self, refused: Refused) -> None:
        """Show the sentence of a refusal on top."""
        self.add_error(None, refusals.sentence(refused))
