"""What the ledger records about itself."""

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.kinds import Kind

ANCHORED = Kind(
    "ledger.anchored",
    gettext_noop("Đã neo %(streams)s chuỗi, %(events)s sự kiện mới."),
    {"anchor": int, "streams": int, "events": int, "upto": int, "root": str, "hash": str},
)
EPOCH_BEGUN = Kind(
    "ledger.epoch_begun", gettext_noop("Dòng sự kiện bắt đầu lại với tên %(epoch)s."), {"epoch": str}
)
