"""`haicap demo-load`: a full database of fictional dossiers, to measure and to show."""

from __future__ import annotations

import subprocess
import sys
import time

import click

from haicap.config.cli import house
from haicap.config.cli.upkeep import now, say
from haicap.config.launcher.trouble import Trouble

BATCH = 2_000
SOURCE = "demo"
SYSTEM = "system"


@click.command("demo-load")
@click.argument("count", type=click.IntRange(1, 20_000_000))
@click.option("--open", "open_share", default=0.035, show_default=True, type=click.FloatRange(0, 1), help="Share still in work.")  # fmt: skip
@click.option(
    "--processes", default=2, show_default=True, type=click.IntRange(1, 16), help="Processes that write."
)
@click.option("--share", default=-1, hidden=True)
def demo_load(count: int, open_share: float, processes: int, share: int) -> None:
    """Fill the database up to COUNT fictional dossiers with their whole lives.

    Begun again after a stop it loads what is missing. Refused in production.
    """
    house.with_database()
    from django.conf import settings

    if settings.PRODUCTION:
        raise Trouble("fictional dossiers do not enter production")
    if share >= 0:
        _write(count, open_share, share, processes)
        return
    from haicap.domain.dossiers import queries

    there = queries.loaded(SOURCE)
    missing = count - there
    if missing <= 0:
        say(f"{there:,} fictional dossiers are there")
        return
    began = time.monotonic()
    _spread(missing, open_share, processes)
    took = time.monotonic() - began
    say(
        f"{missing:,} dossiers in {took:.0f} s, {missing / took:,.0f} a second; {queries.loaded(SOURCE):,} are there"
    )


def _spread(missing: int, open_share: float, processes: int) -> None:
    """Let several processes write their share; Trouble when one fails."""
    words = [sys.executable, "-m", "haicap.config.cli", "demo-load", "--open", str(open_share), "--processes", str(processes)]  # fmt: skip
    shares = [missing // processes + (n < missing % processes) for n in range(processes)]
    running = [
        subprocess.Popen([*words, "--share", str(n), str(share)]) for n, share in enumerate(shares) if share
    ]
    failed = [process for process in running if process.wait()]
    if failed:
        raise Trouble("a process of demo-load failed; begin again to load what is missing")


def _write(count: int, open_share: float, share: int, shares: int) -> None:
    """The part of one process."""
    from haicap.config.demo_lives import Author
    from haicap.domain.dossiers import actions

    at = now()
    author = Author(at, seed=time.time_ns(), share=share, shares=shares, open_share=open_share)
    began, done, told = time.monotonic(), 0, 0.0
    while done < count:
        piece = min(BATCH, count - done)
        done += actions.load_dossiers(lives=list(author.lives(piece)), source=SOURCE, actor=SYSTEM, at=at)
        took = time.monotonic() - began
        if took - told > 10 or done == count:
            told = took
            say(f"demo-load {share + 1}/{shares}: {done:,} of {count:,}, {done / took:,.0f} a second")
