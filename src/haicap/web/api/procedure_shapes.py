"""Hình dạng của câu trả lời về thủ tục: what the documents of the catalogue hold."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema


class DecisionOut(Schema):
    """Quyết định công bố."""

    number: str
    on: str | None
    organ: str
    kind: str = Field(description="new, amended, replaced, repealed, standardised")


class ProcedureOut(Schema):
    """Một phiên bản của thủ tục, một dòng."""

    code: str = Field(description="Mã quốc gia.", examples=["1.001193"])
    name: str
    field: str
    levels: list[str] = Field(description="ministry, province, commune, other")
    subjects: list[str]
    online: str = Field(description="full, partial, none, unknown")
    known_limit: bool = Field(description="false: chưa có thời hạn được xác minh, không hứa ngày nào.")
    complete: bool = Field(description="Có đủ biểu mẫu, giấy tờ, phí, các bước và mẫu kết quả.")
    valid_from: str | None
    valid_to: str | None = Field(description="Ngày đầu tiên không còn áp dụng; null: chưa có hạn cuối.")
    state: str = Field(description="published, replaced, repealed")
    decision: DecisionOut | None = Field(description="null: bản ghi của danh mục khởi đầu, xem origin.")
    origin: str
    evidence: str = Field(description="confirmed, unconfirmed, ours")
    confidence: str | None
    replaced_by: str | None


class ProceduresAnswer(Schema):
    on: str
    total: int
    procedures: list[ProcedureOut]
    next: str | None


class OrganOut(Schema):
    """Cơ quan giải quyết ở một đơn vị."""

    name: str
    kind: str | None = Field(description="null: chỉ biết tên như đã công bố.")


class RecordAnswer(Schema):
    """Bản ghi đầy đủ vào một ngày."""

    on: str
    code: str = Field(description="Mã nộp hồ sơ: mã địa phương khi tỉnh có bản riêng.")
    procedure: ProcedureOut
    local: bool = Field(description="true: có phần theo quyết định riêng của tỉnh.")
    competent: list[OrganOut] = Field(description="Chỉ khi hỏi kèm unit.")
    content: dict[str, Any] = Field(description="Nội dung theo lược đồ của danh mục; xem docs/api.md.")


class VersionsAnswer(Schema):
    code: str
    versions: list[ProcedureOut] = Field(description="Từ cũ đến mới.")


class DifferenceOut(Schema):
    """Một chỗ khác nhau."""

    section: str
    path: str
    change: str = Field(description="added, removed, changed, moved")
    before: Any = None
    after: Any = None


class DiffAnswer(Schema):
    code: str
    before: str = Field(description="Ngày của bản trước.")
    after: str
    differences: list[DifferenceOut]


class CountOut(Schema):
    """Một lĩnh vực và số thủ tục."""

    field: str
    procedures: int


class LifeEventOut(Schema):
    """Sự kiện đời sống."""

    key: str
    name: str
    name_en: str
    codes: list[str]


class EssentialOut(Schema):
    """Dịch vụ công thiết yếu; codes trống: danh mục chưa có mã."""

    number: int
    name: str
    codes: list[str]
    note: str


class FacetsAnswer(Schema):
    on: str
    total: int
    fields: list[CountOut]
    life_events: list[LifeEventOut]
    essential: list[EssentialOut]
