"""Ô nhập của sổ thẩm quyền: a table, one assertion, a decision about a finding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.base.dates import show_date
from haicap.domain.law import places
from haicap.domain.powers.formats.cells import ASSERTIONS, Reader, columns, organ_names
from haicap.domain.powers.formats.rows import AssertionLine
from haicap.domain.powers.states import CaseState
from haicap.domain.units import queries as units
from haicap.web.common.powers import words
from haicap.web.console.forms import DayField, Seen, WordsField

LONGEST = 4000


def _options(table: Mapping[str, str]) -> list[tuple[str, Any]]:
    return [(value, _(word)) for value, word in table.items()]


class TableForm(forms.Form):
    """A whole table: a file, rows pasted from a spreadsheet, or the rows that were looked through (`kept`)."""

    file = forms.FileField(
        label=_("Tệp XLSX, CSV hoặc JSON"), required=False, allow_empty_file=True,
        help_text=_("Tệp mẫu có trang “assertions” (quy định) và “powers” (thẩm quyền mới, nếu có)."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json"}),
    )  # fmt: skip
    pasted = forms.CharField(
        label=_("Hoặc dán bảng vào đây"), required=False, strip=False,
        help_text=_("Chép các ô của trang “assertions” từ bảng tính, gồm cả dòng tên cột."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )  # fmt: skip
    kept = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """One of the three."""
        values = super().clean() or {}
        given = [bool(values.get("file")), bool((values.get("pasted") or "").strip())]
        if sum(given) == 2 or not (any(given) or values.get("kept")):
            self.add_error("file", _("Xin chọn một tệp hoặc dán một bảng, một trong hai."))
        return values


class CorrectForm(Seen):
    """An assertion as it should read; cells are read as those of a table are."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=_options(words.ROLES))
    organ = forms.ChoiceField(
        label=_("Loại cơ quan"), choices=lambda: [(c, gettext(n)) for c, n in organ_names().items()]
    )
    level = forms.ChoiceField(label=_("Cấp của cơ quan"), choices=_options(words.LEVELS))
    unit = WordsField(
        label=_("Đơn vị của cơ quan"), required=False, max_length=60,
        help_text=_("Chỉ ghi khi quy định nói một cơ quan nhất định: mã 2 hoặc 5 số."),
    )  # fmt: skip
    units = WordsField(
        label=_("Địa bàn"), required=False, max_length=LONGEST,
        help_text=_("Mã các đơn vị, ngăn bằng dấu |. Bỏ trống: mọi nơi thuộc cấp của cơ quan."),
    )  # fmt: skip
    condition = WordsField(
        label=_("Điều kiện"), required=False, max_length=LONGEST,
        help_text=_("Ví dụ: khoan in {2,3} and 0 <= so_tang < 12. Bỏ trống: mọi trường hợp."),
    )  # fmt: skip
    since = DayField(label=_("Từ ngày"), required=False, help_text=_("Bỏ trống: cùng với văn bản."))
    until = DayField(
        label=_("Đến trước ngày"), required=False,
        help_text=_("Ngày đầu tiên không còn. Bỏ trống: cùng với văn bản."),
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("Cách có thẩm quyền"), choices=_options(words.MODES))
    parent = WordsField(
        label=_("Quy định gốc"), required=False, max_length=40,
        help_text=_("Mã của quy định mà phân cấp, ủy quyền dựa vào."),
    )  # fmt: skip
    document = WordsField(
        label=_("Văn bản"),
        required=False,
        max_length=200,
        help_text=_("Số, hoặc “số | cơ quan | ngày ban hành”."),
    )
    place = WordsField(label=_("Điều, khoản"), required=False, max_length=200)
    citation = WordsField(
        label=_("Căn cứ bằng lời"), required=False, max_length=300, help_text=_("Khi sổ chưa có văn bản.")
    )
    reading = forms.ChoiceField(label=_("Cách hiểu"), choices=_options(words.READINGS))
    no_fallback = forms.BooleanField(label=_("Khi hết, bên giao không làm lại"), required=False)
    added_days = forms.IntegerField(label=_("Số ngày tăng thêm"), min_value=0, max_value=999, required=False)
    added_papers = forms.IntegerField(
        label=_("Số giấy tờ tăng thêm"), min_value=0, max_value=999, required=False
    )
    evidence = forms.ChoiceField(label=_("Mức xác minh"), choices=_options(words.EVIDENCE))
    source = WordsField(label=_("Nguồn"), required=False, max_length=LONGEST)
    note = WordsField(label=_("Ghi chú"), required=False, max_length=LONGEST)
    why = WordsField(
        label=_("Lý do sửa"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Sai ở đâu, dựa vào đâu; không ghi tên người."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The cells read as those of a table; what is wrong stands at its field."""
        values = super().clean() or {}
        reader = Reader(units.register(), date.max if not self.on else self.on)
        texts = {name: _cell(values.get(name)) for name in columns(ASSERTIONS)}
        texts |= {"id": self.code, "power": self.power}
        line, problems = reader.row(ASSERTIONS, 1, texts)
        for problem in problems:
            if not self.errors.get(problem.column):
                template = gettext(problem.template)
                self.add_error(problem.column, template % problem.params if problem.params else template)
        self.line = line
        return values

    code: str = ""
    power: str = ""
    on: date | None = None
    line: object = None


def _cell(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "1"
        case date():
            return value.isoformat()
    return str(value)


def correcting(line: AssertionLine, on: date, data: Any) -> CorrectForm:
    """The form for one assertion, filled with what it says now."""
    start = {name: getattr(line, name) for name in columns(ASSERTIONS)}
    start |= {"units": "|".join(line.units), "place": places.written(line.place) if line.place else ""}
    start |= {"since": show_date(line.since), "until": show_date(line.until)}
    form = CorrectForm(data, initial=start)
    form.code, form.power, form.on = line.id, line.power, on
    return form


class WithdrawForm(Seen):
    """Why an assertion never was so."""

    why = WordsField(
        label=_("Lý do bỏ"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Vì sao quy định này chưa từng có; không ghi tên người."),
    )  # fmt: skip


class DecideForm(Seen):
    """What is decided about a finding."""

    state = forms.ChoiceField(
        label=_("Quyết định"), widget=forms.RadioSelect,
        choices=[(s.value, _(words.STATES[s])) for s in (CaseState.ACCEPTED, CaseState.TO_BE_AMENDED, CaseState.ANSWERED)],
    )  # fmt: skip
    decision = forms.CharField(
        label=_("Bằng lời"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Lý do chấp nhận; văn bản nào sẽ sửa, khi nào; hoặc số công văn hướng dẫn. Không ghi tên người."),
    )  # fmt: skip
