"""Hands of the operation tests: commands as an operator types them, in folders and environments of their own."""

from __future__ import annotations

import hashlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONG = (
    240.0  # seconds after which something that should happen is taken not to happen; never waited for in vain
)


def environment(data: Path, **more: str) -> dict[str, str]:
    """What a fresh shell would have: none of our settings but these."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HAICAP_", "PG", "DJANGO_"))}
    return {**kept, "HAICAP_DATA": str(data), "PYTHONUNBUFFERED": "1", **more}


def haicap(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "haicap.config.cli", *words],
        env=environment(data, **more),
        cwd="/",
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )


def sha256(content: bytes) -> str:
    """Hex digest, as the store of files names its files."""
    return hashlib.sha256(content).hexdigest()


def free_port() -> int:
    """A port nobody listens on now, from below those the system hands out: none of its own comes between."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            # As servers do: what a closed connection left waiting is no hindrance.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def until(done: Callable[[], bool], what: str, seconds: float = LONG) -> None:
    """Wait for something to become true; AssertionError naming it when it does not."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"{what} did not happen within {seconds:.0f} s"
        time.sleep(0.05)


def status(port: int, path: str = "/suc-khoe/san-sang") -> int:
    """HTTP status of a page; 0 when nobody answers."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        link.request("GET", path, headers={"Host": f"localhost:{port}"})
        return link.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        link.close()


def answer(port: int, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
    """Status and headers of an answer, with headers of our own."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        link.request("GET", path, headers=headers)
        got = link.getresponse()
        return got.status, {name.lower(): value for name, value in got.getheaders()}
    finally:
        link.close()


def page(port: int, path: str = "/") -> str:
    """Text of a page."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        link.request("GET", path, headers={"Host": f"localhost:{port}"})
        answer = link.getresponse()
        body = answer.read().decode()
        assert answer.status == 200, (answer.status, body[:500])
        return body
    finally:
        link.close()


def alive(pid: int) -> bool:
    """Whether a process runs (a dead one nobody has waited for does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def works_in(pid: int, folder: Path) -> bool:
    """Whether a process has this working folder."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder.resolve()
    except OSError:
        return False


def family(pid: int) -> dict[int, str]:
    """All processes below one: process id → command line."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found: dict[int, str] = {}
    waiting = [pid]
    while waiting:
        for child in parents.get(waiting.pop(), []):
            try:
                found[child] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
            waiting.append(child)
    return found


@dataclass(slots=True)
class Running:
    """A `haicap run` under way."""

    process: subprocess.Popen[str]
    port: int
    said: Path
    known: set[int] = field(default_factory=set)

    def ready(self) -> None:
        """Wait for the first page."""

        def check() -> bool:
            assert self.process.poll() is None, self.words()
            return status(self.port) == 200 and "http://localhost" in self.words()

        until(check, f"a ready answer; so far: {self.words()}")
        self.known |= set(family(self.process.pid))

    def words(self) -> str:
        """What it has said so far."""
        return self.said.read_text()

    def child(self, word: str) -> int:
        """Process id of the direct child with this command."""
        for pid, line in family(self.process.pid).items():
            if f"haicap.config.cli {word}" in line and parent_of(pid) == self.process.pid:
                return pid
        raise AssertionError(f"no {word} among {family(self.process.pid)}")

    def gone(self) -> bool:
        """Whether no process of the run is left."""
        return not any(alive(pid) for pid in self.known | {self.process.pid})


def parent_of(pid: int) -> int:
    """Parent of a process."""
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


@contextmanager
def run(data: Path, said: Path, *words: str, **more: str) -> Iterator[Running]:
    """`haicap run` in the background; whatever the test does, nothing of it is left behind."""
    port = free_port()
    with said.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "haicap.config.cli", "run", "--port", str(port), *words],
            env=environment(data, **more), cwd="/", stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
            text=True, process_group=0,
        )  # fmt: skip
    running = Running(process, port, said)
    try:
        yield running
    finally:
        left = running.known | set(family(process.pid)) if process.poll() is None else running.known
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(LONG)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(LONG)
        for pid in left:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
