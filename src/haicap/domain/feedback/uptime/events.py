"""Sự kiện của hệ thống và sự cố: what is recorded, with its sentence and its facts."""

from __future__ import annotations

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.kinds import Kind

LOADED = Kind(
    "feedback.systems_loaded", gettext_noop("Nạp danh mục hệ thống: %(systems)s hệ thống."), {"systems": int}
)
ADDED = Kind(
    "feedback.system_added", gettext_noop("Thêm hệ thống %(code)s."), {"code": str, "owner": str, "unit": str}
)
CHANGED = Kind(
    "feedback.system_changed",
    gettext_noop("Sửa hệ thống %(code)s: %(fields)s."),
    {"code": str, "fields": list, "before": dict, "after": dict},
)
PLANNED = Kind(
    "feedback.probing_planned",
    gettext_noop("Đặt kế hoạch thăm dò hệ thống %(code)s: %(switch)s."),
    {"code": str, "switch": str, "before": dict, "after": dict},
)
RETIRED = Kind(
    "feedback.system_retired", gettext_noop("Hệ thống %(code)s ngừng từ %(on)s."), {"code": str, "on": str}
)

INCIDENT_OPENED = Kind(
    "feedback.incident_opened",
    gettext_noop("Mở sự cố %(code)s của hệ thống %(system)s."),
    {"code": str, "system": str, "cause": str, "impact": str, "why": str, "ticket": str, "since": str},
)
INCIDENT_ACKNOWLEDGED = Kind(
    "feedback.incident_acknowledged",
    gettext_noop("Nhận xử lý sự cố %(code)s."),
    {"code": str, "seconds": int},
)
INCIDENT_NOTED = Kind(
    "feedback.incident_noted", gettext_noop("Ghi diễn biến sự cố %(code)s."), {"code": str, "public": bool}
)
INCIDENT_RESOLVED = Kind(
    "feedback.incident_resolved",
    gettext_noop("Khắc phục xong sự cố %(code)s."),
    {"code": str, "seconds": int, "by_rule": bool},
)
INCIDENT_REOPENED = Kind(
    "feedback.incident_reopened",
    gettext_noop("Mở lại sự cố %(code)s."),
    {"code": str, "by_rule": bool, "why": str},
)
INCIDENT_WRITTEN_UP = Kind(
    "feedback.incident_written_up",
    gettext_noop("Ghi nguyên nhân và bài học của sự cố %(code)s."),
    {"code": str},
)
WORK_PLANNED = Kind(
    "feedback.work_planned",
    gettext_noop("Báo trước bảo trì hệ thống %(system)s."),
    {"system": str, "work": int, "since": str, "until": str},
)
WORK_CANCELLED = Kind(
    "feedback.work_cancelled",
    gettext_noop("Hủy đợt bảo trì hệ thống %(system)s."),
    {"system": str, "work": int},
)
