"""Quy trình nội bộ: the working steps of a dossier, each with its role and its share of the limit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from haicap.base.citation import Citation
from haicap.base.words import gettext_noop
from haicap.domain.procedures.content.node import Node
from haicap.domain.procedures.content.words import UNCITED, Evidence, Words
from haicap.domain.units.organs import KINDS, Role


class StepKind(StrEnum):
    """Việc của một bước."""

    RECEIVE = "receive"  # tiếp nhận, kiểm tra, số hóa
    ASSIGN = "assign"  # phân công
    EXAMINE = "examine"  # thẩm định, dự thảo kết quả
    CONSULT = "consult"  # lấy ý kiến, xác minh
    REVIEW = "review"  # soát xét
    SIGN = "sign"  # ký kết quả
    ISSUE = "issue"  # vào số, đóng dấu, phát hành
    RETURN = "return"  # trả kết quả


@dataclass(frozen=True, slots=True)
class Step:
    """Một bước.

    organ  kind of the organ that does it (units.organs); empty = the competent organ
    share  part of the limit, 0 … 1 (0: the time is not counted)
    """

    key: str
    name: Words
    kind: StepKind
    role: Role
    share: Decimal
    organ: str = ""


@dataclass(frozen=True, slots=True)
class Workflow:
    """Quy trình: steps in order; shares add up to 1."""

    steps: tuple[Step, ...] = ()
    note: str = ""
    citation: Citation = UNCITED
    evidence: Evidence = Evidence.OURS


NO_WORKFLOW = Workflow()


def workflow_of(node: Node | None) -> Workflow:
    """A workflow out of a document; without steps when there is none."""
    if node is None or not node.closed("steps", "note", "citation", "evidence"):
        return Workflow()
    flow = Workflow(
        tuple(_step(step) for step in node.items("steps")),
        node.text("note"),
        node.citation("citation"),
        node.one_of("evidence", Evidence, Evidence.OURS),
    )
    _check(flow, node)
    return flow


def _step(node: Node) -> Step:
    node.closed("key", "name", "kind", "role", "share", "organ")
    return Step(
        node.key(),
        node.words("name", required=True),
        node.one_of("kind", StepKind),
        node.one_of("role", Role),
        _share(node),
        organ_kind(node, "organ"),
    )


def organ_kind(node: Node, key: str) -> str:
    """A kind of organ of the units room, or nothing."""
    found = node.text(key, longest=60)
    if found and found not in KINDS:
        node.wrong(gettext_noop("Không có loại cơ quan “%(kind)s”."), key, kind=found)
        return ""
    return found


def _share(node: Node) -> Decimal:
    found = node.value.get("share") if isinstance(node.value, dict) else None
    try:
        share = Decimal(str(found)) if not isinstance(found, bool) else Decimal(-1)
    except InvalidOperation:
        share = Decimal(-1)
    if not share.is_finite() or not 0 <= share <= 1:
        node.wrong(gettext_noop("“share” là phần của thời hạn, số từ 0 đến 1, ví dụ 0.25."), "share")
        return Decimal(0)
    return share


def _check(flow: Workflow, node: Node) -> None:
    keys = [step.key for step in flow.steps]
    for key in sorted({k for k in keys if keys.count(k) > 1}):
        node.wrong(gettext_noop("Hai bước cùng khóa “%(key)s”."), "steps", key=key)
    total = sum((step.share for step in flow.steps), Decimal(0))
    if total != 1:
        node.wrong(gettext_noop("Các phần “share” cộng lại là %(total)s, phải đúng 1."), "steps", total=total)
    kinds = [step.kind for step in flow.steps]
    if not kinds or kinds[0] is not StepKind.RECEIVE or kinds[-1] is not StepKind.RETURN:
        node.wrong(gettext_noop("Bước đầu phải là receive, bước cuối phải là return."), "steps")
    if StepKind.SIGN not in kinds:
        node.wrong(gettext_noop("Cần ít nhất một bước sign: có người ký kết quả."), "steps")
