"""Tiếp nhận, bổ sung: forms of the receiving side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions import Handed, Missing
from haicap.domain.dossiers.states import Channel, FileOrigin, Verb
from haicap.domain.procedures.content import Content, FeeKind, PaperKind
from haicap.web.desk import people, storing, words
from haicap.web.desk.dossier.case import Case
from haicap.web.desk.dossier.forms import Act, Area, Words, choice

MOST_PAPERS = 15


def limit_choices(content: Content, channel: Channel, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The limits that fit, when somebody has to choose; empty when one is clear or none is known."""
    fitting = queries.limits_of(content, channel, answers)
    if len({t.parts for t in fitting}) < 2:
        return []
    return [(str(n), words.case_of(t)) for n, t in enumerate(fitting)]


class Receive(Act):
    """Tiếp nhận."""

    slug, verb = "tiep-nhan", Verb.RECEIVE
    label, button, said = (
        _("Tiếp nhận"),
        _("Tiếp nhận, in giấy hẹn"),
        _("Đã tiếp nhận. Giấy hẹn ở mục Phiếu."),
    )

    def build(self, case: Case) -> None:
        """The case of the limit, pages and copies, where they matter."""
        channel = Channel(case.row.channel)
        limits = limit_choices(case.pinned.content, channel, case.row.answers)
        if limits:
            self.fields["limit"] = choice(_("Trường hợp thời hạn"), limits)
        fees = queries.fees_of(case.pinned.content, channel, case.row.answers)
        if any(f.kind in (FeeKind.PER_PAGE, FeeKind.PER_COPY, FeeKind.CAPPED) for f in fees):
            self.fields["pages"] = forms.IntegerField(
                label=_("Số trang"), min_value=1, max_value=10_000, initial=1
            )
            self.fields["copies"] = forms.IntegerField(
                label=_("Số bản"), min_value=1, max_value=1000, initial=1
            )

    def run(self) -> object:
        """State 2, form 01."""
        given = self.cleaned_data
        limit = int(given["limit"]) if given.get("limit") else None
        return actions.receive(
            limit=limit, pages=given.get("pages") or 1, copies=given.get("copies") or 1, **self.at_dossier()
        )


class RequestSupplement(Act):
    """Yêu cầu bổ sung."""

    slug, verb = "yeu-cau-bo-sung", Verb.REQUEST_SUPPLEMENT
    label, button = _("Yêu cầu bổ sung"), _("Gửi yêu cầu bổ sung, in phiếu 02")
    said = _("Đã yêu cầu bổ sung; đồng hồ tạm dừng.")
    why = _("Yêu cầu một lần cho đủ. Ghi cần bổ sung gì vào dòng của giấy tờ; dòng để trống là đã đủ.")

    def build(self, case: Case) -> None:
        """One line for each paper, one for another; a second time with reason and approver."""
        self.papers = [p for p in case.pinned.content.papers if p.kind is PaperKind.DOCUMENT][:MOST_PAPERS]
        for n, paper in enumerate(self.papers):
            self.fields[f"what_{n}"] = Words(label=paper.name.vi[:160], required=False, max_length=1000)
        self.fields["other"] = Words(label=_("Giấy tờ khác"), required=False, max_length=300)
        self.fields["what"] = Words(label=_("Cần làm gì với giấy tờ khác"), required=False, max_length=1000)
        self.fields["contact"] = Words(
            label=_("Người hướng dẫn, điện thoại"), max_length=200, initial=case.officer.user.display_name
        )
        if case.row.supplements:
            row = case.row
            found = people.leaders(
                case.taken.organ_kind, row.unit_id, row.organ_id, row.received_at_organ_id, case.officer.on
            )
            self.fields["reason"] = Words(label=_("Lý do yêu cầu lần nữa"), max_length=2000, widget=Area())
            self.fields["approver"] = choice(
                _("Lãnh đạo đồng ý"), [(c.actor, f"{c.name}, {c.title}") for c in found]
            )

    def run(self) -> object:
        """State 5, form 02."""
        given = self.cleaned_data
        items = [
            Missing(paper.code, paper.name.vi[:300], given[f"what_{n}"])
            for n, paper in enumerate(self.papers)
            if given[f"what_{n}"]
        ]
        if given["other"] or given["what"]:
            items.append(Missing("khac", given["other"], given["what"]))
        return actions.request_supplement(
            items=items, contact=given["contact"], reason=given.get("reason", ""), approver=given.get("approver", ""),
            **self.at_dossier(),
        )  # fmt: skip


class Supply(Act):
    """Nhận bổ sung."""

    slug, verb = "nhan-bo-sung", Verb.SUPPLY
    label, button, said = (
        _("Nhận giấy tờ bổ sung"),
        _("Đã nhận bổ sung"),
        _("Đã nhận bổ sung; đồng hồ chạy tiếp."),
    )

    def build(self, case: Case) -> None:
        """What was asked for."""
        self.items: list[dict[str, str]] = next(
            (s.items for s in reversed(case.whole.supplements) if s.supplied_at is None), []
        )
        for n, item in enumerate(self.items):
            label = (
                f"{item['name']}: {item['what']}"
                if item["name"] and item["what"]
                else item["name"] or item["what"]
            )
            self.fields[f"got_{n}"] = forms.BooleanField(label=label[:200], required=False, initial=True)
            self.fields[f"file_{n}"] = forms.FileField(label=_("Bản quét"), required=False)
        self.fields["answer"] = Words(
            label=_("Giải trình của người nộp"), required=False, max_length=4000, widget=Area()
        )

    def run(self) -> object:
        """Back to where it came from."""
        given, officer = self.cleaned_data, self.case.officer
        handed = []
        for n, item in enumerate(self.items):
            upload = given[f"file_{n}"]
            if given[f"got_{n}"] or upload:
                file = storing.store(upload, officer) if upload else None
                origin = FileOrigin.SCANNED if upload else FileOrigin.HANDED
                handed.append(
                    Handed(item["paper"] or "khac", item["name"] or item["what"][:300], 1, 0, file, origin)
                )
        return actions.supply(components=handed, answer=given["answer"], **self.at_dossier())
