"""Sự kiện của phòng văn bản: what is recorded, with its sentence and its facts."""

from __future__ import annotations

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.kinds import Kind

LOADED = Kind(
    "law.loaded",
    gettext_noop("Nạp sổ văn bản: %(documents)s văn bản, %(relations)s quan hệ."),
    {"documents": int, "provisions": int, "relations": int, "texts": int, "owed": int, "source": str},
)
ENTERED = Kind(
    "law.entered",
    gettext_noop("Nhập vào sổ văn bản: %(documents)s văn bản, %(relations)s quan hệ."),
    {
        "documents": int,
        "provisions": int,
        "relations": int,
        "texts": int,
        "owed": int,
        "source": str,
        "slugs": list,  # documents touched, at most 200
    },
)
DOCUMENT_CORRECTED = Kind(
    "law.document_corrected",
    gettext_noop("Sửa thông tin văn bản %(number)s: %(fields)s."),
    {"slug": str, "number": str, "fields": list, "before": dict, "after": dict},
)
RELATION_WITHDRAWN = Kind(
    "law.relation_withdrawn",
    gettext_noop("Bỏ quan hệ “%(kind)s” của %(source)s với %(target)s."),
    {"kind": str, "source": str, "source_path": str, "target": str, "target_path": str, "id": int},
)
OWED_SETTLED = Kind(
    "law.owed_settled",
    gettext_noop("Văn bản còn nợ đã được ban hành: %(document)s."),
    {"document": str},
)
OWED_WITHDRAWN = Kind("law.owed_withdrawn", gettext_noop("Không còn phải ban hành văn bản này."), {})
OWED_REOPENED = Kind("law.owed_reopened", gettext_noop("Ghi lại là còn nợ."), {})
PROBLEM_REPORTED = Kind(
    "law.problem_reported",
    gettext_noop("Báo vướng mắc %(code)s về %(number)s."),
    {"code": str, "number": str, "path": str, "kind": str, "owner": str},
)
PROBLEM_ANSWERED = Kind("law.problem_answered", gettext_noop("Trả lời vướng mắc %(code)s."), {"code": str})
PROBLEM_MENDED = Kind(
    "law.problem_mended",
    gettext_noop("Vướng mắc %(code)s được giải quyết bằng %(document)s."),
    {"code": str, "document": str},
)
PROBLEM_WITHDRAWN = Kind("law.problem_withdrawn", gettext_noop("Rút vướng mắc %(code)s."), {"code": str})
