"""Biểu mẫu của tổ công tác: set up, end, put on duty, away, hand over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.domain.feedback import actions
from haicap.domain.feedback.queries import ForceRow
from haicap.web.desk.days import Day
from haicap.web.desk.dossier.forms import Words, choice
from haicap.web.desk.feedback.keeper import Keeper

Options = list[tuple[str, str]]


def after(day: date | None) -> date | None:
    """The first day no longer meant: people say the last one."""
    return day + timedelta(days=1) if day else None


class ForceForm(forms.Form):
    """A form of this page: knows the officer, calls one verb."""

    use_required_attribute = False
    said: Any = ""

    def __init__(self, keeper: Keeper, data: Any = None, **choices: Options) -> None:
        super().__init__(data, label_suffix="", auto_id=f"{type(self).__name__.lower()}-%s")
        self.keeper = keeper
        for name, options in choices.items():
            field: Any = self.fields[name]
            field.choices = options

    @property
    def by(self) -> dict[str, Any]:
        """Who and when."""
        return {"actor": self.keeper.actor, "at": self.keeper.officer.at}

    def run(self) -> object:
        """Call the verb."""
        raise NotImplementedError


class SetUp(ForceForm):
    """Lập tổ."""

    said = _("Đã lập tổ công tác.")
    organ = choice(_("Cơ quan"), [])
    name = Words(label=_("Tên tổ"), max_length=200)
    fields_of = Words(label=_("Lĩnh vực, cách nhau bằng dấu phẩy"), required=False, max_length=500,
                      help_text=_("Để trống: mọi phiếu của cơ quan."))  # fmt: skip
    phone = Words(label=_("Đường dây nóng"), required=False, max_length=40)
    since = Day(label=_("Từ ngày"))

    def run(self) -> object:
        """Tickets of its organ come to it."""
        given = self.cleaned_data
        return actions.set_up_force(
            organ=int(given["organ"]), name=given["name"], since=given["since"], phone=given["phone"],
            fields=[part.strip() for part in given["fields_of"].split(",") if part.strip()], **self.by,
        )  # fmt: skip


class OfForce(ForceForm):
    """Something with one force."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, keeper: Keeper, force: ForceRow, data: Any = None, **choices: Options) -> None:
        super().__init__(keeper, data, **choices)
        self.force = force
        self.fields["seen"].initial = force.version

    @property
    def at_force(self) -> dict[str, Any]:
        """Which, and as it was shown."""
        return {"code": self.force.code, "seen": self.cleaned_data["seen"], **self.by}


class PutOn(OfForce):
    """Phân công trực."""

    said = _("Đã phân công trực.")
    officer = choice(_("Người trực"), [])
    since = Day(label=_("Từ ngày"))
    until = Day(label=_("Đến hết ngày"), required=False)

    def run(self) -> object:
        """On the roster."""
        given = self.cleaned_data
        return actions.put_on_duty(
            officer=given["officer"], since=given["since"], until=after(given["until"]), **self.at_force
        )


class TakeOff(OfForce):
    """Bỏ khỏi lịch."""

    said = _("Đã bỏ dòng trực.")
    duty = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def run(self) -> object:
        """Off the roster."""
        return actions.take_off_duty(duty=self.cleaned_data["duty"], **self.at_force)


class End(OfForce):
    """Kết thúc tổ."""

    said = _("Tổ công tác kết thúc vào ngày ấy.")
    until = Day(label=_("Hoạt động đến hết ngày"))

    def run(self) -> object:
        """Tickets go to the organ itself from then on."""
        until: date = self.cleaned_data["until"]
        return actions.end_force(until=until + timedelta(days=1), **self.at_force)


class Away(ForceForm):
    """Vắng mặt."""

    said = _("Đã ghi nhận vắng mặt; phiếu mới đến người thay thế.")
    officer = choice(_("Người vắng"), [])
    since = Day(label=_("Từ ngày"))
    until = Day(label=_("Đến hết ngày"), required=False)
    stand_in = choice(_("Người thay thế"), [], required=False)

    def clean(self) -> dict[str, Any]:
        """Nobody stands in for themselves: said at the field."""
        given = super().clean() or {}
        if given.get("stand_in") and given["stand_in"] == given.get("officer"):
            self.add_error("stand_in", gettext("Người thay thế phải là người khác."))
        return given

    def run(self) -> object:
        """A stand-in takes what would come to them."""
        given = self.cleaned_data
        return actions.note_absence(
            officer=given["officer"], since=given["since"], until=after(given["until"]), stand_in=given["stand_in"], **self.by
        )  # fmt: skip


class HandOver(ForceForm):
    """Bàn giao."""

    said = _("Đã bàn giao mọi phiếu đang mở.")
    organ = choice(_("Cơ quan"), [])
    giver = choice(_("Người giao"), [])
    taker = choice(_("Người nhận"), [])

    def run(self) -> object:
        """Every open ticket at once."""
        given = self.cleaned_data
        return actions.hand_over(
            organ=int(given["organ"]), giver=given["giver"], taker=given["taker"], **self.by
        )
