"""Phiếu mở ở máy này: tickets this browser proved to be its own, and the proof a verb asks for once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from haicap.base.refused import Refused
from haicap.domain.feedback import policy, queries
from haicap.domain.feedback.actions import Proof
from haicap.domain.feedback.queries import Whole
from haicap.kernel.accounts import sealing
from haicap.web.common import clock
from haicap.web.portal.dossiers import access

FOR = timedelta(hours=2)  # on a shared computer code and key are asked again after so long
MOST = 20
_TICKETS = "portal_tickets"


@dataclass(frozen=True, slots=True)
class Seen:
    """A ticket this browser may open.

    whole  what the sender may see of it
    proof  what shows it to be theirs; empty for the account that sent it
    able   may answer and reopen: by account, key or the whole telephone; its last digits only look
    sure   may rate and withdraw: by account or key, as the office knows the telephone too
    """

    whole: Whole
    proof: Proof
    able: bool
    sure: bool


def actor(request: HttpRequest) -> str:
    """The opaque id events carry."""
    return access.actor(request)


def account(request: HttpRequest) -> str:
    """The account that is signed in, "" without one."""
    user = access.user_of(request)
    return user.actor if user else ""


def _held(request: HttpRequest, now: datetime) -> Mapping[str, list[str]]:
    held: Mapping[str, list[str]] = request.session.get(_TICKETS, {})
    return {code: entry for code, entry in held.items() if now - datetime.fromisoformat(entry[1]) < FOR}


def keep(request: HttpRequest, code: str, proof: Proof) -> None:
    """Key or digits were right; sealed, as the key is kept nowhere else in the clear."""
    now = clock.now()
    held = {c: entry for c, entry in _held(request, now).items() if c != code}
    sealed = sealing.seal(f"{proof.key}\n{proof.phone}").decode()
    request.session[_TICKETS] = dict([*held.items(), (code, [sealed, now.isoformat()])][-MOST:])


def forget(request: HttpRequest) -> None:
    """Whoever sits down next proves it anew."""
    request.session.pop(_TICKETS, None)


def seen(request: HttpRequest, code: str) -> Seen:
    """A ticket this browser may open. Refused `not_found` whatever is missing."""
    mine = account(request)
    if mine:
        try:
            return Seen(queries.followed(code, actor=mine), Proof(), able=True, sure=True)
        except Refused:
            pass  # not by this account: perhaps by its key
    entry = _held(request, clock.now()).get(code)
    if entry is None:
        raise policy.not_found()
    proof = _proof(entry[0])
    whole = queries.followed(code, key=proof.key, phone=proof.phone)
    sure = policy.owns(whole.ticket, key=proof.key)
    able = sure or policy.owns(whole.ticket, phone=proof.phone, digits=policy.WHOLE)
    return Seen(whole, proof, able=able, sure=sure)


def _proof(sealed: str) -> Proof:
    try:
        key, _, phone = sealing.unseal(sealed.encode()).partition("\n")
    except RuntimeError:  # the secret was changed meanwhile
        raise policy.not_found() from None
    return Proof(key, phone)
