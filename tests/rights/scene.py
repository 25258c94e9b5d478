"""One dossier with everything that can belong to it, browsers and keys of everybody, and where a page could tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pyotp
from django.test import Client

from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions import Handed
from haicap.domain.dossiers.rules import Applicant
from haicap.domain.dossiers.states import FileOrigin
from haicap.domain.dossiers.tests import make
from haicap.domain.feedback import actions as feedback
from haicap.domain.feedback import jobs as tickets
from haicap.domain.feedback.actions import Filing
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import Channel, Kind
from haicap.domain.units.models import Organ
from haicap.kernel.accounts import actions as accounts
from haicap.kernel.accounts.models import User
from haicap.kernel.accounts.sessions import BACKEND
from haicap.kernel.accounts.states import Scope, UserKind
from tests.rights.cast import Somebody

NOW = make.at("2026-11-20 15:00")
SECRET = "Điều Không Ai Được Biết"
WHO = Applicant(
    "Lò Thị Tuyệt Mật",
    "person",
    "099900011122",
    "0977000111",
    "tuyet.mat@example.vn",
    "Ngõ Tuyệt Mật 77",
    proxy="Người Thay Mặt",
)
# What nobody reads who may not see the dossier.
PERSONAL = (WHO.name, WHO.number, WHO.phone, WHO.email, WHO.address, WHO.proxy, SECRET)
# Who tries each page; the others differ from one of these only in what the matrix of verbs shows.
VISITORS = (
    "nobody", "applicant", "other citizen", "clerk", "officer", "chairman", "officer day after", "locked clerk", "clerk next door",
    "officer far", "province", "province far", "department", "ministry", "operator", "officer without a post",
)  # fmt: skip


SENDERS = (
    "nobody",
    "applicant",
    "other citizen",
    "officer day after",
    "clerk next door",
    "province",
    "ministry",
)


@dataclass(frozen=True)
class Scene:
    """Ids of what belongs to the dossier, by the names addresses use; `open` is a second dossier still in work."""

    ids: Mapping[str, Any]
    code: str
    open: str
    browsers: Mapping[str, Client]
    keys: Mapping[str, str]


def made(w: make.World, people: Mapping[str, Somebody]) -> Scene:
    """Walk the verbs, sign everybody in."""
    who, wanted = replace(WHO, user=people["applicant"].actor), {**make.ANSWERS, "request": SECRET}
    told = {
        "applicant": who,
        "answers": {**wanted, "full_name": WHO.name, "person_id": WHO.number, "phone": WHO.phone},
    }
    done = _ended(w, people, told)
    opened, question = _open(w, told)
    whole = queries.whole(queries.DossierRow.objects.get(code=done))
    draft = actions.begin_draft(
        procedure=make.CODE, actor=who.user, at=NOW, unit=make.SAPA, user=who.user, phone=WHO.phone
    )
    actions.save_draft(draft=draft.public_id, answers={"request": SECRET}, page="x", actor=who.user, at=NOW)
    part = actions.attach(
        draft=draft.public_id, paper="don", file=make.stored(who.user), actor=who.user, at=NOW
    )
    file = next(c for c in whole.components if c.file_id)
    ids = {
        "code": done, "opened": opened, "component": file.public_id, "slip": whole.slips[0].public_id,
        "result": whole.results[0].public_id, "key": whole.results[0].key, "payment": whole.payments[0].public_id,
        "sheet": whole.handovers[0].sheet, "question": question, "draft": draft.public_id, "part": part.public_id,
        "file": file.file.public_id, "procedure": make.CODE, **_ticket(w),
    }  # fmt: skip
    return Scene(ids, done, opened, _browsers(people), _keys(people))


def _ticket(w: make.World) -> dict[str, Any]:
    """A ticket of the same person, told to the counter on the telephone, in the hands of the ward's officer."""
    tickets.load_packaged(NOW)
    file = make.stored(w.reception.actor)
    filing = Filing(
        Kind.PROCEDURE, SECRET, sender=Sender(WHO.name, WHO.phone, WHO.email), channel=Channel.PHONE, unit=make.SAPA,
        place_text=WHO.address, centre=Organ.objects.get(kind="commune_centre", unit__uid=make.SAPA).pk, files=[file],
    )  # fmt: skip
    made = feedback.file_ticket(filing=filing, actor=w.reception.actor, at=make.MORNING)
    feedback.accept(code=made.code, seen=1, actor=w.officer.actor, at=make.MORNING)
    return {"ticket": made.code, "ticket_file": file}


def _ended(w: make.World, people: Mapping[str, Somebody], told: Mapping[str, Any]) -> str:
    """State 10, with slips, a file, a hand-over, a payment at the counter and a signed result."""
    file = make.stored(w.reception.actor)
    filing = replace(
        make.at_counter(w, make.PAID),
        **told,
        components=(Handed("don", file=file, origin=FileOrigin.SCANNED),),
    )
    row = actions.take_in(filing=filing, actor=w.reception.actor, at=make.MORNING)
    make.do(actions.take_payment, row, w.reception)
    row.version = make.row_of(row).version
    actions.forward(codes=[row.code], actor=w.reception.actor, at=make.MORNING)
    actions.take_over(codes=[row.code], actor=w.officer.actor, at=make.MORNING)
    row.version = make.row_of(row).version
    row = make.do(actions.take_up, row, w.officer)
    row = make.do(actions.decide, row, w.leader, outcome=actions.ending.Outcome.GRANTED, reason=SECRET)
    row = make.do(actions.finish, make.do(actions.sign, row, w.leader), w.officer)
    return make.do(actions.hand_out, row, w.reception).code


def _open(w: make.World, told: Mapping[str, Any]) -> tuple[str, Any]:
    """State 4, with a question to the department of the province."""
    row = make.taken_up(w, **told)
    department = Organ.objects.get(kind="home_affairs", unit_id=make.row_of(row).province_id)
    row = make.do(actions.consult, row, w.officer, organ=department.pk, question="Có đúng không?")
    return row.code, make.whole_of(row).consultations[0].public_id


def _browsers(people: Mapping[str, Somebody]) -> dict[str, Client]:
    found = {}
    for name in VISITORS:
        found[name] = Client(raise_request_exception=False)
        user = User.objects.filter(public_id=people[name].actor).first() if people[name].actor else None
        if user is None:
            continue
        if user.kind == UserKind.OFFICER and user.is_active:
            secret = pyotp.random_base32()
            accounts.enrol_totp(user=user.public_id, secret=secret, actor="system", at=NOW)
            accounts.confirm_totp(
                user=user.public_id, code=pyotp.TOTP(secret).at(NOW), actor="system", at=NOW
            )
        found[name].force_login(user, backend=BACKEND)
    return found


def _keys(people: Mapping[str, Somebody]) -> dict[str, str]:
    found = {"nobody": ""}
    for name in VISITORS[1:]:
        user = User.objects.get(public_id=people[name].actor)
        scopes = {Scope.READ, Scope.WRITE}
        if not user.is_active:
            found[name] = f"haicap_{uuid4().hex}"
            continue
        _, found[name] = accounts.issue_token(
            user=user.public_id, label="thử", scopes=scopes, days=30, actor=user.actor, at=datetime.now(UTC)
        )
    return found
