"""Hình dạng của câu trả lời về trạng thái hệ thống."""

from __future__ import annotations

from ninja import Field, Schema


class SystemOut(Schema):
    """Hệ thống."""

    code: str = Field(examples=["tthc-15"])
    name: str
    name_en: str
    kind: str = Field(description="own, national, ministry, province, other")
    owner: str = Field(description="Mã loại cơ quan chịu trách nhiệm.")
    unit: str = Field(description="Định danh của tỉnh; trống: trung ương.")
    address: str
    evidence: str
    state: str = Field(description="up, degraded, down, maintenance; unknown: chưa theo dõi.")
    since: str | None
    probed_at: str | None
    share: float | None = Field(description="Phần lần thăm dò đạt trong 90 ngày, 0 đến 1.")


class IncidentOut(Schema):
    """Sự cố."""

    code: str = Field(examples=["SC-2026-0007"])
    system: str
    cause: str = Field(description="probe, hand")
    impact: str = Field(description="down, degraded, warning")
    why: str
    text: str
    state: str = Field(description="open, acknowledged, resolved")
    opened_at: str
    acknowledged_at: str | None
    resolved_at: str | None
    reopened: int
    write_up: str


class WorkOut(Schema):
    """Bảo trì báo trước."""

    system: str
    since: str
    until: str
    text: str


class SystemsAnswer(Schema):
    at: str
    systems: list[SystemOut]
    incidents: list[IncidentOut]
    planned: list[WorkOut]


class DayOut(Schema):
    """Một ngày."""

    on: str
    good: int
    failed: int
    ms: int
    slowest: int


class DaysAnswer(Schema):
    system: str
    days: list[DayOut]
