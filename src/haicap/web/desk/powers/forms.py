"""Biểu mẫu: answers to the survey, a problem of a provision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haicap.base.text import nfc
from haicap.domain.law.states import ProblemKind
from haicap.domain.powers.queries import AnswerRow
from haicap.domain.powers.states import Addressee, Difficulty, Survey
from haicap.web.common.law import words as law_words
from haicap.web.common.powers import words


class Text(forms.CharField):
    """Words: NFC, no characters that cannot be seen."""

    def to_python(self, value: Any) -> str:
        """The text, cleaned."""
        return nfc((super().to_python(value) or "").replace("\0", ""))


class SurveyForm(forms.Form):
    """What the unit says of one power."""

    use_required_attribute = False
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Đơn vị có làm được việc này không?"), widget=forms.RadioSelect)
    difficulties = forms.MultipleChoiceField(
        label=_("Khó khăn về"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = Text(
        label=_("Nói rõ hơn"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bắt buộc khi không thực hiện được: vì sao."),
    )  # fmt: skip
    proposal = Text(
        label=_("Kiến nghị"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    addressee = forms.ChoiceField(label=_("Kiến nghị gửi"), required=False)

    def __init__(self, row: AnswerRow | None, data: Any = None) -> None:
        start: dict[str, Any] = {"seen": row.version if row else 0}
        if row is not None:
            start |= {
                "answer": row.answer, "difficulties": row.difficulties, "words": row.words, "proposal": row.proposal,
                "addressee": row.addressee,
            }  # fmt: skip
        super().__init__(data, initial=start, label_suffix="")
        fields: Any = self.fields
        fields["answer"].choices = words.choices(words.ANSWERS)
        fields["difficulties"].choices = words.choices(words.DIFFICULTIES)
        fields["addressee"].choices = [("", _("không gửi ai")), *words.choices(words.ADDRESSEES)]

    def given(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = self.cleaned_data
        return {
            "answer": Survey(data["answer"]), "difficulties": [Difficulty(d) for d in data["difficulties"]],
            "words": data["words"], "proposal": data["proposal"], "addressee": Addressee(data["addressee"]),
            "seen": data["seen"],
        }  # fmt: skip


class ProblemForm(forms.Form):
    """A rule that is missing, contradictory or unclear."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("Vướng mắc gì?"), widget=forms.RadioSelect)
    place = Text(
        label=_("Ở điều, khoản nào"), required=False, max_length=120,
        help_text=_("Ví dụ: điều 5 khoản 1 điểm đ. Để trống nếu cả văn bản."),
    )  # fmt: skip
    question = Text(
        label=_("Viết vướng mắc"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Việc gì, quy định nói gì, vì sao không làm được. Không ghi tên, số định danh của người dân."),
    )  # fmt: skip

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        fields: Any = self.fields
        kinds = [(k.value, law_words.said(law_words.PROBLEM_KINDS, k)) for k in ProblemKind]
        fields["kind"].choices = kinds
