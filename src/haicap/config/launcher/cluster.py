"""Máy chủ dữ liệu kèm theo: the embedded PostgreSQL, shared by every process that uses one data folder.

Who uses the server holds a shared lock on `database.users`; the lock ends with its process, however that ends. The
last one to let go stops the server, unless it was started to stay (`haicap database start`). Starting, stopping
and creating happen under one exclusive lock. Nothing here knows Django.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from haicap.config.launcher import identity, places, tuning
from haicap.config.launcher.trouble import Trouble

PATIENCE = 120.0  # seconds for a start, recovery after a crash included
AFTER_CRASH = (
    "pre-existing shared memory block",
    "lock file",
    "is another postmaster",
    "could not create any Unix",
)


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
                self._create()
                self._configure()
                self._launch()
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
            self._halt()
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
            self._halt()
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
        """Process id of the running server; None when there is none (whatever a stale file says)."""
        try:
            pid = int((self.files / "postmaster.pid").read_text().splitlines()[0])
            os.kill(pid, 0)
        except (OSError, ValueError, IndexError):
            return None
        try:  # the number may meanwhile belong to another program: a server's working folder is its data
            folder = Path(f"/proc/{pid}/cwd").readlink()
        except OSError:
            return None if Path("/proc/self").exists() else pid
        return pid if folder == self.files.resolve() else None

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

    def _create(self) -> None:
        """Initialise the data, in a folder beside the final one: a half-made one is never taken for whole."""
        if self.files.is_dir():
            found = (self.files / "PG_VERSION").read_text().strip()
            if found != str(self.major):
                raise Trouble(
                    f"the data in {self.files} were made by PostgreSQL {found}, the programs here are {self.major};"
                    " back up with the older release and restore with this one (docs/operate.md)"
                )
            return
        fresh = self.home / "cluster.new"
        shutil.rmtree(fresh, ignore_errors=True)
        provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self.major >= 17 else []
        words = ["--locale=C.UTF-8", "--encoding=UTF8", "--auth-local=trust", "--auth-host=reject"]
        words += ["--data-checksums", *(["--no-sync"] if self.throwaway else [])]
        done = self.who.run(
            self.program("initdb"), "-D", fresh, "-U", places.DATABASE, *provider, *words, seconds=PATIENCE
        )
        if done.returncode:
            raise Trouble(f"the database could not be created in {self.home}: {last_line(done.stderr)}")
        with (fresh / "postgresql.conf").open("a") as text:
            text.write("include 'haicap.conf'\n")
        fresh.rename(self.files)

    def _configure(self) -> None:
        """Write our settings anew at each start: memory and paths may have changed."""
        self._private_socket()
        path = self.files / "haicap.conf"
        path.write_text(
            tuning.configuration(
                socket=self.socket, log=self.log, data=self.data, port=places.PORT, throwaway=self.throwaway
            )
        )
        path.chmod(0o644)  # the folder above is closed

    def _forget_stranger(self) -> None:
        """Remove a process file whose number now belongs to another program, which would forbid the start.

        The file is also how a new server knows that children of a killed one still write, so it goes only when none is
        left; for a number that belongs to nobody the server judges by itself.
        """
        file = self.files / "postmaster.pid"
        try:
            other = int(file.read_text().split()[0])
            os.kill(other, 0)
        except PermissionError:
            pass  # alive, and not even ours
        except (OSError, ValueError, IndexError):
            return
        if not self._left_over():
            file.unlink(missing_ok=True)

    def _left_over(self) -> bool:
        """Whether any process works in the data: a server or what is left of one."""
        home = self.files.resolve()
        for link in Path("/proc").glob("[0-9]*/cwd"):
            with suppress(OSError):
                if link.readlink() == home:
                    return True
        return False

    def _private_socket(self) -> None:
        """The socket's folder belongs to the server's user alone, also where it lies in a shared place."""
        with suppress(FileExistsError):
            self.socket.mkdir(mode=0o700)
            self.who.own(self.socket)
        facts = self.socket.lstat()
        if self.socket.is_symlink() or facts.st_uid != self.who.uid or facts.st_mode & 0o077:
            raise Trouble(f"{self.socket} should be a private folder of the database and is not; remove it")

    def _launch(self) -> None:
        """Start the server; after a crash its last processes may need a moment to go."""
        until = time.monotonic() + PATIENCE
        said = self.log / "start.log"
        while True:
            said.unlink(missing_ok=True)
            self._forget_stranger()
            before = self._newest_log()
            words = ("-D", self.files, "-l", said, "-w", "-t", str(int(PATIENCE)), "start")
            done = self.who.run(self.program("pg_ctl"), *words, seconds=PATIENCE + 10)
            if done.returncode == 0:
                return
            reason = self._reason(said, before) or done.stderr
            if time.monotonic() > until or not any(sign in reason for sign in AFTER_CRASH):
                raise Trouble(f"the database did not start: {last_line(reason)} (more in {self.log})")
            time.sleep(0.3)

    def _newest_log(self) -> tuple[Path | None, int]:
        """The log of the day and how long it is."""
        logs = sorted(self.log.glob("postgresql-*.log"), key=lambda path: path.stat().st_mtime)
        return (logs[-1], logs[-1].stat().st_size) if logs else (None, 0)

    def _reason(self, said: Path, before: tuple[Path | None, int]) -> str:
        """What the server wrote in this try before it gave up: first to its output, then to the log of the day."""
        text = said.read_text(errors="replace") if said.exists() else ""
        log, _ = self._newest_log()
        if log is not None:
            with log.open(errors="replace") as lines:
                lines.seek(before[1] if log == before[0] else 0)
                text += lines.read(100_000)
        return text

    def _ensure_database(self) -> None:
        """The platform's database exists."""
        known = sql.SQL("SELECT 1 FROM pg_database WHERE datname = {}").format(places.DATABASE)
        try:
            with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=30) as link:
                if link.execute(known).fetchone() is None:
                    link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(places.DATABASE)))
        except psycopg.OperationalError as reason:
            raise Trouble(f"the database runs but does not answer: {last_line(str(reason))}") from None

    def _halt(self) -> None:
        """Clean stop; if clients hold on, a crash-safe one."""
        for mode, seconds in (("fast", 60), ("immediate", 20)):
            words = ("-D", self.files, "-m", mode, "-w", "-t", str(seconds), "stop")
            done = self.who.run(self.program("pg_ctl"), *words, seconds=seconds + 10)
            if done.returncode == 0 or self.pid() is None:
                return
        pid = self.pid()
        if pid is not None:
            os.kill(pid, signal.SIGQUIT)
            raise Trouble(f"the database (process {pid}) does not stop")


def last_line(text: str) -> str:
    """The line of a program's complaint that says most: the last with FATAL or error, else the last."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "rror" in line]
    return (telling or lines or ["it gave no reason"])[-1]
