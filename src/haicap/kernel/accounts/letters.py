"""Thư: links for a new account or a forgotten password. The page that asks learns nothing about who exists.

A page calls `ask`, which writes the same row for every name; the worker calls `answer_all` and decides what to send.
The pages that the links open are filled in by `config/wiring.py`.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.accounts import actions, sealing, throttles
from haicap.kernel.accounts.models import MailRequest, User
from haicap.kernel.accounts.names import NameKind, login_name

log = logging.getLogger("haicap.accounts")

VALID = timedelta(hours=2)
TRIES = 6
_WAIT = timedelta(minutes=1)


class Purpose(StrEnum):
    """Thư để làm gì."""

    REGISTER = "register"
    RESET = "reset"


PageOf = Callable[[str], str]  # ticket → path of the page that takes it, in the active language
_pages: dict[Purpose, PageOf] = {}


def page(purpose: Purpose, path: PageOf) -> None:
    """Fill the slot: the page a link of `purpose` opens."""
    _pages[purpose] = path


def ask(*, purpose: Purpose, name: str, address: str, language: str, at: datetime) -> None:
    """Note that somebody at `address` asked for a link for `name`; the answer is the same for all names.

    Refused `bad_name`, `need_email` (for a new account the name must be an e-mail address) and `too_many_tries`.
    """
    spelled, kind = login_name(name)
    if purpose is Purpose.REGISTER and kind is not NameKind.EMAIL:
        raise Refused(
            "need_email",
            gettext_noop(
                "Để tự tạo tài khoản, xin nhập địa chỉ thư điện tử; chúng tôi gửi đường dẫn xác nhận đến đó."
            ),
        )
    throttles.count(throttles.letter_limits(spelled, address), at=at)
    MailRequest.objects.create(purpose=purpose.value, name=spelled, language=language, asked_at=at)


def answer_all(*, at: datetime, limit: int = 50) -> int:
    """Worker: answer open requests; how many letters went out. Failures are tried again, for two hours at most."""
    MailRequest.objects.filter(Q(asked_at__lt=at - VALID) | Q(attempts__gte=TRIES)).delete()
    sent = 0
    for _turn in range(limit):
        row = _claim(at)
        if row is None:
            break
        try:
            sent += _answer(row, at)
        except OSError as error:  # smtplib's errors are OSErrors: the mail server is away or refuses
            log.exception("a letter could not be sent", extra={"purpose": row.purpose})
            if not isinstance(error, smtplib.SMTPRecipientsRefused):
                break  # the others would wait for it in vain, and the worker with them
        else:
            MailRequest.objects.filter(pk=row.pk).delete()
    return sent


def _claim(at: datetime) -> MailRequest | None:
    """The next open request, put off before it is tried: no transaction is open while the mail server is slow.

    A worker killed in the middle leaves it to be tried again after that wait.
    """
    with transaction.atomic():
        due = Q(retry_at__isnull=True) | Q(retry_at__lte=at)
        row = MailRequest.objects.select_for_update(skip_locked=True).filter(due).order_by("id").first()
        if row is not None:
            MailRequest.objects.filter(pk=row.pk).update(
                attempts=row.attempts + 1, retry_at=at + _WAIT * 2**row.attempts
            )
    return row


def _answer(row: MailRequest, at: datetime) -> bool:
    user = User.objects.filter(name=row.name, is_active=True).first()
    with translation.override(row.language):
        if row.purpose == Purpose.RESET:
            if user is None or not user.email:
                return False
            return _send_reset(user, at)
        if User.objects.filter(name=row.name).exists():
            return _send_known(row.name)
        link = _link(Purpose.REGISTER, {"name": row.name}, at)
        body = _("Xin mở đường dẫn sau trong vòng 2 giờ để tạo tài khoản của bạn:\n\n%(link)s\n\n") % {
            "link": link
        }
        return _send(row.name, _("Tạo tài khoản"), body)


def _send_known(address: str) -> bool:
    body = _("Có người vừa xin tạo tài khoản bằng địa chỉ này, nhưng bạn đã có tài khoản. Nếu quên mật khẩu, xin bấm “Quên mật khẩu”.\n\n")  # fmt: skip
    return _send(address, _("Bạn đã có tài khoản"), body)


def _send_reset(user: User, at: datetime) -> bool:
    link = _link(Purpose.RESET, {"user": user.actor, "seal": _seal(user)}, at)
    body = _("Xin mở đường dẫn sau trong vòng 2 giờ để đặt mật khẩu mới:\n\n%(link)s\n\n") % {"link": link}
    return _send(user.email, _("Đặt lại mật khẩu"), body)


def _send(address: str, subject: str, body: str) -> bool:
    body += _("Nếu bạn không yêu cầu, xin bỏ qua thư này.\n")
    send_mail(f"[Haicap] {subject}", body, settings.DEFAULT_FROM_EMAIL, [address])
    return True


def _link(purpose: Purpose, facts: dict[str, str], at: datetime) -> str:
    return settings.SITE_URL.rstrip("/") + _pages[purpose](sealing.ticket(purpose, facts, at=at))


def _seal(user: User) -> str:
    """Changes with the password: a link works once."""
    return sealing.keyed("reset", user.actor, user.password).hex()[:32]


def name_to_register(ticket: str, *, at: datetime) -> str:
    """The e-mail address a registration link was sent to. Refused `bad_link`, also when it was used."""
    name = str(sealing.read_ticket(Purpose.REGISTER, ticket, at=at, valid=VALID).get("name", ""))
    if not name or User.objects.filter(name=name).exists():
        raise sealing.bad_link()
    return name


def register(*, ticket: str, password: str, display_name: str, at: datetime) -> User:
    """Make the account whose link was opened. Refused `bad_link`, `weak_password`."""
    name = name_to_register(ticket, at=at)
    return actions.register_citizen(
        name=name, password=password, display_name=display_name, actor=actions.SELF, at=at
    )


def user_to_reset(ticket: str, *, at: datetime) -> User:
    """The person whose link was opened. Refused `bad_link`, also when it was used."""
    facts = sealing.read_ticket(Purpose.RESET, ticket, at=at, valid=VALID)
    user = User.objects.filter(public_id=str(facts.get("user")), is_active=True).first()
    if user is None or facts.get("seal") != _seal(user):
        raise sealing.bad_link()
    return user


def reset(*, ticket: str, password: str, at: datetime) -> User:
    """Set a new password by a link; all sessions end. The second factor stays. Refused `bad_link`, `weak_password`."""
    user = user_to_reset(ticket, at=at)
    return actions.set_password(user=user.public_id, password=password, actor=user.actor, at=at)
