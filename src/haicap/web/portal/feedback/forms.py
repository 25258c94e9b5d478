"""Biểu mẫu quanh phiếu: who sends, and which ticket is followed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from haicap.web.portal.dossiers.forms import REQUIRED, Form

_TEL = {"autocomplete": "tel", "inputmode": "tel"}


def _text(label: Any, most: int, attrs: dict[str, str], **more: Any) -> forms.CharField:
    more.setdefault("error_messages", REQUIRED)
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs=attrs), **more)


class Sender(Form):
    """Who sends; the law of the kind says what of it is needed."""

    ho_ten = _text(_("Họ và tên"), 120, {"autocomplete": "name"}, required=False)
    dien_thoai = _text(
        _("Số điện thoại"), 30, _TEL, required=False,
        help_text=_("Để báo cho bạn khi có trả lời, và để theo dõi phiếu bằng 4 số cuối."),
    )  # fmt: skip
    thu = _text(
        _("Thư điện tử"), 254,
        {"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}, required=False,
    )  # fmt: skip
    khong_ten = forms.BooleanField(
        label=_("Tôi không muốn nêu tên. Tôi sẽ theo dõi bằng mã phiếu và khóa."), required=False
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
        *,
        may: bool,
        known: bool = False,
    ) -> None:
        """may: the kind lets people stay unnamed; known: by their account, or they said so."""
        super().__init__(data, initial)
        self.known = known
        if not may:
            del self.fields["khong_ten"]

    def clean(self) -> dict[str, Any]:
        """Nobody stays unnamed by forgetting a field."""
        said = self.cleaned_data
        if not (self.known or (said.get("ho_ten") and (said.get("dien_thoai") or said.get("thu")))):
            may = "khong_ten" in self.fields
            sentence = (
                _("Xin ghi họ tên và số điện thoại hoặc thư điện tử, hoặc đánh dấu là không muốn nêu tên.")
                if may
                else _("Xin ghi họ tên và số điện thoại hoặc thư điện tử.")
            )
            missing = "ho_ten" if not said.get("ho_ten") else "dien_thoai"
            if missing not in self.errors:
                self.add_error(missing, sentence)
        return said


class Follow(Form):
    """A ticket by its code, and the key or the digits of the phone."""

    ma = _text(
        _("Mã phiếu"), 40, {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
        help_text=_("Có trên trang xác nhận và tin báo, ví dụ PA261122-7K3MQ2XD."),
    )  # fmt: skip
    khoa = _text(
        _("Khóa, hoặc số điện thoại đã ghi"), 30, {"autocomplete": "off", "spellcheck": "false"},
        help_text=_("Khóa là 8 chữ và số bạn nhận khi gửi. 4 số cuối điện thoại đủ để xem; cả số hoặc khóa để trả lời. Phiếu không nêu tên chỉ mở được bằng khóa."),
    )  # fmt: skip
