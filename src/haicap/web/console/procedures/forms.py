"""Biểu mẫu của danh mục."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.domain.procedures.rules import Decision
from haicap.domain.procedures.states import DecisionKind
from haicap.web.common.procedures import words
from haicap.web.console.forms import DayField, Seen, WordsField
from haicap.web.console.procedures.sections import Column, Section, value_at
from haicap.web.console.procedures.words import said

_said = lazy(words.said, str)


class NewForm(forms.Form):
    """Which procedure a draft is for."""

    code = WordsField(
        label=_("Mã thủ tục"), max_length=20, help_text=_("Dạng 1.001193. Mã đã có: dự thảo bắt đầu từ bản đang áp dụng."),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )  # fmt: skip
    name = WordsField(
        label=_("Tên thủ tục"), max_length=2000, required=False, help_text=_("Chỉ cần khi mã chưa có trong danh mục.")
    )  # fmt: skip


class WholeForm(Seen):
    """A draft: name, field and the whole content as JSON."""

    name = WordsField(label=_("Tên thủ tục"), max_length=2000)
    field = WordsField(label=_("Lĩnh vực"), max_length=200, required=False)
    content = forms.CharField(
        label=_("Nội dung (JSON)"), required=False, max_length=1_000_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text=_("Cùng dạng với mục content của bản ghi tải về. Lỗi được nêu cùng đường dẫn; còn lỗi thì chưa ghi gì."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Hoặc chọn tệp JSON"), required=False, help_text=_("Tệp thay cho nội dung trong ô trên.")
    )


class RowForm(Seen):
    """One row of a section; its fields are made of the section's columns."""

    def __init__(self, section: Section, row: dict[str, Any], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for column in section.columns:
            self.fields[column.name] = _field(column)
            self.fields[column.name].label = gettext(column.label)
            self.initial.setdefault(column.name, value_at(row, column))
            if column.kind == "options":
                self.fields[column.name].help_text = gettext("Mỗi dòng: khóa | nhãn | nhãn tiếng Anh.")
            if column.path == "condition":
                self.fields[column.name].help_text = gettext(
                    "Ví dụ: ly_do = doi_ten. Để trống: luôn áp dụng."
                )


def _field(column: Column) -> forms.Field:
    if column.kind == "check":
        return forms.BooleanField(required=False)
    if column.kind == "choice":
        return forms.ChoiceField(
            required=column.needed, choices=[(value, said(value)) for value in column.choices]
        )
    if column.kind in ("area", "options"):
        return WordsArea(required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}))
    return WordsField(required=column.needed, max_length=2000)


class WordsArea(forms.CharField):
    """Several lines; no characters that cannot be seen."""

    def to_python(self, value: Any) -> str:
        """The text, cleaned."""
        return str(super().to_python(value) or "").replace("\0", "")


class ReturnForm(Seen):
    """Why a draft is handed back."""

    note = WordsArea(label=_("Cần sửa gì"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class PublishForm(Seen):
    """The decision of publication, as printed on it."""

    since = DayField(label=_("Áp dụng từ ngày"))
    number = WordsField(
        label=_("Số quyết định"), max_length=60, help_text=_("Ghi đủ như trên văn bản, ví dụ 1872/QĐ-BTP.")
    )
    signed_on = DayField(label=_("Ngày ký"))
    organ = WordsField(label=_("Cơ quan ban hành"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Loại công bố"),
        choices=[(k.value, _said(words.DECISIONS, k.value)) for k in DecisionKind if k is not DecisionKind.REPEALED],
    )  # fmt: skip
    decided_by = WordsField(label=_("Chức danh người ký"), max_length=200, required=False)
    authorised_by = WordsField(label=_("Người ủy quyền ký"), max_length=200, required=False)
    basis_from = DayField(
        label=_("Ngày căn cứ pháp lý có hiệu lực"), required=False, help_text=_("Để tính đồng hồ công bố; chưa biết thì để trống.")
    )  # fmt: skip

    def decision(self) -> Decision:
        """The decision as a value."""
        given = self.cleaned_data
        return Decision(
            given["number"], given["signed_on"], given["organ"], DecisionKind(given["kind"]), given["decided_by"],
            given["authorised_by"], given["basis_from"],
        )  # fmt: skip


class RepealForm(Seen):
    """The decision that ends a procedure."""

    until = DayField(label=_("Hết áp dụng từ ngày"))
    decision = WordsField(label=_("Số quyết định bãi bỏ"), max_length=60)
    replaced_by = WordsField(label=_("Mã thủ tục thay thế"), max_length=20, required=False)


class ShowForm(Seen):
    """The day of publication on the national database."""

    on = DayField(label=_("Ngày công khai trên cơ sở dữ liệu quốc gia"))


class ImportForm(forms.Form):
    """A table or JSON file of procedures."""

    file = forms.FileField(
        label=_("Tệp CSV, Excel hoặc JSON"),
        help_text=_("Cột như trong tệp mẫu; JSON như bản xuất của danh mục."),
    )
    skip_bad = forms.BooleanField(label=_("Bỏ qua các dòng hỏng"), required=False)


class SynonymForm(forms.Form):
    """People say one thing, the record another."""

    said = WordsField(label=_("Người dân nói"), max_length=120)
    meant = WordsField(label=_("Bản ghi viết"), max_length=120)


class LifeEventForm(forms.Form):
    """A life event with its procedures."""

    key = WordsField(label=_("Khóa"), max_length=40, help_text=_("Chữ thường không dấu, ví dụ sinh_con."))
    name = WordsField(label=_("Tên"), max_length=200)
    name_en = WordsField(label=_("Tên tiếng Anh"), max_length=200, required=False)
    codes = WordsArea(
        label=_("Mã các thủ tục, theo thứ tự"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def wanted(self) -> list[str]:
        """The codes, however they were set apart."""
        return str(self.cleaned_data["codes"]).replace(",", " ").replace(";", " ").split()
