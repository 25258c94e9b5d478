"""Biểu mẫu của văn bản sắp xếp."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from haicap.domain.units.rearrangement import KINDS_OF_TIER, RELATIONS, Line
from haicap.web.common import vocabulary
from haicap.web.console.forms import DayField, Seen, WordsField

_kind = lazy(vocabulary.kind, str)
_relation = lazy(vocabulary.relation, str)
_share = lazy(vocabulary.share, str)
KINDS = tuple(kind for tier in ("commune", "province") for kind in KINDS_OF_TIER[tier])


class ActForm(forms.Form):
    """Facts of an act, as printed on it."""

    number = WordsField(
        label=_("Số văn bản"),
        max_length=60,
        help_text=_("Ghi đủ như trên văn bản, ví dụ 1685/NQ-UBTVQH15."),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    issuer = WordsField(
        label=_("Cơ quan ban hành"), max_length=200, help_text=_("Ví dụ: Ủy ban Thường vụ Quốc hội.")
    )
    title = WordsField(
        label=_("Trích yếu"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    signed_on = DayField(label=_("Ngày ký"), required=False)
    effective_on = DayField(
        label=_("Ngày hiệu lực"), help_text=_("Ngày đầu tiên của bản đồ mới, ví dụ 01/07/2025.")
    )


class ChangeActForm(ActForm, Seen):
    """The same for a draft that exists."""


class LineForm(Seen):
    """One movement. Shares may be left out where the relation says them."""

    from_code = WordsField(
        label=_("Mã cũ"), max_length=5, widget=forms.TextInput(attrs={"class": "code-in", "inputmode": "numeric"}),
        help_text=_("Mã của đơn vị vào ngày trước ngày hiệu lực: tỉnh 2 số, xã 5 số."),
    )  # fmt: skip
    relation = forms.ChoiceField(
        label=_("Quan hệ"), choices=[(r, _relation(r)) for r in RELATIONS],
        help_text=_("“Nhập” tạo đơn vị mới; “giữ nguyên”, “đổi tên”, “đổi loại” là chính đơn vị ấy đi tiếp."),
    )  # fmt: skip
    area_share = forms.ChoiceField(
        label=_("Phần diện tích"), required=False,
        choices=[("", _("theo quan hệ")), *((s, _share(s)) for s in ("all", "part", "none"))],
    )  # fmt: skip
    people_share = forms.ChoiceField(
        label=_("Phần dân số"), required=False,
        choices=[("", _("theo quan hệ")), *((s, _share(s)) for s in ("all", "part", "none", "unknown"))],
    )  # fmt: skip
    to_code = WordsField(
        label=_("Mã mới"), max_length=5, widget=forms.TextInput(attrs={"class": "code-in", "inputmode": "numeric"}),
        help_text=_("Mã của đơn vị từ ngày hiệu lực."),
    )  # fmt: skip
    to_kind = forms.ChoiceField(
        label=_("Loại đơn vị mới"),
        required=False,
        choices=[("", _("như dòng trước")), *((k, _kind(k)) for k in KINDS)],
    )
    to_name = WordsField(
        label=_("Tên mới"), max_length=100, required=False,
        help_text=_("Không ghi chữ “xã”, “phường”. Bỏ trống nếu mã mới đã được mô tả ở dòng khác."),
    )  # fmt: skip
    to_parent_code = WordsField(
        label=_("Mã tỉnh"), max_length=2, required=False,
        widget=forms.TextInput(attrs={"class": "code-in", "inputmode": "numeric"}),
        help_text=_("Bỏ trống nếu vẫn thuộc tỉnh cũ."),
    )  # fmt: skip
    clause = WordsField(
        label=_("Điều, khoản"), max_length=200, required=False,
        help_text=_("Ví dụ: điều 1 khoản 5. Bỏ trống nếu cùng điều khoản với dòng trước."),
    )  # fmt: skip

    def line(self, n: int) -> Line:
        """The line as entered; `n` is 0 for a new one."""
        values: dict[str, Any] = {k: v for k, v in self.cleaned_data.items() if k != "seen"}
        return Line(n=n, **values)


class TableForm(Seen):
    """A whole table: a file, or rows pasted from a spreadsheet."""

    file = forms.FileField(
        label=_("Tệp CSV hoặc XLSX"), required=False, allow_empty_file=True,
        help_text=_("Dòng đầu là tên cột như trong tệp mẫu."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )  # fmt: skip
    pasted = forms.CharField(
        label=_("Hoặc dán bảng vào đây"), required=False, strip=False,
        help_text=_("Chép các ô từ bảng tính, gồm cả dòng tên cột."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two, not both."""
        values = super().clean() or {}
        if bool(values.get("file")) == bool((values.get("pasted") or "").strip()):
            self.add_error("file", _("Xin chọn một tệp hoặc dán một bảng, một trong hai."))
        return values


class CorrectForm(Seen):
    """What corrects, and why."""

    number = WordsField(
        label=_("Số văn bản đính chính"), max_length=60, widget=forms.TextInput(attrs={"class": "short"}),
        help_text=_("Văn bản mới nào nói rằng văn bản này sai? Ghi đủ số."),
    )  # fmt: skip
    reason = WordsField(
        label=_("Lý do đính chính"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ghi sai ở đâu và đúng ra là gì; không ghi tên người."),
    )  # fmt: skip
