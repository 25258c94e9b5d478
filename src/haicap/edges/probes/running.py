"""Chạy song song: checks run in threads of their own, so that a target that hangs delays neither others nor the worker.

Threads ask the network and nothing else; what they found is collected and written down by the worker.
"""

from __future__ import annotations

import queue
import ssl
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime

from haicap.edges.probes.checking import check
from haicap.edges.probes.guarding import Rules
from haicap.edges.probes.states import Plan, Result

AT_ONCE = 8


class Runner:
    """At most `at_once` checks at a time in this process. Threads are daemons: the end of the process waits for none."""

    def __init__(self, rules: Rules, tls: ssl.SSLContext, at_once: int = AT_ONCE) -> None:
        self._rules, self._tls = rules, tls
        self._free = threading.BoundedSemaphore(at_once)
        self._found: queue.SimpleQueue[Result] = queue.SimpleQueue()
        self._busy: set[str] = set()
        self._lock = threading.Lock()

    def busy(self) -> frozenset[str]:
        """Systems being asked."""
        with self._lock:
            return frozenset(self._busy)

    def offer(self, plan: Plan, *, at: datetime) -> bool:
        """Begin a check, unless all places are taken or the system is being asked already."""
        if plan.system in self.busy() or not self._free.acquire(blocking=False):
            return False
        with self._lock:
            self._busy.add(plan.system)
        threading.Thread(target=self._run, args=(plan, at), daemon=True, name=f"probe {plan.system}").start()
        return True

    def _run(self, plan: Plan, at: datetime) -> None:
        try:
            self._found.put(check(plan, at=at, rules=self._rules, tls=self._tls))
        finally:
            with self._lock:
                self._busy.discard(plan.system)
            self._free.release()

    def collect(self) -> list[Result]:
        """What has been found since the last time."""
        found = []
        while True:
            try:
                found.append(self._found.get_nowait())
            except queue.Empty:
                return found

    def all(self, plans: Iterable[Plan], *, at: datetime) -> Sequence[Result]:
        """Check all of them and wait; each is bounded by its own seconds. For the command line."""
        threads = [threading.Thread(target=self._waiting, args=(plan, at), daemon=True) for plan in plans]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.collect()

    def _waiting(self, plan: Plan, at: datetime) -> None:
        with self._free:
            self._found.put(check(plan, at=at, rules=self._rules, tls=self._tls))
