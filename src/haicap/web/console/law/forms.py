"""Biểu mẫu của sổ văn bản."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from haicap.base.text import sort_key
from haicap.domain.law import queries
from haicap.domain.law.states import DocumentKind, Evidence, ProblemKind, RelationKind
from haicap.domain.units.organs import KINDS
from haicap.web.common.law import words
from haicap.web.console.forms import DayField, Seen, WordsField

_word = lazy(words.word, str)
PLACES, RELATIONS, OWED = 3, 3, 1  # empty rows that a new form offers


def _choices(name: str, values: Any) -> list[tuple[str, Any]]:
    return [("", "–"), *((str(value), _word(name, value)) for value in values)]


def ministries() -> list[tuple[str, str]]:
    """Ministries and other central organs, by name."""
    found = [(code, words.organ(code)) for code, kind in KINDS.items() if kind.level == "nation"]
    return [("", "–"), *sorted(found, key=lambda pair: sort_key(pair[1]))]


class WordsArea(forms.CharField):
    """Several lines; no characters that cannot be seen."""

    def __init__(self, **options: Any) -> None:
        rows = options.pop("rows", 3)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        """The text, cleaned."""
        return str(super().to_python(value) or "").replace("\0", "")


class FactsForm(Seen):
    """Facts of a document that may be corrected."""

    title = WordsArea(label=_("Trích yếu"), required=False, max_length=4000, rows=2)
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    since = DayField(label=_("Có hiệu lực từ ngày"), required=False)
    until = DayField(
        label=_("Hết hiệu lực từ ngày"), required=False, help_text=_("Ngày đầu tiên không còn hiệu lực; chỉ ghi khi chính văn bản nói.")
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Cơ quan trả lời về văn bản"), required=False)
    urgency = WordsField(label=_("Độ khẩn"), required=False, max_length=60)
    signer = WordsField(label=_("Chức danh người ký"), required=False, max_length=200)
    evidence = forms.ChoiceField(
        label=_("Độ chắc chắn"), choices=[(e.value, _word("evidence", e.value)) for e in Evidence]
    )
    source = WordsField(label=_("Nguồn đã đọc"), required=False, max_length=1000)
    note = WordsArea(label=_("Ghi chú"), required=False, max_length=4000)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = ministries()  # type: ignore[attr-defined]  # a ChoiceField

    def facts(self) -> dict[str, Any]:
        """What was typed, by the names of the document."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class ReasonForm(forms.Form):
    """Why."""

    why = WordsArea(label=_("Lý do"), max_length=500)


