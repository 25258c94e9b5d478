"""Lives on an empty database, the load, lives on the full one; each beside the limit, in turns."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bench.dossiers import limit, lives, lookups, people, proofs
from bench.dossiers.people import Office
from bench.dossiers.site import Site, served
from bench.figures import Figure, percentile, table
from haicap.config.launcher import preparing

OFFICES, CONNECTIONS = 12, 12
DOSSIERS = int(os.environ.get("HAICAP_BENCH_DOSSIERS", "1000000"))
SECONDS = int(os.environ.get("HAICAP_BENCH_SECONDS", "10"))
ROUNDS = int(os.environ.get("HAICAP_BENCH_ROUNDS", "3"))


def say(words: str) -> None:
    """One line, at once."""
    print(words, flush=True)


def prepare() -> list[Office]:
    """A database with the registers and the measured offices."""
    call_command("migrate", interactive=False, verbosity=0)
    at = datetime.now(UTC)
    preparing.load_registers(lambda said: None, at=at)
    preparing.load_catalogue(lambda said: None, at=at)
    return people.settle(at, OFFICES)


@dataclass(frozen=True)
class Rounds:
    """Medians over the rounds: lives a second, their ratio to the limit of the same round, milliseconds of a call."""

    rate: float
    ratio: float
    p95: float


def rounds(site: Site, offices: list[Office], words: str) -> Rounds:
    """The limit and the lives in turns."""
    rates, ratios, slow = [], [], []
    for number in range(ROUNDS):
        most = limit.lives_a_second(offices, seconds=SECONDS)
        before = site.spent()
        run = lives.measured(site.port, offices, connections=CONNECTIONS, seconds=SECONDS)
        spent = {
            name: (value - before[name]) * 1000 / max(1, run.lives) for name, value in site.spent().items()
        }
        rates.append(run.rate)
        ratios.append(run.rate / most)
        slow.append(percentile(run.calls, 0.95))
        say(
            f"{words} {number + 1}: {run.rate:6.1f} lives/s, limit {most:6.1f}, ratio {run.rate / most:.3f}, "
            f"p50 {percentile(run.calls, 0.5):5.1f} ms, p95 {percentile(run.calls, 0.95):5.1f} ms, "
            f"CPU ms/life: Python {spent['python']:.2f}, database {spent['database']:.2f}, "
            f"answered {run.answered:.4%} {run.faults[:1] or ''}"
        )
    return Rounds(statistics.median(rates), statistics.median(ratios), statistics.median(slow))


def spike(site: Site, offices: list[Office]) -> list[Figure]:
    """Many at once, then hardly any: the share of calls that were answered as they should."""
    found = []
    for words, connections, seconds in (("spike of 200 connections", 200, SECONDS), ("valley of 2", 2, 5)):
        run = lives.measured(site.port, offices, connections=connections, seconds=seconds)
        say(
            f"{words}: {run.rate:.1f} lives/s, p95 {percentile(run.calls, 0.95):.0f} ms {run.faults[:1] or ''}"
        )
        found.append(Figure(f"{words}: calls answered", run.answered * 100, "%", 99.9, most=False))
    return found


def load(count: int) -> float:
    """Dossiers a second of `haicap demo-load`, as it says."""
    program = Path(sys.executable).with_name("haicap")
    done = subprocess.run([program, "demo-load", str(count)], stderr=subprocess.PIPE, text=True, check=True)
    found = re.search(r"([\d,]+) a second; ", done.stderr)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")  # what autovacuum would do meanwhile, on the same two cores
        cursor.execute("CHECKPOINT")
    return float(found[1].replace(",", "")) if found else 0.0


def proved(first: int, won: list[int]) -> list[Figure]:
    """What must be true of every dossier, said and as figures."""
    count, wrong = proofs.look(first)
    say(
        f"proofs over {count:,} dossiers: {'; '.join(wrong) or 'all hold'}; winners of four: {sorted(set(won))}"
    )
    return [
        Figure("proofs that hold for every dossier, of 5", 5.0 - len(wrong), "", 5, most=False),
        Figure(
            "decisions of four at once with one winner", won.count(1) / len(won) * 100, "%", 100, most=False
        ),
    ]


def main(words: list[str]) -> int:
    """Everything; `words` are options of `haicap serve`."""
    offices = prepare()
    first = proofs.newest()
    with served(*words) as site:
        for office in offices:  # every office files once, also as the model of what pgbench writes
            lives.received(site.port, office)
            lives.at_once(site.port, [("/api/v1/dossiers", office.clerk, office.filing, lives.key())])
        lives.measured(site.port, offices, connections=CONNECTIONS, seconds=3)
        empty = rounds(site, offices, "empty")
        say(f"loading {DOSSIERS:,} dossiers")
        loaded = load(DOSSIERS)
        lives.measured(site.port, offices, connections=CONNECTIONS, seconds=3)
        full = rounds(site, offices, f"{DOSSIERS:,}")
        answered = spike(site, offices)
        won = lives.winners(site.port, offices, 25)
    figures = [
        Figure(f"lives at {DOSSIERS:,} dossiers", full.rate, "/s", 200, most=False),
        Figure("  of the limit, thousandths", full.ratio * 1000, "", 200, most=False),
        Figure("  of the rate on an empty database, by the limit, %", full.ratio / empty.ratio * 100, "", 95, most=False),
        Figure("  a call, p95", full.p95, "ms", 50),
        Figure("demo-load", loaded, "/s", 5_000, most=False),
        *answered,
        *lookups.figures(),
        *proved(first, won),
    ]  # fmt: skip
    return 0 if table("Dossiers", figures) else 1
