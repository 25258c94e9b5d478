"""Ghi cuộc gọi: one form in the order a call goes: who calls, about what, where, the words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.base.ids import uuid7
from haicap.domain.feedback.actions import Filing
from haicap.domain.feedback.rules import LONGEST_SUBJECT, LONGEST_TEXT, Sender
from haicap.domain.feedback.states import Channel, Kind
from haicap.web.common.feedback import words
from haicap.web.desk.days import Day
from haicap.web.desk.dossier.forms import Words
from haicap.web.desk.feedback import places
from haicap.web.desk.feedback.keeper import Keeper

KINDS = (Kind.PROCEDURE, Kind.OFFICER, Kind.RULE, Kind.INCIDENT, Kind.RECOMMENDATION)
CHANNELS = (Channel.PHONE, Channel.DESK)
AT = {
    "bad_phone": "phone",
    "bad_email": "email",
    "name_needed": "name",
    "no_words": "text",
    "no_unit": "place",
}


class CallForm(forms.Form):
    """What a caller says. `number` names it, so that sending it twice makes one ticket."""

    use_required_attribute = False
    number = forms.UUIDField(widget=forms.HiddenInput)
    phone = Words(
        label=_("Số điện thoại người gọi"), required=False, max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "class": "short"}),
    )  # fmt: skip
    name = Words(label=_("Họ tên"), required=False, max_length=120)
    email = Words(label=_("Thư điện tử"), required=False, max_length=254)
    channel = forms.ChoiceField(label=_("Người gọi, người đến"), initial=Channel.PHONE.value)
    kind = forms.ChoiceField(label=_("Về việc gì"), initial=Kind.PROCEDURE.value, widget=forms.RadioSelect)
    text = Words(
        label=_("Nội dung, theo lời người gọi"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    place = Words(
        label=_("Ở đâu"),
        required=False,
        max_length=places.LONGEST,
        help_text=_("Tên cũ hay mới đều được: xã, phường, tỉnh."),
    )
    unit = forms.CharField(required=False, max_length=60)
    subject = Words(label=_("Tiêu đề"), required=False, max_length=LONGEST_SUBJECT)
    about = Words(label=_("Về ai, cơ quan nào"), required=False, max_length=300)
    procedure = Words(label=_("Mã thủ tục"), required=False, max_length=20)
    dossier = Words(label=_("Mã hồ sơ"), required=False, max_length=60)
    happened_on = Day(label=_("Xảy ra ngày"), required=False)

    def __init__(self, keeper: Keeper, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(
            data, initial={"number": uuid7(), **(initial or {})}, label_suffix="", auto_id="goi-%s"
        )
        self.keeper = keeper
        channels: Any = self.fields["channel"]
        channels.choices = [
            (Channel.PHONE.value, gettext("đang gọi điện")), (Channel.DESK.value, gettext("đang ở quầy"))
        ]  # fmt: skip
        kinds: Any = self.fields["kind"]
        kinds.choices = [(k.value, words.said(words.KINDS, k.value)) for k in KINDS]
        if not self.is_bound:
            self.fields["phone"].widget.attrs["autofocus"] = True

    def said(self, name: str) -> str:
        """A field as it was typed, also before all is right."""
        return str(self[name].value() or "")[:LONGEST_TEXT]

    def spot(self) -> places.Spot:
        """The place as typed."""
        return places.read(self.said("place"), self.said("unit"), self.keeper.officer.on)

    def clean(self) -> dict[str, Any]:
        """The place is clear, or there is none."""
        given = super().clean() or {}
        spot = self.spot()
        if spot.open:
            self.add_error("place", gettext("Nơi này nay thuộc nhiều đơn vị. Xin chọn một ở bên cạnh."))
        elif spot.reason:
            self.add_error("place", spot.reason)
        given["uid"] = spot.uid
        return given

    def filing(self) -> Filing:
        """As the verb takes it."""
        given, keeper = self.cleaned_data, self.keeper
        counter = keeper.officer.counter
        return Filing(
            Kind(given["kind"]), given["text"], given["subject"], Sender(given["name"], given["phone"], given["email"]),
            Channel(given["channel"]), given["uid"], given["place"], given["about"], given["happened_on"],
            given["procedure"], given["dossier"], centre=counter.organ_id if counter else keeper.organs[0],
            number=given["number"],
        )  # fmt: skip
