"""Thành phần hồ sơ: papers to hand in, and notes that are no papers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from haicap.base.citation import Citation
from haicap.domain.procedures.content.conditions import ALWAYS, Condition
from haicap.domain.procedures.content.node import Node
from haicap.domain.procedures.content.reading_form import condition_at
from haicap.domain.procedures.content.words import UNCITED, Evidence, Words


class PaperKind(StrEnum):
    """Loại dòng trong thành phần hồ sơ."""

    DOCUMENT = "document"  # a paper to hand in or show
    NOTE = "note"  # an explanation that the record lists among papers; nothing is handed in


@dataclass(frozen=True, slots=True)
class Paper:
    """Giấy tờ.

    originals, copies  how many; None = the source does not say
    required           must be there when `condition` holds; False: at will
    template           name of the form to fill ("Mẫu CT01"), never its layout
    by_data            may be replaced by data the state already holds
    case               the case of the record it belongs to, as published; empty = every case
    """

    code: str
    name: Words
    kind: PaperKind = PaperKind.DOCUMENT
    originals: int | None = None
    copies: int | None = None
    required: bool = True
    condition: Condition = ALWAYS
    template: str = ""
    by_data: bool = False
    case: str = ""
    note: str = ""
    citation: Citation = UNCITED
    evidence: Evidence = Evidence.UNCONFIRMED


_PAPER = (
    "code name kind originals copies required condition template by_data case note citation evidence".split()
)


def paper_of(node: Node) -> Paper:
    """One paper out of a document."""
    node.closed(*_PAPER)
    return Paper(
        code=node.key("code"),
        name=node.words("name", required=True),
        kind=node.one_of("kind", PaperKind, PaperKind.DOCUMENT),
        originals=node.whole("originals", low=0, high=99),
        copies=node.whole("copies", low=0, high=99),
        required=node.flag("required", default=True),
        condition=condition_at(node),
        template=node.text("template", longest=200),
        by_data=node.flag("by_data"),
        case=node.text("case", longest=300),
        note=node.text("note"),
        citation=node.citation("citation"),
        evidence=node.one_of("evidence", Evidence, Evidence.UNCONFIRMED),
    )
