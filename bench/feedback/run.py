"""Intake over HTTP on an empty database, the fill, look-ups and intake again on the full one."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.db import connection

from bench.dossiers import people
from bench.dossiers.client import Line, Run, drive
from bench.dossiers.people import Office, _officer
from bench.dossiers.site import Site, served
from bench.feedback import filling
from bench.figures import Figure, percentile, table
from haicap.config.launcher import preparing
from haicap.domain.dossiers import queries as dossiers
from haicap.domain.feedback import jobs, policy, queries
from haicap.domain.feedback.policy import Scope
from haicap.domain.units import queries as units
from haicap.domain.units.organs import Role

OFFICES, CONNECTIONS = 12, 12
TICKETS = int(os.environ.get("HAICAP_BENCH_TICKETS", "500000"))
SECONDS = int(os.environ.get("HAICAP_BENCH_SECONDS", "10"))
ASKED = 200


def say(words: str) -> None:
    """One line, at once."""
    print(words, flush=True)


def prepare() -> list[Office]:
    """A database with the registers, the routing table and the measured offices."""
    call_command("migrate", interactive=False, verbosity=0)
    at = datetime.now(UTC)
    preparing.load_registers(lambda said: None, at=at)
    preparing.load_catalogue(lambda said: None, at=at)
    jobs.load_packaged(at)
    return people.settle(at, OFFICES)


class Writer:
    """What offices send: no two tickets alike, no sender twice."""

    def __init__(self, offices: list[Office]) -> None:
        self.offices, self.texts = offices, filling.texts(3_000)
        self.dice = random.Random(7)

    def ticket(self, office: Office) -> dict[str, Any]:
        """A ticket about the office's commune."""
        phone = f"09{self.dice.randrange(10**8):08d}"
        text = f"{self.dice.choice(self.texts)} {self.dice.choice(self.texts)}"
        return {
            "kind": "procedure", "unit": office.code, "procedure": office.filing["procedure"], "text": text,
            "sender": {"name": "Người Đo Đạc", "phone": phone},
        }  # fmt: skip

    async def send(self, line: Line, number: int, run: Run) -> None:
        """One ticket by one of the office's two tokens (a token may write 2,000 an hour)."""
        office = self.offices[number % len(self.offices)]
        token = office.clerk if self.dice.random() < 0.5 else office.leader
        if (
            await run.timed(line.call("/api/v1/tickets", token, self.ticket(office), str(uuid4())))
            is not None
        ):
            run.lives += 1


def intake(site: Site, offices: list[Office], words: str, seconds: int = SECONDS) -> Run:
    """Tickets a second."""
    before = site.spent()
    run = drive(site.port, connections=CONNECTIONS, seconds=seconds, work=Writer(offices).send)
    spent = {name: (value - before[name]) * 1000 / max(1, run.lives) for name, value in site.spent().items()}
    say(
        f"{words}: {run.rate:6.1f} tickets/s, p50 {percentile(run.calls, 0.5):5.1f} ms, p95 {percentile(run.calls, 0.95):5.1f} ms, "
        f"CPU ms/ticket: Python {spent['python']:.2f}, database {spent['database']:.2f}, answered {run.answered:.4%} {run.faults[:1] or ''}"
    )
    return run


def floor() -> float:
    """Rows a second that PostgreSQL itself writes into the full table, one a transaction, with its indexes: the limit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'feedback_ticket'"
        )
        columns = [row[0] for row in cursor.fetchall() if row[0] != "id"]
        changed = {"public_id": "gen_random_uuid()", "code": "'PB' || gen_random_uuid()"}
        values = ", ".join(changed.get(name, name) for name in columns)
        sql = f"INSERT INTO feedback_ticket ({', '.join(columns)}) SELECT {values} FROM feedback_ticket WHERE id = %s"
        cursor.execute("SELECT max(id) FROM feedback_ticket")
        model = cursor.fetchone()[0]
        began, count = time.perf_counter(), 0
        while time.perf_counter() - began < 3:
            cursor.execute(sql, [model])
            count += 1
        cursor.execute("DELETE FROM feedback_ticket WHERE code LIKE 'PB%%'")
    return count / 3


def asked(look: Callable[[], object], times: int = ASKED) -> float:
    """p95 in milliseconds, after a first look."""
    look()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        look()
        spent.append((time.perf_counter() - began) * 1000)
    return percentile(spent, 0.95)


def scopes(offices: list[Office], at: datetime) -> dict[str, tuple[str, Scope]]:
    """Officers of a commune, of the province's focal office, of the Government Office: opaque id and reach."""
    on = at.date()
    place = dossiers.place(offices[0].uid, on)
    province = _officer("do.tinh", place.offices["province_office"].pk, Role.OFFICER, at)[0]
    focal = next(row.pk for row in units.ministries(on) if row.kind == policy.FOCAL)
    nation = _officer("do.nuoc", focal, Role.OFFICER, at)[0]
    who = {"commune": offices[0].leader_id, "province": province, "nation": nation}
    return {level: (actor, policy.visible_to(actor, on)) for level, actor in who.items()}


def lookups(offices: list[Office]) -> list[Figure]:
    """Lists, counts, likeness and figures over everything."""
    at = datetime.now(UTC)
    found: list[Figure] = []
    for level, (actor, scope) in scopes(offices, at).items():
        for stage in ("open", "late", "nobody"):
            wanted = queries.Asked(stage, actor=actor)
            found.append(Figure(f"worklist, {level}, {stage}: p95", asked(partial(queries.page, scope, wanted, at)), "ms", 50))  # fmt: skip
        found.append(Figure(f"counts, {level}: p95", asked(partial(queries.counts, scope, actor, at), 40), "ms", 50))  # fmt: skip
    own = policy.visible_to(offices[0].leader_id, at.date())
    text = filling.texts(50)[7]
    found += [
        Figure("by the phone of a caller: p95", asked(lambda: queries.earlier(own, phone="0800012345")), "ms", 50),
        Figure("by a code: p95", asked(lambda: queries.page(own, queries.Asked("all", text="PA260000012345"), at)), "ms", 50),
        Figure("near-duplicates of a text typed: p95", asked(lambda: queries.near_duplicates(text, own), 40), "ms", 200),
        Figure("public answers with three words: p95", asked(lambda: queries.public_answers(text="ho so tre")), "ms", 50),
        Figure("figures of every organ, a year: p95", asked(lambda: queries.by_organ(at.date().replace(month=1, day=1), at.date(), at), 5), "ms", 2_000),
    ]  # fmt: skip
    return found


def main() -> int:
    """Everything."""
    offices = prepare()
    with served() as site:
        intake(site, offices, "warming", 3)
        empty = intake(site, offices, "empty")
        say(f"filling {TICKETS:,} tickets")
        filling.fill(TICKETS)
        intake(site, offices, "warming", 3)
        full = intake(site, offices, f"{TICKETS:,}")
    most = floor()
    say(
        f"PostgreSQL alone writes {most:,.0f} such rows a second on one connection; ratio {full.rate / most:.3f}"
    )
    figures = [
        Figure("tickets a second over HTTP, empty", empty.rate, "/s", 100, most=False),
        Figure(f"tickets a second over HTTP at {TICKETS:,}", full.rate, "/s", 100, most=False),
        Figure("  calls answered", full.answered * 100, "%", 99.9, most=False),
        *lookups(offices),
    ]
    return 0 if table("Feedback", figures) else 1
