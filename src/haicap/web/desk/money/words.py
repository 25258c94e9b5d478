"""Chữ của tiền: ways to pay, which payments a list shows, and what to do about them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from haicap.base.words import gettext_noop
from haicap.domain.dossiers.queries.takings import Line, Matter
from haicap.domain.dossiers.states import PaymentWay
from haicap.web.desk import words

WAYS: Mapping[str, str] = {
    PaymentWay.CASH: gettext_noop("tiền mặt"),
    PaymentWay.TRANSFER: gettext_noop("chuyển khoản"),
    PaymentWay.CARD: gettext_noop("thẻ, máy đọc thẻ"),
    "counter": gettext_noop("tại quầy"),
}
MATTERS: Mapping[Matter, str] = {
    Matter.REFUND: gettext_noop("Phải hoàn lại"),
    Matter.DOUBTED: gettext_noop("Cổng đang kiểm tra"),
    Matter.WAITING: gettext_noop("Chờ kết quả"),
    Matter.LOST: gettext_noop("Không thành"),
    Matter.PAID: gettext_noop("Đã thu"),
    Matter.REFUNDED: gettext_noop("Đã hoàn"),
}
ADDRESSES: Mapping[Matter, str] = {
    Matter.REFUND: "hoan", Matter.DOUBTED: "kiem-tra", Matter.WAITING: "cho", Matter.LOST: "hong", Matter.PAID: "thu",
    Matter.REFUNDED: "da-hoan",
}  # fmt: skip
TODO: Mapping[Matter, str] = {
    Matter.REFUND: gettext_noop(
        "Tiền đã đến khi không còn khoản nào phải nộp. Liên hệ người nộp, hoàn lại phần thừa, rồi ghi vào đây."
    ),
    Matter.DOUBTED: gettext_noop(
        "Tiền của người nộp đã bị trừ, cổng thanh toán còn kiểm tra (mã 07). Đừng thu lại. Cổng báo xong thì hồ sơ tự đi tiếp; chờ quá một ngày thì hỏi cổng theo số tham chiếu."
    ),
    Matter.WAITING: gettext_noop(
        "Người nộp đã sang cổng thanh toán, chưa có tin về. Hệ thống tự hỏi cổng sau 20 phút; thường không phải làm gì."
    ),
    Matter.LOST: gettext_noop(
        "Chưa có tiền nào được ghi nhận. Người nộp trả lại trực tuyến hoặc nộp tại quầy."
    ),
    Matter.PAID: gettext_noop(
        "Thu tại quầy và qua cổng, tính theo lúc nhận được tiền. Dùng để chốt quỹ cuối ngày."
    ),
    Matter.REFUNDED: gettext_noop("Các khoản đã ghi là hoàn lại, tính theo lúc ghi."),
}
NONE: Mapping[Matter, tuple[str, str]] = {
    Matter.REFUND: (
        gettext_noop("Không có khoản nào phải hoàn"),
        gettext_noop("Khoản nộp hai lần, hoặc đến sau khi hồ sơ kết thúc, sẽ hiện ở đây."),
    ),
    Matter.DOUBTED: (
        gettext_noop("Không có khoản nào đang bị kiểm tra"),
        gettext_noop("Khi cổng trừ tiền mà còn nghi ngờ, khoản đó hiện ở đây để không thu lần nữa."),
    ),
    Matter.WAITING: (
        gettext_noop("Không có lần thanh toán nào đang chờ"),
        gettext_noop("Lần thanh toán trực tuyến vừa bắt đầu hiện ở đây đến khi cổng báo kết quả."),
    ),
    Matter.LOST: (
        gettext_noop("Không có lần thanh toán nào hỏng trong kỳ"),
        gettext_noop("Lần trả không thành công hoặc hết hạn hiện ở đây theo ngày bắt đầu."),
    ),
    Matter.PAID: (
        gettext_noop("Chưa thu khoản nào trong kỳ"),
        gettext_noop("Khoản thu ở quầy và qua cổng hiện ở đây theo ngày nhận tiền."),
    ),
    Matter.REFUNDED: (
        gettext_noop("Chưa hoàn khoản nào trong kỳ"),
        gettext_noop("Khoản đã ghi là hoàn lại hiện ở đây theo ngày ghi."),
    ),
}


def way(key: str) -> str:
    """How something was paid; the key of a gateway in capitals."""
    return words.said(WAYS, key) if key in WAYS else key.upper()


def standing(line: Line) -> tuple[str, str]:
    """Tone and word of a payment."""
    if line.to_refund:
        return "late", gettext("phải hoàn lại")
    if line.refunded_at is not None:
        return "calm", gettext("đã hoàn lại")
    if line.doubted:
        return "late", gettext("cổng đang kiểm tra")
    return {"paid": "ok", "asked": "warn"}.get(line.state, "calm"), words.said(words.PAYMENTS, line.state)
