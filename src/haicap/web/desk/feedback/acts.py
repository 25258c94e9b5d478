"""Việc tiếp theo là biểu mẫu: verbs on a ticket, each as one form that says what it needs and calls it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from haicap.domain.feedback import actions
from haicap.domain.feedback.states import Verb
from haicap.web.desk import people
from haicap.web.desk.dossier.forms import Area, Words, choice
from haicap.web.desk.feedback.case import Case


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

    def __init__(self, case: Case, data: Any = None) -> None:
        super().__init__(data, initial={"seen": case.row.version}, auto_id=f"{self.slug}-%s", label_suffix="")
        self.case = case
        self.build(case)

    def build(self, case: Case) -> None:
        """Fields that depend on the ticket."""

    @classmethod
    def offered(cls, case: Case) -> bool:
        """Whether it can be done now, as far as one can see without trying."""
        return cls.verb in case.verbs

    def visible(self) -> list[forms.BoundField]:
        """The fields people fill in."""
        return self.visible_fields()

    def on_ticket(self) -> dict[str, Any]:
        """What every verb is told."""
        officer = self.case.keeper.officer
        seen = self.cleaned_data["seen"]
        return {"code": self.case.code, "seen": seen, "actor": officer.actor, "at": officer.at}

    def run(self) -> object:
        """Call the verb."""
        raise NotImplementedError


def grouped(label: Any, options: Sequence[tuple[Any, Any]], **more: Any) -> forms.ChoiceField:
    """One of several, some of them under headings."""
    return forms.ChoiceField(label=label, choices=list(options), **more)


class Accept(Act):
    """Nhận xử lý."""

    slug, verb = "nhan", Verb.ACCEPT
    label, button, said = _("Nhận xử lý"), _("Nhận xử lý"), _("Đã nhận xử lý.")
    why = _(
        "Việc thuộc cơ quan mình. Không thuộc thì chuyển, hoặc từ chối có lý do, trong 2 ngày làm việc (chưa xác minh)."
    )

    def run(self) -> object:
        """In work."""
        return actions.accept(**self.on_ticket())


class Submit(Act):
    """Trình duyệt."""

    slug, verb = "trinh", Verb.SUBMIT
    label, button, said = _("Trình duyệt câu trả lời"), _("Trình duyệt"), _("Đã trình duyệt.")

    @classmethod
    def offered(cls, case: Case) -> bool:
        """Once there is a draft."""
        return cls.verb in case.verbs and case.row.answer_id is not None

    def run(self) -> object:
        """To a leader."""
        return actions.submit_answer(**self.on_ticket())


class Approve(Act):
    """Duyệt."""

    slug, verb = "duyet", Verb.APPROVE
    label, button, said = (
        _("Duyệt và gửi"),
        _("Duyệt, gửi người hỏi"),
        _("Đã duyệt; người gửi nhận được câu trả lời."),
    )
    why = _(
        "Người duyệt không phải người soạn. Câu trả lời gửi ngay; công khai trong 2 ngày làm việc (chưa xác minh)."
    )

    def run(self) -> object:
        """The sender receives it."""
        return actions.approve_answer(**self.on_ticket())


class SendBack(Act):
    """Trả lại để sửa."""

    slug, verb = "tra-lai", Verb.SEND_BACK
    label, button, said = _("Trả lại để sửa"), _("Trả lại"), _("Đã trả lại để sửa.")
    reason = Words(label=_("Cần sửa gì"), max_length=2000, widget=Area())

    def run(self) -> object:
        """In work again."""
        return actions.send_back(reason=self.cleaned_data["reason"], **self.on_ticket())


class Publish(Act):
    """Công khai."""

    slug, verb = "cong-khai", Verb.PUBLISH
    label, button, said = (
        _("Công khai câu trả lời"),
        _("Công khai"),
        _("Đã công khai; người hỏi sau tìm thấy câu trả lời này."),
    )
    why = _("Được kiểm tra dữ liệu cá nhân một lần nữa. Xem bản công khai ở mục Câu trả lời.")

    def run(self) -> object:
        """Guidance for the next one who asks."""
        return actions.publish_answer(**self.on_ticket())


class KeepPrivate(Act):
    """Không công khai."""

    slug, verb = "khong-cong-khai", Verb.KEEP_PRIVATE
    label, button, said = _("Không công khai"), _("Không công khai"), _("Câu trả lời không công khai.")
    danger = True
    reason = Words(label=_("Lý do"), max_length=500, widget=Area())

    def run(self) -> object:
        """Only the sender reads it."""
        return actions.keep_private(reason=self.cleaned_data["reason"], **self.on_ticket())


class AskMore(Act):
    """Yêu cầu bổ sung."""

    slug, verb = "hoi-them", Verb.ASK_MORE
    label, button, said = (
        _("Hỏi thêm người gửi"),
        _("Gửi câu hỏi"),
        _("Đã hỏi người gửi; đồng hồ trả lời tạm dừng."),
    )
    question = Words(label=_("Cần biết thêm điều gì"), max_length=4000, widget=Area())

    def run(self) -> object:
        """The sender's turn."""
        return actions.ask_more(question=self.cleaned_data["question"], **self.on_ticket())


class Assign(Act):
    """Giao."""

    slug, verb = "giao", Verb.ASSIGN
    label, button, said = _("Giao cho người xử lý"), _("Giao"), _("Đã giao.")

    def build(self, case: Case) -> None:
        """Colleagues of the house that holds it."""
        organ = case.row.organ
        found = people.at_work(organ.kind, organ.unit_id, organ.pk, case.keeper.officer.on)
        self.fields["to"] = choice(_("Người xử lý"), [(c.actor, f"{c.name}, {c.title}") for c in found])
        self.fields["to"].initial = case.row.assignee or case.keeper.actor

    def run(self) -> object:
        """Lies with somebody else."""
        return actions.assign(to=self.cleaned_data["to"], **self.on_ticket())


class Note(Act):
    """Ghi chú."""

    slug, verb = "ghi-chu", Verb.NOTE
    label, button, said = _("Ghi chú nội bộ"), _("Ghi"), _("Đã ghi chú.")
    why = _("Người gửi và công chúng không thấy.")
    text = Words(label=_("Ghi chú"), max_length=4000, widget=Area())

    def run(self) -> object:
        """Beside the ticket."""
        return actions.note(text=self.cleaned_data["text"], **self.on_ticket())


class Erase(Act):
    """Xoá dữ liệu cá nhân."""

    slug, verb = "xoa-du-lieu", Verb.ERASE
    label, button, said = _("Xoá dữ liệu cá nhân"), _("Xoá hẳn"), _("Đã xoá dữ liệu cá nhân của phiếu.")
    why = _("Người gửi, nội dung, tên tệp mất hẳn; số liệu và sổ ghi còn lại.")
    danger = True
    sure = forms.BooleanField(label=_("Tôi hiểu là không lấy lại được"))

    @classmethod
    def offered(cls, case: Case) -> bool:
        """Once, of what has ended."""
        return cls.verb in case.verbs and case.row.erased_at is None

    def run(self) -> object:
        """Figures and the ledger stay."""
        return actions.erase_ticket(**self.on_ticket())
