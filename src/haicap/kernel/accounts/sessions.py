"""Phiên đăng nhập: Django's sessions, kept under the hash of the cookie and with the person's name on them.

Named by settings.SESSION_ENGINE. Whoever reads the table cannot take over a session; a person can see and end theirs.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY, login, logout
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from haicap.base.ids import uuid7
from haicap.kernel.accounts.models import Session, User
from haicap.kernel.accounts.names import display

BACKEND = "haicap.kernel.accounts.backend.Passwords"
PENDING_SECONDS = 600  # between the password and the second factor
_META = "haicap_session"
_PENDING = "haicap_pending"
_AGENT_LENGTH = 200


def _hashed(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Django's database store, with hashed keys and the person on the row; everything else is Django's."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our rows."""
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; empty for a cookie nobody was given or one that ran out."""
        row = Session.objects.filter(session_key=_hashed(self.session_key or "")).first()
        if row is None or row.expire_date <= datetime.now(row.expire_date.tzinfo):
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(row.session_data)
        return held

    def exists(self, session_key: str) -> bool:
        """Whether a session with this cookie is kept."""
        return Session.objects.filter(session_key=_hashed(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to be written."""
        meta = data.get(_META, {})
        return Session(
            session_key=_hashed(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # Django's, untyped
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=data.get(SESSION_KEY),
            public_id=UUID(meta["id"]) if meta else uuid7(),
            began_at=datetime.fromisoformat(meta["at"]) if meta else None,
            address=meta.get("address", ""),
            agent=meta.get("agent", ""),
        )

    def cycle_key(self) -> None:
        """A new cookie, and a new public id with it: for a moment both rows are there."""
        if meta := self.get(_META):
            self[_META] = {**meta, "id": str(uuid7())}
        super().cycle_key()

    def delete(self, session_key: str | None = None) -> None:
        """End the session of this cookie (this one by default)."""
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=_hashed(key)).delete()


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One of a person's sessions, as their page lists it."""

    public_id: UUID
    began_at: datetime | None
    expires_at: datetime
    address: str
    agent: str
    current: bool


def begin(request: HttpRequest, user: User, *, address: str, agent: str, at: datetime) -> None:
    """Sign `user` in on this browser: a new key, so that a planted cookie is worth nothing."""
    request.session.pop(_PENDING, None)
    login(request, user, backend=BACKEND)
    request.session[_META] = {
        "id": str(uuid7()),
        "at": at.isoformat(),
        "address": display(address, 60),
        "agent": display(agent, _AGENT_LENGTH),
    }


def leave(request: HttpRequest) -> None:
    """Sign out on this browser."""
    logout(request)


def await_second_factor(request: HttpRequest, user: User, *, at: datetime) -> None:
    """Remember that the password was right; nobody is signed in yet."""
    request.session.cycle_key()
    request.session[_PENDING] = {
        "user": user.actor,
        "at": at.isoformat(),
        "seal": user.get_session_auth_hash(),
    }


def awaiting_second_factor(request: HttpRequest, *, at: datetime) -> User | None:
    """The person whose password was right less than ten minutes ago on this browser."""
    pending = request.session.get(_PENDING)
    if not pending or (at - datetime.fromisoformat(pending["at"])).total_seconds() > PENDING_SECONDS:
        return None
    user = User.objects.filter(public_id=pending["user"], is_active=True).first()
    # A password changed meanwhile makes the first step worth nothing.
    return user if user and constant_time_compare(pending["seal"], user.get_session_auth_hash()) else None


def sessions_of(user: User, *, current: str | None, at: datetime) -> tuple[SessionRow, ...]:
    """Live sessions of `user`, newest first; `current` is the cookie of the asking browser."""
    rows = Session.objects.filter(user=user, expire_date__gt=at).order_by("-began_at")
    here = _hashed(current) if current else ""
    return tuple(
        SessionRow(r.public_id, r.began_at, r.expire_date, r.address, r.agent, r.session_key == here)
        for r in rows
    )


def end_session(user: User, public_id: UUID) -> None:
    """End one of the person's own sessions; nothing happens when it is gone already."""
    Session.objects.filter(user=user, public_id=public_id).delete()


def end_sessions(user: User, *, but: str | None = None) -> None:
    """End all sessions of `user`, but the one with the cookie `but`."""
    rows = Session.objects.filter(user=user)
    if but:
        rows = rows.exclude(session_key=_hashed(but))
    rows.delete()


def sweep(at: datetime) -> int:
    """Remove sessions that ran out; how many."""
    return Session.objects.filter(expire_date__lte=at).delete()[0]
