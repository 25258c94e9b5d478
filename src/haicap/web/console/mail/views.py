"""Thư đến để riêng: read by the focal offices for feedback, who make tickets of them or drop them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.words import gettext_noop
from haicap.domain.feedback.systems_policy import Verb
from haicap.edges.notices import incoming_settling
from haicap.edges.notices.incoming_settling import Kept
from haicap.edges.notices.states import Outcome
from haicap.web.common import paging
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate

OUTCOMES = {
    Outcome.ASIDE: ("warn", gettext_noop("chờ người xem")),
    Outcome.FILED: ("ok", gettext_noop("đã lập phiếu")),
    Outcome.SUPPLIED: ("ok", gettext_noop("thêm vào phiếu")),
    Outcome.DROPPED: ("calm", gettext_noop("bỏ qua")),
}
REASONS = {
    "auto_submitted": gettext_noop("máy trả lời tự động"),
    "bounce": gettext_noop("báo thư không đến"),
    "bulk": gettext_noop("thư gửi hàng loạt"),
    "list": gettext_noop("thư của danh sách"),
    "robot": gettext_noop("địa chỉ không có người đọc"),
    "loop": gettext_noop("thư của chính hệ thống"),
    "no_sender": gettext_noop("không rõ người gửi"),
    "too_many": gettext_noop("một người gửi quá nhiều thư trong một giờ"),
    "too_large": gettext_noop("thư quá lớn, chỉ giữ phần đầu"),
    "too_long": gettext_noop("thư quá dài"),
    "empty": gettext_noop("thư không có nội dung"),
    "broken": gettext_noop("không đọc được thư"),
}


@require_safe
@gate(Verb.MAIL, operator=True)
def listing(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Mails (`?ket-qua=`), those that wait first; operators without a post see masks and no words."""
    asked = frame.word(request, "ket-qua", 20) or Outcome.ASIDE.value
    outcome = Outcome(asked) if asked in set(Outcome) else None
    counts = incoming_settling.counts()
    values = {
        "page": paging.page(
            request, [_told(row) for row in incoming_settling.listed(outcome=outcome, limit=2000)], 50
        ),
        "outcomes": [(o.value, gettext(word), counts[o], o is outcome) for o, (_, word) in OUTCOMES.items()],
        "boxes": incoming_settling.mailboxes(),
        "may_read": Verb.MAIL in officer.rights,
    }
    return frame.show(request, officer, "mail/list", values)


@require_http_methods(("GET", "HEAD", "POST"))
@gate(Verb.MAIL)
def one(request: HttpRequest, officer: Officer, public_id: UUID) -> HttpResponseBase:
    """One mail; `viec`: lap-phieu, bo."""
    number, asked = str(public_id), request.POST.get("viec", "")
    if asked == "lap-phieu":
        code = incoming_settling.file_aside(number, actor=officer.actor, at=officer.at)
        return frame.done(request, gettext("Đã lập phiếu %(code)s.") % {"code": code}, "mails")
    if asked == "bo":
        incoming_settling.drop_aside(number, actor=officer.actor, at=officer.at)
        return frame.done(request, gettext("Đã bỏ qua thư này."), "mails")
    return frame.show(request, officer, "mail/one", {"told": _told(incoming_settling.one(number))})


def _told(row: Kept) -> tuple[Kept, str, str, str]:
    """The mail, tone and word of its outcome, and why it waits or what was not taken of it."""
    tone, word = OUTCOMES[row.outcome]
    reason = REASONS.get(row.reason)
    return row, tone, gettext(word), gettext(reason) if reason else row.reason
