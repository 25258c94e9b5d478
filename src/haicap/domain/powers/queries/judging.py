"""Xét một dòng: whether an assertion may stand in the register, and which document it cites. Nothing is written."""

from __future__ import annotations

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law import queries as law
from haicap.domain.powers import rules
from haicap.domain.powers.formats.rows import AssertionLine, PowerLine
from haicap.domain.powers.states import OTHER_ORGANS
from haicap.domain.units.organs import KINDS

UNKNOWN_POWER = gettext_noop("Dòng %(row)s: sổ không có thẩm quyền %(name)s.")
UNKNOWN_ORGAN = gettext_noop("Dòng %(row)s: không có loại cơ quan “%(name)s”.")
UNKNOWN_UNIT = gettext_noop("Dòng %(row)s: không có đơn vị mang mã định danh %(name)s.")
UNKNOWN_PARENT = gettext_noop("Dòng %(row)s: thẩm quyền này không có quy định gốc mã %(name)s.")
CODE_TAKEN = gettext_noop("Dòng %(row)s: mã %(name)s đã được dùng. Xin để trống hoặc chọn mã khác.")
DIFFERS = gettext_noop(
    "Dòng %(row)s: thẩm quyền %(name)s đã có trong sổ với nội dung khác. Xin dùng mã khác."
)


def bad(code: str, sentence: str, n: int, name: str) -> Refused:
    """A refusal that names the row and what is wrong in it."""
    return Refused(code, sentence, params={"row": n, "name": name})


def check_line(n: int, line: AssertionLine, power: PowerLine) -> None:
    """What can be said of a row and its power by themselves.

    Refused `unknown_organ`, `dates_order`, `district_after_reform`, `parent_missing`, `parent_unfit`,
    `bad_condition`, `unknown_attribute`, `unknown_value`.
    """
    if line.organ not in KINDS and line.organ not in OTHER_ORGANS:
        raise bad("unknown_organ", UNKNOWN_ORGAN, n, line.organ)
    rules.check_days(n, line)
    rules.check_parent(n, line)
    rules.check_condition(n, line, power)


def cited(n: int, line: AssertionLine) -> law.Doc | None:
    """The document a row cites; None where words stand for it. Refused `uncited`, `unknown_document`, `many_documents`."""
    number = line.document.partition("|")[0].strip()
    if not number and line.citation:
        return None
    if not number:
        raise bad(
            "uncited",
            gettext_noop("Dòng %(row)s: thẩm quyền phải có căn cứ. Xin ghi số văn bản (%(name)s)."),
            n,
            "document",
        )
    found = law.named(line.document)
    if line.unit and len(found) > 1:
        found = [doc for doc in found if doc.issuer_uid in ("", line.unit)] or found
    if not found:
        raise bad(
            "unknown_document",
            gettext_noop("Dòng %(row)s: sổ văn bản chưa có %(name)s. Xin nhập văn bản đó trước."),
            n,
            number,
        )
    if len(found) > 1:
        raise bad(
            "many_documents",
            gettext_noop("Dòng %(row)s: có nhiều văn bản số %(name)s. Xin ghi “số | cơ quan | ngày”."),
            n,
            number,
        )
    return found[0]
