"""Hình dạng của câu trả lời về thẩm quyền: what the documents of the register of powers hold."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema


class PowerOut(Schema):
    """Thẩm quyền, một dòng."""

    code: str = Field(examples=["dat-dai.thu-hoi"])
    sort: str = Field(description="power: thẩm quyền; function: lĩnh vực công tác của cơ quan.")
    name: str
    name_en: str
    field: str
    attributes: dict[str, list[Any]] = Field(description="Giá trị kể tên, hoặc [thấp, cao) với số.")
    level: str
    owner: str = Field(description="Bộ trả lời: mã loại cơ quan.")
    evidence: str
    source: str
    note: str


class PowersAnswer(Schema):
    total: int
    powers: list[PowerOut]
    next: str | None


class AssertionOut(Schema):
    """Quy định thẩm quyền như đã nhập; units trống: mọi nơi."""

    code: str
    role: str = Field(description="decide, sign, appraise, receive, consult, supervise, inspect, publish")
    organ: str
    unit: str | None
    level: str
    units: list[str]
    condition: str
    since: str | None
    until: str | None
    mode: str = Field(description="original, delimitation, assignment, delegation, authorisation, override")
    parent: str | None
    citation: str
    document: str | None = Field(description="slug của văn bản; null: sổ văn bản chưa có.")
    path: str
    reading: str
    no_fallback: bool
    evidence: str
    source: str
    note: str
    recorded_at: str


class StretchOut(Schema):
    """Những ngày một quy định có hiệu lực, theo văn bản."""

    assertion: str
    since: str | None
    until: str | None


class PowerAnswer(Schema):
    power: PowerOut
    believed_at: str | None = Field(description="Sổ như tại thời điểm này; null: hiện nay.")
    assertions: list[AssertionOut]
    stretches: list[StretchOut] = Field(description="Theo văn bản như biết hiện nay.")


class HolderOut(Schema):
    """Cơ quan có thẩm quyền."""

    organ: str = Field(description="Mã loại cơ quan.")
    level: str
    mode: str
    citation: str
    name: str
    unit: str | None = Field(description="Định danh của đơn vị có cơ quan đó.")
    role: str
    condition: str
    since: str | None
    until: str | None
    assertion: str
    parent: str | None
    document: str | None
    path: str
    evidence: str


class FindingOut(Schema):
    """Phát hiện của bộ rà soát; units là mã xã, trống với everywhere."""

    key: str
    kind: str
    power: str
    role: str
    units: list[str]
    interval: list[str | None] = Field(description="[từ, đến)")
    case: str
    citations: list[str]
    reason: str | None = Field(None, description="Chỉ với omission: a–h.")
    note: str | None = None
    everywhere: bool
    assertions: list[str]
    owner: str
    state: str = Field(description="open, accepted, to_be_amended, answered, gone")
    found_at: str
    decided_at: str | None
    gone_at: str | None
    gone_why: str | None


class PowerHeld(Schema):
    """Một thẩm quyền mà thủ tục thực hiện, hoặc thẩm quyền được hỏi, và ai có."""

    power: str
    name: str
    role: str
    case: dict[str, Any]
    holders: list[HolderOut] = Field(description="Trống: không ai có; nhiều: chồng chéo hoặc được ủy quyền.")
    findings: list[FindingOut]


class HolderAnswer(Schema):
    """Ai có thẩm quyền. holders và findings là của dòng đầu trong asked."""

    on: str
    unit: str
    believed_at: str | None
    holders: list[HolderOut]
    findings: list[FindingOut]
    asked: list[PowerHeld]


class FindingsAnswer(Schema):
    checked_at: str | None
    stale: bool = Field(
        description="true: sổ đã đổi từ lần rà soát cuối, sẽ được rà soát lại trong một phút."
    )
    total: int
    findings: list[FindingOut]
    next: str | None


class PowerTablesIn(Schema):
    """Hai bảng như tệp JSON xuất ra (/export/powers.json). Đơn vị theo mã hoặc định danh."""

    powers: list[dict[str, Any]] = Field(
        [], description="code, name, level, sort, field, attributes, owner, …"
    )
    assertions: list[dict[str, Any]] = Field(
        [],
        description="power, role, organ, level, units, condition, since, until, mode, parent, document, place, …",
    )


class ShiftOut(Schema):
    """Ai có thẩm quyền trước và sau khi nhập."""

    power: str
    role: str
    on: str
    before: list[dict[str, str]]
    after: list[dict[str, str]]


class PowersEntered(Schema):
    """Đã nhập, hoặc (dry_run) sẽ nhập gì và điều gì đổi theo."""

    dry_run: bool
    powers: int
    assertions: int
    codes: list[str] = Field(description="Mã của quy định mới.")
    shifts: list[ShiftOut]
    closed: list[dict[str, Any]] = Field(description="Phát hiện sẽ không còn.")
    opened: list[dict[str, Any]] = Field(description="Phát hiện sẽ có thêm.")
