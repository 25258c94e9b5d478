"""Hình dạng của hồ sơ: what the calls of dossiers take."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from haicap.domain.dossiers.states import Channel, FileOrigin, Outcome, ResultMethod

MOST_AT_ONCE = 100
SEEN = Field(ge=1, description="version của hồ sơ mà người gọi đã đọc; khác đi thì trả lời 409 stale.")


class Given(Schema):
    """What is sent: a field nobody knows is a mistake and is refused."""

    model_config = ConfigDict(extra="forbid")


class OrganIn(Given):
    """Cơ quan, theo đơn vị và loại (xem /organs)."""

    unit: str = Field(max_length=5, description="Mã xã, mã tỉnh, hoặc VN.")
    kind: str = Field(max_length=40, examples=["commune_economy"])


class ApplicantIn(Given):
    """Chủ hồ sơ."""

    name: str = Field(max_length=400)
    kind: Literal["person", "organisation"] = "person"
    number: str = Field("", max_length=40, description="Số định danh cá nhân hoặc mã số tổ chức.")
    phone: str = Field("", max_length=40)
    email: str = Field("", max_length=300)
    address: str = Field("", max_length=1000)
    proxy: str = Field("", max_length=600, description="Ai nộp thay, theo giấy ủy quyền nào.")


class ComponentIn(Given):
    """Thành phần hồ sơ."""

    paper: str = Field(max_length=80, description="Mã giấy tờ trong bản ghi thủ tục, hoặc khac kèm name.")
    name: str = Field("", max_length=600)
    originals: int = Field(0, ge=0, le=10_000)
    copies: int = Field(0, ge=0, le=10_000)
    file: UUID | None = Field(
        None, description="id trả về từ /attachments; chỉ tệp do chính người gọi tải lên."
    )
    origin: FileOrigin = FileOrigin.HANDED


class FilingIn(Given):
    """Hồ sơ được nộp."""

    procedure: str = Field(max_length=40, description="Mã thủ tục.", examples=["1.001193"])
    unit: str = Field(max_length=5, description="Mã xã hoặc tỉnh có thẩm quyền.", examples=["03006"])
    applicant: ApplicantIn
    channel: Channel = Field(Channel.ONLINE, description="1 trực tiếp, 2 trực tuyến, 3 bưu chính.")
    answers: dict[str, Any] = Field(
        default_factory=dict, description="Trả lời biểu mẫu, theo khóa của câu hỏi."
    )
    components: list[ComponentIn] = Field(default_factory=list, max_length=100)
    centre: str = Field(
        "",
        max_length=5,
        description="Mã đơn vị của trung tâm nơi nộp, nếu nộp tại quầy; người gọi phải làm ở đó.",
    )
    helped_at: str = Field(
        "", max_length=5, description="Mã đơn vị của trung tâm đã hướng dẫn nộp trực tuyến."
    )
    result_method: ResultMethod = ResultMethod.COUNTER
    language: Literal["vi", "en"] = "vi"
    vneid: bool = False


class BulkIn(Given):
    filings: list[FilingIn] = Field(min_length=1, max_length=MOST_AT_ONCE)


class SeenIn(Given):
    seen: int = SEEN


class ReceiveIn(SeenIn):
    limit: int | None = Field(None, ge=0, le=100, description="Trường hợp thời hạn, khi thủ tục có nhiều.")
    pages: int = Field(1, ge=1, le=10_000)
    copies: int = Field(1, ge=1, le=10_000)


class MissingIn(Given):
    paper: str = Field("khac", max_length=80)
    name: str = Field("", max_length=600)
    what: str = Field("", max_length=1000, description="Bổ sung, sửa thế nào.")


class RequestSupplementIn(SeenIn):
    items: list[MissingIn] = Field(min_length=1, max_length=100)
    contact: str = Field("", max_length=400)
    reason: str = Field("", max_length=4000)
    approver: str = Field("", max_length=36, description="Lần thứ hai: định danh lãnh đạo đồng ý.")


class SupplyIn(SeenIn):
    components: list[ComponentIn] = Field(default_factory=list, max_length=100)
    answer: str = Field("", max_length=8000)


class CodesIn(Given):
    codes: list[str] = Field(min_length=1, max_length=200, description="Mã hồ sơ.")


class ForwardIn(CodesIn):
    to: OrganIn | None = Field(None, description="Để trống: cơ quan có thẩm quyền.")
    papers: bool = True
    note: str = Field("", max_length=1000)


class TakeUpIn(SeenIn):
    assignee: str = Field("", max_length=36)


class AssignIn(SeenIn):
    assignee: str = Field(max_length=36)


class AdvanceIn(SeenIn):
    back: bool = False
    assignee: str = Field("", max_length=36)
    note: str = Field("", max_length=8000)


class ConsultIn(SeenIn):
    organ: OrganIn
    question: str = Field(max_length=8000)
    wanted_by: date | None = None


class AnswerConsultationIn(Given):
    consultation: UUID
    answer: str = Field(max_length=8000)


class PartIn(Given):
    value: str = Field(max_length=10, examples=["5"])
    unit: Literal["working_days", "working_hours", "days", "months", "same_day"]


class ExtendIn(SeenIn):
    parts: list[PartIn] = Field(min_length=1, max_length=5)
    reason: str = Field(max_length=8000)


class ReasonIn(SeenIn):
    reason: str = Field(max_length=8000)


class RefuseIn(ReasonIn):
    ground: str = Field("", max_length=2000)


class DecideIn(SeenIn):
    outcome: Outcome
    reason: str = Field("", max_length=8000)
    finish: bool = Field(False, description="Xong luôn, kết quả chỉ có bản giấy hoặc lập ở nơi khác.")


class SignIn(SeenIn):
    inputs: dict[str, str] = Field(default_factory=dict)
    number: str = Field("", max_length=120)


class FinishIn(SeenIn):
    on_paper: bool = False


class HandOutIn(SeenIn):
    method: ResultMethod | None = None
    receiver: str = Field("", max_length=600)
