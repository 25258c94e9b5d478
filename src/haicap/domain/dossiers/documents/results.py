"""Giấy kết quả: what a procedure's template and the values of a dossier make, in the neutral layout of the platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from haicap.base.money import show
from haicap.domain.dossiers.documents import typeset
from haicap.domain.dossiers.documents.codes import code_text, drawing
from haicap.domain.dossiers.documents.tree import Node, head_of, line, loose, narrow
from haicap.domain.dossiers.documents.values import TYPES, instant_of, long_of, said, text_of
from haicap.domain.procedures.content import FieldType, Line, ResultTemplate, Source

NEUTRAL = "Bố cục trung tính của nền tảng, không phải mẫu chính thức."
CHECK = "Quét mã để kiểm tra giấy này còn giá trị và đúng với bản cơ quan đã ký."
HINT = "(Ký, ghi rõ họ tên và đóng dấu, hoặc ký số)"

Value = str | int | bool | date | datetime | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Issue:
    """Những điều của lần ban hành mà mẫu không có.

    issued_at     moment of making, in the metadata of the file
    verify_url    address of the public page that verifies the paper, in its QR code; ASCII
    signer_title  capacity of the signer ("TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH"), a line per line
    place         in the date line
    """

    issued_at: datetime
    verify_url: str
    signer_title: str
    place: str = ""


def render_result(template: ResultTemplate, values: Mapping[str, Value], issue: Issue) -> bytes:
    """Giấy kết quả as PDF/A-2b, A4.

    values   by source: those of `procedures.content.Source` ("dossier.code"), answers of the form and inputs of the
             officer by their key. "organ.name", "signer.name" and, when the template numbers, "decision.number" are
             always needed; so are the Sources and required inputs the body shows. Answers nobody gave leave their
             line out. Choices are given as their labels, bool is Có/Không.
    ValueError names what is missing.
    """
    return typeset.pdf(result_tree(template, values, issue), instant_of(issue.issued_at, "issued_at"))


def result_tree(template: ResultTemplate, values: Mapping[str, Value], issue: Issue) -> Node:
    """What `render_result` typesets."""
    if not template.title:
        raise ValueError("result: the template has no title, there is nothing to print")
    _check(template, values)
    title = said("text", template.title.vi, "title")
    head = {
        "agency": values[Source.ORGAN],
        "number": values.get(Source.NUMBER),
        "place": issue.place,
        "issued_at": values.get(Source.DECIDED_ON) or issue.issued_at,
    }
    return {
        "paper": "a4",
        "name": title,
        "author": text_of(values[Source.ORGAN], Source.ORGAN),
        "head": head_of(head),
        "title": loose(title),
        "subtitle": "",
        "qr": drawing(code_text((), {"tracking_url": issue.verify_url})),
        "foot": f"{NEUTRAL} {CHECK}",
        "blocks": [*_body(template, values), _signature(values, issue)],
    }


def _check(template: ResultTemplate, values: Mapping[str, Value]) -> None:
    needed = {str(Source.ORGAN), str(Source.SIGNER)}
    if template.numbering:
        needed.add(Source.NUMBER)
    needed |= {line.source for line in template.body if line.source in set(Source)}
    needed |= {each.key for each in template.inputs if each.required and not each.condition}
    missing = sorted(key for key in needed if values.get(key) in (None, ""))
    if missing:
        raise ValueError(f"result: missing {', '.join(missing)}")


def _body(template: ResultTemplate, values: Mapping[str, Value]) -> list[Node]:
    kinds = {each.key: each.type for each in template.inputs}
    nodes: list[Node] = []
    for each in template.body:
        words = said("text", each.words.vi, "words")
        if each.kind is Line.TEXT:
            nodes.append({"k": "text", "text": loose(words), "style": "plain"})
            continue
        value = _said(values.get(each.source), each.source, kinds.get(each.source))
        if value:
            if not nodes or nodes[-1]["k"] != "facts":
                nodes.append({"k": "facts", "lines": []})
            nodes[-1]["lines"].append(line(words, value, strong=each.source == Source.APPLICANT))
    return nodes


def _said(value: Value, key: str, kind: FieldType | None) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int):
        return show(value) if kind is FieldType.MONEY else TYPES["count"](value, key)
    if isinstance(value, datetime):
        return TYPES["instant"](value, key)
    if isinstance(value, date):
        return TYPES["day"](value, key)
    if isinstance(value, str):
        return long_of(value, key)
    return ", ".join(text_of(each, key) for each in value)


def _signature(values: Mapping[str, Value], issue: Issue) -> Node:
    name = text_of(values[Source.SIGNER], Source.SIGNER)
    title = long_of(issue.signer_title, "signer_title")
    return {"k": "signatures", "parties": [{"title": narrow(title), "hint": HINT, "name": narrow(name)}]}
