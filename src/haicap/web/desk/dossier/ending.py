"""Lấy ý kiến, gia hạn, quyết định, kết thúc: forms of those who work on it and decide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from haicap.base.refused import Refused
from haicap.domain.deadlines.reckoning import LimitUnit, read_limit
from haicap.domain.dossiers import actions
from haicap.domain.dossiers.states import Outcome, ResultMethod, Verb
from haicap.web.common import days, refusals
from haicap.web.desk import words
from haicap.web.desk.days import Day
from haicap.web.desk.dossier.case import Case
from haicap.web.desk.dossier.forms import Act, Area, Words, choice

UNITS = (LimitUnit.WORKING_DAYS, LimitUnit.DAYS, LimitUnit.WORKING_HOURS)


class Consult(Act):
    """Lấy ý kiến."""

    slug, verb = "lay-y-kien", Verb.CONSULT
    label, button, said = (
        _("Lấy ý kiến cơ quan khác"),
        _("Gửi câu hỏi"),
        _("Đã gửi câu hỏi; đồng hồ vẫn chạy."),
    )

    def build(self, case: Case) -> None:
        """Whom, what, until when."""
        offices = sorted(
            case.place.offices.values(), key=lambda o: (o.unit_id != case.row.province_id, o.name)
        )
        self.fields["organ"] = choice(_("Cơ quan"), [(str(o.pk), o.name) for o in offices])
        self.fields["question"] = Words(label=_("Nội dung hỏi"), max_length=4000, widget=Area())
        self.fields["wanted_by"] = Day(label=_("Cần trả lời trước ngày"), required=False)

    def run(self) -> object:
        """The clock goes on."""
        given = self.cleaned_data
        return actions.consult(
            organ=int(given["organ"]),
            question=given["question"],
            wanted_by=given["wanted_by"],
            **self.at_dossier(),
        )


class Extend(Act):
    """Gia hạn."""

    slug, verb = "gia-han", Verb.EXTEND
    label, button = _("Xin lỗi và gia hạn"), _("Gia hạn, in văn bản xin lỗi")
    said = _("Đã gia hạn; văn bản xin lỗi ở mục Phiếu.")
    why = _("Một lần, và trước khi đến hạn. Thời gian thêm tính từ hạn cũ.")

    def build(self, case: Case) -> None:
        """How long, and why."""
        self.fields["value"] = forms.CharField(
            label=_("Thêm bao lâu"), max_length=6, widget=forms.TextInput(attrs={"inputmode": "decimal"})
        )
        self.fields["unit"] = choice(_("Đơn vị"), [(u.value, days.unit(u.value)) for u in UNITS])
        self.fields["reason"] = Words(label=_("Lý do chậm"), max_length=4000, widget=Area())

    @classmethod
    def offered(cls, case: Case) -> bool:
        """Once, before it is due."""
        row = case.row
        early = row.due_at is not None and case.officer.at < row.due_at
        return cls.verb in case.verbs and early and not row.extensions

    def clean(self) -> dict[str, object]:
        """The limit as it is reckoned."""
        given = super().clean() or {}
        if given.get("value") and given.get("unit"):
            try:
                self.parts = (read_limit(str(given["value"]).replace(",", "."), str(given["unit"])),)
            except Refused as refused:
                self.add_error("value", refusals.sentence(refused))
        return given

    def run(self) -> object:
        """Form 04."""
        return actions.extend(parts=self.parts, reason=self.cleaned_data["reason"], **self.at_dossier())


class Decide(Act):
    """Quyết định."""

    slug, verb = "quyet-dinh", Verb.DECIDE
    label, button, said = _("Quyết định"), _("Quyết định"), _("Đã ghi quyết định.")

    def build(self, case: Case) -> None:
        """What, why, and whether the paper is made elsewhere."""
        options = [(o.value, words.said(words.OUTCOMES, o).capitalize()) for o in Outcome]
        self.fields["outcome"] = choice(_("Quyết định"), options, widget=forms.RadioSelect)
        self.fields["reason"] = Words(
            label=_("Lý do, ý kiến"), required=False, max_length=4000, widget=Area(), help_text=_("Không chấp thuận thì phải nêu lý do.")
        )  # fmt: skip
        self.fields["finish"] = forms.BooleanField(
            label=_("Kết quả chỉ có bản giấy: xong luôn, không ký ở đây"), required=False
        )

    def run(self) -> object:
        """One decision."""
        given = self.cleaned_data
        return actions.decide(
            outcome=Outcome(given["outcome"]),
            reason=given["reason"],
            finish=given["finish"],
            **self.at_dossier(),
        )


class Finish(Act):
    """Kết thúc xử lý."""

    slug, verb = "xong", Verb.FINISH
    label, button, said = _("Kết thúc xử lý"), _("Xử lý xong"), _("Đã xong; chờ trả kết quả.")
    on_paper = forms.BooleanField(label=_("Kết quả chỉ có bản giấy"), required=False)

    @classmethod
    def offered(cls, case: Case) -> bool:
        """After the decision."""
        return cls.verb in case.verbs and case.row.decided_at is not None

    def run(self) -> object:
        """State 9."""
        return actions.finish(on_paper=self.cleaned_data["on_paper"], **self.at_dossier())


class HandOut(Act):
    """Trả kết quả."""

    slug, verb = "tra-ket-qua", Verb.HAND_OUT
    label, button, said = _("Trả kết quả"), _("Đã trả kết quả"), _("Đã trả kết quả.")

    def build(self, case: Case) -> None:
        """How, and to whom."""
        self.fields["method"] = choice(
            _("Cách trả"),
            [(m.value, words.said(words.METHODS, m)) for m in ResultMethod],
            initial=case.row.result_method,
        )
        self.fields["receiver"] = Words(label=_("Người nhận thay"), required=False, max_length=300)

    def run(self) -> object:
        """State 10."""
        given = self.cleaned_data
        return actions.hand_out(
            method=ResultMethod(given["method"]), receiver=given["receiver"], **self.at_dossier()
        )


class Refuse(Act):
    """Từ chối."""

    slug, verb = "tu-choi", Verb.REFUSE
    label, button, said = _("Từ chối"), _("Từ chối, in phiếu 03"), _("Đã từ chối; phiếu ở mục Phiếu.")
    danger = True
    reason = Words(label=_("Lý do từ chối"), max_length=4000, widget=Area())
    ground = Words(label=_("Căn cứ"), required=False, max_length=1000)

    def run(self) -> object:
        """State 3, form 03."""
        return actions.refuse(
            reason=self.cleaned_data["reason"], ground=self.cleaned_data["ground"], **self.at_dossier()
        )


class Stop(Act):
    """Dừng giải quyết."""

    slug, verb = "dung", Verb.STOP
    label, button, said = _("Dừng giải quyết"), _("Dừng, in thông báo 05"), _("Đã dừng giải quyết.")
    danger = True
    reason = Words(label=_("Lý do dừng"), max_length=4000, widget=Area())

    def run(self) -> object:
        """State 8, form 05."""
        return actions.stop(reason=self.cleaned_data["reason"], **self.at_dossier())


class Withdraw(Act):
    """Người nộp rút hồ sơ."""

    slug, verb = "rut", Verb.WITHDRAW
    label, button, said = _("Người nộp rút hồ sơ"), _("Ghi nhận rút hồ sơ"), _("Đã ghi nhận rút hồ sơ.")
    why = _("Người nộp có mặt tại quầy và đề nghị rút.")
    danger = True

    def run(self) -> object:
        """State 7."""
        return actions.withdraw(**self.at_dossier())


class Correct(Act):
    """Sửa thông tin liên hệ."""

    slug, verb = "sua-lien-he", Verb.CORRECT
    label, button, said = _("Sửa thông tin liên hệ"), _("Sửa"), _("Đã sửa thông tin liên hệ.")

    def build(self, case: Case) -> None:
        """What is there now."""
        row = case.row
        self.fields["phone"] = Words(
            label=_("Điện thoại"), required=False, max_length=20, initial=row.applicant_phone
        )
        self.fields["email"] = Words(
            label=_("Thư điện tử"), required=False, max_length=254, initial=row.applicant_email
        )
        self.fields["address"] = Words(
            label=_("Địa chỉ"), required=False, max_length=500, initial=row.applicant_address
        )
        self.fields["method"] = choice(
            _("Cách nhận kết quả"),
            [(m.value, words.said(words.METHODS, m)) for m in ResultMethod],
            initial=row.result_method,
        )

    def run(self) -> object:
        """Which changed is recorded, not what."""
        given = self.cleaned_data
        return actions.correct_contact(
            phone=given["phone"], email=given["email"], address=given["address"], result_method=ResultMethod(given["method"]),
            **self.at_dossier(),
        )  # fmt: skip