class DocumentForm(forms.Form):
    """A document that is not in the register yet, or one that is there and gets places and relations."""

    number = WordsField(
        label=_("Số, ký hiệu"), max_length=120, help_text=_("Như khi ban hành, ví dụ 140/2025/NĐ-CP.")
    )
    kind = forms.ChoiceField(
        label=_("Loại"), required=False, choices=_choices("kinds", DocumentKind), help_text=_("Để trống: đọc từ số.")
    )  # fmt: skip
    issuer = WordsField(
        label=_("Cơ quan ban hành"), required=False, max_length=120,
        help_text=_("Để trống: đọc từ số. Của địa phương: ubnd:p:15, hdnd:p:15 (mã định danh của đơn vị)."),
    )  # fmt: skip
    title = WordsArea(label=_("Trích yếu"), required=False, max_length=4000, rows=2)
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    effective_on = DayField(label=_("Có hiệu lực từ ngày"), required=False)
    sunset_on = DayField(label=_("Hết hiệu lực từ ngày"), required=False)
    sunset_clause = WordsField(
        label=_("Theo điều khoản"), required=False, max_length=120, help_text=_("Ví dụ điều 12 khoản 1.")
    )
    territory = WordsField(
        label=_("Địa bàn"), required=False, max_length=60, help_text=_("Mã định danh đơn vị; để trống: theo cơ quan ban hành.")
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Cơ quan trả lời về văn bản"), required=False)
    urgency = WordsField(label=_("Độ khẩn"), required=False, max_length=60)
    signer = WordsField(label=_("Chức danh người ký"), required=False, max_length=200)
    evidence = forms.ChoiceField(
        label=_("Độ chắc chắn"), initial="confirmed", choices=[(e.value, _word("evidence", e.value)) for e in Evidence]
    )  # fmt: skip
    source = WordsField(label=_("Nguồn đã đọc"), required=False, max_length=1000)
    note = WordsArea(label=_("Ghi chú"), required=False, max_length=4000, rows=2)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = ministries()  # type: ignore[attr-defined]  # a ChoiceField


class PlaceForm(forms.Form):
    """A place of the document, with its words where they are at hand."""

    place = WordsField(label=_("Vị trí trong văn bản"), required=False, max_length=120)
    heading = WordsField(label=_("Tiêu đề"), required=False, max_length=500)
    since = DayField(label=_("Từ ngày"), required=False, help_text="")
    until = DayField(label=_("Hết hiệu lực từ"), required=False, help_text="")
    text = WordsArea(label=_("Lời văn"), required=False, max_length=500_000, rows=2)


class RelationForm(forms.Form):
    """What a place of the document does to another document."""

    place = WordsField(label=_("Tại vị trí"), required=False, max_length=120)
    kind = forms.ChoiceField(label=_("Quan hệ"), required=False, choices=_choices("relations", RelationKind))
    target = WordsField(label=_("Văn bản kia"), required=False, max_length=200)
    target_place = WordsField(label=_("Vị trí ở văn bản kia"), required=False, max_length=120)
    since = DayField(label=_("Từ ngày"), required=False, help_text="")
    until = DayField(label=_("Đến trước ngày"), required=False, help_text="")
    territory = WordsField(label=_("Chỉ tại (mã định danh)"), required=False, max_length=60)


class OwedForm(forms.Form):
    """A document that a place calls for."""

    place = WordsField(label=_("Tại vị trí"), required=False, max_length=120)
    kind = forms.ChoiceField(label=_("Loại văn bản"), required=False, choices=_choices("kinds", DocumentKind))
    subject = WordsField(label=_("Về việc"), required=False, max_length=1000)
    holder = forms.ChoiceField(label=_("Cơ quan phải ban hành"), required=False)
    due_on = DayField(label=_("Hạn"), required=False, help_text="")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["holder"].choices = ministries()  # type: ignore[attr-defined]  # a ChoiceField


PlaceRows: type[forms.BaseFormSet[Any]] = forms.formset_factory(PlaceForm, extra=PLACES, max_num=200)
RelationRows: type[forms.BaseFormSet[Any]] = forms.formset_factory(RelationForm, extra=RELATIONS, max_num=200)
OwedRows: type[forms.BaseFormSet[Any]] = forms.formset_factory(OwedForm, extra=OWED, max_num=50)


class ImportForm(forms.Form):
    """A file of documents; its rows travel along once they were looked through."""

    file = forms.FileField(
        label=_("Tệp Excel, JSON hoặc Akoma Ntoso (XML)"), required=False,
        help_text=_("Như tệp mẫu, hoặc như tệp tải về từ sổ này."),
    )  # fmt: skip
    rows = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].required = not self.data.get("rows")


class SettleForm(Seen):
    """The document that was owed."""

    document = WordsField(
        label=_("Văn bản đã ban hành"), max_length=200, help_text=_("Số, ký hiệu; phải có trong sổ.")
    )


class AnswerForm(Seen):
    """How the rule is to be read."""

    answer = WordsArea(label=_("Trả lời"), max_length=4000, rows=5)


class ReportForm(forms.Form):
    """A rule that its readers could not settle."""

    place = WordsField(
        label=_("Vị trí trong văn bản"),
        required=False,
        max_length=120,
        help_text=_("Ví dụ điều 5 khoản 1; để trống: cả văn bản."),
    )
    kind = forms.ChoiceField(
        label=_("Vướng mắc gì"), choices=[(k.value, _word("problem_kinds", k.value)) for k in ProblemKind]
    )
    question = WordsArea(label=_("Vướng mắc bằng lời"), max_length=4000, rows=5)


def document_of(text: str) -> queries.Doc | None:
    """The one document that a number names; None for none or several."""
    found = queries.corpus().numbered(text)
    return found[0] if len(found) == 1 else None
