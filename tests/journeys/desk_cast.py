"""People of the demonstration at the desk, and dossiers made by walking the verbs. Nobody is called so."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from haicap.base.dates import today
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions import Filing, Handed
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.rules import Applicant
from haicap.domain.dossiers.states import Channel
from haicap.domain.units import queries as units
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.accounts.sessions import BACKEND

SINGLE, BIRTH, EXTRACT, CERTIFIED, BUILDING = "1.004873", "1.001193", "2.000635", "2.000815", "1.013225"
SAPA, TAPHIN = "03006", "03013"
WHO = Applicant("Giàng A Thử", "person", "015090000123", "0912345678", address="Tổ 9, phường Sa Pa")


@dataclass
class Desk:
    """The cast by name, each with a browser."""

    at: datetime

    def actor(self, name: str) -> str:
        user = accounts.user_named(name)
        assert user is not None
        return user.actor

    def browser(self, name: str = "") -> Client:
        """A browser of somebody who gave both proofs; nobody's without a name."""
        client = Client()
        if name:
            client.force_login(accounts.user_named(name), backend=BACKEND)
        return client

    def centre(self, code: str = SAPA) -> int:
        place = queries.place(uid(code), today(self.at))
        assert place.centre is not None
        return place.centre.pk

    def taken_in(self, procedure: str = SINGLE, *, ago: float = 2, who: Applicant = WHO, clerk: str = "giang.sapa",
                 unit: str = SAPA, desk: str = SAPA, **more: Any) -> Taken:  # fmt: skip
        """Received at a counter so many days ago."""
        filing = Filing(
            procedure,
            uid(unit),
            who,
            Channel.DIRECT,
            {},
            [Handed("khac", "Tờ khai", 1)],
            centre=self.centre(desk),
        )
        return actions.take_in(
            filing=filing, actor=self.actor(clerk), at=self.at - timedelta(days=ago), **more
        )

    def filed(self, *, ago: float = 1, who: Applicant = WHO) -> Taken:
        """Sent by post to the centre, waiting."""
        filing = Filing(SINGLE, uid(SAPA), who, Channel.POST, {}, centre=self.centre())
        return actions.file(filing=filing, actor=self.actor("giang.sapa"), at=self.at - timedelta(days=ago))

    def in_hand(self, **more: Any) -> Taken:
        """With an officer of Sa Pa."""
        row = self.taken_in(**more)
        return actions.take_up(
            code=row.code, seen=row.version, actor=self.actor("huong.sapa"), at=self.at - timedelta(hours=20)
        )

    def row(self, code: str) -> Any:
        return queries.dossier(code, actor=self.actor("quang.laocai"), on=today(self.at))

    def do(self, name: str, code: str, slug: str, **data: Any) -> Any:
        """Send a form of a dossier's page as it stands; the page after it."""
        seen = data.pop("seen", None) or self.row(code).version
        return self.browser(name).post(reverse("desk:act", args=[code, slug]), {"seen": seen, **data})


def uid(code: str) -> str:
    held = units.register().at(code, today(datetime.now(UTC)))
    assert held is not None
    return held.uid


def begun() -> Desk:
    """The cast as a run makes it: for a test that asks for `cast_database`."""
    return Desk(datetime.now(UTC))


def text(response: Any) -> str:
    """What a page says, without marks of HTML."""
    body = response.content.decode()
    body = re.sub(r"<(script|style|svg)[\s\S]*?</\1>", " ", body)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def counter_form(page: Any, **changes: str) -> Mapping[str, str]:
    """The form of the one screen, filled in as a clerk does."""
    opaque = re.search(r'name="opaque" value="([^"]+)"', page.content.decode())
    assert opaque is not None
    return {
        "opaque": opaque[1], "name": WHO.name, "kind": "person", "number": WHO.number, "phone": WHO.phone, "address": WHO.address,
        "channel": "1", "method": "counter", "unit": uid(SAPA), "there_0": "on", "originals_0": "1", "copies_0": "0",
        "origin_0": "handed",
    } | changes  # fmt: skip


def somebody(name: str, phone: str = "", number: str = "") -> Applicant:
    return replace(WHO, name=name, phone=phone, number=number)
