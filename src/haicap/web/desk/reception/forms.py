"""Tiếp nhận một màn hình: who, what for, which papers, in the order a person at the counter says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.base.ids import uuid7
from haicap.base.refused import Refused
from haicap.domain.dossiers import queries
from haicap.domain.dossiers.actions import Filing, Handed
from haicap.domain.dossiers.queries import Pinned, saying
from haicap.domain.dossiers.rules import Applicant
from haicap.domain.dossiers.rules import applicant as checked
from haicap.domain.dossiers.states import Channel, FileOrigin, ResultMethod
from haicap.domain.procedures.content import Content, FeeKind, Field, FieldType, Paper, PaperKind, Profile
from haicap.domain.units import queries as units
from haicap.web.common import refusals
from haicap.web.common.procedures import words as procedure_words
from haicap.web.desk import storing, words
from haicap.web.desk.dossier.forms import Words
from haicap.web.desk.gate import Officer

PERSON = {
    Profile.FULL_NAME: "name", Profile.PERSON_ID: "number", Profile.PHONE: "phone", Profile.EMAIL: "email",
    Profile.RESIDENCE: "address",
}  # fmt: skip
KINDS = [("person", _("cá nhân")), ("organisation", _("tổ chức, hộ kinh doanh"))]
CHANNELS = (Channel.DIRECT, Channel.POST)
ORIGINS = (FileOrigin.HANDED, FileOrigin.SCANNED, FileOrigin.REUSED, FileOrigin.STORE, FileOrigin.DATA)
MOST_PAPERS = 30
AT = {
    "bad_number": "number",
    "bad_phone": "phone",
    "bad_email": "email",
    "no_name": "name",
}  # refusals at their fields


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A row of the checklist with its fields."""

    name: str
    required: bool
    note: str
    there: forms.BoundField
    originals: forms.BoundField
    copies: forms.BoundField
    origin: forms.BoundField
    file: forms.BoundField


