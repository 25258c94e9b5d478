"""Quy tắc: codes of dossiers and agencies, phones, what a filing must carry. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning import Limit, LimitUnit
from haicap.domain.dossiers.states import ResultMethod, State

CODES = Citation("03/2025/TT-VPCP", "điều 13")
IDENTIFIERS = Citation("20/2020/QĐ-TTg", "điều 4")
AGENCY = re.compile(r"[A-Y][0-9]{2}(\.[A-Z0-9]+)*")
DOSSIER_CODE = re.compile(r"[A-Y][0-9]{2}(?:\.[A-Z0-9]+)*-[0-9]{6}-[0-9]{4,}")
LONGEST_AGENCY = 35
_PERSON_ID = re.compile(r"[0-9]{12}")
_BUSINESS_ID = re.compile(r"[0-9]{10}(-[0-9]{3})?|[0-9]{12,13}")


def agency_id(text: str) -> str:
    """An agency identifier in its one spelling. Refused `bad_agency` (QĐ 20/2020/QĐ-TTg, điều 4)."""
    found = text.strip().upper()
    if len(found) > LONGEST_AGENCY or AGENCY.fullmatch(found) is None:
        raise Refused(
            "bad_agency",
            gettext_noop(
                "Mã định danh cơ quan gồm chữ cái, hai chữ số rồi các nhóm cách nhau bằng dấu chấm, nhiều nhất 35 ký tự."
            ),
            IDENTIFIERS,
        )
    return found


def dossier_code(agency: str, on: date, number: int) -> str:
    """Mã hồ sơ: agency id, day of receipt, running number of at least four digits."""
    return f"{agency}-{on:%y%m%d}-{number:04d}"


def read_code(text: str) -> str:
    """A dossier code as people type or scan it, in its one spelling; "" when it is none."""
    found = unicodedata.normalize("NFKC", text).strip().upper()
    found = re.sub(r"[\s_]+", "", found).replace("–", "-").replace("—", "-")
    return found if DOSSIER_CODE.fullmatch(found) and len(found) <= 60 else ""


def phone(text: str) -> str:
    """A phone number as digits with its leading 0 (+84 becomes 0); "" when there is none. Refused `bad_phone`."""
    digits = re.sub(r"[\s.\-()]", "", nfc(text))
    if not digits:
        return ""
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    elif digits.startswith("84") and len(digits) == 11:
        digits = "0" + digits[2:]
    if not re.fullmatch(r"\+?[0-9]{9,15}", digits):
        raise Refused("bad_phone", gettext_noop("Số điện thoại gồm 9 đến 12 chữ số, ví dụ 0912345678."))
    return digits


def one_line(text: str, most: int) -> str:
    """Personal text as it is kept: NFC, one line, without characters nobody can see. Refused `too_long`."""
    plain = "".join(" " if c.isspace() else c for c in nfc(text) if not _invisible(c))
    plain = re.sub(r" +", " ", plain).strip()
    if len(plain) > most:
        raise Refused("too_long", gettext_noop("Nội dung dài quá %(most)s ký tự."), params={"most": most})
    return plain


def plain(text: str) -> bool:
    """Whether a code or key somebody sends can be one of ours at all: what no database keeps is not looked for."""
    return text.isascii() and text.isprintable()


def language(text: str) -> str:
    """The language a person is spoken to in: Vietnamese unless it is English."""
    return "en" if text == "en" else "vi"


def count(number: int) -> int:
    """How many sheets of a paper. Refused `bad_count`."""
    if not 0 <= number <= 999:
        raise Refused("bad_count", gettext_noop("Số bản giấy là một số từ 0 đến 999."))
    return number


def paragraphs(text: str, most: int) -> str:
    """A longer text as it is kept: NFC, line breaks stay. Refused `too_long`."""
    plain = "".join(c for c in nfc(text) if c == "\n" or not _invisible(c)).strip()
    if len(plain) > most:
        raise Refused("too_long", gettext_noop("Nội dung dài quá %(most)s ký tự."), params={"most": most})
    return plain


def _invisible(char: str) -> bool:
    """Controls, marks that turn the direction of text, unpaired surrogates."""
    return not char.isspace() and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")


@dataclass(frozen=True, slots=True)
class Applicant:
    """Chủ hồ sơ: personal text, kept on the row and never in the ledger.

    kind  "person" or "organisation"; number: số định danh cá nhân or the registration number
    """

    name: str
    kind: str = "person"
    number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    user: str = ""  # opaque id of the account, when filed with one
    proxy: str = ""  # who files for them, with which paper


def applicant(given: Applicant) -> Applicant:
    """The applicant in the one spelling. Refused `no_name`, `bad_number`, `bad_phone`, `bad_email`, `too_long`."""
    name = one_line(given.name, 200)
    if not name:
        raise Refused("no_name", gettext_noop("Cần họ tên người nộp hoặc tên tổ chức."))
    if given.kind not in ("person", "organisation"):
        raise Refused("bad_kind", gettext_noop("Chủ hồ sơ là cá nhân hoặc tổ chức."))
    number = re.sub(r"[\s.]", "", given.number)
    shape = _PERSON_ID if given.kind == "person" else _BUSINESS_ID
    if number and shape.fullmatch(number) is None:
        raise Refused("bad_number", _BAD_NUMBER[given.kind])
    email = one_line(given.email, 254)
    if email and not re.fullmatch(r"[^@\s<>\",;]+@[^@\s<>\",;.]+(?:\.[^@\s<>\",;.]+)+", email):
        raise Refused("bad_email", gettext_noop("Thư điện tử phải có dạng ten@noi.vn."))
    return Applicant(
        name, given.kind, number, phone(given.phone), email,
        one_line(given.address, 500), given.user, one_line(given.proxy, 300),
    )  # fmt: skip


_BAD_NUMBER = {
    "person": gettext_noop("Số định danh cá nhân gồm 12 chữ số."),
    "organisation": gettext_noop("Mã số tổ chức, doanh nghiệp gồm 10, 12 hoặc 13 chữ số."),
}
MOST_ANSWERS = 256 * 1024  # characters of the answers as JSON
MOST_COMPONENTS = 100


# Words of papers, in Vietnamese only.
RETURNED = {
    ResultMethod.COUNTER: "Trực tiếp tại nơi nộp hồ sơ",
    ResultMethod.ONLINE: "Trực tuyến",
    ResultMethod.POST: "Qua dịch vụ bưu chính công ích",
}
STATE_WORDS = {
    State.REGISTERED: "Mới đăng ký",
    State.RECEIVED: "Được tiếp nhận",
    State.REFUSED: "Không được tiếp nhận",
    State.PROCESSING: "Đang xử lý",
    State.SUPPLEMENT: "Yêu cầu bổ sung giấy tờ",
    State.PAYING: "Yêu cầu thực hiện nghĩa vụ tài chính",
    State.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    State.STOPPED: "Dừng xử lý",
    State.DONE: "Đã xử lý xong",
    State.RETURNED: "Đã trả kết quả",
}
UNITS = {
    LimitUnit.WORKING_DAYS: "ngày làm việc",
    LimitUnit.WORKING_HOURS: "giờ làm việc",
    LimitUnit.DAYS: "ngày",
    LimitUnit.MONTHS: "tháng",
}


def limit_text(parts: Sequence[Limit]) -> str:
    """ "15 ngày + 0,5 ngày làm việc" as papers print a limit; empty when it is not known."""
    return " + ".join(_limit(part) for part in parts)


def _limit(part: Limit) -> str:
    if part.unit is LimitUnit.SAME_DAY:
        return "trong ngày"
    return f"{part.whole}{',5' * part.half} {UNITS[part.unit]}"


def result_number(pattern: str, n: int, on: datetime | date) -> str:
    """Số của kết quả: a pattern over {n} and {year}."""
    return pattern.replace("{n}", str(n)).replace("{year}", f"{on:%Y}") if pattern else ""
