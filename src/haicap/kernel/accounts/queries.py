"""Questions about people and keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.kernel.accounts import policy, sealing
from haicap.kernel.accounts.models import Token, User
from haicap.kernel.accounts.states import Scope, UserKind
from haicap.kernel.ledger import statements

_HOLDER = """
SELECT t.public_id, u.public_id::text, u.kind, ARRAY(SELECT jsonb_array_elements_text(t.scopes))
FROM accounts_token t JOIN accounts_user u ON u.id = t.user_id
WHERE t.digest = %s AND t.revoked_at IS NULL AND t.expires_at > %s AND u.is_active
"""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who calls with a key (opaque id and kind of the person), and what the key may do."""

    actor: str
    kind: UserKind
    token: UUID
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A key as its owner sees it."""

    public_id: UUID
    label: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    live: bool


def user(public_id: UUID | str) -> User | None:
    """The person with this opaque id, erased ones too; None for a text that is no id."""
    try:
        return User.objects.filter(public_id=UUID(str(public_id))).first()
    except ValueError:
        return None


def user_named(name: str) -> User | None:
    """The person who signs in with `name` (already in its one spelling)."""
    return User.objects.filter(name=name).first()


def display_names(actors: set[str]) -> dict[str, str]:
    """Names to show for the opaque ids of events; erased and unknown ones are missing."""
    ids = [a for a in actors if len(a) == 36]
    rows = User.objects.filter(public_id__in=ids).exclude(display_name="")
    return {str(public_id): name for public_id, name in rows.values_list("public_id", "display_name")}


def people(*, actor: str, text: str = "", kind: UserKind | None = None, limit: int = 100) -> list[User]:
    """Accounts an operator looks through, by name. Refused `not_yours`."""
    policy.require_operator(actor)
    rows = User.objects.filter(erased_at__isnull=True)
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if words := nfc(text):
        rows = rows.filter(Q(name__icontains=words) | Q(display_name__icontains=words))
    return list(rows.order_by("name")[:limit])


def officers(text: str = "", *, locked: bool = False, limit: int = 50) -> list[User]:
    """Officers by name, for those who appoint; `locked` takes locked accounts in. Citizens are never listed."""
    rows = User.objects.filter(kind=UserKind.OFFICER.value, erased_at__isnull=True)
    if not locked:
        rows = rows.filter(is_active=True)
    if words := nfc(text):
        rows = rows.filter(Q(name__icontains=words) | Q(display_name__icontains=words))
    return list(rows.order_by("display_name", "name")[:limit])


def officer(public_id: UUID | str) -> User:
    """An officer by the opaque id; Refused `not_found` for anybody else."""
    found = user(public_id)
    if found is None or found.kind != UserKind.OFFICER or found.erased_at is not None:
        raise Refused("not_found", gettext_noop("Không có tài khoản cán bộ này."))
    return found


def holder(secret: str, *, at: datetime) -> Holder | None:
    """Who holds the key `secret` at `at`; None when it is unknown, expired, revoked or its person locked. One statement."""
    return _holder_of(statements.rows(_HOLDER, [sealing.digest(secret[:200]), at]))


def hold_to(
    secret: str, known: Holder, *, at: datetime, held: Callable[[], None], otherwise: Callable[[], Exception]
) -> None:
    """Ask again whether `known` holds the key, with the first statement of the verb that follows.

    held       is told there that it is so
    otherwise  what is raised there when it is not
    """

    def told(found: list[statements.Row]) -> None:
        if _holder_of(found) != known:
            raise otherwise()
        held()

    statements.later(_HOLDER, [sealing.digest(secret[:200]), at], told=told)


def _holder_of(found: list[statements.Row]) -> Holder | None:
    if not found:
        return None
    token, actor, kind, scopes = found[0]
    return Holder(actor, UserKind(kind), token, frozenset(map(Scope, scopes)))


def tokens_of(owner: User, *, at: datetime) -> tuple[TokenRow, ...]:
    """All keys of `owner`, newest first."""
    return tuple(
        TokenRow(
            t.public_id,
            t.label,
            tuple(map(Scope, t.scopes)),
            t.created_at,
            t.expires_at,
            t.revoked_at,
            t.revoked_at is None and t.expires_at > at,
        )
        for t in Token.objects.filter(user=owner).order_by("-id")
    )
