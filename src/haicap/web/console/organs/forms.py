"""Biểu mẫu của vị trí và bổ nhiệm."""

from __future__ import annotations

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.domain.units.organs import Role
from haicap.web.console.forms import DayField, Seen, WordsField
from haicap.web.console.templatetags.console import ROLES


def _said(value: str) -> str:
    return gettext(ROLES[value]).capitalize()


_role = lazy(_said, str)


class PostForm(forms.Form):
    """A seat in an organ."""

    title = WordsField(
        label=_("Tên vị trí"), max_length=120, help_text=_("Ví dụ: Giám đốc; Công chức tư pháp - hộ tịch.")
    )
    role = forms.ChoiceField(
        label=_("Vai trò"), choices=[(r.value, _role(r.value)) for r in Role],
        help_text=_("Quyền trên hệ thống đọc từ vai trò này, cùng cơ quan và ngày."),
    )  # fmt: skip
    single = forms.BooleanField(label=_("Mỗi lúc chỉ một người giữ"), required=False)


class AppointForm(forms.Form):
    """An officer holds a post on [since, until), by a decision."""

    officer = forms.UUIDField(widget=forms.HiddenInput)
    since = DayField(label=_("Từ ngày"))
    until = DayField(
        label=_("Đến trước ngày"),
        required=False,
        help_text=_("Ngày đầu tiên không còn giữ. Bỏ trống nếu chưa biết."),
    )
    decision = WordsField(
        label=_("Số quyết định"),
        max_length=80,
        help_text=_("Quyết định bổ nhiệm hoặc phân công, ví dụ 123/QĐ-UBND."),
    )


class EndForm(Seen):
    """The last day of an appointment."""

    until = DayField(label=_("Thôi giữ từ ngày"), help_text=_("Ngày đầu tiên không còn giữ vị trí."))
