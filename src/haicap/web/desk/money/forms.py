"""Thu, miễn, hoàn: what is done about money, as forms that call one verb each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.base.money import show
from haicap.domain.dossiers import actions, policy
from haicap.domain.dossiers.queries.takings import Line
from haicap.domain.dossiers.states import PaymentWay, State, Verb
from haicap.web.desk.dossier.case import Case
from haicap.web.desk.dossier.forms import Act, Words, choice
from haicap.web.desk.money import words


def owed_on(case: Case) -> list[Any]:
    """The charges neither paid nor waived."""
    return [c for c in case.whole.charges if c.payment_id is None and not c.waived_by]


class Usual(forms.ChoiceField):
    """One of several; its first value when nothing is said."""

    def clean(self, value: Any) -> Any:
        """The choice."""
        return super().clean(value or self.initial)


def _ways() -> list[tuple[str, str]]:
    return [(w.value, words.way(w)) for w in PaymentWay]


class RequestPayment(Act):
    """Yêu cầu nộp phí."""

    slug, verb = "yeu-cau-nop-phi", Verb.REQUEST_PAYMENT
    label, button, said = (
        _("Yêu cầu nộp phí, lệ phí"),
        _("Yêu cầu nộp"),
        _("Đã yêu cầu nộp; đồng hồ tạm dừng."),
    )
    why = _(
        "Hồ sơ chuyển sang “chờ nộp phí” (mã 6): người nộp được báo tin, đồng hồ dừng đến khi nộp đủ hoặc được miễn."
    )

    @classmethod
    def offered(cls, case: Case) -> bool:
        """Only when something is owed."""
        return cls.verb in case.verbs and case.whole.owed > 0

    def run(self) -> object:
        """State 6."""
        return actions.request_payment(**self.at_dossier())


class TakePayment(Act):
    """Thu tại quầy."""

    slug, verb = "thu-phi", Verb.SETTLE
    label, button, said = _("Thu phí tại quầy"), _("Đã thu"), _("Đã ghi nhận khoản thu.")

    def build(self, case: Case) -> None:
        """Which charges, when there are several; how, and the number of the receipt."""
        self.charges = owed_on(case)
        if len(self.charges) > 1:
            for n, charge in enumerate(self.charges):
                self.fields[f"charge_{n}"] = forms.BooleanField(
                    label=f"{charge.name}: {show(charge.amount)}", required=False, initial=True
                )
        self.fields["way"] = Usual(label=_("Cách trả tiền"), choices=_ways(), initial=PaymentWay.CASH.value)
        self.fields["receipt"] = Words(
            label=_("Số biên lai"),
            required=False,
            max_length=60,
            help_text=_("Nếu cơ quan dùng biên lai riêng. Biên nhận in được ngay sau khi thu."),
        )

    @classmethod
    def offered(cls, case: Case) -> bool:
        """Whenever something is owed on an open dossier."""
        settles = policy.allows(Verb.SETTLE, case.officer.posts, case.taken)
        return settles and case.whole.owed > 0 and bool({Verb.SETTLE, Verb.CORRECT} & case.verbs)

    def clean(self) -> dict[str, Any]:
        """Something has to be chosen."""
        given = super().clean() or {}
        self.keys = [c.key for n, c in enumerate(self.charges) if given.get(f"charge_{n}")]
        if len(self.charges) > 1 and not self.keys:
            self.add_error("charge_0", gettext("Xin chọn ít nhất một khoản để thu."))
        return given

    def run(self) -> object:
        """All that is owed, or the chosen charges."""
        given = self.cleaned_data
        return actions.take_payment(
            receipt=given["receipt"], keys=self.keys, way=PaymentWay(given["way"]),
            **self.at_dossier(),
        )  # fmt: skip


class Waive(Act):
    """Miễn khoản phải nộp."""

    slug, verb = "mien-phi", Verb.SETTLE
    label, button, said = _("Miễn khoản phải nộp"), _("Miễn"), _("Đã miễn khoản phải nộp.")
    why = _("Chỉ khi văn bản cho miễn: ghi tên, điều khoản, giấy tờ chứng minh. Tên bạn được ghi cùng.")

    def build(self, case: Case) -> None:
        """Which one, and on what ground."""
        owed = [(c.key, f"{c.name}: {show(c.amount)}") for c in owed_on(case)]
        self.fields["key"] = choice(_("Khoản"), owed)
        self.fields["ground"] = Words(label=_("Căn cứ miễn"), max_length=4000)

    offered = TakePayment.offered

    def run(self) -> object:
        """On a written ground."""
        given = self.cleaned_data
        return actions.waive_charge(key=given["key"], ground=given["ground"], **self.at_dossier())


class Refund(Act):
    """Ghi đã hoàn lại."""

    slug, verb = "hoan-tien", Verb.SETTLE
    label, button, said = _("Ghi đã hoàn lại"), _("Đã hoàn lại"), _("Đã ghi khoản hoàn lại.")
    why = _("Chỉ bấm sau khi tiền đã trả cho người nộp. Việc này ghi vào sổ và không sửa được.")

    def __init__(self, line: Line, case: Case, data: Any = None) -> None:
        self.line = line
        super().__init__(case, data)

    def build(self, case: Case) -> None:
        """How, and by which paper."""
        gateway = self.line.provider != "counter"
        self.fields["way"] = choice(
            _("Hoàn bằng"), _ways(), initial=(PaymentWay.TRANSFER if gateway else PaymentWay.CASH).value
        )
        self.fields["paper"] = Words(
            label=_("Số chứng từ, số giao dịch"),
            required=False,
            max_length=60,
            help_text=_("Cần có khi hoàn bằng chuyển khoản hoặc thẻ."),
        )

    def run(self) -> object:
        """Once."""
        given = self.cleaned_data
        return actions.note_refund(
            payment=self.line.public_id,
            way=PaymentWay(given["way"]),
            paper=given["paper"],
            **self.at_dossier(),
        )


def may_settle(case: Case) -> bool:
    """Whether the officer takes and gives back money for the dossier."""
    return policy.allows(Verb.SETTLE, case.officer.posts, case.taken)


def waits_for_money(case: Case) -> bool:
    """State 6."""
    return case.row.state == State.PAYING


ACTS: tuple[type[Act], ...] = (TakePayment, RequestPayment, Waive)
BY_SLUG = {act.slug: act for act in ACTS}
