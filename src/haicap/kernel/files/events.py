"""What is recorded of files: hashes and sizes, never names."""

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.kinds import Kind

STORED = Kind(
    "files.stored",
    gettext_noop("Nhận tệp %(media_type)s, %(size)s byte."),
    {"sha256": str, "size": int, "media_type": str, "finding": str, "retain_until": str, "expires_on": str},
)
SCANNED = Kind("files.scanned", gettext_noop("Quét mã độc: %(scan)s."), {"scan": str, "scanner": str})
RETAINED = Kind("files.retained", gettext_noop("Giữ tệp đến %(retain_until)s."), {"retain_until": str})
FORGOTTEN = Kind("files.forgotten", gettext_noop("Xoá tệp."), {"sha256": str})
KEPT = Kind(
    "files.kept", gettext_noop("Giữ tệp: có việc dùng đến, không còn ngày hết hạn."), {"expires_on": str}
)
