"""Biểu mẫu của bài viết."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from haicap.base.citation import Citation
from haicap.domain.guidance.actions.writing import SOURCE, SUMMARY, TITLE
from haicap.domain.guidance.markup import LONGEST
from haicap.domain.guidance.queries import Draft
from haicap.domain.guidance.states import PARTS, Audience, Evidence, PieceKind, Settled
from haicap.web.common.guidance import words
from haicap.web.common.law import words as law_words
from haicap.web.console.forms import DayField, Seen, WordsField

_said = lazy(words.said, str)
_part = lazy(words.part, str)
_evidence = lazy(law_words.word, str)


class TextArea(forms.CharField):
    """Several lines as they are typed; no characters that cannot be seen."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), strip=False, **options)

    def to_python(self, value: Any) -> str:
        """The text, without NUL."""
        return str(super().to_python(value) or "").replace("\0", "")


class WordsForm(Seen):
    """The words of a version."""

    title = WordsField(label=_("Tên bài, hoặc câu hỏi"), max_length=TITLE)
    summary = TextArea(label=_("Tóm tắt, hoặc câu trả lời ngắn"), required=False, max_length=SUMMARY, rows=2)
    body = TextArea(
        label=_("Nội dung"), max_length=LONGEST, rows=16,
        help_text=_("Dấu định dạng: # tiêu đề, **đậm**, - gạch đầu dòng, | bảng |, [chữ](đường dẫn). Không dùng HTML, hình ảnh."),
    )  # fmt: skip
    audiences = forms.MultipleChoiceField(
        label=_("Dành cho"), choices=[(a.value, _said(words.AUDIENCES, a.value)) for a in Audience],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    citations = TextArea(
        label=_("Căn cứ"), required=False, max_length=8000, rows=4,
        help_text=_("Mỗi dòng một căn cứ, ví dụ: 118/2025/NĐ-CP, điều 17"),
    )  # fmt: skip
    evidence = forms.ChoiceField(
        label=_("Độ chắc chắn"), choices=[(e.value, _evidence("evidence", e.value)) for e in Evidence]
    )
    note = TextArea(label=_("Điều chưa chắc, vì sao"), required=False, max_length=SOURCE, rows=2)
    source = TextArea(label=_("Nguồn đã đọc"), required=False, max_length=SOURCE, rows=2)
    review_by = DayField(label=_("Rà soát lại trước ngày"), required=False)
    title_en = WordsField(label=_("Tên tiếng Anh"), required=False, max_length=TITLE)
    summary_en = TextArea(label=_("Tóm tắt tiếng Anh"), required=False, max_length=SUMMARY, rows=2)
    body_en = TextArea(label=_("Nội dung tiếng Anh"), required=False, max_length=LONGEST, rows=4)

    def draft(self) -> Draft:
        """What was typed."""
        data = self.cleaned_data
        given = {
            name: data[name]
            for name in ("title", "summary", "body", "evidence", "note", "source", "review_by")
        }
        english = {name: data[name] for name in ("title_en", "summary_en", "body_en")}
        return Draft(
            **given,
            **english,
            audiences=tuple(Audience(a) for a in data["audiences"]),
            citations=cited(data["citations"]),
        )


class NewForm(WordsForm):
    """A piece that is not there yet."""

    kind = forms.ChoiceField(
        label=_("Loại"), choices=[(k.value, _said(words.KINDS, k.value)) for k in PieceKind]
    )
    code = WordsField(
        label=_("Mã bài"),
        required=False,
        max_length=80,
        help_text=_("Trong địa chỉ trang; để trống: lấy từ tên bài."),
    )
    part = forms.TypedChoiceField(
        label=_("Phần của cẩm nang"), required=False, coerce=int, empty_value=None,
        choices=[("", "–"), *((n, _part(n)) for n in PARTS)],
    )  # fmt: skip
    place = forms.IntegerField(label=_("Thứ tự trong phần"), required=False, min_value=0, max_value=999)
    topic = forms.ChoiceField(
        label=_("Chủ đề của hỏi đáp"), required=False,
        choices=[("", "–"), *((key, _said(words.TOPICS, key)) for key in words.TOPICS)],
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seen"].required = False


class PublishForm(Seen):
    """From which day it counts."""

    since = DayField(label=_("Áp dụng từ ngày"))
    until = DayField(
        label=_("Hết áp dụng từ ngày"), required=False, help_text=_("Để trống: đến khi có bản mới.")
    )


class ReturnForm(Seen):
    """What to mend."""

    why = TextArea(label=_("Điều cần sửa"), max_length=1000)


class WithdrawForm(Seen):
    """Until when it counts, and why no longer."""

    until = DayField(label=_("Không còn áp dụng từ ngày"))
    why = TextArea(label=_("Lý do rút"), max_length=1000)


class ConfirmForm(Seen):
    """Looked at again: it still holds."""

    review_by = DayField(label=_("Rà soát lại trước ngày"), required=False)


class SettleForm(Seen):
    """How a question is dealt with."""

    how = forms.ChoiceField(
        label=_("Xử lý thế nào"), choices=[(s.value, _said(words.SETTLED, s.value)) for s in Settled],
        widget=forms.RadioSelect,
    )  # fmt: skip
    said = WordsField(
        label=_("Người dân nói"), required=False, max_length=120, help_text=_("Khi thêm từ đồng nghĩa.")
    )
    meant = WordsField(label=_("Thủ tục gọi là"), required=False, max_length=120)
    piece = WordsField(
        label=_("Mã bài trả lời"), required=False, max_length=80, help_text=_("Khi đã có bài trả lời.")
    )
    note = TextArea(label=_("Ghi chú"), required=False, max_length=1000, rows=2)


def cited(text: str) -> tuple[Citation, ...]:
    """Citations, one a line: "118/2025/NĐ-CP, điều 17"."""
    found = []
    for line in text.splitlines():
        act, _comma, clause = line.partition(",")
        if act.strip():
            found.append(Citation(act.strip(), clause.strip()))
    return tuple(found)


def lines(citations: tuple[Citation, ...]) -> str:
    """The same, the other way round."""
    return "\n".join(str(citation) for citation in citations)
