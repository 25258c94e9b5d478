"""Hình dạng của câu trả lời: what the documents of the API hold. Descriptions are for readers of the reference."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

MOST_AT_ONCE = 1000
Share = Literal["all", "part", "none", "unknown", ""]


class Brief(Schema):
    """Đơn vị, một dòng."""

    uid: str = Field(description="Định danh bền vững; mã có thể được dùng lại, định danh thì không.")
    code: str = Field(
        description="Mã của cơ quan thống kê: tỉnh 2, huyện 3, xã 5 chữ số.", examples=["26740"]
    )
    kind: str
    name: str = Field(examples=["Phường Sài Gòn"])


class UnitOut(Brief):
    """Đơn vị vào một ngày."""

    tier: str = Field(description="nation, province, district, commune, area")
    short_name: str
    title: str = Field(description="Tên viết đầy đủ như trong địa chỉ.")
    above: list[Brief] = Field(description="Các cấp trên, từ gần đến xa.")
    valid_from: str | None = Field(description="Ngày đầu của phiên bản; null: trước mốc dữ liệu.")
    valid_to: str | None = Field(description="Ngày đầu tiên không còn hiệu lực; null: đang có hiệu lực.")
    citation: str
    evidence: str = Field(description="confirmed: điều khoản đã được đọc; unconfirmed: chưa, xem note.")
    note: str


class UnitAnswer(Schema):
    on: str
    unit: UnitOut


class VersionOut(Brief):
    """Phiên bản của đơn vị, hoặc một lần mang mã."""

    valid_from: str | None
    valid_to: str | None
    citation: str
    evidence: str


class CodeAnswer(Schema):
    code: str
    holders: list[VersionOut] = Field(description="Ai đã mang mã này, theo thời gian.")


class EdgeOut(Schema):
    """Quan hệ kế thừa: phần nào của đơn vị này sang đơn vị kia, theo điều khoản nào."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Brief = Field(alias="from")
    to: Brief
    effective_on: str
    relation: str = Field(description="whole, part, rest, kept, renamed, kind_changed")
    area_share: Share
    people_share: Share
    citation: str
    evidence: str
    note: str


class FateOut(Brief):
    """Đơn vị đến được qua dòng kế thừa."""

    title: str
    whole: bool = Field(description="Toàn bộ đơn vị sang đó, qua mọi lần sắp xếp.")
    population: bool = Field(description="Toàn bộ dân số sang đó.")
    citations: list[str]


class LineageAnswer(Schema):
    on: str
    unit: UnitOut
    versions: list[VersionOut]
    predecessors: list[EdgeOut]
    successors: list[EdgeOut]
    came_from: list[FateOut] = Field(description="Đơn vị ở mốc dữ liệu mà đơn vị này có từ đó.")
    became: list[FateOut] = Field(description="Đơn vị hiện nay mà đơn vị này trở thành.")
    became_on: str


class ListAnswer(Schema):
    on: str
    units: list[UnitOut]
    next: str | None = Field(description="Con trỏ đọc tiếp (tham số after); null: hết.")


class MapUnit(Brief):
    parent_code: str
    evidence: str


class MapAnswer(Schema):
    on: str
    tier: str
    total: int
    units: list[MapUnit]
    next: str | None


class ChangeOut(Schema):
    what: Literal["born", "ended", "renamed", "kind_changed", "moved"]
    before: Brief | None
    after: Brief | None


class ChangesAnswer(Schema):
    model_config = ConfigDict(populate_by_name=True)

    from_: str = Field(alias="from")
    to: str
    total: int
    changes: list[ChangeOut]
    next: str | None


class OrganOut(Schema):
    kind: str
    level: str
    name: str
    basis: str = Field(description="Căn cứ pháp lý.")
    evidence: str
    note: str


class OrgansAnswer(Schema):
    on: str
    unit: Brief
    organs: list[OrganOut]


class AddressIn(Schema):
    address: str = Field(
        description="Địa chỉ như người dân viết, cũ hoặc mới.",
        examples=["12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM"],
    )
    on: str = Field("", description="Ngày hỏi (2025-07-01 hoặc 01/07/2025); để trống: hôm nay.")


class AddressesIn(Schema):
    addresses: list[str] = Field(max_length=MOST_AT_ONCE, description=f"Tối đa {MOST_AT_ONCE} địa chỉ.")
    on: str = ""


class LegacyOut(Schema):
    code: str
    name: str


class CandidateOut(Schema):
    uid: str
    code: str
    name: str
    province: str
    area_share: Share = Field(description="Phần diện tích của đơn vị cũ sang đơn vị này.")
    people_share: Share
    citation: str
    current: bool = Field(description="Đọc địa chỉ là đơn vị đang có hiệu lực.")
    population: bool = Field(description="Đơn vị này nhận toàn bộ dân số của đơn vị bị chia.")


class ReadingOut(Schema):
    role: str
    words: str
    read_as: str
    corrected: bool


class AddressOut(Schema):
    """Câu trả lời cho một địa chỉ. Hệ thống không đoán."""

    status: Literal["unique", "split", "ambiguous", "not_found"]
    code: str = Field(description="Chỉ có khi unique.")
    unit: str
    province: str
    population_code: str = Field(description="Chỉ khi split: đơn vị nhận toàn bộ dân số, nếu có.")
    legacy: list[LegacyOut] = Field(description="Đơn vị cũ mà địa chỉ được đọc là.")
    citation: str
    error: str = Field(description="Lý do khi not_found.")
    candidates: list[CandidateOut]
    readings: list[ReadingOut]


class AddressAnswer(AddressOut):
    on: str


class AddressesAnswer(Schema):
    on: str
    answers: list[AddressOut] = Field(description="Cùng thứ tự với danh sách gửi lên.")


class ConversionOut(Schema):
    """Một danh sách đang được chuyển đổi."""

    key: str = Field(description="Khóa bí mật: ai có khóa thì đọc được kết quả.")
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    on: str
    form: str
    column: str
    encoding: str
    rows: int
    done: int
    unreadable: int
    percent: int
    problem: str
    keep_until: str
    result: str | None = Field(description="Địa chỉ tải kết quả, khi đã xong.")


class EventOut(Schema):
    """Sự kiện công khai của sổ đăng ký."""

    kind: str
    sentence: str
    at: str
    recorded_at: str
    stream: str
    seq: int
    hash: str
    data: dict[str, Any]


class FeedAnswer(Schema):
    events: list[EventOut]
    cursor: str = Field(description="Gửi lại trong tham số after để đọc tiếp; không bỏ sót sự kiện nào.")
    more: bool


class HealthAnswer(Schema):
    status: str
    version: str
    generation: int


class Problem(Schema):
    """Lỗi (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    citation: str | None = None
    errors: list[dict[str, Any]] | None = None
