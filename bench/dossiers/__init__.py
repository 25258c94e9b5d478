"""Dossiers: whole lives over HTTP against the same statements in pgbench, lists and look-ups, on an empty and a full database."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def measured() -> bool:
    """Run the part in a process and a folder of its own; whether every limit holds.

    HAICAP_BENCH_DOSSIERS=20000 fills the database with fewer than a million, HAICAP_BENCH_SECONDS and _ROUNDS say how long.
    """
    print("\nDossiers\n--------", flush=True)
    with tempfile.TemporaryDirectory(prefix="haicap-bench-") as folder:
        Path(folder).chmod(0o711)
        environment = {**os.environ, "HAICAP_DATA": folder}
        command = [sys.executable, "-m", "bench.dossiers"]
        return subprocess.run(command, env=environment, check=False).returncode == 0
