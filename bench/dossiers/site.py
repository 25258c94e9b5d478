"""The real server on loopback, as an operator starts it, beside the database of this process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

READY = 120


@dataclass
class Site:
    """A running server: its port, and the processor seconds of everything that works for it."""

    port: int
    process: subprocess.Popen[bytes]

    def spent(self) -> dict[str, float]:
        """Processor seconds so far of the web server and of the database."""
        return {"python": _spent(self._servers()), "database": _spent(_postgres())}

    def _servers(self) -> list[int]:
        family = [self.process.pid]
        for pid in family:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                family += [int(child) for child in task.read_text().split()]
        return [pid for pid in family if "postgres" not in _name(pid)]


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return ""


def _postgres() -> list[int]:
    """Processes of the embedded server of this data folder."""
    home = str(Path(os.environ["HAICAP_DATA"]) / "database" / "cluster")
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if str(link.readlink()) == home:
                found.append(int(link.parent.name))
        except OSError:
            continue
    return found


def _spent(pids: list[int]) -> float:
    ticks = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])
    return ticks / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(*words: str) -> Iterator[Site]:
    """`haicap serve`, stopped afterwards; `words` are further options."""
    port = _free_port()
    program = Path(sys.executable).with_name("haicap")
    environment = {**os.environ, "HAICAP_API_RATE": "1000000", "HAICAP_LOG_FORMAT": "human"}
    said = (Path(os.environ["HAICAP_DATA"]) / "served.log").open("ab")
    process = subprocess.Popen([program, "serve", "--port", str(port), *words], env=environment, stderr=said)
    try:
        _wait(port, process)
        yield Site(port, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/health", timeout=10):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    raise RuntimeError("the server did not come up")
