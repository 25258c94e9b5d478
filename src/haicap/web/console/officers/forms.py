"""Biểu mẫu của tài khoản cán bộ."""

from __future__ import annotations

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.base.words import gettext_noop
from haicap.kernel.accounts.states import Scope
from haicap.web.console.forms import WordsField

SCOPES = {
    Scope.READ: gettext_noop("đọc"),
    Scope.WRITE: gettext_noop("ghi"),
    Scope.BULK: gettext_noop("chuyển đổi và tải về cả loạt"),
}


def _said(value: Scope) -> str:
    return gettext(SCOPES[value])


_scope = lazy(_said, str)


class OfficerForm(forms.Form):
    """A new account."""

    name = WordsField(
        label=_("Tên đăng nhập"), max_length=254,
        help_text=_("Thư điện tử công vụ, số điện thoại, hoặc chữ không dấu."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    display_name = WordsField(label=_("Họ và tên"), max_length=200)
    email = WordsField(
        label=_("Thư điện tử công vụ"), max_length=254, required=False,
        help_text=_("Có thì đường dẫn đặt mật khẩu gửi về đây; bỏ trống thì mật khẩu đầu tiên hiện một lần ở trang sau."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    is_operator = forms.BooleanField(
        label=_("Là người vận hành: giữ tài khoản của người khác, xem sổ ghi"), required=False
    )


class KeyForm(forms.Form):
    """A new key for a machine."""

    label = WordsField(
        label=_("Dùng để làm gì"), max_length=100, help_text=_("Ví dụ: phần mềm một cửa của tỉnh.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("Được làm gì"), choices=[(s.value, _scope(s)) for s in Scope], initial=[Scope.READ.value],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    days = forms.IntegerField(
        label=_("Số ngày có hiệu lực"), min_value=1, max_value=366, initial=90,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
