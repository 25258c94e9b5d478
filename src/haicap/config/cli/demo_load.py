"""`haicap demo-load`: a full database of fictional dossiers, to measure and to show."""

from __future__ import annotations

import gc
import multiprocessing
import time
from typing import TYPE_CHECKING

import click

from haicap.config.cli import house
from haicap.config.cli.upkeep import now, say
from haicap.config.launcher.trouble import Trouble

if TYPE_CHECKING:
    from haicap.config.demo_lives import Ground

BATCH = 2_000
SOURCE = "demo"
SYSTEM = "system"


@click.command("demo-load")
@click.argument("count", type=click.IntRange(1, 20_000_000))
@click.option("--open", "open_share", default=0.035, show_default=True, type=click.FloatRange(0, 1), help="Share still in work.")  # fmt: skip
@click.option(
    "--processes", default=2, show_default=True, type=click.IntRange(1, 16), help="Processes that write."
)
def demo_load(count: int, open_share: float, processes: int) -> None:
    """Fill the database up to COUNT fictional dossiers with their whole lives.

    Begun again after a stop it loads what is missing. Refused in production.
    """
    house.with_database()
    from django.conf import settings

    if settings.PRODUCTION:
        raise Trouble("fictional dossiers do not enter production")
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
    """Let several processes write their share; Trouble when one fails.

    They are copies of this one, so that registers and catalogue are read once; each opens a connection of its own.
    """
    from django.db import connections

    from haicap.base.dates import today
    from haicap.config.demo_lives import ground

    about = ground(today(now()))
    connections.close_all()
    gc.freeze()  # what all of them hold is not looked through again by each
    copies = multiprocessing.get_context("fork")
    shares = [missing // processes + (n < missing % processes) for n in range(processes)]
    running = [
        copies.Process(target=_write, args=(share, open_share, n, processes, about), daemon=True)
        for n, share in enumerate(shares)
        if share
    ]
    for process in running:
        process.start()
    for process in running:
        process.join()
    if any(process.exitcode for process in running):
        raise Trouble("a process of demo-load failed; begin again to load what is missing")


def _write(count: int, open_share: float, share: int, shares: int, about: Ground) -> None:
    """The part of one process."""
    from haicap.config.demo_lives import Author
    from haicap.domain.dossiers import actions

    at = now()
    author = Author(at, seed=time.time_ns(), share=share, shares=shares, open_share=open_share, about=about)
    began, done, told = time.monotonic(), 0, 0.0
    while done < count:
        piece = min(BATCH, count - done)
        done += actions.load_dossiers(lives=list(author.lives(piece)), source=SOURCE, actor=SYSTEM, at=at)
        took = time.monotonic() - began
        if took - told > 10 or done == count:
            told = took
            say(f"demo-load {share + 1}/{shares}: {done:,} of {count:,}, {done / took:,.0f} a second")
