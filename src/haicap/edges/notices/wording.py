"""Lời báo tin: what each message says, in Vietnamese; English comes from the catalogue of translations.

A wording has: what happened (`opening`), facts, and what happens next. Places are filled from the parameters of the
message, which are text, whole numbers, lists of text, and instants as ISO 8601 under names that end in `_at`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from haicap.base.words import gettext_noop


@dataclass(frozen=True, slots=True)
class Wording:
    """One kind of message.

    subject   after "Hồ sơ <code>: ", at most 24 characters in either language, so that the whole stays below 78
    facts     names of parameters shown as a list after code, procedure and place, when they are not empty
    then      what happens next; by the parameter `way` where that differs ("" otherwise)
    short     for a telephone, without personal text; `short_at` is an instant added to it
    items     label of a list of things, under the parameter `items`
    """

    subject: str
    opening: str
    then: Mapping[str, str]
    short: str
    facts: tuple[str, ...] = ()
    short_at: str = ""
    items: str = ""


FACTS: Mapping[str, str] = {
    "code": gettext_noop("Mã hồ sơ"),
    "procedure": gettext_noop("Thủ tục"),
    "place": gettext_noop("Nơi tiếp nhận"),
    "competent": gettext_noop("Nơi giải quyết"),
    "due_at": gettext_noop("Hẹn trả kết quả"),
    "before_at": gettext_noop("Hẹn trước đây"),
    "new_at": gettext_noop("Hẹn mới"),
    "reason": gettext_noop("Lý do"),
    "ground": gettext_noop("Căn cứ"),
    "amount": gettext_noop("Số tiền"),
    "asked_by": gettext_noop("Nơi yêu cầu"),
    "contact": gettext_noop("Hỏi thêm"),
}
ALWAYS = ("code", "procedure", "place")
ANY_WAY = ""

WORDINGS: Mapping[str, Wording] = {
    "filed": Wording(
        gettext_noop("đã gửi"),
        gettext_noop("Chúng tôi đã nhận được hồ sơ bạn gửi. Hồ sơ chưa được tiếp nhận chính thức."),
        {
            ANY_WAY: gettext_noop(
                "Cán bộ kiểm tra hồ sơ, rồi báo cho bạn ngày hẹn trả kết quả, hoặc báo giấy tờ cần bổ sung. Bạn chưa phải làm gì thêm."
            )
        },
        gettext_noop("Hồ sơ %(code)s đã gửi, đang chờ kiểm tra."),
    ),
    "received": Wording(
        gettext_noop("đã tiếp nhận"),
        gettext_noop("Hồ sơ của bạn đã được tiếp nhận."),
        {
            ANY_WAY: gettext_noop(
                "Hồ sơ được chuyển đến nơi giải quyết. Bạn không phải làm gì; khi có kết quả hoặc có thay đổi, chúng tôi báo ngay."
            )
        },
        gettext_noop("Hồ sơ %(code)s đã được tiếp nhận."),
        facts=("competent", "due_at"),
        short_at="due_at",
    ),
    "supplement": Wording(
        gettext_noop("cần bổ sung giấy tờ"),
        gettext_noop(
            "Hồ sơ của bạn cần bổ sung, hoàn thiện. Thời hạn giải quyết tạm dừng cho đến khi bạn bổ sung."
        ),
        {
            ANY_WAY: gettext_noop(
                "Bạn mở trang theo dõi hồ sơ, bấm “Bổ sung” và gửi giấy tờ; hoặc mang đến nơi tiếp nhận. Ngay khi nhận đủ, hồ sơ được giải quyết tiếp và bạn được báo ngày hẹn mới."
            )
        },
        gettext_noop("Hồ sơ %(code)s cần bổ sung giấy tờ."),
        facts=("asked_by", "reason", "contact"),
        items=gettext_noop("Cần bổ sung:"),
    ),
    "resumed": Wording(
        gettext_noop("đã nhận bổ sung"),
        gettext_noop("Chúng tôi đã nhận phần bổ sung. Hồ sơ được giải quyết tiếp."),
        {
            ANY_WAY: gettext_noop(
                "Bạn không phải làm gì; khi có kết quả hoặc có thay đổi, chúng tôi báo ngay."
            )
        },
        gettext_noop("Hồ sơ %(code)s đã nhận bổ sung, được giải quyết tiếp."),
        facts=("due_at",),
        short_at="due_at",
    ),
    "payment": Wording(
        gettext_noop("cần nộp phí, lệ phí"),
        gettext_noop(
            "Hồ sơ của bạn cần nộp phí, lệ phí hoặc nghĩa vụ tài chính. Thời hạn giải quyết tạm dừng cho đến khi bạn nộp đủ."
        ),
        {
            ANY_WAY: gettext_noop(
                "Bạn mở trang theo dõi hồ sơ và bấm “Thanh toán”; hoặc nộp tại nơi tiếp nhận. Ngay khi nhận đủ tiền, hồ sơ được giải quyết tiếp."
            )
        },
        gettext_noop("Hồ sơ %(code)s cần nộp phí, lệ phí."),
        facts=("amount",),
        items=gettext_noop("Gồm:"),
    ),
    "paid": Wording(
        gettext_noop("đã nhận phí, lệ phí"),
        gettext_noop("Chúng tôi đã nhận đủ phí, lệ phí của hồ sơ."),
        {
            ANY_WAY: gettext_noop(
                "Bạn không phải làm gì; khi có kết quả hoặc có thay đổi, chúng tôi báo ngay."
            )
        },
        gettext_noop("Hồ sơ %(code)s đã nhận đủ phí, lệ phí."),
        facts=("amount", "due_at"),
        short_at="due_at",
    ),
    "extended": Wording(
        gettext_noop("xin lỗi, hẹn lại ngày"),
        gettext_noop(
            "Chúng tôi xin lỗi bạn: hồ sơ không giải quyết xong đúng hẹn, và phải hẹn lại ngày trả kết quả."
        ),
        {
            ANY_WAY: gettext_noop(
                "Bạn không phải làm gì, xin đừng đến nhận kết quả theo hẹn cũ. Khi có kết quả, chúng tôi báo ngay."
            )
        },
        gettext_noop("Xin lỗi: hồ sơ %(code)s phải hẹn lại ngày."),
        facts=("before_at", "new_at", "reason"),
        short_at="new_at",
    ),
    "refused": Wording(
        gettext_noop("bị từ chối"),
        gettext_noop("Rất tiếc, hồ sơ của bạn không được tiếp nhận, giải quyết."),
        {
            ANY_WAY: gettext_noop(
                "Hồ sơ này đã kết thúc. Bạn xem phiếu từ chối ở trang theo dõi hồ sơ; có thể nộp hồ sơ mới khi đủ điều kiện, hoặc khiếu nại theo quy định của pháp luật."
            )
        },
        gettext_noop("Hồ sơ %(code)s bị từ chối. Xem lý do ở trang theo dõi."),
        facts=("reason", "ground"),
    ),
    "ready": Wording(
        gettext_noop("đã có kết quả"),
        gettext_noop("Hồ sơ của bạn đã giải quyết xong, kết quả đang chờ bạn."),
        {
            ANY_WAY: gettext_noop(
                "Bạn nhận kết quả tại nơi tiếp nhận, trong giờ làm việc; xin mang theo giấy tiếp nhận hoặc giấy tờ tùy thân, và giấy ủy quyền nếu nhận thay."
            ),
            "online": gettext_noop("Bạn mở trang theo dõi hồ sơ để tải kết quả điện tử."),
            "post": gettext_noop(
                "Kết quả được gửi qua bưu chính đến địa chỉ bạn đã cho; bạn không phải đến nhận."
            ),
        },
        gettext_noop("Hồ sơ %(code)s đã có kết quả."),
    ),
    "returned": Wording(
        gettext_noop("đã trả kết quả"),
        gettext_noop("Kết quả của hồ sơ đã được trả. Nếu bạn chưa nhận, xin báo ngay cho nơi tiếp nhận."),
        {
            ANY_WAY: gettext_noop(
                "Hồ sơ này đã kết thúc. Mời bạn đánh giá việc phục vụ ở trang theo dõi hồ sơ (không bắt buộc)."
            )
        },
        gettext_noop("Hồ sơ %(code)s đã trả kết quả."),
    ),
    "stopped": Wording(
        gettext_noop("dừng giải quyết"),
        gettext_noop("Hồ sơ của bạn đã dừng giải quyết."),
        {
            ANY_WAY: gettext_noop(
                "Hồ sơ này đã kết thúc. Bạn xem thông báo ở trang theo dõi hồ sơ, nhận lại giấy tờ tại nơi tiếp nhận, và có thể nộp hồ sơ mới."
            )
        },
        gettext_noop("Hồ sơ %(code)s đã dừng giải quyết."),
        facts=("reason",),
    ),
    "withdrawn": Wording(
        gettext_noop("đã rút"),
        gettext_noop(
            "Hồ sơ đã được rút theo yêu cầu của bạn. Nếu bạn không yêu cầu, xin báo ngay cho nơi tiếp nhận."
        ),
        {
            ANY_WAY: gettext_noop(
                "Hồ sơ này đã kết thúc. Bạn nhận lại giấy tờ đã nộp tại nơi tiếp nhận, và có thể nộp hồ sơ mới."
            )
        },
        gettext_noop("Hồ sơ %(code)s đã rút theo yêu cầu."),
    ),
}
DIGEST = "digest"  # to officers, composed apart
PERISHABLE = (DIGEST, "tickets_digest")  # worthless when late: dropped, not failed
TEST = "test"
