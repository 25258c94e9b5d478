"""What is recorded of people: ids and facts, never names."""

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.kinds import Kind

REGISTERED = Kind(
    "accounts.registered", gettext_noop("Tạo tài khoản (%(kind)s)."), {"kind": str, "operator": bool}
)
SIGNED_IN = Kind("accounts.signed_in", gettext_noop("Đăng nhập (%(factor)s)."), {"factor": str})
PASSWORD_SET = Kind(
    "accounts.password_set", gettext_noop("Đặt mật khẩu mới; các phiên khác đã kết thúc."), {}
)
RENAMED = Kind("accounts.renamed", gettext_noop("Sửa thông tin hiển thị."), {})
OPERATOR_SET = Kind(
    "accounts.operator_set", gettext_noop("Đổi quyền quản lý tài khoản: %(operator)s."), {"operator": bool}
)
TOTP_OFFERED = Kind("accounts.totp_offered", gettext_noop("Bắt đầu đăng ký xác thực hai lớp."), {})
TOTP_CONFIRMED = Kind("accounts.totp_confirmed", gettext_noop("Bật xác thực hai lớp, cấp mã dự phòng."), {})
TOTP_DROPPED = Kind("accounts.totp_dropped", gettext_noop("Tắt xác thực hai lớp."), {})
RECOVERY_USED = Kind(
    "accounts.recovery_used", gettext_noop("Dùng một mã dự phòng, còn %(left)s mã."), {"left": int}
)
LOCKED = Kind("accounts.locked", gettext_noop("Khoá tài khoản."), {})
UNLOCKED = Kind("accounts.unlocked", gettext_noop("Mở khoá tài khoản."), {})
ERASED = Kind("accounts.erased", gettext_noop("Xoá thông tin cá nhân của tài khoản."), {})
TOKEN_ISSUED = Kind(
    "accounts.token_issued",
    gettext_noop("Cấp khoá truy cập %(token)s."),
    {"token": str, "scopes": list, "expires_at": str},
)
TOKEN_REVOKED = Kind(
    "accounts.token_revoked", gettext_noop("Thu hồi khoá truy cập %(token)s."), {"token": str}
)
IDENTITY_JOINED = Kind(
    "accounts.identity_joined", gettext_noop("Nối với định danh của %(provider)s."), {"provider": str}
)
