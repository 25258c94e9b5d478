"""A platform on a PostgreSQL of the given version, from nothing to a restored backup: `python -m tests.ops.scenario`.

A program of its own, so that another user can run it: FOLDER MAJOR, where MAJOR 0 stands for the embedded server.
Prints "ok" at the end.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from haicap.config.launcher import identity
from haicap.config.launcher.cluster import Cluster
from tests.ops import hands

OLDEST = 15


def outside(folder: Path, major: int) -> Cluster:
    """A server that the platform did not start, and finds by its address alone."""
    programs = None if major in identity.FOLDERS else Path(f"/usr/lib/postgresql/{major}/bin")
    assert programs is None or (programs / "postgres").exists(), f"apt-get install postgresql-{major}"
    return Cluster(folder / "server", bin=programs, major=major)


def told(done: subprocess.CompletedProcess[str], *expected: str) -> None:
    """A command succeeded and said this."""
    assert done.returncode == 0, done.stdout + done.stderr
    for words in expected:
        assert words in done.stdout + done.stderr, done.stdout + done.stderr


def live(folder: Path, more: dict[str, str]) -> None:
    """Prepare, serve."""
    data = folder / "data"
    told(hands.haicap(data, "prepare", **more), "versions loaded")
    told(hands.haicap(data, "migrate", "--check", **more), "up to date")
    told(hands.haicap(data, "load", **more), "units: loaded")
    with hands.run(data, folder / "said", "--no-demo", **more) as running:
        running.ready()
        assert "<html" in hands.page(running.port)


def safe(folder: Path, more: dict[str, str]) -> None:
    """Back up, restore."""
    data, archive = folder / "data", folder / "archive.tar"
    told(hands.haicap(data, "backup", str(archive), **more), "MB written")
    assert archive.stat().st_mode & 0o777 == 0o600
    refused = hands.haicap(data, "restore", str(archive), **more)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    told(hands.haicap(data, "restore", "--force", str(archive), **more), "the ledger is sound")
    told(hands.haicap(data, "ledger", "verify", **more), "sound")
    told(hands.haicap(data, "load", **more), "units: loaded")


def main(folder: Path, major: int) -> None:
    """Run it all."""
    if major == 0:
        live(folder, {})
        safe(folder, {})
        return
    server = outside(folder, major)
    with server.running() as url:
        more = {"HAICAP_DATABASE_URL": url}
        live(folder, more)
        if major == OLDEST:  # where a dump of newer programs could fail to fit
            safe(folder, more)
    assert not (folder / "data" / "database").exists(), "nothing embedded was started"


if __name__ == "__main__":
    os.umask(0o022)
    main(Path(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write("ok\n")
