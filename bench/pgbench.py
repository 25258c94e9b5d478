"""pgbench, the upper limit on this machine: a script of statements, run against the platform's own database."""

from __future__ import annotations

import re
from pathlib import Path

from haicap.config.cli import house

CLIENTS, JOBS = 8, 2


def rate(script: str, *, seconds: int) -> float:
    """Scripts a second; RuntimeError with its reason when pgbench fails."""
    cluster = house.embedded()
    assert cluster is not None
    place = Path(cluster.home.parent) / "pgbench.sql"
    place.write_text(script)
    place.chmod(0o644)
    words = ["-n", "-M", "prepared", "-c", CLIENTS, "-j", JOBS, "-T", seconds, "-f", place]
    address = ["-h", cluster.socket, "-p", "5432", "-U", "haicap", "haicap"]
    done = cluster.who.run(cluster.program("pgbench"), *words, *address, seconds=seconds + 60)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if done.returncode or found is None or "number of failed transactions: 0" not in done.stdout:
        raise RuntimeError(f"pgbench: {done.stderr[-2000:]} {done.stdout[-500:]}")
    return float(found[1])
