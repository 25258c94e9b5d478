"""Lives on an empty database, the load, lives on the full one; each beside the limit, in turns."""

from __future__ import annotations

import os
import statistics
from datetime import UTC, datetime

from django.core.management import call_command

from bench.dossiers import limit, lives, people, proofs
from bench.dossiers.people import Office
from bench.dossiers.site import Site, served
from bench.figures import percentile
from haicap.config.launcher import preparing

OFFICES, CONNECTIONS = 12, 12
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


def rounds(site: Site, offices: list[Office], words: str) -> tuple[float, float]:
    """Medians over the rounds: lives a second, and their ratio to the limit of the same round."""
    rates, ratios = [], []
    for number in range(ROUNDS):
        most = limit.lives_a_second(offices, seconds=SECONDS)
        before = site.spent()
        run = lives.measured(site.port, offices, connections=CONNECTIONS, seconds=SECONDS)
        spent = {
            name: (value - before[name]) * 1000 / max(1, run.lives) for name, value in site.spent().items()
        }
        rates.append(run.rate)
        ratios.append(run.rate / most)
        say(
            f"{words} {number + 1}: {run.rate:6.1f} lives/s, limit {most:6.1f}, ratio {run.rate / most:.3f}, "
            f"p50 {percentile(run.calls, 0.5):5.1f} ms, p95 {percentile(run.calls, 0.95):5.1f} ms, "
            f"CPU ms/life: Python {spent['python']:.2f}, database {spent['database']:.2f}, "
            f"answered {run.answered:.4%} {run.faults[:1] or ''}"
        )
    return statistics.median(rates), statistics.median(ratios)


def main(words: list[str]) -> int:
    """Everything; `words` are options of `haicap serve`."""
    offices = prepare()
    first = proofs.newest()
    with served(*words) as site:
        for office in offices:  # every office files once, also as the model of what pgbench writes
            lives.received(site.port, office)
            lives.at_once(site.port, [("/api/v1/dossiers", office.clerk, office.filing, lives.key())])
        lives.measured(site.port, offices, connections=CONNECTIONS, seconds=3)
        rounds(site, offices, "empty")
        won = lives.winners(site.port, offices, 25)
    count, wrong = proofs.look(first)
    say(f"proofs over {count:,} dossiers: {'; '.join(wrong) or 'all hold'}; winners of four: {set(won)}")
    return 1 if wrong or set(won) != {1} else 0
