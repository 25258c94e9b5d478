"""Dòng của hệ thống và sự cố: what readers are given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from haicap.domain.feedback.uptime.states import (
    SEVERITY,
    UNRESOLVED,
    Cause,
    Impact,
    IncidentState,
    SystemKind,
)


@dataclass(frozen=True, slots=True)
class SystemLine:
    """A system as readers see it."""

    code: str
    name: str
    name_en: str
    kind: SystemKind
    owner: str
    unit_uid: str
    address: str
    contact: str
    since: date | None
    until: date | None
    evidence: str
    source: str
    note: str
    probe_on: bool
    probe_url: str
    every_minutes: int
    timeout_seconds: int
    expect_status: int
    expect_text: str
    certificate_days: int
    failures: int
    calm_minutes: int
    version: int


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What was found or done."""

    at: datetime
    actor: str
    text: str
    public: bool


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident; `notes` only when it was asked for alone."""

    code: str
    system: str
    system_name: str
    system_name_en: str
    owner_organ: str
    unit_uid: str
    cause: Cause
    impact: Impact
    why: str
    text: str
    state: IncidentState
    owner: str
    ticket: str
    opened_by: str
    opened_at: datetime
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    reopened: int
    write_up: str
    version: int
    notes: tuple[NoteLine, ...] = ()

    @property
    def acknowledge_time(self) -> timedelta | None:
        """From the opening until somebody took it."""
        return self.acknowledged_at - self.opened_at if self.acknowledged_at else None

    @property
    def repair_time(self) -> timedelta | None:
        """From the opening until it was mended."""
        return self.resolved_at - self.opened_at if self.resolved_at else None

    @property
    def open(self) -> bool:
        """Not mended."""
        return self.state in UNRESOLVED


@dataclass(frozen=True, slots=True)
class WorkLine:
    """Planned work that was not called off."""

    pk: int
    system: str
    system_name: str
    system_name_en: str
    since_at: datetime
    until_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the incidents opened in a stretch of time; times of those that have them, None without any."""

    opened: int
    open_now: int
    resolved: int
    acknowledge_mean: timedelta | None
    repair_mean: timedelta | None
    repair_median: timedelta | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A system on the status page: the worst of what is open, and what is being worked on as planned."""

    system: SystemLine
    incidents: tuple[IncidentLine, ...] = field(default=())
    works: tuple[WorkLine, ...] = field(default=())

    @property
    def impact(self) -> Impact | None:
        """The worst open impact."""
        return min((i.impact for i in self.incidents), key=SEVERITY.__getitem__, default=None)
