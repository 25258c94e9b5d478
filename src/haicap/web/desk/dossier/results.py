"""Kết quả: signed, copied, taken back."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from haicap.domain.dossiers import actions
from haicap.domain.dossiers.states import State, Verb
from haicap.domain.procedures.content import FieldType
from haicap.web.desk.dossier.case import Case
from haicap.web.desk.dossier.forms import Act, Area, Words


class Sign(Act):
    """Ký kết quả."""

    slug, verb = "ky", Verb.SIGN
    label, button, said = _("Ký kết quả"), _("Ký số"), _("Đã ký. Kết quả ở mục Kết quả.")

    @classmethod
    def offered(cls, case: Case) -> bool:
        """After the decision, while there is no signed result."""
        standing = any(r.copy_of_id is None and r.revoked_at is None for r in case.whole.results)
        return cls.verb in case.verbs and case.row.decided_at is not None and not standing

    def build(self, case: Case) -> None:
        """What the paper asks of the officer."""
        template = case.pinned.content.result_template
        self.inputs = template.inputs
        for n, field in enumerate(self.inputs):
            long = field.type is FieldType.LONGTEXT
            self.fields[f"in_{n}"] = Words(
                label=field.label.vi,
                required=field.required,
                max_length=2000,
                widget=Area() if long else forms.TextInput(),
            )
        self.fields["number"] = Words(
            label=_("Số văn bản"), required=False, max_length=60, help_text=_("Bỏ trống: lấy số tiếp theo của cơ quan trong năm.")
        )  # fmt: skip

    def run(self) -> object:
        """Typeset and signed."""
        given = self.cleaned_data
        inputs = {field.key: given[f"in_{n}"] for n, field in enumerate(self.inputs)}
        return actions.sign(inputs=inputs, number=given["number"], **self.at_dossier())


class _OnResult(Act):
    """Something about one result."""

    verb = Verb.REVOKE
    states: ClassVar = (State.DONE, State.RETURNED)

    def build(self, case: Case) -> None:
        """Which result."""
        standing = [r for r in case.whole.results if r.revoked_at is None and r.copy_of_id is None]
        self.fields["result"] = forms.TypedChoiceField(
            label=_("Kết quả"),
            coerce=str,
            choices=[(str(r.public_id), f"{r.number or r.n} {r.title}"[:120]) for r in standing],
        )

    @classmethod
    def offered(cls, case: Case) -> bool:
        """While a result stands."""
        return cls.verb in case.verbs and any(
            r.revoked_at is None and r.copy_of_id is None for r in case.whole.results
        )


class Copy(_OnResult):
    """Cấp bản sao."""

    slug = "ban-sao"
    label, button, said = _("Cấp bản sao kết quả"), _("Cấp bản sao"), _("Đã cấp bản sao.")

    def run(self) -> object:
        """Signed anew."""
        return actions.copy_result(result=UUID(self.cleaned_data["result"]), **self.at_dossier())


class Revoke(_OnResult):
    """Thu hồi kết quả."""

    slug = "thu-hoi"
    label, button, said = _("Thu hồi kết quả"), _("Thu hồi"), _("Đã thu hồi kết quả.")
    danger = True
    reason = Words(label=_("Lý do thu hồi"), max_length=4000, widget=Area())

    def run(self) -> object:
        """Its public page says so."""
        given = self.cleaned_data
        return actions.revoke_result(
            result=UUID(given["result"]), reason=given["reason"], **self.at_dossier()
        )
