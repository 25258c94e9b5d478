"""Whole lives of dossiers over HTTP: filed, received, decided, handed out; and four officers deciding at once."""

from __future__ import annotations

import itertools
import os

from bench.dossiers.client import Line, Run, Work, at_once, drive
from bench.dossiers.people import Office

_numbers = itertools.count(1)
_run = os.urandom(4).hex()


def key() -> str:
    """A key nobody used before."""
    return f"do-{_run}-{next(_numbers)}"


def life(offices: list[Office]) -> Work:
    """One dossier from filing to result: four calls, each with a key of its own."""

    async def work(line: Line, number: int, run: Run) -> None:
        office = offices[number % len(offices)]
        row = await run.timed(line.call("/api/v1/dossiers", office.clerk, office.filing, key()))
        for verb, token, body in (
            ("receive", office.clerk, {}),
            ("decide", office.leader, {"outcome": "granted", "finish": True}),
            ("hand-out", office.clerk, {}),
        ):
            if row is None:
                return
            path = f"/api/v1/dossiers/{row['code']}/{verb}"
            row = await run.timed(line.call(path, token, {"seen": row["version"], **body}, key()))
        run.lives += row is not None

    return work


def received(port: int, office: Office) -> str:
    """Code of a dossier that waits for its decision (version 2)."""
    _, row = at_once(port, [("/api/v1/dossiers", office.clerk, office.filing, key())])[0]
    path = f"/api/v1/dossiers/{row['code']}/receive"
    status, row = at_once(port, [(path, office.clerk, {"seen": 1}, key())])[0]
    if status != 200:
        raise RuntimeError(f"not received: {status} {row}")
    return str(row["code"])


def winners(port: int, offices: list[Office], rounds: int) -> list[int]:
    """How many of four simultaneous decisions were accepted, for each of `rounds` dossiers; the rest must be told `stale`."""
    counts = []
    for number in range(rounds):
        office = offices[number % len(offices)]
        path = f"/api/v1/dossiers/{received(port, office)}/decide"
        body = {"seen": 2, "outcome": "granted", "finish": True}
        answers = at_once(port, [(path, office.leader, body, key()) for _ in range(4)])
        wrong = [a for a in answers if a[0] != 200 and (a[0], a[1].get("code")) != (409, "stale")]
        if wrong:
            raise RuntimeError(f"an answer that is neither yes nor stale: {wrong[0]}")
        counts.append(sum(status == 200 for status, _ in answers))
    return counts


def measured(port: int, offices: list[Office], *, connections: int, seconds: float) -> Run:
    """Lives for a while."""
    return drive(port, connections=connections, seconds=seconds, work=life(offices))
