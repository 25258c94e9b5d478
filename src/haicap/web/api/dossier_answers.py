"""Hình dạng của hồ sơ: what the calls of dossiers give."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema


class TakenOut(Schema):
    """Hồ sơ sau việc vừa làm."""

    code: str
    state: int = Field(description="Mã trạng thái quốc gia, 1 đến 10.")
    version: int
    step: int
    due_at: str | None
    promised_at: str | None
    alarm: str


class SheetOut(Schema):
    sheet: str = Field(description="Số phiếu bàn giao.")
    dossiers: int


class TakenOverOut(Schema):
    dossiers: int


class DossierLine(TakenOut):
    """Hồ sơ, một dòng; applicant để trống khi người gọi không được xem dữ liệu cá nhân."""

    procedure: str
    unit: str
    channel: int
    filed_at: str
    received_at: str | None
    applicant: str


class DossiersAnswer(Schema):
    level: str = Field(description="nation, province, commune hoặc none: phạm vi của người gọi.")
    dossiers: list[DossierLine]
    next: str | None


class PersonOut(Schema):
    name: str
    kind: str
    number: str
    phone: str
    email: str
    address: str
    proxy: str


class ComponentOut(Schema):
    id: str
    paper: str
    name: str
    originals: int
    copies: int
    origin: str
    file: str | None = Field(description="Địa chỉ tải tệp.")


class ChargeOut(Schema):
    key: str
    name: str
    amount: int
    settled: bool


class ResultOut(Schema):
    number: str
    title: str
    signed_at: str | None
    revoked_at: str | None
    key: str = Field(description="Khóa để kiểm tra công khai.")


class EventOut(Schema):
    """Sự kiện trong sổ: chỉ mã và số, không có dữ liệu cá nhân."""

    dossier: str
    seq: int
    kind: str
    at: str
    recorded_at: str
    actor: str
    data: dict[str, Any]
    hash: str


class DossierAnswer(DossierLine):
    person: PersonOut
    answers: dict[str, Any]
    decided_at: str | None
    outcome: str
    finished_at: str | None
    returned_at: str | None
    ended_at: str | None
    supplements: int
    components: list[ComponentOut]
    charges: list[ChargeOut]
    owed: int
    results: list[ResultOut]
    events: list[EventOut]
    can: list[str] = Field(description="Việc người gọi làm được ngay bây giờ.")


class EventsAnswer(Schema):
    events: list[EventOut]
    cursor: str
    more: bool


class BulkLine(Schema):
    """Trả lời cho một hồ sơ: dossier khi đã nộp, problem khi bị từ chối."""

    dossier: TakenOut | None
    problem: dict[str, Any] | None


class BulkAnswer(Schema):
    filed: int
    refused: int
    answers: list[BulkLine]


class StoredOut(Schema):
    id: str
    size: int
    media_type: str
    sha256: str
