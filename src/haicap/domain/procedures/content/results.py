"""Kết quả: what the person gets, and the neutral layout it is printed with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from haicap.base.words import gettext_noop
from haicap.domain.procedures.content.form import Field
from haicap.domain.procedures.content.node import Node
from haicap.domain.procedures.content.reading_form import field_of
from haicap.domain.procedures.content.words import NOTHING, Words
from haicap.domain.procedures.content.workflow import organ_kind

LAYOUT = "haicap-neutral"  # our own layout, said so on the paper: no official layout is claimed


class Line(StrEnum):
    """Dòng của văn bản kết quả."""

    TEXT = "text"  # a sentence of ours
    VALUE = "value"  # label and a value


class Source(StrEnum):
    """Giá trị lấy từ hồ sơ: what a line may show besides answers and inputs."""

    DOSSIER_CODE = "dossier.code"
    RECEIVED_ON = "dossier.received_on"
    APPLICANT = "applicant.name"
    PROCEDURE = "procedure.name"
    DECIDED_ON = "decision.on"
    NUMBER = "decision.number"
    ORGAN = "organ.name"
    UNIT = "unit.name"
    SIGNER = "signer.name"


@dataclass(frozen=True, slots=True)
class BodyLine:
    """Một dòng: `source` is a question of the form, an input of the officer, or a Source."""

    kind: Line
    words: Words
    source: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """Một kết quả: code for machines, name as published."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class ResultTemplate:
    """Mẫu kết quả as data. No title = there is none.

    organ      kind of the organ whose name heads it; empty = the competent organ
    numbering  pattern over {n} (running number of the year) and {year}; empty = no number
    inputs     what the officer adds when drafting (number in a register, reason)
    """

    title: Words = NOTHING
    result: str = ""  # code of the result it prints; empty = the first
    organ: str = ""
    numbering: str = ""
    inputs: tuple[Field, ...] = ()
    body: tuple[BodyLine, ...] = ()
    layout: str = LAYOUT


NO_TEMPLATE = ResultTemplate()


def result_of(node: Node) -> Result:
    """One result out of a document."""
    node.closed("code", "name")
    return Result(node.key("code"), node.words("name", required=True))


def template_of(node: Node | None) -> ResultTemplate:
    """A result template out of a document."""
    if node is None or not node.closed("title", "result", "organ", "numbering", "inputs", "body", "layout"):
        return ResultTemplate()
    layout = node.text("layout", longest=40) or LAYOUT
    if layout != LAYOUT:
        node.wrong(
            gettext_noop("Chỉ có bố cục “%(layout)s”; không dựng lại mẫu chính thức."),
            "layout",
            layout=LAYOUT,
        )
    numbering = node.text("numbering", longest=60)
    if numbering and (
        "{n}" not in numbering or set("{}") & set(numbering.replace("{n}", "").replace("{year}", ""))
    ):
        node.wrong(
            gettext_noop("“numbering” cần {n}, có thể thêm {year}, không có ngoặc nhọn khác."), "numbering"
        )
    return ResultTemplate(
        title=node.words("title", required=True),
        result=node.text("result", longest=60),
        organ=organ_kind(node, "organ"),
        numbering=numbering,
        inputs=tuple(field_of(field) for field in node.items("inputs")),
        body=tuple(_line(line) for line in node.items("body")),
    )


def _line(node: Node) -> BodyLine:
    node.closed("kind", "words", "source")
    line = BodyLine(
        node.one_of("kind", Line), node.words("words", required=True), node.text("source", longest=80)
    )
    if (line.kind is Line.VALUE) != bool(line.source):
        node.wrong(gettext_noop("Dòng value cần “source”; dòng text không có."))
    return line
