"""Ô nhập của bảng phân luồng."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.domain.feedback import policy
from haicap.domain.units import queries as units
from haicap.domain.units.organs import KINDS
from haicap.domain.units.policy import Held
from haicap.web.common.feedback import words
from haicap.web.console.forms import DayField, Seen, WordsField
from haicap.web.console.law.forms import WordsArea

Groups = list[tuple[str, list[tuple[str, str]]]]


def receivers() -> Groups:
    """Kinds of organs a line may name, by level, after those that depend on the matter."""
    groups: Groups = [(gettext("Tùy việc"), [(code, words.receiver(code)) for code in words.ROUTED_TO])]
    for level, word in words.choices(words.LEVELS):
        found = [(kind.code, words.receiver(kind.code)) for kind in KINDS.values() if kind.level == level]
        groups.append((word[:1].upper() + word[1:], found))
    return groups


def provinces_of(posts: Iterable[Held], on: date) -> list[tuple[str, str]]:
    """(uid, name) of where these officers keep the table; "" is the whole nation."""
    held = tuple(posts)
    found = [("", gettext("cả nước"))] if policy.may_route(held, "") else []
    return found + [(v.uid, v.name) for v in units.register().provinces(on) if policy.may_route(held, v.uid)]


class RouteForm(forms.Form):
    """A new line: whom it is for, and which organ takes the ticket; the first that exists there on the day."""

    province = forms.ChoiceField(label=_("Áp dụng ở"), required=False)
    kind = forms.ChoiceField(label=_("Loại phiếu"), required=False)
    level = forms.ChoiceField(label=_("Nơi được phản ánh"), required=False)
    procedure = WordsField(
        label=_("Thủ tục"), required=False, max_length=20, help_text=_("Mã, hoặc phần đầu của mã, ví dụ 1.001.")
    )  # fmt: skip
    field = WordsField(
        label=_("Lĩnh vực"), required=False, max_length=100, help_text=_("Phần đầu của tên lĩnh vực, ví dụ Đất đai.")
    )  # fmt: skip
    first = forms.ChoiceField(label=_("Cơ quan nhận"))
    second = forms.ChoiceField(
        label=_("Nếu nơi đó không có, thì"), required=False, help_text=_("Cơ quan thứ nhất chưa lập hoặc đã kết thúc vào ngày nhận phiếu.")
    )  # fmt: skip
    third = forms.ChoiceField(label=_("Nếu vẫn không có, thì"), required=False)
    since = DayField(label=_("Từ ngày"))
    until = DayField(
        label=_("Đến trước ngày"), required=False, help_text=_("Để trống: cho đến khi có người kết thúc dòng này.")
    )  # fmt: skip
    citation = WordsField(
        label=_("Căn cứ"), required=False, max_length=200, help_text=_("Số văn bản, ví dụ quyết định của tỉnh.")
    )  # fmt: skip
    note = WordsArea(label=_("Ghi chú"), required=False, max_length=300, rows=2)

    def __init__(self, *args: Any, provinces: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        anything = [("", gettext("tất cả"))]
        choices: dict[str, list[Any]] = {
            "province": provinces,
            "kind": anything + words.choices(words.KINDS),
            "level": anything + words.choices(words.LEVELS),
            "first": [("", "–"), *receivers()],
            "second": [("", "–"), *receivers()],
            "third": [("", "–"), *receivers()],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def organs(self) -> list[str]:
        """Kinds of organs in order, each once."""
        asked = (self.cleaned_data[name] for name in ("first", "second", "third"))
        return list(dict.fromkeys(organ for organ in asked if organ))


class EndForm(Seen):
    """The day a line counts no more."""

    until = DayField(label=_("Không áp dụng nữa từ ngày"))
