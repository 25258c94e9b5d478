"""Quy tắc: what a ticket must say, who may stay unnamed, what may be published. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from haicap.base.citation import Citation
from haicap.base.personal import Personal, found
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.feedback.states import (
    ANONYMOUS_ALLOWED,
    DECREE,
    Kind,
)

LONGEST_SUBJECT = 200
LONGEST_TEXT = 8_000
MOST_FILES = 10
A_SOURCE_AN_HOUR = 20  # tickets one stranger may send; an office writes down as many as call
AN_OFFICE_AN_HOUR = 2_000
_PHONE = re.compile(r"(?:\+?84|0)\d{8,10}")
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]{1,63}(?:\.[^@\s.]{1,63})+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
PERSONAL_DATA = Citation("356/2025/NĐ-CP")


@dataclass(frozen=True, slots=True)
class Sender:
    """Người gửi, as told: all empty = unnamed."""

    name: str = ""
    phone: str = ""
    email: str = ""
    user: str = ""  # account, opaque id

    @property
    def unnamed(self) -> bool:
        """True when nobody can be told from it."""
        return not (self.name or self.phone or self.email or self.user)


def words(text: str, longest: int) -> str:
    """One line of text in normal form, without control characters. Refused `too_long`."""
    return _fitting(nfc(_CONTROL.sub("", text)), longest)


def paragraphs(text: str, longest: int = LONGEST_TEXT) -> str:
    """Text in paragraphs, each in normal form. Refused `too_long`."""
    lines = [nfc(_CONTROL.sub("", line)) for line in text.replace("\r\n", "\n").split("\n")]
    return _fitting(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), longest)


def _fitting(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Refused("too_long", gettext_noop("Xin viết không quá %(n)s ký tự."), params={"n": longest})
    return text


def sender(said: Sender, kind: Kind) -> Sender:
    """The sender in normal form. Refused `bad_phone`, `bad_email`, `name_needed` where the law asks who it is."""
    phone = re.sub(r"[\s.\-()]", "", said.phone)
    if phone and not _PHONE.fullmatch(phone):
        raise Refused("bad_phone", gettext_noop("Số điện thoại không đúng. Xin ghi như 0912345678."))
    email = nfc(said.email).lower()
    if email and not (_MAIL.fullmatch(email) and len(email) <= 254):
        raise Refused("bad_email", gettext_noop("Địa chỉ thư điện tử không đúng. Xin ghi như ten@vidu.vn."))
    read = Sender(
        words(said.name, 120),
        "0" + phone.removeprefix("+").removeprefix("84") if phone.lstrip("+").startswith("84") else phone,
        email,
        said.user,
    )
    if kind not in ANONYMOUS_ALLOWED and not (read.user or (read.name and (read.phone or read.email))):
        raise Refused(
            "name_needed",
            gettext_noop("Loại này cần họ tên và số điện thoại hoặc thư điện tử để cơ quan trả lời."),
            DECREE,
        )
    return read


def check_public(text: str, names: Iterable[str] = (), *, kept: Iterable[str] = ()) -> None:
    """Refused `personal_data` with what was found, unless each piece was looked at and `kept` (a hotline, an office)."""
    left = personal_in(text, names, kept=kept)
    if left:
        raise Refused(
            "personal_data",
            gettext_noop(
                "Còn dữ liệu cá nhân: %(found)s. Xin bỏ đi, hoặc đánh dấu giữ lại nếu là của cơ quan (đường dây nóng, thư công vụ)."
            ),
            PERSONAL_DATA,
            params={"found": "; ".join(dict.fromkeys(p.text for p in left))},
        )


def personal_in(text: str, names: Iterable[str] = (), *, kept: Iterable[str] = ()) -> list[Personal]:
    """What is personal in a text and was not marked as to be kept."""
    allowed = {nfc(k) for k in kept}
    return [p for p in found(text, names) if nfc(p.text) not in allowed]
