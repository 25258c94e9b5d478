"""Phân loại, chuyển, từ chối, gắn, dùng lại: forms that send a ticket somewhere else or settle it without a new answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haicap.base.refused import Refused
from haicap.domain.dossiers import queries as dossiers
from haicap.domain.feedback import actions
from haicap.domain.feedback.actions import Sorting
from haicap.domain.feedback.queries import systems
from haicap.domain.feedback.rules import LONGEST_SUBJECT
from haicap.domain.feedback.states import Ground, Kind, Verb
from haicap.domain.units import queries as units
from haicap.domain.units.organs import KINDS as ORGANS
from haicap.web.common.feedback import words
from haicap.web.desk.dossier.forms import Area, Words, choice
from haicap.web.desk.feedback import places
from haicap.web.desk.feedback.acts import Act, grouped
from haicap.web.desk.feedback.case import Case

MOST_INCIDENTS = 50


def place_error(form: forms.Form, spot: places.Spot) -> None:
    """Say at the field what is wrong with a place, with what it may mean."""
    if spot.open:
        names = "; ".join(name for _uid, name in spot.choices)
        form.add_error(
            "place", gettext("Nơi này nay thuộc nhiều đơn vị: %(names)s. Xin ghi rõ một.") % {"names": names}
        )
    elif spot.reason:
        form.add_error("place", spot.reason)


class Sort(Act):
    """Phân loại lại."""

    slug, verb = "phan-loai", Verb.SORT
    label, button, said = _("Phân loại lại"), _("Lưu"), _("Đã phân loại lại.")

    def build(self, case: Case) -> None:
        """As it is now."""
        row = case.row
        kinds = [(k.value, words.said(words.KINDS, k.value)) for k in Kind]
        self.fields["kind"] = choice(_("Loại"), kinds, initial=row.kind)
        self.fields["subject"] = Words(label=_("Tiêu đề"), max_length=LONGEST_SUBJECT, initial=row.subject)
        self.fields["place"] = Words(
            label=_("Nơi"), required=False, max_length=places.LONGEST, help_text=_("Tên cũ hay mới; để trống nếu không về nơi nào."),
            initial=units.register().title(row.unit.uid, case.keeper.officer.on) if row.unit else "",
        )  # fmt: skip
        self.fields["procedure"] = Words(
            label=_("Mã thủ tục"), required=False, max_length=20, initial=row.procedure_code
        )
        self.fields["field"] = Words(label=_("Lĩnh vực"), required=False, max_length=100, initial=row.field)

    def clean(self) -> dict[str, Any]:
        """The place is clear, or there is none."""
        given = super().clean() or {}
        spot = places.read(str(given.get("place") or ""), "", self.case.keeper.officer.on)
        place_error(self, spot)
        given["uid"] = spot.uid
        return given

    def run(self) -> object:
        """What it is about."""
        given = self.cleaned_data
        sorting = Sorting(
            Kind(given["kind"]),
            given["subject"],
            given["uid"],
            given["procedure"],
            None,
            None,
            given["field"],
        )
        return actions.sort_ticket(sorting=sorting, **self.on_ticket())


class Transfer(Act):
    """Chuyển."""

    slug, verb = "chuyen", Verb.TRANSFER
    label, button, said = (
        _("Chuyển cơ quan khác"),
        _("Chuyển"),
        _("Đã chuyển; đồng hồ bắt đầu lại ở cơ quan nhận."),
    )
    why = _("Chỉ các cơ quan có hôm nay. Nơi khác: ghi nơi, rồi chọn loại cơ quan ở nơi ấy.")

    def build(self, case: Case) -> None:
        """Organs of the day by level, for the place of the ticket or another one."""
        row, on = case.row, case.keeper.officer.on
        self.here = (row.unit or row.organ.unit).uid
        levels: dict[str, list[tuple[str, str]]] = {"commune": [], "province": [], "nation": []}
        for office in sorted(_offices(self.here, case), key=lambda o: o[1]):
            levels[ORGANS[office[0]].level].append(office)
        options = [
            (words.said(words.LEVELS, level).capitalize(), held) for level, held in levels.items() if held
        ]
        self.fields["kind"] = grouped(_("Cơ quan"), [("", gettext("chọn cơ quan")), *options])
        self.fields["place"] = Words(
            label=_("Ở nơi khác"), required=False, max_length=places.LONGEST,
            help_text=_("Để trống nếu là cơ quan trong danh sách trên. Hôm nay: %(day)s.") % {"day": f"{on:%d/%m/%Y}"},
        )  # fmt: skip
        self.fields["reason"] = Words(label=_("Lý do chuyển"), max_length=4000, widget=Area())

    def clean(self) -> dict[str, Any]:
        """Another place counts when it is named."""
        given = super().clean() or {}
        spot = places.read(str(given.get("place") or ""), "", self.case.keeper.officer.on)
        place_error(self, spot)
        given["uid"] = spot.uid or ("" if self.here == "vn" else self.here)
        return given

    def run(self) -> object:
        """A new hop."""
        given = self.cleaned_data
        return actions.transfer(
            kind=given["kind"], unit=given["uid"], reason=given["reason"], **self.on_ticket()
        )


def _offices(uid: str, case: Case) -> list[tuple[str, str]]:
    """(kind, name) of the organs of a place, its province and the nation, but the one that holds the ticket."""
    on = case.keeper.officer.on
    try:
        found = [(o.kind, o.name, o.pk) for o in dossiers.place(uid, on).offices.values()]
    except Refused:  # of the nation itself
        found = [(o.kind, o.name, o.pk) for o in units.ministries(on)]
    return [(kind, name) for kind, name, pk in found if pk != case.row.organ_id]


class Refuse(Act):
    """Từ chối."""

    slug, verb = "tu-choi", Verb.REFUSE
    label, button, said = _("Từ chối có lý do"), _("Từ chối"), _("Đã từ chối; người gửi được báo lý do.")
    why = _("Khiếu nại, tố cáo: hướng dẫn người gửi nộp theo luật riêng.")
    danger = True

    def build(self, case: Case) -> None:
        """On which ground."""
        grounds = [(g.value, words.said(words.GROUNDS, g.value)) for g in Ground]
        self.fields["ground"] = choice(_("Lý do"), grounds, widget=forms.RadioSelect)
        self.fields["reason"] = Words(
            label=_("Người gửi nên làm gì tiếp"),
            max_length=4000,
            widget=Area(),
            help_text=_("Người gửi đọc được."),
        )

    def run(self) -> object:
        """Ended."""
        given = self.cleaned_data
        return actions.refuse(ground=Ground(given["ground"]), reason=given["reason"], **self.on_ticket())


class Reuse(Act):
    """Trả lời bằng câu đã có."""

    slug, verb = "dung-lai", Verb.REUSE
    label, button = _("Trả lời bằng câu đã công khai"), _("Gửi câu trả lời này")
    said = _("Đã trả lời bằng câu trả lời đã công khai.")
    why = _("Không cần duyệt lần nữa: câu này đã được duyệt và công khai.")

    def build(self, case: Case) -> None:
        """The nearest ones, or any by its code."""
        options = [(a.code, f"{a.question[:140]} ({a.code})") for a in case.likely]
        if options:
            self.fields["answer"] = choice(
                _("Câu trả lời gần nhất"), options, widget=forms.RadioSelect, required=False
            )
        self.fields["other"] = Words(
            label=_("Hoặc mã câu trả lời"),
            required=False,
            max_length=40,
            help_text=_("Như TL261122-7K3MQ2XD."),
        )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean() or {}
        given["chosen"] = given.get("other") or given.get("answer") or ""
        if not given["chosen"]:
            self.add_error("other", gettext("Chọn hoặc ghi mã một câu trả lời."))
        return given

    def run(self) -> object:
        """Answered at once."""
        return actions.reuse_answer(answer=self.cleaned_data["chosen"], **self.on_ticket())


class Link(Act):
    """Gắn với sự cố."""

    slug, verb = "gan-su-co", Verb.LINK
    label, button, said = _("Gắn với sự cố hệ thống"), _("Gắn"), _("Đã gắn với sự cố.")

    def build(self, case: Case) -> None:
        """Incidents not yet mended."""
        found = systems.incidents(open_only=True, limit=MOST_INCIDENTS)
        options = [(i.code, f"{i.system_name}, {i.opened_at:%d/%m/%Y} ({i.code})") for i in found]
        self.fields["incident"] = choice(_("Sự cố chưa khắc phục"), options)

    @classmethod
    def offered(cls, case: Case) -> bool:
        """For what tells of a system."""
        return (
            cls.verb in case.verbs
            and case.row.kind == Kind.INCIDENT
            and bool(systems.incidents(open_only=True, limit=1))
        )

    def run(self) -> object:
        """Many tickets may tell of one outage."""
        return actions.link_ticket(incident=self.cleaned_data["incident"], **self.on_ticket())
