"""Quyền: what posts on the day allow on a ticket, and who sees of it what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers.policy import COMMUNE_WORK, PROVINCE_VIEW, PROVINCE_WORK
from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.states import DECREE, Verb
from haicap.domain.units import policy as units
from haicap.domain.units.organs import Role
from haicap.domain.units.policy import LEADERS, Held

SYSTEM = "system"
FOCAL = "vpcp"  # the national focal organ for feedback (Decree 20/2008/NĐ-CP)
HANDLING = frozenset(
    {
        Verb.ACCEPT, Verb.ASSIGN, Verb.SORT, Verb.ASK_MORE, Verb.TRANSFER, Verb.REFUSE, Verb.DRAFT, Verb.SUBMIT,
        Verb.REUSE, Verb.NOTE, Verb.LINK, Verb.PUBLISH,
    }
)  # fmt: skip
DECIDING = frozenset({Verb.SEND_BACK, Verb.APPROVE, Verb.KEEP_PRIVATE, Verb.ERASE})
COORDINATING = frozenset({Verb.SORT, Verb.TRANSFER, Verb.NOTE})  # the focal offices, whoever holds the ticket


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


def works(post: Held) -> bool:
    """Whether the post decides and prepares: not one that only receives at a counter."""
    return post.role is not Role.RECEPTION


def holds(post: Held, ticket: Ticket) -> bool:
    """Whether the post is in the organ that holds the ticket, or in the same house."""
    if not works(post):
        return False
    if post.organ_id == ticket.organ_id:
        return True
    return any(
        ticket.organ.kind in house and post.organ_kind in house and post.unit_uid == ticket.organ.unit.uid
        for house in (COMMUNE_WORK, PROVINCE_WORK)
    )


def _coordinates(post: Held, ticket: Ticket) -> bool:
    if not works(post):
        return False
    if post.organ_kind == FOCAL:
        return True
    return (
        post.organ_kind in PROVINCE_VIEW
        and ticket.province is not None
        and post.unit_uid == ticket.province.uid
    )


def inside(posts: Iterable[Held], ticket: Ticket, actor: str = "") -> bool:
    """Whether the ticket is theirs to handle or to look over: they read what the office notes for itself and drafts.

    Whoever answers it is one of them while they are in the organ.
    """
    held = tuple(posts)
    if actor and actor == ticket.assignee and any(p.organ_id == ticket.organ_id for p in held):
        return True
    return any(holds(p, ticket) or _coordinates(p, ticket) for p in held)


def took_down(posts: Iterable[Held], ticket: Ticket) -> bool:
    """Whether one of the posts is in the office that wrote the ticket down for its sender."""
    return ticket.taken_at_id is not None and any(p.organ_id == ticket.taken_at_id for p in posts)


def sees(posts: Iterable[Held], ticket: Ticket, actor: str = "") -> bool:
    """Whether one of the posts lets the ticket be seen: those inside, and the office that wrote it down, which sees it as
    it was told and what was told to its sender.

    A sender who is an officer is a sender: the portal shows them their part, without what the office notes for itself.
    """
    held = tuple(posts)
    return inside(held, ticket, actor) or took_down(held, ticket)


def allows(verb: Verb, posts: Iterable[Held], ticket: Ticket) -> bool:
    """Whether one of the posts allows `verb` on the ticket."""
    return any(_allows(verb, post, ticket) for post in posts)


def _allows(verb: Verb, post: Held, ticket: Ticket) -> bool:
    if verb in HANDLING and holds(post, ticket):
        return True
    if verb in COORDINATING and _coordinates(post, ticket):
        return True
    if verb is Verb.REFER and took_down([post], ticket):
        return True
    return verb in DECIDING and post.role in LEADERS and holds(post, ticket)


def rights(posts: Iterable[Held], ticket: Ticket) -> frozenset[Verb]:
    """Every verb the posts allow; whether its state allows it is for `states.possible`."""
    held = tuple(posts)
    return frozenset(verb for verb in Verb if allows(verb, held, ticket))


def may_take_down(actor: str, on: date) -> tuple[Held, ...]:
    """The posts of an officer who writes down what a caller says: any. Refused `not_yours` for strangers."""
    posts = units.held(actor, on)
    if not posts:
        raise not_yours()
    return posts


def may_route(posts: Sequence[Held], province: str) -> bool:
    """Whether these officers keep the routing table: of a province its focal office, of the nation the Government Office."""
    if any(works(p) and p.organ_kind == FOCAL for p in posts):
        return True
    return bool(province) and any(
        works(p) and p.organ_kind in PROVINCE_WORK and p.unit_uid == province for p in posts
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
