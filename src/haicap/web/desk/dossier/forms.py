"""Việc tiếp theo là biểu mẫu: every verb of a dossier as one form that says what it needs and calls it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.base.text import nfc
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.policy import CENTRES, COMMUNE_WORK, PROVINCE_WORK
from haicap.domain.dossiers.states import Verb
from haicap.web.desk import people
from haicap.web.desk.dossier.case import Case


class Area(forms.Textarea):
    """A box of three lines."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 3})


class Words(forms.CharField):
    """Text of people: NFC, without characters that cannot be seen."""

    def to_python(self, value: Any) -> str:
        """The text, cleaned; line breaks stay."""
        text = super().to_python(value)
        return "" if text is None else "\n".join(nfc(line) for line in text.replace("\0", "").splitlines())


class Act(forms.Form):
    """One next action. `seen` is the version the page was opened at: a stale page is refused in words."""

    use_required_attribute = False
    slug: ClassVar[str] = ""
    verb: ClassVar[Verb]
    label: ClassVar[Any] = ""
    button: ClassVar[Any] = ""
    said: ClassVar[Any] = ""
    why: ClassVar[Any] = ""
    danger: ClassVar[bool] = False
    refused = ""  # code of the refusal
    stale_since = 0  # version the page was opened at, when it was stale

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, case: Case, data: Any = None, files: Any = None) -> None:
        super().__init__(
            data, files, initial={"seen": case.row.version}, auto_id=f"{self.slug}-%s", label_suffix=""
        )
        self.case = case
        self.build(case)

    def build(self, case: Case) -> None:
        """Fields that depend on the dossier."""

    @classmethod
    def offered(cls, case: Case) -> bool:
        """Whether it can be done now, as far as one can see without trying."""
        return cls.verb in case.verbs

    def visible(self) -> list[forms.BoundField]:
        """The fields people fill in."""
        return self.visible_fields()

    @property
    def with_files(self) -> bool:
        """Whether it takes files."""
        return self.is_multipart()

    def at_dossier(self) -> dict[str, Any]:
        """What every verb is told."""
        officer = self.case.officer
        return {
            "code": self.case.code,
            "seen": self.cleaned_data["seen"],
            "actor": officer.actor,
            "at": officer.at,
        }

    def run(self) -> object:
        """Call the verb."""
        raise NotImplementedError


