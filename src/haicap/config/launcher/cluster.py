"""Máy chủ dữ liệu kèm theo: the embedded PostgreSQL, shared by every process that uses one data folder.

Who uses the server holds a shared lock on `database.users`; the lock ends with its process, however that ends. The
last one to let go stops the server, unless it was started to stay (`haicap database start`). Starting, stopping
and creating happen under one exclusive lock. Nothing here knows Django.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from haicap.config.launcher import identity, places
from haicap.config.launcher.postgres import Server, last_line, pid_of
from haicap.config.launcher.trouble import Trouble


class Cluster:
    """One embedded server and its data folder.

    data       folder of the platform's data; the server's own lies in `data/database`
    bin        folder of the server's programs, if not those of the wheel
    major      version of those programs (15 to 18)
    throwaway  a small server for tests
    """

    def __init__(
        self, data: Path, *, bin: Path | None = None, major: int = 18, throwaway: bool = False
    ) -> None:
        self.data = data
        self.major = major
        self.throwaway = throwaway
        self.home = data / "database"
        self.files = self.home / "cluster"
        self.log = self.home / "log"
        self.socket = places.socket_folder(data)
        self._bin = bin
        self._who: identity.Runner | None = None
        self._users: IO[str] | None = None

    # --- what one asks -----------------------------------------------------------------------------------

    def start(self, *, stay: bool = False) -> bool:
        """Make the server run and count this process among its users; True when it was not running.

        stay  it goes on when its users have gone, until `stop`
        Trouble when it cannot be started; the sentence names the reason.
        """
        self._prepare()
        with self._alone():
            self._hold()
            fresh = self.pid() is None
            if fresh:
                self._server().start()
            self._ensure_database()
            if stay:
                self._keep.touch()
        return fresh

    def release(self) -> bool:
        """Stop counting this process as a user; the last one stops the server. True when it was stopped."""
        if self._users is None:
            return False
        with self._alone():
            self._users.close()
            self._users = None
            if self._keep.exists() or self.used() or self.pid() is None:
                return False
            self._server().halt()
            return True

    def stop(self) -> bool:
        """Stop the server whoever uses it, cleanly; False when it was not running."""
        if not self.home.is_dir():
            return False
        self._prepare()
        with self._alone():
            self._keep.unlink(missing_ok=True)
            if self.pid() is None:
                return False
            self._server().halt()
            return True

    @contextmanager
    def running(self) -> Iterator[str]:
        """The server runs within this block; gives its address."""
        self.start()
        try:
            yield self.url()
        finally:
            self.release()

    def url(self, database: str = places.DATABASE) -> str:
        """Address as HAICAP_DATABASE_URL spells it."""
        return places.embedded_url(self.data, database)

    def pid(self) -> int | None:
        """Process id of the running server; None when there is none."""
        return pid_of(self.files)

    def program(self, name: str) -> Path:
        """Path of one of PostgreSQL's programs (pg_dump, psql …), where its user can run it."""
        self._prepare()
        assert self._bin is not None
        return self._bin / name

    @property
    def who(self) -> identity.Runner:
        """As whom the server runs."""
        self._who = self._who or identity.runner()
        return self._who

    # --- how it is done ----------------------------------------------------------------------------------

    @property
    def _keep(self) -> Path:
        return self.data / "database.keep"

    def _prepare(self) -> None:
        """Folders, owner and programs."""
        places.prepare(self.data)
        identity.check_way(self.home, self.who)
        if self.home.is_dir() and self.home.stat().st_uid != self.who.uid:
            raise Trouble(
                f"{self.home} belongs to another user; run as that user or set HAICAP_DATA to a folder of your own"
            )
        try:
            self.who.own(self.home)
            self.who.own(self.log)
            self._bin = self._bin or identity.programs(self.data, self.who, self.major)
        except OSError as reason:
            raise Trouble(
                f"the data folder {self.data} cannot be used ({reason.strerror}: {reason.filename}); set HAICAP_DATA"
            ) from None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Only one process at a time starts, stops or creates."""
        with (self.data / "database.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _hold(self) -> None:
        if self._users is None:
            self._users = (self.data / "database.users").open("w")
            fcntl.flock(self._users, fcntl.LOCK_SH)

    def used(self) -> bool:
        """Whether any process counts as a user of the server."""
        with (self.data / "database.users").open("w") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def _server(self) -> Server:
        assert self._bin is not None
        return Server(self.home, self.socket, self.who, self._bin, self.major, self.throwaway)

    def _ensure_database(self) -> None:
        """The platform's database exists."""
        known = sql.SQL("SELECT 1 FROM pg_database WHERE datname = {}").format(places.DATABASE)
        try:
            with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=30) as link:
                if link.execute(known).fetchone() is None:
                    link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(places.DATABASE)))
        except psycopg.OperationalError as reason:
            raise Trouble(f"the database runs but does not answer: {last_line(str(reason))}") from None
