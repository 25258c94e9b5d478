"""Tiến trình con: a program the supervisor keeps running, in a process group of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from haicap.config.launcher import tether

STEADY = 60.0  # seconds after which a child counts as healthy again
LONGEST = 30.0  # seconds between two tries, at most
FIRST = 0.5
INDEXING = 600.0  # seconds that making knowledge of a catalogue may take


@dataclass(slots=True)
class Child:
    """One `haicap` command as a child process.

    words   the command and its options
    grace   seconds it may take to end when asked
    """

    name: str
    words: tuple[str, ...]
    grace: float = 12.0
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    born: float = 0.0
    pause: float = FIRST
    again_at: float = 0.0

    def start(self, *, capture: bool = False) -> None:
        """Start it; `capture` keeps its standard output for `said`."""
        self.born = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "haicap.config.cli", *self.words],
            env={**os.environ, **self.environment, tether.SUPERVISOR: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if capture else None,
            text=True,
            process_group=0,  # Ctrl-C reaches the supervisor alone, which then ends its children in order
        )

    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def code(self) -> int | None:
        """Exit status once it has ended."""
        return None if self.process is None else self.process.poll()

    def said(self) -> str:
        """What it wrote to standard output, to the end."""
        assert self.process is not None and self.process.stdout is not None
        with self.process.stdout as text:
            return text.read()

    def tend(self) -> str | None:
        """Restart it if it has died and its pause is over; the sentence to show when something happened."""
        now = time.monotonic()
        if self.alive():
            if now - self.born > STEADY:
                self.pause = FIRST
            return None
        if self.again_at == 0.0:
            self._end_group(signal.SIGKILL)  # processes of a killed main process must not keep the port
            self.again_at = now + self.pause
            self.pause = min(self.pause * 2, LONGEST)
            return f"{self.name} ended with status {self.code()}; starting it again in {self.again_at - now:.1f} s"
        if now >= self.again_at:
            self.again_at = 0.0
            self.start()
        return None

    def stop(self) -> None:
        """Ask it to end, wait, and if it does not, end it and all of its group."""
        if self.process is None:
            return
        if self.alive():
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(self.grace)
        self._end_group(signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)

    def _end_group(self, sign: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, sign)


def index() -> bool:
    """Let `haicap index` prepare what the assistant answers from; whether it could."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "haicap.config.cli", "index"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            timeout=INDEXING,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
