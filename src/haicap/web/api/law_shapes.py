"""Hình dạng của câu trả lời về văn bản: what the documents of the register of law hold."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema
from pydantic import ConfigDict


class IssuerOut(Schema):
    """Cơ quan ban hành."""

    code: str = Field(description="cp, qh, ubtvqh, ttg, ubnd, hdnd, ctubnd, mã bộ ngành …")
    name: str
    unit: str | None = Field(description="Định danh của đơn vị, với cơ quan địa phương.")


class DocumentOut(Schema):
    """Văn bản với ngày của chính nó; state là trạng thái suy ra vào ngày hỏi."""

    slug: str = Field(description="Tên trong địa chỉ; một số có thể có nhiều văn bản.")
    number: str = Field(examples=["151/2025/NĐ-CP"])
    kind: str
    normative: bool
    title: str
    issuer: IssuerOut
    issued_on: str | None
    effective_on: str | None
    sunset_on: str | None = Field(description="Ngày đầu tiên không còn hiệu lực theo chính văn bản.")
    sunset_clause: str
    territory: str | None
    owner: str = Field(description="Bộ trả lời về văn bản: mã loại cơ quan.")
    state: str = Field(
        description="not_yet, in_force, partly_ended, ended, partly_suspended, suspended, unknown"
    )
    evidence: str = Field(description="confirmed, unconfirmed, doubtful")
    source: str
    note: str
    eli: str
    akn: str


class DocumentsAnswer(Schema):
    on: str
    total: int
    documents: list[DocumentOut]
    next: str | None


class NamedOut(Schema):
    """Văn bản hoặc một vị trí trong văn bản."""

    slug: str | None
    number: str | None
    path: str = Field(description="art_5__para_1__point_đ; trống: cả văn bản.")
    place: str = Field(description="điều 5 khoản 1 điểm đ")


class StepOut(Schema):
    """Một mắt xích của lý do."""

    why: str = Field(
        description="commenced, sunset, replaced, repealed, suspended, resumed, extended, parent_ended, continued, former_area"
    )
    on: str
    by: NamedOut
    relation: str | None
    evidence: str | None


class EffectOut(Schema):
    """Quãng hiệu lực [since, until) và chuỗi lý do, nguyên nhân trước."""

    standing: str = Field(description="not_yet, in_force, suspended, ended, unknown")
    since: str | None
    until: str | None
    chain: list[StepOut]


class PartOut(Schema):
    """Một vị trí được biết của văn bản vào ngày hỏi."""

    path: str
    place: str
    heading: str
    text: str | None = Field(description="null: chưa có văn bản.")
    effect: EffectOut
    evidence: str
    note: str


class DocumentAnswer(Schema):
    on: str
    document: DocumentOut
    counts_in: bool | None = Field(
        description="Văn bản có áp dụng tại đơn vị hỏi không; null: không hỏi đơn vị."
    )
    effect: EffectOut = Field(description="Hiệu lực của cả văn bản, tại đơn vị hỏi nếu có.")
    spans: list[EffectOut] = Field(description="Mọi quãng hiệu lực.")


class ProvisionsAnswer(Schema):
    on: str
    slug: str
    provisions: list[PartOut]


class EffectAnswer(Schema):
    """Hiệu lực của một quy định vào một ngày."""

    on: str
    slug: str
    number: str
    path: str
    place: str
    effect: EffectOut
    spans: list[EffectOut]


class TieOut(Schema):
    """Quan hệ giữa hai quy định."""

    kind: str = Field(
        description="basis, details, amends, corrects, replaces, repeals, suspends, resumes, extends, consolidates, continues, cites"
    )
    source: NamedOut
    target: NamedOut
    since: str | None
    until: str | None
    territory: str | None
    evidence: str
    told_in: str
    note: str


class RelationsAnswer(Schema):
    slug: str
    acting: list[TieOut] = Field(description="Văn bản này tác động lên văn bản khác.")
    suffering: list[TieOut] = Field(description="Văn bản khác tác động lên văn bản này.")


class LawChangeOut(Schema):
    """Quy định bắt đầu, hết, ngưng hoặc trở lại hiệu lực."""

    on: str
    what: NamedOut
    before: str
    after: str
    step: StepOut | None


class LawChangesAnswer(Schema):
    model_config = ConfigDict(populate_by_name=True)
    from_: str = Field(alias="from")
    to: str
    total: int
    changes: list[LawChangeOut]
    next: str | None


class OwedOut(Schema):
    """Văn bản còn nợ."""

    called_for_by: NamedOut
    kind: str
    subject: str
    holder: str
    due_on: str | None
    state: str = Field(description="open, issued, withdrawn")
    fulfilled_by: NamedOut | None
    late: int = Field(description="Số ngày quá hạn tính đến ngày hỏi.")
    evidence: str
    source: str
    note: str


class OwedAnswer(Schema):
    on: str
    owed: list[OwedOut]


class CitedOut(Schema):
    """Một chỗ dẫn chiếu trong đoạn chữ; found trống: sổ chưa có văn bản này."""

    text: str
    start: int
    end: int
    citation: str
    found: list[NamedOut]


class CitationsAnswer(Schema):
    citations: list[CitedOut]


class CitationsIn(Schema):
    """Đoạn chữ có dẫn chiếu."""

    text: str = Field(max_length=20_000, examples=["điểm a khoản 1 Điều 5 Nghị định 151/2025/NĐ-CP"])


class LawTablesIn(Schema):
    """Năm bảng như tệp JSON xuất ra (/export/law.json); mọi ô là chữ, ngày viết 2025-07-01."""

    documents: list[dict[str, str | None]] = Field(
        [], description="number, issuer, issued_on, kind, title, effective_on, sunset_on, …"
    )
    provisions: list[dict[str, str | None]] = Field(
        [], description="document, place, heading, since, until, …"
    )
    texts: list[dict[str, str | None]] = Field([], description="document, place, since, until, text, …")
    relations: list[dict[str, str | None]] = Field(
        [], description="document, place, kind, target, target_place, since, until, territory, …"
    )
    owed: list[dict[str, str | None]] = Field(
        [], description="document, place, kind, subject, holder, due_on, …"
    )


class LawEntered(Schema):
    """Đã nhập, hoặc (dry_run) sẽ nhập gì và hiệu lực nào đổi theo."""

    dry_run: bool
    counts: dict[str, int] = Field(description="Số dòng mới của từng bảng.")
    new: list[str] = Field(description="Số của văn bản mới.")
    gained: list[LawChangeOut] = Field(description="Thay đổi hiệu lực của văn bản đã có trong sổ sẽ có thêm.")
    lost: list[LawChangeOut] = Field(description="Thay đổi hiệu lực sẽ không còn.")


Linked = dict[str, Any]  # JSON-LD
