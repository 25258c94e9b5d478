"""Tickets: intake over HTTP beside the same statements in pgbench, then lists, look-ups and whole pages over many of them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def measured() -> bool:
    """Run the part in a process and a folder of its own; whether every limit holds.

    Over 100,000 tickets; HAICAP_BENCH_TICKETS=500000 fills the database with more, HAICAP_BENCH_SECONDS says how long intake
    is measured.
    """
    print("\nFeedback\n--------", flush=True)
    with tempfile.TemporaryDirectory(prefix="haicap-bench-") as folder:
        Path(folder).chmod(0o711)
        environment = {**os.environ, "HAICAP_DATA": folder}
        command = [sys.executable, "-m", "bench.feedback"]
        return subprocess.run(command, env=environment, check=False).returncode == 0
