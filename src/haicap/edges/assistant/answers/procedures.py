"""Trả lời về thủ tục: what it is called, papers, fee, time, office, basis, next step, as the record says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from haicap.domain.procedures.catalogue import Entry
from haicap.domain.procedures.content import Content, Evidence
from haicap.edges.assistant import links, telling
from haicap.edges.assistant.cards import bare
from haicap.edges.assistant.facts import Facts
from haicap.edges.assistant.intents import Intent
from haicap.edges.assistant.reply import Sentence

_ALWAYS = (Intent.PAPERS, Intent.FEE, Intent.TIME, Intent.WHERE, Intent.BASIS, Intent.NEXT)
MOST_BASES = 4


@dataclass(frozen=True, slots=True)
class About:
    """What an answer is drawn from: a version, its record, the day, and the asker's address."""

    entry: Entry
    content: Content
    on: date
    address: str
    facts: Facts

    @property
    def link(self) -> str:
        """The page of the procedure."""
        return links.to("procedure", self.entry.code)


def sentences(about: About, intents: Sequence[Intent]) -> list[Sentence]:
    """The name first, then what was asked; everything when nothing was asked in particular."""
    asked: list[Intent] = [i for i in intents if i is not Intent.NEXT]
    asked = asked or list(_ALWAYS)
    found = [_name(about)]
    for intent in dict.fromkeys(asked):
        found.extend(_PARTS[intent](about))
    if Intent.NEXT not in asked:
        found.extend(_next(about))
    return found


def _name(about: About) -> Sentence:
    text = gettext("Thủ tục: %(name)s, mã %(code)s.")
    return Sentence(text % {"name": bare(about.entry.name), "code": about.entry.code}, about.link)


def _papers(about: About) -> Iterable[Sentence]:
    papers = telling.papers(about.content)
    if not papers:
        yield Sentence(
            gettext("Bản ghi ở đây chưa có thành phần hồ sơ; xem trang của thủ tục hoặc hỏi nơi tiếp nhận."),
            about.link,
        )
        return
    sure = all(p.evidence is Evidence.CONFIRMED for p in about.content.papers)
    text = gettext("Giấy tờ: %(papers)s.") % {"papers": telling.listed(papers)}
    yield Sentence(telling.marked(text, sure), about.link)


def _fee(about: About) -> Iterable[Sentence]:
    fees = telling.fees(about.content)
    if not fees:
        yield Sentence(gettext("Phí, lệ phí: chưa có mức thu được xác minh."), about.link)
        return
    for text, sure in fees:
        yield Sentence(telling.marked(gettext("Phí, lệ phí: %(fee)s.") % {"fee": text}, sure), about.link)


def _time(about: About) -> Iterable[Sentence]:
    limits = telling.limits(about.content)
    if not limits:
        yield Sentence(gettext("Thời hạn: chưa có thời hạn được xác minh, nên không hẹn ngày."), about.link)
        return
    for text, sure in limits:
        yield Sentence(telling.marked(gettext("Thời hạn: %(limit)s.") % {"limit": text}, sure), about.link)


def _where(about: About) -> Iterable[Sentence]:
    if about.address:
        yield from _at_address(about)
    elif about.content.authority:
        text = gettext("Cơ quan thực hiện theo bản ghi: %(organ)s.") % {
            "organ": about.content.authority.rstrip(".")
        }
        yield Sentence(telling.marked(text, False), about.link)
    else:
        yield Sentence(
            gettext("Nơi nộp: cho biết xã, phường (cũ hoặc mới) để tìm đúng nơi tiếp nhận."), about.link
        )


def _at_address(about: About) -> Iterable[Sentence]:
    answer = about.facts.gazetteer().convert(about.address, on=about.on)
    if not answer.candidates:
        yield Sentence(
            gettext("Không nhận ra xã, phường trong địa chỉ đã cho; xin ghi tên xã, phường và tỉnh.")
        )
        return
    if len(answer.candidates) > 1:
        names = telling.listed(f"{c.name}, {c.province}" for c in answer.for_page[:6])
        yield Sentence(
            gettext("Địa chỉ này có thể thuộc: %(units)s; xin chọn một.") % {"units": names},
            links.to("address", about.address),
        )
        return
    unit = answer.candidates[0]
    place = f"{unit.name}, {unit.province}"
    centre = about.facts.centre(unit.uid, about.on)
    if centre:
        text = gettext("Nộp tại %(centre)s (%(place)s) hoặc nơi tiếp nhận khác trong tỉnh.")
        yield Sentence(text % {"centre": centre, "place": place}, links.to("unit", unit.code))
    office = about.facts.office(about.entry, unit.uid, about.on)
    if office:
        yield Sentence(gettext("Cơ quan giải quyết: %(office)s.") % {"office": office}, about.link)
    if not (centre or office):
        yield Sentence(
            gettext("Địa chỉ thuộc %(place)s; chưa rõ cơ quan giải quyết ở đó.") % {"place": place},
            links.to("unit", unit.code),
        )


def _online(about: About) -> Iterable[Sentence]:
    yield Sentence(gettext(telling.ONLINE[about.content.online.value]), about.link)


def _basis(about: About) -> Iterable[Sentence]:
    for citation in about.content.legal_basis[:MOST_BASES]:
        yield Sentence(
            gettext("Căn cứ: %(citation)s.") % {"citation": citation}, links.to("act", citation.act), citation
        )
    if not about.content.legal_basis:
        yield Sentence(gettext("Bản ghi chưa ghi căn cứ pháp lý."), about.link)


def _next(about: About) -> Iterable[Sentence]:
    if about.entry.complete:
        yield Sentence(gettext("Việc tiếp theo: nộp hồ sơ tại đây."), links.to("file", about.entry.code))
    else:
        yield Sentence(gettext("Việc tiếp theo: xem trang của thủ tục."), about.link)


_PARTS: dict[Intent, Callable[[About], Iterable[Sentence]]] = {
    Intent.PAPERS: _papers,
    Intent.FEE: _fee,
    Intent.TIME: _time,
    Intent.WHERE: _where,
    Intent.ONLINE: _online,
    Intent.BASIS: _basis,
    Intent.NEXT: _next,
}
