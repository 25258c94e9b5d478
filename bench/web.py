"""Over HTTP: a whole platform in a folder of its own, asked by a bounded client on loopback."""

from __future__ import annotations

import gzip
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from bench import registers
from bench.figures import Figure, percentile
from haicap.domain.units.timeline.packaged import packaged_register

ROOT = Path(__file__).resolve().parents[1]
READY, CLIENTS = 120, 2
PAGES = {
    "front page": "/",
    "answer: unique": "/?q=" + quote("12 nguyen hue, p ben nghe, q1, tphcm"),
    "answer: ambiguous": "/?q=" + quote("Phường Cửa Nam, Hà Nội"),
    "provinces": "/don-vi/",
    "a unit": "/don-vi/26740/",
    "a province with its communes": "/don-vi/79/",
    "history of a code": "/ma/26740/",
    "what changed": "/thay-doi/?tu=2025-06-30&den=2025-07-01",
    "the reform in figures": "/cai-cach/",
    "lists of addresses": "/chuyen-doi/",
}
WITH_MAP = {"answer: unique", "answer: ambiguous", "front page", "provinces", "the reform in figures"}


@dataclass
class Platform:
    """A running platform."""

    port: int
    process: subprocess.Popen[bytes]
    first_page_s: float = 0.0
    spent: list[float] = field(default_factory=list)

    def get(self, path: str, client: http.client.HTTPConnection | None = None) -> tuple[float, int, bytes]:
        """(milliseconds, status, body as sent) of one GET."""
        line = client or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        began = time.perf_counter()
        line.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        body = answer.read()
        return (time.perf_counter() - began) * 1000, answer.status, body


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def platform() -> Iterator[Platform]:
    """`haicap run` in a fresh folder, stopped afterwards."""
    with tempfile.TemporaryDirectory(prefix="haicap-bench-") as folder:
        Path(folder).chmod(0o711)
        port = _free_port()
        program = Path(sys.executable).with_name("haicap")
        environment = {**os.environ, "HAICAP_DATA": folder, "HAICAP_API_RATE": "1000000"}
        began = time.perf_counter()
        process = subprocess.Popen(
            [program, "run", "--port", str(port), "--no-demo"], env=environment, stdout=subprocess.DEVNULL
        )
        running = Platform(port, process)
        try:
            while True:
                try:
                    if running.get("/")[1] == 200:
                        break
                except OSError:
                    pass
                if time.perf_counter() - began > READY or process.poll() is not None:
                    raise RuntimeError("the platform did not come up")
                time.sleep(0.1)
            running.first_page_s = time.perf_counter() - began
            yield running
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _asked(running: Platform, paths: list[str]) -> list[float]:
    """Milliseconds of each GET, by CLIENTS clients on kept connections."""
    spent: list[float] = []
    faults: list[str] = []

    def client(share: list[str]) -> None:
        line = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
        for path in share:
            took, status, _ = running.get(path, line)
            spent.append(took)
            if status != 200:
                faults.append(f"{path}: {status}")

    threads = [threading.Thread(target=client, args=(paths[n::CLIENTS],)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"{len(faults)} answers are not 200, the first: {faults[0]}")
    return spent


def _memory_mb(pid: int) -> list[float]:
    """Resident memory of the web server's processes below `pid`, each in MB."""
    found = []
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    queue = [pid]
    while queue:
        current = queue.pop()
        queue += children.get(current, [])
        try:
            command = Path(f"/proc/{current}/cmdline").read_bytes()
            pages = int(Path(f"/proc/{current}/statm").read_text().split()[1])
        except OSError:
            continue
        if b"postgres" not in command.split(b"\0")[0]:
            found.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
    return found


def _page_figures(running: Platform, rounds: int) -> list[Figure]:
    found = []
    for name, path in PAGES.items():
        _, status, body = running.get(path)
        if status != 200:
            raise RuntimeError(f"{path} answers {status}")
        size = len(body) / 1000
        plain = len(gzip.decompress(body)) / 1000 if body[:2] == b"\x1f\x8b" else size
        spent = _asked(running, [path] * rounds)
        found.append(Figure(f"page “{name}”, p95 of {rounds}", percentile(spent, 0.95), "ms", 50))
        limit = 400 if name in WITH_MAP else 150
        found.append(
            Figure(f"page “{name}”, weight{' with map' if name in WITH_MAP else ''}", plain, "kB", limit)
        )
    return found


def figures(rounds: int = 200) -> list[Figure]:
    """Everything measured over HTTP."""
    codes = [v.code for v in packaged_register().every() if v.code]
    dice = random.Random(9)
    with platform() as running:
        found = [Figure("empty folder → first page (environment installed)", running.first_page_s, "s", 60)]
        running.get(PAGES["answer: unique"])
        paths = [
            f"/api/v1/units?code={dice.choice(codes)}&on=2025-06-{dice.randrange(1, 31):02d}"
            for _ in range(2000)
        ]
        good = [p for p in paths if running.get(p)[1] == 200]
        found.append(
            Figure(
                f"(code, date) over HTTP, p99 of {len(good):,}",
                percentile(_asked(running, good), 0.99),
                "ms",
                20,
            )
        )
        found += registers.figures(running.get, lambda paths: _asked(running, paths))
        found += _page_figures(running, rounds)
        found.append(
            Figure(
                "memory of the largest process of the platform",
                max(_memory_mb(running.process.pid)),
                "MB",
                250,
            )
        )
    return found
