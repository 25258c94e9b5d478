"""Ai mở được gì: drafts and dossiers this browser may open, by account or by what was proved in its session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

from django.http import HttpRequest

from haicap.base.ids import random_key
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import policy, queries
from haicap.domain.dossiers.queries import DossierRow, DraftRow
from haicap.kernel.accounts import sealing
from haicap.kernel.accounts.models import User
from haicap.web.common import clock

STRANGER = "public"
FOR = timedelta(hours=2)  # after so long on a shared computer the code and the phone are asked again
MOST = 20  # drafts and dossiers one browser keeps open
_DRAFTS, _DOSSIERS, _WHO = "portal_drafts", "portal_dossiers", "portal_stranger"


class Level(IntEnum):
    """What somebody proved of a dossier: nothing personal is shown below PHONE, no paper given out below PERSON."""

    DIGITS = 1  # code and the last four digits of the phone
    PHONE = 2  # code and the whole phone
    PERSON = 3  # that, and the number of the person or organisation it is for
    OWNER = 4  # signed in as its applicant


@dataclass(frozen=True, slots=True)
class Seen:
    """A dossier this browser may open, and how far."""

    row: DossierRow
    level: Level

    @property
    def phone(self) -> str:
        """The phone the applicant proved to know; a verb asks for it once more."""
        return self.row.applicant_phone if self.level in (Level.PHONE, Level.PERSON) else ""


def user_of(request: HttpRequest) -> User | None:
    """Who is signed in."""
    return request.user if isinstance(request.user, User) else None


def actor(request: HttpRequest) -> str:
    """The opaque id events carry. Strangers have one a session, so that nobody attaches a file of another's."""
    user = user_of(request)
    if user:
        return user.actor
    if _WHO not in request.session:
        request.session[_WHO] = random_key()
    return f"{STRANGER}:{request.session[_WHO]}"


# --- drafts ------------------------------------------------------------------------------------------------------
def keep_draft(request: HttpRequest, draft: DraftRow) -> None:
    """This browser wrote it, or gave its code and phone."""
    held = [key for key in request.session.get(_DRAFTS, []) if key != str(draft.public_id)]
    request.session[_DRAFTS] = [*held, str(draft.public_id)][-MOST:]


def forget_draft(request: HttpRequest, draft: DraftRow) -> None:
    """Others at this computer do not open it without its code."""
    request.session[_DRAFTS] = [k for k in request.session.get(_DRAFTS, []) if k != str(draft.public_id)]


def draft(request: HttpRequest, public_id: UUID) -> DraftRow:
    """One's own draft. Refused `not_found` for somebody else's as for none."""
    found = queries.draft(public_id)
    user = user_of(request)
    mine = found is not None and bool(found.user) and user is not None and found.user == user.actor
    if found is None or not (mine or str(public_id) in request.session.get(_DRAFTS, [])):
        raise Refused(
            "not_found",
            gettext_noop("Không mở được bản nháp này ở đây. Xin mở lại bằng mã bản nháp và số điện thoại."),
        )
    return found


# --- dossiers ----------------------------------------------------------------------------------------------------
def _mark(row: DossierRow) -> str:
    """What is kept in the session in place of the phone; another phone on the dossier ends what was proved."""
    return sealing.keyed("portal-dossier", row.code, row.applicant_phone).hex()


def _held(request: HttpRequest, now: datetime) -> Mapping[str, list[object]]:
    held: Mapping[str, list[object]] = request.session.get(_DOSSIERS, {})
    return {code: entry for code, entry in held.items() if now - datetime.fromisoformat(str(entry[2])) < FOR}


def keep_dossier(request: HttpRequest, row: DossierRow, level: Level) -> None:
    """Code and digits, or the whole phone, were right."""
    now = clock.now()
    held = {code: entry for code, entry in _held(request, now).items() if code != row.code}
    proved = [int(level), _mark(row), now.isoformat(), str(row.public_id)]
    entries = [*held.items(), (row.code, proved)]
    request.session[_DOSSIERS] = dict(entries[-MOST:])


def forget_dossiers(request: HttpRequest) -> None:
    """Whoever sits down next proves it anew."""
    request.session.pop(_DOSSIERS, None)
    request.session.pop(_DRAFTS, None)


def seen(request: HttpRequest, code: str, least: Level = Level.DIGITS) -> Seen:
    """A dossier this browser may open at least so far. Refused `not_found` whatever is missing."""
    user = user_of(request)
    if user is not None:
        own = queries.own(user.actor).filter(code=code).first()
        if own is not None:
            return Seen(own, Level.OWNER)
    entry = _held(request, clock.now()).get(code)
    row = queries.by_public_id(UUID(str(entry[3]))) if entry is not None else None
    if entry is None or row is None or entry[1] != _mark(row) or int(str(entry[0])) < least:
        raise policy.not_found()
    return Seen(row, Level(int(str(entry[0]))))
