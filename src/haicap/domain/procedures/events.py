"""Sự kiện của phòng thủ tục: what is recorded, with its sentence and its facts."""

from __future__ import annotations

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.kinds import Kind

CATALOGUE_LOADED = Kind(
    "procedures.catalogue_loaded",
    gettext_noop("Nạp danh mục thủ tục: %(procedures)s thủ tục, %(complete)s đủ để nộp trọn gói, %(refused)s dòng bị từ chối."),
    {"procedures": int, "complete": int, "refused": int, "without_limit": int, "source": str},
)  # fmt: skip
TABLE_IMPORTED = Kind(
    "procedures.table_imported",
    gettext_noop("Nhập bảng thủ tục: %(drafts)s dự thảo, bỏ qua %(skipped)s dòng."),
    {"drafts": int, "skipped": int, "codes": list, "source": str},
)
VERSION_DRAFTED = Kind(
    "procedures.version_drafted",
    gettext_noop("Lập dự thảo thủ tục %(code)s."),
    {"code": str, "province": str},
)
VERSION_CHANGED = Kind(
    "procedures.version_changed",
    gettext_noop("Sửa dự thảo thủ tục %(code)s: %(sections)s."),
    {"code": str, "sections": list},
)
VERSION_SUBMITTED = Kind(
    "procedures.version_submitted", gettext_noop("Trình dự thảo thủ tục %(code)s."), {"code": str}
)
VERSION_RETURNED = Kind(
    "procedures.version_returned", gettext_noop("Trả lại dự thảo thủ tục %(code)s."), {"code": str}
)
VERSION_DROPPED = Kind(
    "procedures.version_dropped", gettext_noop("Bỏ dự thảo thủ tục %(code)s."), {"code": str}
)
VERSION_PUBLISHED = Kind(
    "procedures.version_published",
    gettext_noop("Công bố thủ tục %(code)s theo %(decision)s, áp dụng từ %(since)s."),
    {"code": str, "decision": str, "kind": str, "since": str, "replaces": int, "province": str},
)
VERSION_REPLACED = Kind(
    "procedures.version_replaced",
    gettext_noop("Phiên bản của thủ tục %(code)s được thay từ %(until)s."),
    {"code": str, "until": str, "by": int},
)
VERSION_REPEALED = Kind(
    "procedures.version_repealed",
    gettext_noop("Thủ tục %(code)s hết áp dụng từ %(until)s theo %(decision)s."),
    {"code": str, "until": str, "decision": str, "replaced_by": str},
)
VERSION_SHOWN = Kind(
    "procedures.version_shown",
    gettext_noop("Công khai thủ tục %(code)s ngày %(on)s."),
    {"code": str, "on": str},
)
SYNONYM_ADDED = Kind(
    "procedures.synonym_added",
    gettext_noop("Thêm từ đồng nghĩa “%(said)s” = “%(meant)s”."),
    {"said": str, "meant": str},
)
SYNONYM_DROPPED = Kind(
    "procedures.synonym_dropped",
    gettext_noop("Bỏ từ đồng nghĩa “%(said)s” = “%(meant)s”."),
    {"said": str, "meant": str},
)
LIFE_EVENT_PUT = Kind(
    "procedures.life_event_put",
    gettext_noop("Ghi sự kiện đời sống “%(key)s” với %(procedures)s thủ tục."),
    {"key": str, "procedures": int},
)
LIFE_EVENT_DROPPED = Kind(
    "procedures.life_event_dropped", gettext_noop("Bỏ sự kiện đời sống “%(key)s”."), {"key": str}
)
POWERS_LOADED = Kind(
    "procedures.powers_loaded",
    gettext_noop("Nạp thẩm quyền mà thủ tục thực hiện: %(loaded)s dòng, %(skipped)s dòng không có trong sổ."),
    {"loaded": int, "skipped": int, "source": str},
)
POWER_NAMED = Kind(
    "procedures.power_named",
    gettext_noop("Thủ tục %(code)s thực hiện thẩm quyền %(power)s."),
    {"code": str, "power": str, "role": str, "condition": str, "evidence": str},
)
POWER_DROPPED = Kind(
    "procedures.power_dropped",
    gettext_noop("Thủ tục %(code)s không còn ghi thẩm quyền %(power)s."),
    {"code": str, "power": str, "role": str, "condition": str},
)
