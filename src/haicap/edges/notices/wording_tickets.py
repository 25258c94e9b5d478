"""Lời báo tin về phiếu phản ánh: to senders, and to the officers who hold a ticket. As `wording.py`."""

from __future__ import annotations

from collections.abc import Mapping

from haicap.base.words import gettext_noop
from haicap.edges.notices.wording import ANY_WAY, Wording

TICKET_FACTS: Mapping[str, str] = {
    "code": gettext_noop("Mã phiếu"),
    "subject": gettext_noop("Về việc"),
    "organ": gettext_noop("Cơ quan xử lý"),
    "answer_due_at": gettext_noop("Hạn trả lời"),
    "due_at": gettext_noop("Phải làm trước"),
    "key": gettext_noop("Khóa theo dõi"),
    "ground": gettext_noop("Lý do"),
}
TICKET_ALWAYS = ("code", "subject", "organ")
_WAIT = gettext_noop("Bạn không phải làm gì; khi có câu trả lời hoặc có thay đổi, chúng tôi báo ngay.")

TICKET_WORDINGS: Mapping[str, Wording] = {
    "ticket_received": Wording(
        gettext_noop("đã tiếp nhận"),
        gettext_noop("Phản ánh, kiến nghị của bạn đã được tiếp nhận."),
        {ANY_WAY: _WAIT},
        gettext_noop("Phiếu %(code)s đã được tiếp nhận."),
        facts=("answer_due_at", "key"),
    ),
    "ticket_more": Wording(
        gettext_noop("cần bạn bổ sung"),
        gettext_noop(
            "Cơ quan xử lý cần bạn cho biết thêm. Thời hạn trả lời tạm dừng cho đến khi bạn bổ sung."
        ),
        {
            ANY_WAY: gettext_noop(
                "Bạn mở trang theo dõi phiếu và bấm “Bổ sung”; hoặc trả lời thư này nếu nhận qua thư điện tử."
            )
        },
        gettext_noop("Phiếu %(code)s cần bạn bổ sung."),
        items=gettext_noop("Cần bạn cho biết:"),
    ),
    "ticket_moved": Wording(
        gettext_noop("đã chuyển cơ quan"),
        gettext_noop("Phiếu của bạn đã được chuyển đến cơ quan có trách nhiệm trả lời."),
        {ANY_WAY: _WAIT},
        gettext_noop("Phiếu %(code)s đã chuyển đến cơ quan có trách nhiệm."),
        facts=("answer_due_at",),
    ),
    "ticket_answered": Wording(
        gettext_noop("đã có câu trả lời"),
        gettext_noop("Cơ quan xử lý đã trả lời phản ánh, kiến nghị của bạn."),
        {
            ANY_WAY: gettext_noop(
                "Bạn cho biết có hài lòng không ở trang theo dõi phiếu; nếu việc chưa được giải quyết, bạn mở lại phiếu trong 90 ngày."
            )
        },
        gettext_noop("Phiếu %(code)s đã có câu trả lời."),
        items=gettext_noop("Trả lời:"),
    ),
    "ticket_refused": Wording(
        gettext_noop("không tiếp nhận"),
        gettext_noop(
            "Rất tiếc, phản ánh, kiến nghị này không được xử lý theo quy định về phản ánh, kiến nghị."
        ),
        {
            ANY_WAY: gettext_noop(
                "Phiếu này đã đóng. Khiếu nại, tố cáo được giải quyết theo luật riêng, bạn xem nơi nhận ở trang theo dõi phiếu; có căn cứ mới, bạn gửi phiếu mới."
            )
        },
        gettext_noop("Phiếu %(code)s không được tiếp nhận. Xem lý do ở trang theo dõi."),
        facts=("ground",),
        items=gettext_noop("Cơ quan cho biết:"),
    ),
    "ticket_reopened": Wording(
        gettext_noop("đã mở lại"),
        gettext_noop("Phiếu đã được mở lại và được xử lý lại từ đầu."),
        {ANY_WAY: _WAIT},
        gettext_noop("Phiếu %(code)s đã được mở lại."),
        facts=("answer_due_at",),
    ),
}
# To officers: codes, no names of people.
OFFICER_WORDINGS: Mapping[str, Wording] = {
    "ticket_yours": Wording(
        gettext_noop("giao cho bạn"),
        gettext_noop("Một phiếu phản ánh, kiến nghị được giao cho bạn."),
        {ANY_WAY: gettext_noop("Mở bàn làm việc, nhận xử lý hoặc chuyển đúng cơ quan trước hạn.")},
        gettext_noop("Phiếu %(code)s được giao cho bạn."),
        facts=("due_at", "answer_due_at"),
    ),
    "ticket_added": Wording(
        gettext_noop("người gửi viết thêm"),
        gettext_noop("Người gửi đã viết thêm vào phiếu bạn đang giữ."),
        {ANY_WAY: gettext_noop("Mở bàn làm việc để đọc phần viết thêm.")},
        gettext_noop("Người gửi viết thêm vào phiếu %(code)s."),
        facts=("due_at", "answer_due_at"),
    ),
    "ticket_late": Wording(
        gettext_noop("quá hạn"),
        gettext_noop("Phiếu phản ánh, kiến nghị này đã quá hạn mà chưa xong."),
        {ANY_WAY: gettext_noop("Lãnh đạo cơ quan chỉ đạo xử lý ngay, hoặc giao người khác.")},
        gettext_noop("Phiếu %(code)s đã quá hạn."),
        facts=("due_at", "answer_due_at"),
    ),
}
TICKETS_DIGEST = "tickets_digest"