class ReceptionForm(forms.Form):
    """A filing at the counter. `opaque` names it, so that sending it twice makes one dossier."""

    use_required_attribute = False
    opaque = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = Words(label=_("Họ tên người nộp hoặc tên tổ chức"), max_length=200)
    kind = forms.ChoiceField(label=_("Là"), choices=KINDS, initial="person")
    number = Words(label=_("Số định danh, mã số"), required=False, max_length=20)
    phone = Words(label=_("Điện thoại"), required=False, max_length=20)
    email = Words(label=_("Thư điện tử"), required=False, max_length=254)
    address = Words(label=_("Địa chỉ"), required=False, max_length=500)
    proxy = Words(label=_("Nộp thay, theo giấy tờ nào"), required=False, max_length=300)
    channel = forms.TypedChoiceField(label=_("Cách nộp"), coerce=int, initial=1)
    method = forms.ChoiceField(label=_("Nhận kết quả"), initial="counter")
    unit = forms.ChoiceField(label=_("Đơn vị có thẩm quyền"))
    other = Words(label=_("Giấy tờ khác kèm theo"), required=False, max_length=300)

    def __init__(self, officer: Officer, pinned: Pinned, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"opaque": uuid7()}, label_suffix="")
        self.officer, self.pinned = officer, pinned
        if not self.is_bound:
            self.fields["name"].widget.attrs["autofocus"] = True
        self._choices()
        self.papers = [p for p in pinned.content.papers if p.kind is PaperKind.DOCUMENT][:MOST_PAPERS]
        for n, paper in enumerate(self.papers):
            self._paper(n, paper)
        self.asked = asked(pinned.content)
        for n, field in enumerate(self.asked):
            self.fields[f"q_{n}"] = _question(field)
        if any(f.kind in (FeeKind.PER_PAGE, FeeKind.PER_COPY, FeeKind.CAPPED) for f in pinned.content.fees):
            self.fields["pages"] = forms.IntegerField(
                label=_("Số trang"), min_value=1, max_value=10_000, initial=1
            )
            self.fields["copies"] = forms.IntegerField(
                label=_("Số bản"), min_value=1, max_value=1000, initial=1
            )
        if self.is_bound and "limit" in self.data:
            self.fields["limit"] = forms.ChoiceField(
                label=_("Trường hợp thời hạn"), choices=self._limits(self.answers_given())
            )

    def _choices(self) -> None:
        channels: Any = self.fields["channel"]
        channels.choices = [(int(c), words.said(words.CHANNELS, c)) for c in CHANNELS]
        methods: Any = self.fields["method"]
        methods.choices = [(m.value, words.said(words.METHODS, m)) for m in ResultMethod]
        own, found = places(self.officer)
        unit: Any = self.fields["unit"]
        unit.choices, unit.initial = found, own

    def _paper(self, n: int, paper: Paper) -> None:
        self.fields[f"there_{n}"] = forms.BooleanField(required=False)
        for part, start in (
            ("originals", 1 if paper.originals is None else paper.originals),
            ("copies", paper.copies or 0),
        ):
            self.fields[f"{part}_{n}"] = forms.IntegerField(
                min_value=0, max_value=99, required=False, initial=start
            )
        options = [(o.value, words.said(words.ORIGINS, o)) for o in ORIGINS]
        self.fields[f"origin_{n}"] = forms.ChoiceField(choices=options, initial="handed", required=False)
        self.fields[f"file_{n}"] = forms.FileField(required=False)
        for part, word in (
            ("there", gettext("đã nhận")), ("originals", gettext("bản chính")), ("copies", gettext("bản sao")),
            ("origin", gettext("nguồn")), ("file", gettext("bản quét")),
        ):  # fmt: skip
            self.fields[f"{part}_{n}"].widget.attrs["aria-label"] = f"{paper.name.vi[:80]}: {word}"

    def checklist(self) -> list[PaperLine]:
        """The papers with their fields, required ones first as published."""
        form = self.pinned.content.form
        return [
            PaperLine(
                paper.name.vi, paper.required and not paper.condition,
                procedure_words.condition(paper.condition, form) if paper.condition else paper.case,
                *(self[f"{part}_{n}"] for part in ("there", "originals", "copies", "origin", "file")),
            )
            for n, paper in enumerate(self.papers)
        ]  # fmt: skip

    def questions(self) -> list[forms.BoundField]:
        """Questions on which time or fee depend, and what is asked for."""
        return [self[f"q_{n}"] for n in range(len(self.asked))]

    def answers_given(self) -> dict[str, str]:
        """Answers out of what was sent."""
        given = {field.key: str(self.data.get(f"q_{n}", "")).strip() for n, field in enumerate(self.asked)}
        return {key: value for key, value in given.items() if value}

    def _limits(self, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
        channel = _channel(self.data.get("channel"))
        fitting = queries.limits_of(self.pinned.content, channel, answers)
        return [(str(n), words.case_of(t)) for n, t in enumerate(fitting)]

    def clean(self) -> dict[str, Any]:
        """Where several limits fit and differ, somebody has to choose: then the choice is asked for."""
        given = super().clean() or {}
        self._check_person()
        if "limit" in self.fields or not given.get("channel"):
            return given
        fitting = queries.limits_of(self.pinned.content, Channel(given["channel"]), self.answers_given())
        if len({t.parts for t in fitting}) > 1:
            self.fields["limit"] = forms.ChoiceField(
                label=_("Trường hợp thời hạn"), choices=self._limits(self.answers_given())
            )
            self.add_error("limit", gettext("Có nhiều trường hợp thời hạn. Xin chọn một."))
        return given

    def _check_person(self) -> None:
        """What is wrong with who files, at its field."""
        if self.errors:
            return
        try:
            checked(self.applicant())
        except Refused as refused:
            self.add_error(AT.get(refused.code), refusals.sentence(refused))
            return
        try:
            channel = Channel(self.cleaned_data["channel"])
            queries.check_answers(self.pinned.content, self._answers(), channel, self.officer.on)
        except queries.BadAnswers as bad:
            self._add_problems(bad)

    def _add_problems(self, bad: queries.BadAnswers) -> None:
        """What is wrong with answers: at the question when it stands here, else with its name on top."""
        labels = saying.labels(self.pinned.content.form)
        places = {field.key: f"q_{n}" for n, field in enumerate(self.asked)}
        for problem in bad.problems:
            said = gettext(problem.template) % problem.params if problem.params else gettext(problem.template)
            at = places.get(problem.place)
            self.add_error(at, said if at else f"{labels.get(problem.place, problem.place)}: {said}")

    def applicant(self) -> Applicant:
        """Who files."""
        given = self.cleaned_data
        return Applicant(
            given["name"],
            given["kind"],
            given["number"],
            given["phone"],
            given["email"],
            given["address"],
            proxy=given["proxy"],
        )

    def filing(self) -> Filing:
        """What is filed; scans are stored now."""
        given, counter = self.cleaned_data, self.officer.counter
        assert counter is not None  # the gate saw to it
        number: UUID | None = given["opaque"]
        return Filing(
            self.pinned.code[:8], given["unit"], self.applicant(), Channel(given["channel"]), self._answers(), self._handed(),
            centre=counter.organ_id, result_method=ResultMethod(given["method"]), number=number,
        )  # fmt: skip

    def _answers(self) -> dict[str, Any]:
        """Answers to the form: what was asked here, and who files where the form asks for it as text."""
        found: dict[str, Any] = {}
        for key, field in self.pinned.content.form.fields().items():
            name = PERSON.get(field.prefill) if field.prefill else None
            if name and field.type is not FieldType.UNIT and self.cleaned_data.get(name):
                found[key] = self.cleaned_data[name]
        return found | self.answers_given()

    def _handed(self) -> list[Handed]:
        given, found = self.cleaned_data, list[Handed]()
        for n, paper in enumerate(self.papers):
            upload = given[f"file_{n}"]
            if not given[f"there_{n}"] and not upload:
                continue
            file = storing.store(upload, self.officer) if upload else None
            origin = FileOrigin.SCANNED if upload else FileOrigin(given[f"origin_{n}"] or FileOrigin.HANDED)
            found.append(
                Handed(paper.code, "", given[f"originals_{n}"] or 0, given[f"copies_{n}"] or 0, file, origin)
            )
        if given["other"]:
            found.append(Handed("khac", given["other"], 1))
        return found


def places(officer: Officer) -> tuple[str, list[tuple[str, str]]]:
    """Uid of the counter's own unit, and the units of its province: any centre takes for any of them."""
    counter = officer.counter
    assert counter is not None
    register, own = units.register(), queries.uid_of(counter.unit_id)
    province = register.province_of(own, officer.on)
    assert province is not None
    found = [(v.uid, v.name) for v in register.children(province.uid, officer.on)]
    return own, [(province.uid, register.title(province.uid, officer.on)), *found]


def asked(content: Content) -> list[Field]:
    """The questions of the form that time, fees or papers depend on, and the free text of what is asked for."""
    keys: set[str] = set()
    for condition in [
        part.condition for parts in (content.limits, content.fees, content.papers) for part in parts
    ]:
        keys |= condition.keys
    fields = content.form.fields()
    return [f for key, f in fields.items() if (key in keys and f.values()) or key == "request"]


def _question(field: Field) -> forms.Field:
    label = procedure_words.text(field.label)
    if field.type is FieldType.LONGTEXT:
        return Words(label=label, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    yes_no = {"yes": gettext("có"), "no": gettext("không")}
    named = {o.key: procedure_words.text(o.label) for o in field.options} or yes_no
    options = [("", gettext("chưa hỏi")), *named.items()]
    return forms.ChoiceField(label=label, choices=options, required=False)


def _channel(text: object) -> Channel:
    return Channel.POST if text == str(int(Channel.POST)) else Channel.DIRECT
