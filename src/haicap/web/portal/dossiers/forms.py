"""Biểu mẫu quanh hồ sơ: a phone, a draft, a dossier, the applicant. The questions of a procedure are no form of these."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from haicap.domain.dossiers import rules
from haicap.domain.dossiers.states import ResultMethod

LONGEST = 30_000  # more than any of them may have; what is longer is cut, and then too long
REQUIRED = {"required": _("Xin điền ô này.")}
METHODS = [
    (ResultMethod.ONLINE.value, _("Bản điện tử, tải ở trang này")),
    (ResultMethod.COUNTER.value, _("Đến trung tâm phục vụ hành chính công")),
    (ResultMethod.POST.value, _("Qua bưu chính, đến địa chỉ liên hệ")),
]
_TEL = {"autocomplete": "tel", "inputmode": "tel"}
_CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


def _text(label: Any, most: int, attrs: dict[str, str], **more: Any) -> forms.CharField:
    more.setdefault("error_messages", REQUIRED)
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs=attrs), **more)


def _plain(text: str) -> str:
    return rules.paragraphs(text[:LONGEST], LONGEST)


class Form(forms.Form):
    """No bubbles of the browser: what is wrong is said on the page. Characters nobody can see are gone at once."""

    use_required_attribute = False

    def __init__(self, data: QueryDict | None = None, initial: dict[str, Any] | None = None) -> None:
        seen = None if data is None else {k: _plain(data.get(k, "")) for k in data}
        super().__init__(seen, initial=initial)


class Phone(Form):
    """How to reach whoever files without an account."""

    dien_thoai = _text(
        _("Số điện thoại của bạn"), 30, _TEL,
        help_text=_("Để mở lại bản nháp, theo dõi hồ sơ và báo cho bạn khi có kết quả."),
    )  # fmt: skip


class Resume(Form):
    """A draft by its code and the phone."""

    ma = _text(_("Mã bản nháp"), 20, _CODE, help_text=_("8 chữ và số, ví dụ K7RM4TQA."))
    dien_thoai = _text(_("Số điện thoại đã ghi khi bắt đầu"), 30, _TEL)


class Track(Form):
    """A dossier by its code and digits of the phone."""

    ma = _text(
        _("Mã hồ sơ"), 80, _CODE,
        help_text=_("Có trên trang xác nhận, giấy tiếp nhận và tin báo, ví dụ H61.25-261122-0001."),
    )  # fmt: skip
    so = _text(
        _("Số điện thoại ghi trong hồ sơ"), 30, _TEL,
        help_text=_("4 số cuối là đủ để theo dõi. Ghi cả số nếu bạn muốn bổ sung, rút hoặc đánh giá hồ sơ."),
    )  # fmt: skip


class Applicant(Form):
    """Chủ hồ sơ and how the result shall come."""

    name = _text(_("Họ và tên người đứng tên hồ sơ, hoặc tên tổ chức"), 200, {"autocomplete": "name"})
    kind = forms.ChoiceField(
        label=_("Người đứng tên là"),
        choices=[("person", _("Cá nhân")), ("organisation", _("Tổ chức, doanh nghiệp"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Xin chọn một."),
            "invalid_choice": _("Xin chọn trong các lựa chọn đã cho."),
        },
    )
    number = _text(
        _("Số định danh cá nhân hoặc mã số tổ chức"), 30, {"inputmode": "numeric", "autocomplete": "off"}, required=False,
        help_text=_("Cần có để tự rút hồ sơ khi không dùng tài khoản."),
    )  # fmt: skip
    phone = _text(_("Số điện thoại"), 30, _TEL, help_text=_("Để báo cho bạn và để theo dõi hồ sơ."))
    email = _text(_("Thư điện tử"), 254, {"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}, required=False)  # fmt: skip
    address = _text(_("Địa chỉ liên hệ"), 500, {"autocomplete": "street-address"}, required=False)
    proxy = _text(
        _("Nộp thay: ai nộp, theo giấy ủy quyền nào"), 300, {"autocomplete": "off"}, required=False,
        help_text=_("Chỉ điền khi người nộp không phải là người đứng tên."),
    )  # fmt: skip
    method = forms.ChoiceField(
        label=_("Nhận kết quả bằng cách nào?"),
        choices=METHODS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Xin chọn một."),
            "invalid_choice": _("Xin chọn trong các lựa chọn đã cho."),
        },
    )


class Number(Form):
    """The number of whom a dossier is for."""

    so = _text(
        _("Số định danh cá nhân của người đứng tên, hoặc mã số tổ chức"), 30, {"inputmode": "numeric", "autocomplete": "off"},
    )  # fmt: skip


class Rate(Form):
    """Satisfied or not, and why."""

    hai_long = forms.ChoiceField(
        label=_("Bạn có hài lòng với cách hồ sơ được giải quyết không?"),
        choices=[("yes", _("Hài lòng")), ("no", _("Chưa hài lòng"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Xin chọn một."),
            "invalid_choice": _("Xin chọn trong các lựa chọn đã cho."),
        },
    )
    y_kien = forms.CharField(
        label=_("Ý kiến của bạn"),
        help_text=_("Xin đừng ghi thông tin cá nhân."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
