"""Quyền xử lý: posts on a day, and what they allow on a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from haicap.domain.dossiers.states import Verb
from haicap.domain.units.organs import Role
from haicap.kernel.ledger.chain import Head

SYSTEM = "system"
LEADERS = (Role.LEADER, Role.DEPUTY)
CENTRES = ("commune_centre", "centre_branch", "province_centre")
# Organs whose people work on what the committee of their unit is competent for.
COMMUNE_WORK = (
    "commune_committee",
    "commune_chairman",
    "commune_office",
    "commune_culture",
    "commune_economy",
)
PROVINCE_WORK = ("province_committee", "province_chairman", "province_office")
PROVINCE_VIEW = (*PROVINCE_WORK, "province_centre")
RECEIVING = frozenset(
    {
        Verb.RECEIVE, Verb.REQUEST_SUPPLEMENT, Verb.SUPPLY, Verb.REQUEST_PAYMENT, Verb.SETTLE, Verb.FORWARD, Verb.REFUSE,
        Verb.STOP, Verb.WITHDRAW, Verb.HAND_OUT, Verb.CORRECT,
    }
)  # fmt: skip
WORKING = frozenset(
    {
        Verb.TAKE_UP, Verb.ASSIGN, Verb.ADVANCE, Verb.CONSULT, Verb.EXTEND, Verb.REQUEST_SUPPLEMENT, Verb.REFUSE,
        Verb.REQUEST_PAYMENT, Verb.FORWARD, Verb.FINISH, Verb.STOP,
    }
)  # fmt: skip
DECIDING = frozenset({Verb.DECIDE, Verb.SIGN, Verb.REVOKE, Verb.ERASE})
OWN = frozenset({Verb.SUPPLY, Verb.WITHDRAW, Verb.RATE, Verb.SETTLE, Verb.CORRECT})


POSTS = """ARRAY(
  SELECT p.role || '|' || o.kind || '|' || o.id || '|' || o.unit_id
  FROM accounts_user w JOIN units_appointment a ON a.officer_id = w.id
  JOIN units_post p ON p.id = a.post_id JOIN units_organ o ON o.id = p.organ_id
  WHERE w.public_id = %s AND w.is_active AND w.kind = 'officer' AND a.valid @> %s::date AND o.valid @> %s::date)"""
_HELD = f"SELECT {POSTS}"


@dataclass(frozen=True, slots=True)
class Post:
    """A post on the day: role, kind and id of its organ, id of the organ's unit."""

    role: Role
    kind: str
    organ_id: int
    unit_id: int


@dataclass(slots=True)
class Taken:
    """A locked dossier as the verbs need it; `posts` are those of whoever took it."""

    id: int
    public_id: UUID
    code: str
    procedure_code: str
    procedure_version_id: int
    instance_id: int | None
    state: int
    back_to: int | None
    step: int
    channel: int
    unit_id: int
    province_id: int
    organ_id: int | None
    competent_name: str
    received_at_organ_id: int | None
    helped_at_id: int | None
    papers_at_id: int | None
    assignee: str
    applicant_name: str
    applicant_kind: str
    applicant_number: str
    applicant_phone: str
    applicant_email: str
    applicant_address: str
    applicant_user: str
    proxy: str
    language: str
    result_method: str
    filed_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    promised_at: datetime | None
    alarm: str
    clock: int
    decided_at: datetime | None
    outcome: str
    finished_at: datetime | None
    supplements: int
    extensions: int
    payment_place: int
    version: int
    head: bytes
    organ_kind: str
    posts: tuple[Post, ...]

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"dossier:{self.public_id}"

    @property
    def ledger_head(self) -> Head:
        """Where the stream stands."""
        return Head(self.version, bytes(self.head))


def uuid_of(actor: str) -> UUID | None:
    try:
        return UUID(actor)
    except ValueError:
        return None


def read_posts(found: Iterable[str]) -> tuple[Post, ...]:
    parts = (text.split("|") for text in found)
    return tuple(Post(Role(role), kind, int(organ), int(unit)) for role, kind, organ, unit in parts)


def posts_of(actor: str, on: date) -> tuple[Post, ...]:
    """The posts an officer holds on the day; none for strangers, citizens and locked accounts. One statement."""
    who = uuid_of(actor)
    if who is None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [who, on, on])
        return read_posts(cursor.fetchone()[0])


def allows(verb: Verb, posts: Iterable[Post], row: Taken) -> bool:
    """Whether one of the posts allows `verb` on the dossier."""
    return any(_allows(verb, post, row) for post in posts)


def _allows(verb: Verb, post: Post, row: Taken) -> bool:
    if verb in RECEIVING and _receives(post, row):
        return True
    if verb in WORKING and _works(post, row):
        return True
    return verb in DECIDING and _decides(post, row)


def _receives(post: Post, row: Taken) -> bool:
    """At the centre where it was filed. What came to no centre (online) is received by the competent unit's own."""
    if post.kind not in CENTRES:
        return False
    return post.organ_id == row.received_at_organ_id or (
        row.received_at_organ_id is None and post.unit_id == row.unit_id
    )


def _works(post: Post, row: Taken) -> bool:
    if row.organ_id is None:  # an organ the platform does not know: its seconded people sit at the centre
        return post.role is not Role.RECEPTION and _receives(post, row)
    if post.role is Role.RECEPTION:
        return False
    return post.organ_id == row.organ_id or _same_house(post, row)


def _same_house(post: Post, row: Taken) -> bool:
    for house in (COMMUNE_WORK, PROVINCE_WORK):
        if row.organ_kind in house and post.kind in house:
            return post.unit_id == row.unit_id
    return False


def _decides(post: Post, row: Taken) -> bool:
    if post.role not in LEADERS:
        return False
    if row.organ_kind in ("commune_committee", "commune_chairman"):
        return post.kind in ("commune_committee", "commune_chairman") and post.unit_id == row.unit_id
    if row.organ_kind in ("province_committee", "province_chairman"):
        return post.kind in ("province_committee", "province_chairman") and post.unit_id == row.unit_id
    return _works(post, row)


def sees(posts: Iterable[Post], row: Taken) -> bool:
    """Whether one of the posts lets the dossier be seen whole."""
    return any(_sees(post, row) for post in posts)


def _sees(post: Post, row: Taken) -> bool:
    return (
        _receives(post, row)
        or _works(post, row)
        or post.organ_id in (row.organ_id, row.helped_at_id, row.papers_at_id)
        or (post.kind in COMMUNE_WORK and post.role is not Role.RECEPTION and post.unit_id == row.unit_id)
        or (post.kind in PROVINCE_VIEW and post.unit_id == row.province_id)
    )


def rights(posts: Iterable[Post], row: Taken) -> frozenset[Verb]:
    """Every verb the posts allow on the dossier; whether its state allows it is for `states.possible`."""
    held = tuple(posts)
    return frozenset(verb for verb in Verb if allows(verb, held, row))


def acting_for(verb: Verb, row: Taken) -> str:
    """For which organ whoever took the row does it: the first of their posts that allows it. The ledger keeps it."""
    organ = next((post.organ_id for post in row.posts if _allows(verb, post, row)), None)
    return f"organ:{organ}" if organ is not None else ""


def at_counter(posts: Iterable[Post]) -> tuple[Post, ...]:
    """The posts at a centre: those who may take dossiers in over the counter."""
    return tuple(post for post in posts if post.kind in CENTRES)
