"""Intake over HTTP beside the limit, on an empty database and a full one; lists and pages over the full one."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.core.management import call_command

from bench.dossiers import people
from bench.dossiers.client import Line, Run, drive
from bench.dossiers.people import Office
from bench.dossiers.site import Site, served
from bench.feedback import filling, limit, pages
from bench.figures import Figure, percentile, table
from haicap.config.launcher import preparing
from haicap.domain.feedback import jobs

OFFICES, CONNECTIONS = 12, 12
TICKETS = int(os.environ.get("HAICAP_BENCH_TICKETS", "100000"))
SECONDS = int(os.environ.get("HAICAP_BENCH_SECONDS", "10"))


def say(words: str) -> None:
    """One line, at once."""
    print(words, flush=True)


def prepare() -> list[Office]:
    """A database with the registers, the routing table and the measured offices."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
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
        """One ticket by one of the office's two tokens (an officer may write 2,000 an hour)."""
        office = self.offices[number % len(self.offices)]
        token = office.clerk if self.dice.random() < 0.5 else office.leader
        if (
            await run.timed(line.call("/api/v1/tickets", token, self.ticket(office), str(uuid4())))
            is not None
        ):
            run.lives += 1


class Intake:
    """Tickets a second, milliseconds of processor a ticket, and both beside the limit of the same minute."""

    def __init__(self, site: Site, offices: list[Office], words: str, seconds: int = SECONDS) -> None:
        before = site.spent()
        self.run = drive(site.port, connections=CONNECTIONS, seconds=seconds, work=Writer(offices).send)
        count = max(1, self.run.lives)
        spent = {name: (value - before[name]) * 1000 / count for name, value in site.spent().items()}
        self.cost = sum(spent.values())
        self.most = limit.tickets_a_second(offices[0], seconds=max(3, seconds // 2))
        run = self.run
        say(
            f"{words}: {run.rate:6.1f} tickets/s, limit {self.most:7.1f}, ratio {run.rate / self.most:.3f}, "
            f"p50 {percentile(run.calls, 0.5):5.1f} ms, p95 {percentile(run.calls, 0.95):5.1f} ms, "
            f"CPU ms/ticket: Python {spent['python']:.2f}, database {spent['database']:.2f}, "
            f"answered {run.answered:.4%} {run.faults[:1] or ''}"
        )


def main() -> int:
    """Everything."""
    offices = prepare()
    with served() as site:
        drive(site.port, connections=CONNECTIONS, seconds=3, work=Writer(offices).send)
        empty = Intake(site, offices, "empty")
        say(f"filling {TICKETS:,} tickets")
        filling.fill(TICKETS)
        drive(site.port, connections=CONNECTIONS, seconds=3, work=Writer(offices).send)
        full = Intake(site, offices, f"{TICKETS:,}")
    filling.settle()
    figures = [
        Figure("tickets a second over HTTP, empty", empty.run.rate, "/s", 100, most=False),
        Figure(f"tickets a second over HTTP at {TICKETS:,}", full.run.rate, "/s", 100, most=False),
        Figure("  of the limit, thousandths", full.run.rate / full.most * 1000, "", 100, most=False),
        Figure("  processor a ticket, server and database", full.cost, "ms", 6),
        Figure("  a call, p95", percentile(full.run.calls, 0.95), "ms", 150),
        Figure("  calls answered", full.run.answered * 100, "%", 99.9, most=False),
        *pages.figures(offices[0]),
    ]
    return 0 if table(f"Feedback at {TICKETS:,} tickets (p95 where milliseconds)", figures) else 1