def choice(label: Any, options: list[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    """One of several."""
    return forms.ChoiceField(label=label, choices=options, **more)


class TakeUp(Act):
    """Bắt đầu xử lý."""

    slug, verb = "bat-dau", Verb.TAKE_UP
    label, button, said = _("Bắt đầu xử lý"), _("Bắt đầu xử lý"), _("Đã bắt đầu xử lý.")

    def build(self, case: Case) -> None:
        """Who it lies with."""
        self.fields["assignee"] = choice(_("Người xử lý"), colleagues(case, gettext("tôi")), required=False)

    def run(self) -> object:
        """State 4."""
        return actions.take_up(assignee=self.cleaned_data["assignee"], **self.at_dossier())


class Assign(Act):
    """Phân công."""

    slug, verb = "phan-cong", Verb.ASSIGN
    label, button, said = _("Phân công"), _("Phân công"), _("Đã phân công.")

    def build(self, case: Case) -> None:
        """Whom."""
        self.fields["assignee"] = choice(_("Người xử lý"), colleagues(case, ""))

    def run(self) -> object:
        """Lies with somebody else."""
        return actions.assign(assignee=self.cleaned_data["assignee"], **self.at_dossier())


class Advance(Act):
    """Chuyển bước."""

    slug, verb = "chuyen-buoc", Verb.ADVANCE
    label, button, said = _("Chuyển bước tiếp theo"), _("Chuyển bước"), _("Đã chuyển sang bước tiếp theo.")
    note = Words(label=_("Ý kiến xử lý"), required=False, max_length=4000, widget=Area())

    def build(self, case: Case) -> None:
        """Who does the next step."""
        self.fields["assignee"] = choice(
            _("Giao cho"), colleagues(case, gettext("để lãnh đạo phân công")), required=False
        )

    def run(self) -> object:
        """The next step."""
        return actions.advance(
            note=self.cleaned_data["note"], assignee=self.cleaned_data["assignee"], **self.at_dossier()
        )


class Back(Act):
    """Trả lại bước trước."""

    slug, verb = "tra-lai-buoc", Verb.ADVANCE
    label, button, said = _("Trả lại bước trước"), _("Trả lại"), _("Đã trả lại bước trước.")
    note = Words(label=_("Lý do trả lại"), max_length=4000, widget=Area())

    @classmethod
    def offered(cls, case: Case) -> bool:
        """Not at the first step of work."""
        return cls.verb in case.verbs and case.row.step > 1

    def run(self) -> object:
        """The step before."""
        return actions.advance(back=True, note=self.cleaned_data["note"], **self.at_dossier())


def colleagues(case: Case, nobody: str) -> list[tuple[str, str]]:
    """Choices of who may work on a dossier; `nobody` names the empty one."""
    row = case.row
    unit = case.officer.posts[0].unit_id if case.officer.posts and row.organ_id is None else row.unit_id
    found = [
        (c.actor, f"{c.name}, {c.title}")
        for c in people.at_work(case.taken.organ_kind, unit, row.organ_id, case.officer.on)
    ]
    return [("", nobody), *found] if nobody else found


class TakeOver(Act):
    """Nhận bàn giao."""

    slug, verb = "nhan-ban-giao", Verb.FORWARD
    label, button, said = _("Nhận bàn giao"), _("Đã nhận đủ"), _("Đã nhận bàn giao.")
    why = _("Xác nhận hồ sơ giấy hoặc bản điện tử đã đến nơi.")

    @classmethod
    def offered(cls, case: Case) -> bool:
        """When something is on its way to this officer's organ."""
        return case.to_take_over

    def run(self) -> object:
        """Custody changes."""
        officer = self.case.officer
        return actions.take_over(codes=[self.case.code], actor=officer.actor, at=officer.at)


class Forward(Act):
    """Bàn giao."""

    slug, verb = "chuyen", Verb.FORWARD
    label, button, said = _("Bàn giao đến nơi xử lý"), _("Bàn giao"), _("Đã lập phiếu bàn giao.")

    def build(self, case: Case) -> None:
        """Where to."""
        self.fields["to"] = choice(_("Nơi nhận"), receivers(case))
        self.fields["papers"] = forms.BooleanField(
            label=_("Có hồ sơ giấy đi cùng"), required=False, initial=case.row.papers_at_id is not None
        )
        self.fields["note"] = Words(label=_("Ghi chú"), required=False, max_length=500)

    @classmethod
    def offered(cls, case: Case) -> bool:
        """Not while it is on its way, and not when there is nobody to hand it to."""
        return cls.verb in case.verbs and case.on_the_way is None and bool(receivers(case))

    def run(self) -> object:
        """On one sheet."""
        officer, given = self.case.officer, self.cleaned_data
        return actions.forward(
            codes=[self.case.code], to=int(given["to"]), papers=given["papers"], note=given["note"],
            actor=officer.actor, at=officer.at,
        )  # fmt: skip


def receivers(case: Case) -> list[tuple[str, str]]:
    """The competent organ first, then the other organs of the unit that work, and the centre it came from."""
    row, place = case.row, case.place
    kinds = (*COMMUNE_WORK, *PROVINCE_WORK, *CENTRES)
    found = {place.offices[k].pk: place.offices[k].name for k in kinds if k in place.offices}
    origin = queries.office(row.received_at_organ_id, case.officer.on)
    if origin is not None:
        found[origin.pk] = origin.name
    competent = queries.office(row.organ_id, case.officer.on)
    if competent is not None:
        found = {competent.pk: competent.name, **found}
    if origin is not None and row.decided_at is not None:  # decided: back to where it was filed
        found = {origin.pk: origin.name, **found}
    found.pop(row.papers_at_id or 0, None)
    return [(str(pk), name) for pk, name in found.items()]
