"""Hình dạng của phản ánh, kiến nghị: what the calls of tickets take."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Field

from haicap.domain.feedback.states import Ground, Kind, Rating
from haicap.domain.law.states import ProblemKind
from haicap.web.api.dossier_shapes import Given, OrganIn

SEEN = Field(ge=1, description="version của phiếu mà người gọi đã đọc; khác đi thì trả lời 409 stale.")


class SenderIn(Given):
    """Người gửi; để trống hết: không nêu tên, nơi pháp luật cho phép."""

    name: str = Field("", max_length=400)
    phone: str = Field("", max_length=40)
    email: str = Field("", max_length=300)


class TicketIn(Given):
    """Phản ánh, kiến nghị."""

    kind: Kind = Field(description="rule, procedure, officer, locality, incident, recommendation.")
    text: str = Field(max_length=20_000, examples=["Nộp hồ sơ đã hai tuần mà chưa có kết quả."])
    subject: str = Field("", max_length=1_000)
    sender: SenderIn = Field(default_factory=lambda: SenderIn.model_validate({}))
    unit: str = Field(
        "", max_length=5, description="Mã xã hoặc tỉnh nơi xảy ra; địa chỉ: hỏi /addresses trước."
    )
    place_text: str = Field("", max_length=1_000, description="Nơi xảy ra, như người gửi viết.")
    about: str = Field("", max_length=1_000, description="Về ai, cơ quan nào.")
    happened_on: date | None = None
    procedure: str = Field("", max_length=20)
    dossier: str = Field("", max_length=60)
    document: str = Field("", max_length=200, description="Số hoặc định danh của văn bản trong sổ.")
    place: str = Field(
        "", max_length=200, description="Vị trí trong văn bản, ví dụ “điều 5 khoản 1” hoặc art_5__para_1."
    )
    field: str = Field("", max_length=200)
    system: str = Field("", max_length=60, description="Mã hệ thống (xem /systems), với incident.")
    problem: ProblemKind = Field(ProblemKind.UNCLEAR, description="Với locality.")
    language: Literal["vi", "en"] = "vi"
    files: list[UUID] = Field(default_factory=list, max_length=10, description="id trả về từ /attachments.")


class TicketSeenIn(Given):
    seen: int = SEEN


class TicketTextIn(TicketSeenIn):
    text: str = Field(max_length=20_000)


class TicketAssignIn(TicketSeenIn):
    to: str = Field(max_length=36, description="Định danh cán bộ của cơ quan đang giữ phiếu.")


class TicketSortIn(TicketSeenIn):
    """Điều cần sửa; không gửi: giữ nguyên, chuỗi rỗng: bỏ đi."""

    kind: Kind | None = None
    subject: str | None = Field(None, max_length=1_000)
    unit: str | None = Field(None, max_length=5)
    procedure: str | None = Field(None, max_length=20)
    document: str | None = Field(None, max_length=200)
    place: str | None = Field(None, max_length=200)
    field: str | None = Field(None, max_length=200)


class TicketTransferIn(TicketSeenIn):
    organ: OrganIn
    reason: str = Field(max_length=20_000)


class TicketRefuseIn(TicketSeenIn):
    ground: Ground
    reason: str = Field(max_length=20_000)


class CitedIn(Given):
    """Văn bản (số hoặc định danh) và vị trí trong đó."""

    document: str = Field(max_length=200)
    place: str = Field("", max_length=200)


class TicketDraftIn(TicketSeenIn):
    """Câu trả lời; also: những phiếu khác của cùng cơ quan được trả lời bằng câu này, kèm version đã đọc."""

    text: str = Field(max_length=20_000)
    public: bool = True
    public_question: str = Field("", max_length=2_000)
    public_text: str = Field("", max_length=20_000)
    private_reason: str = Field("", max_length=2_000)
    citations: list[CitedIn] = Field(default_factory=list, max_length=20)
    audience: str = Field("citizen", max_length=40)
    kept: list[str] = Field(
        default_factory=list, max_length=50, description="Mẩu giống dữ liệu cá nhân đã xem và giữ."
    )
    also: dict[str, int] = Field(default_factory=dict)


class TicketReuseIn(TicketSeenIn):
    answer: str = Field(max_length=40, description="Mã câu trả lời đã công khai.")


class TicketLinkIn(TicketSeenIn):
    incident: str = Field(max_length=60)


class KeyIn(Given):
    key: str = Field("", max_length=40, description="Khóa nhận khi gửi; tài khoản của người gửi: để trống.")


class SupplyMoreIn(KeyIn):
    text: str = Field(max_length=20_000)
    files: list[UUID] = Field(default_factory=list, max_length=10)


class RateIn(KeyIn):
    rating: Rating


class ReopenIn(KeyIn):
    reason: str = Field(max_length=20_000)
