"""Quyền: who sees a ticket and who may do what with it. The only way to a row one may change.

Rights come from posts on the day: people of the organ that holds the ticket (and of its house: a committee, its chairman
and its office are one) work on it, its leaders approve; the province's focal office sees what concerns the province; the
Government Office the whole queue. Senders reach their own by account, or by code and key or the last digits of a phone.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db.models import Q

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers.policy import CENTRES, COMMUNE_WORK, PROVINCE_VIEW, PROVINCE_WORK
from haicap.domain.feedback.models import Answer, Force, Ticket
from haicap.domain.feedback.states import DECREE, Verb
from haicap.domain.units import policy as units
from haicap.domain.units.organs import MINISTRIES, Role
from haicap.domain.units.policy import LEADERS, Held

SYSTEM = "system"
FOCAL = "vpcp"  # the national focal organ for feedback (Decree 20/2008/NĐ-CP)
MINISTERIAL = frozenset(kind.code for kind in MINISTRIES)
HANDLING = frozenset(
    {
        Verb.ACCEPT, Verb.ASSIGN, Verb.SORT, Verb.ASK_MORE, Verb.TRANSFER, Verb.REFUSE, Verb.DRAFT, Verb.SUBMIT,
        Verb.REUSE, Verb.NOTE, Verb.LINK, Verb.PUBLISH,
    }
)  # fmt: skip
DECIDING = frozenset({Verb.SEND_BACK, Verb.APPROVE, Verb.KEEP_PRIVATE, Verb.ERASE})
COORDINATING = frozenset({Verb.SORT, Verb.TRANSFER, Verb.NOTE})  # the focal offices, whoever holds the ticket
LAST_DIGITS, WHOLE = 4, 9  # of a phone: to follow a ticket, to do something to it


def not_found() -> Refused:
    """The same for a code nobody has and one that is not yours."""
    return Refused(
        "not_found", gettext_noop("Không có phiếu mang mã này, hoặc bạn không được xem phiếu này.")
    )


def not_yours() -> Refused:
    """A ticket one sees, a verb one may not do."""
    return Refused(
        "not_yours",
        gettext_noop(
            "Bạn không được làm việc này với phiếu này. Quyền theo vị trí được bổ nhiệm; xin hỏi lãnh đạo cơ quan."
        ),
        DECREE,
    )


def _works(post: Held) -> bool:
    return post.role is not Role.RECEPTION


def holds(post: Held, ticket: Ticket) -> bool:
    """Whether the post is in the organ that holds the ticket, or in the same house."""
    if not _works(post):
        return False
    if post.organ_id == ticket.organ_id:
        return True
    return any(
        ticket.organ.kind in house and post.organ_kind in house and post.unit_uid == ticket.organ.unit.uid
        for house in (COMMUNE_WORK, PROVINCE_WORK)
    )


def _coordinates(post: Held, ticket: Ticket) -> bool:
    if not _works(post):
        return False
    if post.organ_kind == FOCAL:
        return True
    return (
        post.organ_kind in PROVINCE_VIEW
        and ticket.province is not None
        and post.unit_uid == ticket.province.uid
    )


def sees(posts: Iterable[Held], ticket: Ticket, actor: str = "") -> bool:
    """Whether one of the posts lets the ticket be seen whole; whoever answers it sees it too while they are in the organ.

    A sender who is an officer is a sender: the portal shows them their part, without what the office notes for itself.
    """
    held = tuple(posts)
    if actor and actor == ticket.assignee and any(p.organ_id == ticket.organ_id for p in held):
        return True
    return any(
        holds(p, ticket)
        or _coordinates(p, ticket)
        or (ticket.taken_at_id is not None and p.organ_id == ticket.taken_at_id)
        for p in held
    )


def allows(verb: Verb, posts: Iterable[Held], ticket: Ticket) -> bool:
    """Whether one of the posts allows `verb` on the ticket."""
    return any(_allows(verb, post, ticket) for post in posts)


def _allows(verb: Verb, post: Held, ticket: Ticket) -> bool:
    if verb in HANDLING and holds(post, ticket):
        return True
    if verb in COORDINATING and _coordinates(post, ticket):
        return True
    return verb in DECIDING and post.role in LEADERS and holds(post, ticket)


def rights(posts: Iterable[Held], ticket: Ticket) -> frozenset[Verb]:
    """Every verb the posts allow; whether its state allows it is for `states.possible`."""
    held = tuple(posts)
    return frozenset(verb for verb in Verb if allows(verb, held, ticket))


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


@dataclass(frozen=True, slots=True)
class Scope:
    """What an officer may list; `level` nation | province | organ | counter | none; `organs` their own."""

    rows: Q
    level: str
    organs: tuple[int, ...] = ()
    province: str = ""
    personal: bool = True


def visible_to(actor: str, on: date) -> Scope:
    """What an officer may list on the day. One statement."""
    return scope_of(units.held(actor, on))


def scope_of(posts: Sequence[Held]) -> Scope:
    """The same for posts: the whole queue (Government Office), a province, one's own house, what one's counter wrote down."""
    working = [p for p in posts if _works(p)]
    organs = tuple(sorted({p.organ_id for p in working}))
    if any(p.organ_kind == FOCAL for p in working):
        return Scope(Q(), "nation", organs)
    provinces = [p.unit_uid for p in working if p.organ_kind in PROVINCE_VIEW]
    if provinces:
        return Scope(Q(province__uid__in=provinces) | Q(organ__in=organs), "province", organs, provinces[0])
    if organs:
        return Scope(_houses(working) | Q(organ__in=organs), "organ", organs)
    counters = tuple(sorted({p.organ_id for p in posts if p.organ_kind in CENTRES}))
    if counters:
        return Scope(Q(taken_at__in=counters), "counter", counters)
    return Scope(Q(pk__in=[]), "none", personal=False)


def _houses(posts: Iterable[Held]) -> Q:
    found = Q(pk__in=[])
    for post in posts:
        if post.organ_kind in COMMUNE_WORK:
            found |= Q(organ__unit__uid=post.unit_uid, organ__kind__in=COMMUNE_WORK)
    return found


def may_take_down(actor: str, on: date) -> tuple[Held, ...]:
    """The posts of an officer who writes down what a caller says: any. Refused `not_yours` for strangers."""
    posts = units.held(actor, on)
    if not posts:
        raise not_yours()
    return posts


def may_route(posts: Sequence[Held], province: str) -> bool:
    """Whether these officers keep the routing table: of a province its focal office, of the nation the Government Office."""
    if any(_works(p) and p.organ_kind == FOCAL for p in posts):
        return True
    return bool(province) and any(
        _works(p) and p.organ_kind in PROVINCE_WORK and p.unit_uid == province for p in posts
    )


def require_route(actor: str, province: str, on: date) -> None:
    """Refused `not_yours` unless `may_route`."""
    if not may_route(units.held(actor, on), province):
        raise not_yours()


def may_roster(posts: Sequence[Held], organ_id: int) -> bool:
    """Whether these officers lead the organ: they set up its forces and rosters."""
    return any(p.organ_id == organ_id and p.role in LEADERS for p in posts)


def require_roster(actor: str, organ_id: int, on: date) -> None:
    """Refused `not_yours` unless `may_roster`."""
    if not may_roster(units.held(actor, on), organ_id):
        raise not_yours()


def take_force(code: str, *, actor: str, at: datetime) -> Force:
    """The locked force for a leader of its organ. Refused `not_found`, `not_yours`."""
    row = Force.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có tổ công tác này."))
    require_roster(actor, row.organ_id, today(at))
    return row
