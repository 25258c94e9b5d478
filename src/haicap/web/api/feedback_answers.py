"""Hình dạng của phản ánh, kiến nghị: what the calls of tickets give."""

from __future__ import annotations

from typing import Any

from ninja import Field, Schema


class FiledOut(Schema):
    """Phiếu vừa nhận."""

    code: str
    key: str = Field(description="Khóa theo dõi, chỉ nói ở đây; gửi lại cùng Idempotency-Key: cùng khóa.")
    organ: str = Field(description="Cơ quan nhận.")
    due_at: str | None = Field(description="Hạn nhận xử lý, chuyển hoặc từ chối.")
    answer_due_at: str | None
    repeat_of: str = Field(
        description="Phiếu trước của người gửi về cùng việc; lần gửi lại tính là chưa hài lòng."
    )


class DoneOut(Schema):
    """Phiếu sau việc vừa làm."""

    code: str
    state: str
    version: int
    due_at: str | None
    answer_due_at: str | None
    late: bool


class AnswerMadeOut(Schema):
    """Câu trả lời sau việc vừa làm."""

    answer: str
    piece: str = Field(description="Mã bài hỏi đáp khi đã công khai.")


class TicketOrganOut(Schema):
    kind: str
    unit: str = Field(description="Mã đơn vị, VN với cơ quan trung ương.")
    name: str


class TicketLine(DoneOut):
    """Phiếu, một dòng."""

    kind: str
    channel: str
    subject: str
    unit: str
    procedure: str
    organ: TicketOrganOut
    assignee: str
    received_at: str


class TicketsAnswer(Schema):
    level: str = Field(description="nation, province, organ, counter, own hoặc none: phạm vi của người gọi.")
    tickets: list[TicketLine]
    next: str | None


class RemarkOut(Schema):
    text: str
    inside: bool
    at: str


class TicketFileOut(Schema):
    name: str
    file: str = Field(description="Địa chỉ tải tệp.")


class CitedOut(Schema):
    document: str
    path: str
    citation: str


class TicketAnswerOut(Schema):
    code: str
    text: str
    citations: list[CitedOut]
    approved_at: str | None
    published_at: str | None
    public_question: str
    public_text: str


class TicketOut(TicketLine):
    """Cả phiếu. Người gửi không thấy lời nội bộ, người gửi khác và bản thảo."""

    text: str
    about: str
    place_text: str
    happened_on: str | None
    field: str
    dossier: str
    document: str
    path: str
    system: str
    incident: str
    sender: dict[str, str]
    ground: str
    answered_at: str | None
    ended_at: str | None
    rating: str
    dissatisfied: bool
    transfers: int
    repeat_of: str
    remarks: list[RemarkOut]
    files: list[TicketFileOut]
    answer: TicketAnswerOut | None
    earlier_answers: list[TicketAnswerOut] = Field(description="Đã trả lời trước khi người gửi mở lại phiếu.")
    can: list[str] = Field(description="Việc người gọi làm được ngay bây giờ.")


class TicketEventOut(Schema):
    """Sự kiện trong sổ: chỉ mã và số, không có dữ liệu cá nhân."""

    ticket: str
    seq: int
    kind: str
    at: str
    recorded_at: str
    actor: str
    data: dict[str, Any]
    hash: str


class TicketEventsAnswer(Schema):
    events: list[TicketEventOut]
    cursor: str
    more: bool


class PublicAnswerOut(Schema):
    code: str
    question: str
    text: str
    organ: TicketOrganOut
    published_at: str
    citations: list[CitedOut]
    likes: int
    dislikes: int
    page: str = Field(description="Đường dẫn trang của câu trả lời.")


class PublicAnswersOut(Schema):
    total: int
    answers: list[PublicAnswerOut]


class OrganFiguresOut(Schema):
    organ: TicketOrganOut
    received: int
    open: int
    answered: int
    in_time: int
    overdue: int
    refused: int
    liked: int
    dissatisfied: int
    median_days: float | None


class FiguresOut(Schema):
    since: str
    until: str = Field(description="Ngày đầu tiên không tính.")
    organs: list[OrganFiguresOut]


class RouteTriedOut(Schema):
    rule: str
    organ: str


class RoutedOut(Schema):
    on: str
    organ: TicketOrganOut
    rule: str = Field(description="Mã dòng của bảng; last: không dòng nào khớp, cơ quan đầu mối nhận.")
    citation: str
    evidence: str
    tried: list[RouteTriedOut] = Field(description="Cơ quan được nêu trước nhưng không có ở đó vào ngày ấy.")
