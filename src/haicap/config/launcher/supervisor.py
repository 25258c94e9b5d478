"""Người trông: what `haicap run` does, from an empty folder to a page, and down again in order.

Database → schema, registers and demo cast → worker → HTTP server → wait until it is ready. When nothing changed since
the last time, the server loads while the database starts, and nothing is prepared. Whatever dies is started again with
growing pauses. If the supervisor itself is killed its children end with it, and the last of them stops the database; if
they are all killed the database goes on and the next run uses it.
"""

from __future__ import annotations

import http.client
import json
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from haicap.config import environment as env
from haicap.config.launcher.children import Child
from haicap.config.launcher.cluster import Cluster
from haicap.config.launcher.prepared import Prepared
from haicap.config.launcher.trouble import Trouble
from haicap.config.launcher.webserver import check_free

READY = "/suc-khoe/san-sang"
PATIENCE = 60.0  # seconds from the server's start to its first ready answer
TICK = 0.1
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked the run to end."""


@dataclass(slots=True)
class Run:
    """What to run. `cluster` is None when the database is an outside one."""

    cluster: Cluster | None
    prepared: Prepared
    host: str
    port: int
    processes: int
    threads: int
    url: str
    stopping: bool = False
    children: list[Child] = field(default_factory=list)

    def __call__(self) -> None:
        """Run until a signal; everything is stopped on the way out, however that is."""
        began = time.monotonic()
        before = {sign: signal.signal(sign, self._asked) for sign in SIGNALS}
        try:
            check_free(self.host, self.port)
            if self.prepared.unchanged():
                self._server()
            self._database()
            accounts = self._prepare()
            self._serve()
            tell(f"ready after {time.monotonic() - began:.1f} s")
            self._welcome(accounts)
            self._watch()
        except Stopped:
            pass
        finally:
            self._end()
            for sign, handler in before.items():
                signal.signal(sign, handler)

    # --- up ----------------------------------------------------------------------------------------------

    def _database(self) -> None:
        if self.cluster is not None:
            fresh = self.cluster.start()
            tell(f"database {'started' if fresh else 'found running'}, data in {self.cluster.data}")
        self._check()

    def _prepare(self) -> list[dict[str, str]]:
        """Schema, static files, registers and cast, in a process that goes away with its memory, unless all stands."""
        known = self.prepared.accounts()
        if known is not None:
            tell("prepared before, and nothing changed since")
            return known
        # Another database than the last time: a server that loads already must not see it half made.
        while self.children:
            self.children.pop().stop()
        child = Child("preparation", ("prepare", *(["--demo"] if self.prepared.demo else [])))
        self.children.append(child)
        child.start(capture=True)
        self._wait(lambda: not child.alive())
        self.children.remove(child)
        if child.code() != 0:
            raise Trouble("the preparation failed; the reason is in the lines above")
        found: list[dict[str, str]] = json.loads(child.said() or "[]")
        self.prepared.remember(found)
        return found

    def _server(self) -> Child:
        """The HTTP server, started."""
        shape = ("--processes", str(self.processes), "--threads", str(self.threads))
        child = Child("server", ("serve", "--host", self.host, "--port", str(self.port), *shape))
        self.children.append(child)
        child.start()
        return child

    def _serve(self) -> None:
        server = self.children[0] if self.children else self._server()
        worker = Child("worker", ("worker",))
        self.children.insert(0, worker)
        worker.start()
        until = time.monotonic() + PATIENCE

        def ready() -> bool:
            if not server.alive():
                raise Trouble(
                    f"the server ended with status {server.code()}; the reason is in the lines above"
                )
            if time.monotonic() > until:
                raise Trouble(f"the server did not become ready within {PATIENCE:.0f} seconds")
            return answers(self.host, self.port)

        self._wait(ready)

    def _welcome(self, accounts: list[dict[str, str]]) -> None:
        lines = ["", f"  {self.url}", ""]
        if accounts:
            lines.append("  Demo accounts (second factor: haicap accounts code NAME):")
            width = max(len(a["name"]) for a in accounts)
            lines += [f"    {a['name']:<{width}}  {a['password']}   {a['role']}" for a in accounts]
            lines.append("")
        lines.append("  Ctrl-C stops everything.")
        tell("\n".join(lines))

    # --- running -----------------------------------------------------------------------------------------

    def _watch(self) -> None:
        beat = 0.0
        while True:
            self._check()
            for child in self.children:
                news = child.tend()
                if news:
                    tell(news)
            if time.monotonic() > beat:
                beat = time.monotonic() + 1.0
                self._mend_database()
            time.sleep(TICK)

    def _mend_database(self) -> None:
        if self.cluster is None or self.cluster.pid() is not None:
            return
        tell("the database ended; starting it again")
        try:
            self.cluster.start()
            tell("the database runs again")
        except Trouble as trouble:
            tell(f"{trouble}; trying again")

    def _wait(self, done: Callable[[], bool]) -> None:
        while not done():
            self._check()
            time.sleep(TICK)

    def _asked(self, sign: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _check(self) -> None:
        if self.stopping:
            raise Stopped

    # --- down --------------------------------------------------------------------------------------------

    def _end(self) -> None:
        """Doors first, then the worker, then the database."""
        if self.children:
            tell("stopping")
        for child in reversed(self.children):
            child.stop()
        if self.cluster is not None:
            self.cluster.release()


def answers(host: str, port: int) -> bool:
    """Whether the server says that it is ready."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  asked, not listened on
    link = http.client.HTTPConnection(name, port, timeout=5)
    try:
        link.request("GET", READY, headers={"Host": known_host()})
        return link.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()


def known_host() -> str:
    """A name the site answers to: the first of HAICAP_HOSTS, as production answers to no other."""
    names = [name for name in env.listing("HAICAP_HOSTS") if name != "*"]
    return names[0].lstrip(".") if names else "localhost"


def tell(words: str) -> None:
    """A line to the person at the terminal."""
    sys.stdout.write(words + "\n" if words.startswith("\n") else f"haicap: {words}\n")
    sys.stdout.flush()
