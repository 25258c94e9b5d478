"""Biểu mẫu của hệ thống và sự cố."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from haicap.base.dates import HANOI
from haicap.base.text import sort_key
from haicap.domain.feedback.uptime.states import Impact, SystemKind
from haicap.domain.units.organs import KINDS
from haicap.web.common.law.words import organ
from haicap.web.common.systems import words
from haicap.web.console.forms import DayField, Seen, WordsField

_kind, _impact = lazy(words.kind, str), lazy(words.impact, str)
EVIDENCE = (
    ("unconfirmed", _("chưa xác minh")),
    ("confirmed", _("đã xác minh")),
    ("doubtful", _("nguồn không thống nhất")),
)


def organs() -> list[tuple[str, str]]:
    """Kinds of organs that answer for systems, by name."""
    found = [(code, organ(code).replace(" {unit}", "")) for code, k in KINDS.items() if k.level != "commune"]
    return sorted(found, key=lambda pair: sort_key(pair[1]))


class WordsArea(forms.CharField):
    """Several lines; no characters that cannot be seen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": options.pop("rows", 4)}), **options)

    def to_python(self, value: Any) -> str:
        """The text, cleaned."""
        return str(super().to_python(value) or "").replace("\0", "")


class MomentField(forms.Field):
    """An instant in Viet Nam's time: "24/11/2026 17:00"."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        options.setdefault("help_text", _("Ngày/tháng/năm giờ:phút, ví dụ 24/11/2026 17:00."))
        super().__init__(**options)

    def to_python(self, value: Any) -> datetime | None:
        """The instant, or a sentence about what is wrong."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        for form in ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"):
            try:
                return datetime.strptime(str(value).strip(), form).replace(tzinfo=HANOI)
            except ValueError:
                continue
        raise forms.ValidationError(_("Xin ghi ngày và giờ như 24/11/2026 17:00."))

    def prepare_value(self, value: Any) -> Any:
        """How the field shows it again."""
        return f"{value.astimezone(HANOI):%d/%m/%Y %H:%M}" if isinstance(value, datetime) else value


class FactsForm(Seen):
    """Facts of a system that may be changed."""

    name = WordsField(label=_("Tên"), max_length=200)
    name_en = WordsField(label=_("Tên tiếng Anh"), required=False, max_length=200)
    owner = forms.ChoiceField(label=_("Cơ quan chịu trách nhiệm"))
    address = WordsField(label=_("Địa chỉ trang"), required=False, max_length=500, help_text=_("Bắt đầu bằng https://; để trống khi chưa rõ."))  # fmt: skip
    contact = WordsField(label=_("Đầu mối"), required=False, max_length=200, help_text=_("Chức danh hoặc bộ phận, không ghi tên người."))  # fmt: skip
    evidence = forms.ChoiceField(label=_("Độ chắc chắn"), choices=EVIDENCE)
    source = WordsField(label=_("Nguồn đã đọc"), required=False, max_length=500)
    note = WordsArea(label=_("Ghi chú"), required=False, max_length=2000)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = organs()  # type: ignore[attr-defined]  # a ChoiceField


class AddForm(FactsForm):
    """A system that is not in the list yet."""

    code = forms.RegexField(
        r"[a-z0-9-]{2,40}", label=_("Mã"), help_text=_("Chữ thường, số và gạch nối, ví dụ cap-nuoc.")
    )
    kind = forms.ChoiceField(
        label=_("Loại"), choices=[(k.value, _kind(k.value)) for k in SystemKind if k is not SystemKind.OWN]
    )
    unit = forms.CharField(
        label=_("Mã tỉnh"), required=False, max_length=2, help_text=_("Hai chữ số; để trống với trung ương.")
    )
    field_order = ("code", "kind", "name", "name_en", "owner", "unit")


class PlanForm(Seen):
    """How a system is probed."""

    probe_on = forms.BooleanField(label=_("Bật thăm dò"), required=False)
    probe_url = WordsField(label=_("Địa chỉ thăm dò"), required=False, max_length=1000)
    every_minutes = forms.IntegerField(label=_("Mỗi bao nhiêu phút"), min_value=1, max_value=1440)
    timeout_seconds = forms.IntegerField(label=_("Chờ nhiều nhất (giây)"), min_value=1, max_value=60)
    expect_status = forms.IntegerField(label=_("Mã trả lời mong đợi"), min_value=100, max_value=599)
    expect_text = WordsField(label=_("Nội dung phải có"), required=False, max_length=500)
    certificate_days = forms.IntegerField(
        label=_("Báo trước khi chứng thư hết hạn (ngày)"), min_value=0, max_value=365
    )
    failures = forms.IntegerField(
        label=_("Số lần không đạt liền nhau thì mở sự cố"), min_value=1, max_value=100
    )
    calm_minutes = forms.IntegerField(
        label=_("Lặp lại trong bao nhiêu phút thì coi là cùng sự cố"), min_value=0, max_value=1440
    )


class OpenForm(forms.Form):
    """An incident by hand."""

    impact = forms.ChoiceField(
        label=_("Mức ảnh hưởng"), choices=[(i.value, _impact(i.value)) for i in Impact]
    )
    since_at = MomentField(label=_("Từ lúc"))
    text = WordsArea(label=_("Điều người dùng gặp phải"), max_length=4000, help_text=_("Hiện trên trang trạng thái công khai."))  # fmt: skip
    ticket = WordsField(label=_("Mã phiếu phản ánh"), required=False, max_length=40)


class WorkForm(forms.Form):
    """Planned work."""

    since_at = MomentField(label=_("Từ lúc"))
    until_at = MomentField(label=_("Đến lúc"))
    text = WordsArea(label=_("Việc sẽ làm, điều không dùng được"), max_length=4000, help_text=_("Hiện trên trang trạng thái công khai."))  # fmt: skip


class RetireForm(Seen):
    """From when a system is no more."""

    on = DayField(label=_("Ngừng từ ngày"))


class NoteForm(Seen):
    """What was found or done."""

    text = WordsArea(label=_("Diễn biến"), max_length=4000)
    public = forms.BooleanField(label=_("Hiện trên trang trạng thái công khai"), required=False)


class WriteUpForm(Seen):
    """Why it happened and what was changed so that it does not happen again."""

    text = WordsArea(label=_("Nguyên nhân và khắc phục"), max_length=4000, help_text=_("Hiện trên trang trạng thái công khai."))  # fmt: skip


class WhyForm(Seen):
    """Why it is opened again."""

    why = WordsField(label=_("Lý do"), max_length=200)
