"""Lấy phiếu: the only way to a row one may change, for officers and for senders."""

from __future__ import annotations

import hmac
from datetime import date, datetime
from hashlib import sha256

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback.models import Answer, Force, Ticket
from haicap.domain.feedback.policy.rights import SYSTEM, allows, not_found, not_yours, require_roster, sees
from haicap.domain.feedback.states import Verb
from haicap.domain.units import policy as units
from haicap.domain.units.policy import Held

LAST_DIGITS, WHOLE = 4, 9  # of a phone: to follow a ticket, to do something to it


def _row(code: str, *, lock: bool) -> Ticket:
    rows = Ticket.objects.select_related("organ__unit", "province", "unit", "answer", "document")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(code=code).first() if code.isascii() and code.isprintable() and len(code) < 40 else None
    if row is None:
        raise not_found()
    return row


def look(code: str, *, actor: str, on: date) -> tuple[Ticket, tuple[Held, ...]]:
    """The ticket unlocked with the officer's posts, for whoever may see it whole. Two statements. Refused `not_found`."""
    posts = units.held(actor, on)
    row = _row(code, lock=False)
    if not sees(posts, row, actor):
        raise not_found()
    return row, posts


def take(code: str, *, actor: str, verb: Verb, at: datetime) -> Ticket:
    """The locked ticket, if the officer may do `verb` to it. Two statements. Refused `not_found`, `not_yours`."""
    posts = units.held(actor, today(at))
    row = _row(code, lock=True)
    if not sees(posts, row, actor):
        raise not_found()
    if not allows(verb, posts, row):
        raise not_yours()
    return row


def take_own(
    code: str, *, actor: str, at: datetime, key: str = "", phone: str = "", email: str = ""
) -> Ticket:
    """The locked ticket for its sender: by account, by the key given at filing, by the whole number of the phone, or
    by a letter from their address that answers one of ours.

    Refused `not_found` whatever was wrong.
    """
    row = _row(code, lock=True)
    if not owns(row, actor=actor, key=key, phone=phone, email=email, digits=WHOLE):
        raise not_found()
    return row


def own(code: str, *, actor: str = "", key: str = "", phone: str = "") -> Ticket:
    """The same without the lock, for the page that follows it: here the last digits of the phone are enough."""
    row = _row(code, lock=False)
    if not owns(row, actor=actor, key=key, phone=phone):
        raise not_found()
    return row


def owns(
    row: Ticket,
    *,
    actor: str = "",
    key: str = "",
    phone: str = "",
    email: str = "",
    digits: int = LAST_DIGITS,
) -> bool:
    """Whether somebody is the sender; `digits`: how many of the phone's they must know at least.

    `email` only from a letter that answers one of ours, never from a form.
    """
    if actor and actor != SYSTEM and row.sender_user == actor:
        return True
    if key and hmac.compare_digest(hashed(key), bytes(row.key_hash)):
        return True
    if email and row.sender_email and email.strip().lower() == row.sender_email:
        return True
    known = "".join(c for c in phone if c.isdigit())
    return len(known) >= digits and bool(row.sender_phone) and row.sender_phone.endswith(known[-WHOLE:])


def hashed(key: str) -> bytes:
    """A key as it is kept; case and separators do not matter."""
    return sha256(key.strip().upper().replace("-", "").encode()).digest()


def take_any(code: str) -> Ticket:
    """The locked ticket for what the platform itself does (clocks, successors, repeats). Refused `not_found`."""
    return _row(code, lock=True)


def take_answer(code: str) -> Answer:
    """The locked answer; rights are those of its tickets. Refused `not_found`."""
    row = Answer.objects.select_for_update().filter(code=code.replace("\0", "")).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có câu trả lời này."))
    return row


def take_force(code: str, *, actor: str, at: datetime) -> Force:
    """The locked force for a leader of its organ. Refused `not_found`, `not_yours`."""
    row = Force.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có tổ công tác này."))
    require_roster(actor, row.organ_id, today(at))
    return row
