"""Trả lời về thẩm quyền, đơn vị, cẩm nang, và lời từ chối."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext

from haicap.domain.units.addresses import Answer
from haicap.edges.assistant import links, telling
from haicap.edges.assistant.answers.building import reply
from haicap.edges.assistant.facts import Facts, Held
from haicap.edges.assistant.reply import Behaviour, Reply, Sentence, Topic

MOST_UNITS = 12


def power(key: str, name: str, held: Sequence[Held]) -> Reply:
    """Who holds a power on the day, each with the clause."""
    link = links.to("power", key)
    said = [Sentence(gettext("Thẩm quyền: %(power)s.") % {"power": name}, link)]
    for one in held:
        text = gettext("Người có thẩm quyền vào ngày này: %(organ)s.") % {"organ": one.organ}
        said.append(Sentence(telling.marked(text, one.confirmed), link, one.citation))
    if not held:
        said.append(Sentence(gettext("Sổ thẩm quyền chưa ghi ai giữ thẩm quyền này vào ngày này."), link))
    return reply(Behaviour.ANSWER, Topic.POWER, said)


def authority(name: str, code: str, organ: str) -> Reply:
    """Who decides a procedure, as its record says, where the register of powers is silent."""
    text = gettext("Theo bản ghi thủ tục “%(name)s” (%(code)s), cơ quan thực hiện là: %(organ)s.")
    said = telling.marked(text % {"name": name, "code": code, "organ": organ.rstrip(".")}, False)
    return reply(Behaviour.ANSWER, Topic.POWER, [Sentence(said, links.to("procedure", code))])


def unit(answer: Answer, on: date) -> Reply:
    """What an old or new name is on the day."""
    said = []
    if answer.legacy_name:
        said.append(Sentence(gettext("Đơn vị cũ: %(units)s.") % {"units": answer.legacy_name}))
    for one in answer.for_page[:MOST_UNITS]:
        text = gettext("Vào ngày %(day)s: %(unit)s, %(province)s (mã %(code)s).")
        values = {"day": f"{on:%d/%m/%Y}", "unit": one.name, "province": one.province, "code": one.code}
        basis = gettext(" Căn cứ: %(citation)s.") % {"citation": one.citation} if one.citation else ""
        said.append(Sentence(text % values + basis, links.to("unit", one.code)))
    return reply(Behaviour.ANSWER, Topic.UNIT, said)


def stated(text: str, link: str = "") -> Reply:
    """One sentence about units."""
    return reply(Behaviour.ANSWER, Topic.UNIT, [Sentence(text, link)])


def guidance(keys: Sequence[str], facts: Facts, on: date, language: str, *, fit: float = 1.0) -> Reply:
    """The piece that fits (how well), and its neighbours in a line."""
    said = []
    for n, key in enumerate(keys):
        guide = facts.guide(key, on, language)
        text = (
            f"{guide.title}: {guide.summary}"
            if n == 0 and guide.summary
            else (gettext("Xem thêm: %(title)s.") % {"title": guide.title}).replace("?.", "?")
        )
        if n == 0 and guide.flagged:
            text += " " + gettext("(Căn cứ của bài này đã thay đổi, đang được xem lại.)")
        citation = guide.citations[0] if guide.citations and n == 0 else None
        said.append(Sentence(telling.marked(text, guide.confirmed), guide.path, citation))
    return replace(reply(Behaviour.ANSWER, Topic.GUIDANCE, said), fit=fit)


def refusal() -> Reply:
    """Nothing fits: said so, with the hotline."""
    said = [
        Sentence(
            gettext(
                "Không tìm thấy thủ tục, thẩm quyền, đơn vị hay bài hướng dẫn nào trả lời được câu hỏi này."
            )
        ),
        Sentence(
            gettext("Anh, chị có thể gửi câu hỏi đến đường dây nóng để có người trả lời."),
            links.to("hotline"),
        ),
    ]
    return reply(Behaviour.REFUSE, Topic.NONE, said)
