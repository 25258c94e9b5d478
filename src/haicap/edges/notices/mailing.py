"""Thư điện tử: messages as MIME letters through Django's mail backend, which HAICAP_MAIL chooses.

The Message-ID is made from the message's own number and the same at every try: when a crash falls between the server's
acceptance and our note of it, the second letter is known to the receiver as the first.
"""

from __future__ import annotations

import contextlib
import smtplib
from email import charset
from email.header import Header
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives, get_connection

from haicap.edges.notices.channels import Away, Later, Never, Outgoing
from haicap.edges.notices.composing import as_html, as_text

# Quoted-printable: ASCII lines of at most 76 characters, so that a server without 8BITMIME changes nothing.
_CHARSET = charset.Charset("utf-8")
_CHARSET.body_encoding = charset.QP


def letter(message: Outgoing) -> EmailMultiAlternatives:
    """The letter, plain and as HTML."""
    made = EmailMultiAlternatives(
        subject=_encoded(message.text.subject),
        body=as_text(message.text),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        headers={
            "Message-ID": f"<{message.reference}@{_domain()}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no answer by machines
            "X-Auto-Response-Suppress": "All",
            "Content-Language": message.language,
        },
    )
    if message.template.startswith("ticket_") and settings.MAIL_REPLY_TO:
        made.reply_to = [settings.MAIL_REPLY_TO]  # answers become part of the ticket
    made.encoding = _CHARSET  # Django takes a Charset as well as its name
    made.attach_alternative(as_html(message.text, message.language), "text/html")
    return made


def _encoded(subject: str) -> str:
    """The subject as encoded words that leave room for the name of the header; Django would begin it with a fold."""
    return (
        subject if subject.isascii() else Header(subject, "utf-8", header_name="Subject").encode(linesep="")
    )


def _domain() -> str:
    """Domain of the sender, for Message-IDs."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


class Mail:
    """The way of e-mail: one connection for some letters in a row."""

    def __init__(self) -> None:
        self._connection: Any = None

    def open(self) -> None:
        """Connect and sign in. `Away` for whatever hinders that."""
        try:
            self._connection = get_connection()
            self._connection.open()
        except (OSError, ValueError, ImproperlyConfigured) as error:  # smtplib's errors are OSErrors
            raise Away(_said(error)) from error

    def send(self, message: Outgoing) -> None:
        """Hand over one letter; every answer of the server is sorted into `Away`, `Later` or `Never`."""
        made = letter(message)
        try:
            self._connection.send_messages([made])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()), (550, b""))
            raise _judged(code)(f"{code} {_text(words)}") from error
        except smtplib.SMTPSenderRefused as error:
            raise Away(f"{error.smtp_code} {_text(error.smtp_error)}") from error
        except smtplib.SMTPDataError as error:
            raise _judged(error.smtp_code)(f"{error.smtp_code} {_text(error.smtp_error)}") from error
        except OSError as error:  # cut off or silent in the middle: whether it was accepted is not known
            raise Later(_said(error)) from error

    def close(self) -> None:
        """Sign off; a server that is gone already is no trouble."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.close()
        self._connection = None


def _judged(code: int) -> type[Exception]:
    return Never if 500 <= code < 600 else Later


def _said(error: Exception) -> str:
    code, words = getattr(error, "smtp_code", ""), getattr(error, "smtp_error", None)
    return f"{code} {_text(words)}".strip() if words is not None else f"{type(error).__name__}: {error}"


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
