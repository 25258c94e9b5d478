"""Sự kiện của phòng thẩm quyền: what is recorded, with its sentence and its facts."""

from __future__ import annotations

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.kinds import Kind

LOADED = Kind(
    "powers.loaded",
    gettext_noop("Nạp sổ thẩm quyền: %(powers)s thẩm quyền, %(assertions)s quy định."),
    {"powers": int, "assertions": int, "source": str},
)
ENTERED = Kind(
    "powers.entered",
    gettext_noop("Nhập vào sổ thẩm quyền: %(powers)s thẩm quyền, %(assertions)s quy định."),
    {"powers": int, "assertions": int, "source": str, "touched": list, "codes": list},
)
CORRECTED = Kind(
    "powers.assertion_corrected",
    gettext_noop("Sửa quy định thẩm quyền %(code)s: %(fields)s."),
    {"code": str, "power": str, "fields": list, "before": dict, "after": dict},
)
WITHDRAWN = Kind(
    "powers.assertion_withdrawn",
    gettext_noop("Bỏ quy định thẩm quyền %(code)s."),
    {"code": str, "power": str},
)
CHECKED = Kind(
    "powers.checked",
    gettext_noop("Rà soát sổ thẩm quyền: %(new)s phát hiện mới, %(gone)s phát hiện không còn."),
    {"generation": int, "new": int, "gone": int, "changed": int, "open": int},
)
CASE_DECIDED = Kind(
    "powers.case_decided",
    gettext_noop("Quyết định về một phát hiện: %(state)s."),
    {"state": str, "kind": str, "power": str},
)
CASE_REOPENED = Kind(
    "powers.case_reopened",
    gettext_noop("Mở lại một phát hiện."),
    {"kind": str, "power": str},
)
SURVEYED = Kind(
    "powers.surveyed",
    gettext_noop("Trả lời khảo sát khả năng thực hiện %(power)s: %(answer)s."),
    {"round": str, "power": str, "unit": str, "answer": str, "difficulties": list, "addressee": str},
)
