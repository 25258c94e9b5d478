"""Mật khẩu: what may be one, and whether it is the right one."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.accounts.models import User

LONGEST = 256
_TELLING = 5  # letters of a name that make it worth guessing; shorter ones are in many words
_NOBODY = "!nobody"  # no password fits it, and Django does the work of one check before it says so
_WEAK = {
    "password_too_short": gettext_noop("Mật khẩu quá ngắn. Xin đặt ít nhất 10 ký tự."),
    "password_too_common": gettext_noop("Mật khẩu này quá dễ đoán. Xin đặt mật khẩu khác."),
    "password_entirely_numeric": gettext_noop("Mật khẩu không được chỉ gồm chữ số."),
    "password_too_long": gettext_noop("Mật khẩu quá dài. Xin đặt không quá 256 ký tự."),
    "password_is_name": gettext_noop("Mật khẩu không được chứa tên đăng nhập."),
}


def spelled(password: str) -> str:
    """One spelling whatever keyboard typed it (NFKC), as NIST SP 800-63B asks."""
    return unicodedata.normalize("NFKC", password)


def hashed(password: str, *, name: str) -> str:
    """The hash to keep of a new password. Refused `weak_password` says what is wrong with it."""
    text = spelled(password)
    if len(text) > LONGEST:
        raise Refused("weak_password", _WEAK["password_too_long"])
    word = name.partition("@")[0]
    if len(word) >= _TELLING and word in text.casefold():
        raise Refused("weak_password", _WEAK["password_is_name"])
    try:
        validate_password(text)
    except ValidationError as error:
        code = str(error.error_list[0].code)
        raise Refused("weak_password", _WEAK.get(code, _WEAK["password_too_common"])) from None
    return make_password(text)


def right(user: User | None, password: str) -> bool:
    """Whether it is the password of `user`; the work is the same when there is no such person."""
    text = spelled(password)[: LONGEST + 1]
    return check_password(text, user.password if user else _NOBODY)
