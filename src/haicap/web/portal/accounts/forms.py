"""Biểu mẫu của tài khoản: what is typed, nothing judged."""

from __future__ import annotations

from typing import Self

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from haicap.base.refused import Refused
from haicap.web.common import refusals

REQUIRED = {"required": _("Xin điền ô này.")}


class Form(forms.Form):
    """A form that can take a refusal."""

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The form of a request: filled when it was sent, else empty."""
        return cls(request.POST if request.method == "POST" else None)

    def refuse(self, refused: Refused, field: str | None = None) -> None:
        """Show the sentence of a refusal at `field`, or on top."""
        self.add_error(field, refusals.sentence(refused))


class SignIn(Form):
    """Name and password."""

    name = forms.CharField(
        label=_("Tên đăng nhập"),
        help_text=_("Địa chỉ thư điện tử, số điện thoại hoặc tên được cấp."),
        max_length=200,
        error_messages=REQUIRED,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=1000,
        strip=False,
        error_messages=REQUIRED,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class Code(Form):
    """A code of the second factor."""

    code = forms.CharField(
        label=_("Mã xác thực"),
        help_text=_("6 chữ số trên ứng dụng của bạn, hoặc một mã dự phòng."),
        max_length=40,
        error_messages=REQUIRED,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class Ask(Form):
    """For whom a letter is asked."""

    name = forms.CharField(
        label=_("Thư điện tử"),
        help_text=_("Chúng tôi gửi một đường dẫn tới địa chỉ này."),
        max_length=200,
        error_messages=REQUIRED,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
    )


class NewPassword(Form):
    """A new password."""

    password = forms.CharField(
        label=_("Mật khẩu mới"),
        help_text=_("Ít nhất 10 ký tự, không chỉ gồm chữ số. Một câu ngắn dễ nhớ là tốt nhất."),
        max_length=1000,
        strip=False,
        error_messages=REQUIRED,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class Register(NewPassword):
    """A new account."""

    display_name = forms.CharField(
        label=_("Họ và tên"),
        help_text=_("Để chào bạn và ghi trên hồ sơ bạn nộp."),
        max_length=100,
        error_messages=REQUIRED,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("display_name", "password")


class ChangePassword(NewPassword):
    """A new password, knowing the current one."""

    current = forms.CharField(
        label=_("Mật khẩu hiện tại"),
        max_length=1000,
        strip=False,
        error_messages=REQUIRED,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "password")


class Erase(Form):
    """Sure, and knowing the password."""

    password = forms.CharField(
        label=_("Mật khẩu hiện tại"),
        max_length=1000,
        strip=False,
        error_messages=REQUIRED,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    sure = forms.BooleanField(
        label=_("Tôi hiểu việc này không lấy lại được"), error_messages={"required": _("Xin xác nhận.")}
    )
