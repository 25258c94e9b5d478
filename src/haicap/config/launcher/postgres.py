"""PostgreSQL itself: one folder of data, made, started and stopped by its own programs. No sharing, no locks."""

from __future__ import annotations

import os
import shutil
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from haicap.config.launcher import identity, places, tuning
from haicap.config.launcher.trouble import Trouble

PATIENCE = 120.0  # seconds for a start, recovery after a crash included
LAST_WORDS = 3.0  # seconds for the reason of a failed start to reach its log
AFTER_CRASH = (
    "pre-existing shared memory block",
    "lock file",
    "is another postmaster",
    "could not create any Unix",
)


@dataclass(slots=True)
class Server:
    """A server on the data in `home`.

    home       folder of all that is the server's own: data, log, normally the socket
    programs   folder of PostgreSQL's programs, of version `major`
    throwaway  small, and allowed to lose its data with the machine
    """

    home: Path
    socket: Path
    who: identity.Runner
    programs: Path
    major: int
    throwaway: bool

    @property
    def files(self) -> Path:
        """PostgreSQL's data folder."""
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        """Folder of its logs."""
        return self.home / "log"

    def start(self) -> None:
        """Make the data if there are none, and start. Trouble with PostgreSQL's own reason when it fails."""
        self.create()
        self.configure()
        self.launch()

    def create(self) -> None:
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
            self.programs / "initdb", "-D", fresh, "-U", places.DATABASE, *provider, *words, seconds=PATIENCE
        )
        if done.returncode:
            raise Trouble(f"the database could not be created in {self.home}: {last_line(done.stderr)}")
        with (fresh / "postgresql.conf").open("a") as text:
            text.write("include 'haicap.conf'\n")
        fresh.rename(self.files)

    def configure(self) -> None:
        """Write our settings anew at each start: memory and paths may have changed."""
        self._private_socket()
        path = self.files / "haicap.conf"
        path.write_text(
            tuning.configuration(
                socket=self.socket, log=self.log, data=self.home, port=places.PORT, throwaway=self.throwaway
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

    def launch(self) -> None:
        """Start the server; after a crash its last processes may need a moment to go."""
        until = time.monotonic() + PATIENCE
        said = self.log / "start.log"
        while True:
            said.unlink(missing_ok=True)
            self._forget_stranger()
            before = self._newest_log()
            words = ("-D", self.files, "-l", said, "-w", "-t", str(int(PATIENCE)), "start")
            done = self.who.run(self.programs / "pg_ctl", *words, seconds=PATIENCE + 10)
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
        """What the server wrote in this try before it gave up: first to its output, then to the log of the day.

        The log is written by a process of its own, which may end after the server: its last words get a few seconds.
        """
        until = time.monotonic() + LAST_WORDS
        while True:
            text = said.read_text(errors="replace") if said.exists() else ""
            log, _ = self._newest_log()
            if log is not None:
                with log.open(errors="replace") as lines:
                    lines.seek(before[1] if log == before[0] else 0)
                    text += lines.read(100_000)
            if "FATAL" in text or "PANIC" in text or time.monotonic() > until:
                return text
            time.sleep(0.05)

    def halt(self) -> None:
        """Clean stop; if clients hold on, a crash-safe one."""
        for mode, seconds in (("fast", 60), ("immediate", 20)):
            words = ("-D", self.files, "-m", mode, "-w", "-t", str(seconds), "stop")
            done = self.who.run(self.programs / "pg_ctl", *words, seconds=seconds + 10)
            if done.returncode == 0 or pid_of(self.files) is None:
                return
        pid = pid_of(self.files)
        if pid is not None:
            os.kill(pid, signal.SIGQUIT)
            raise Trouble(f"the database (process {pid}) does not stop")


def pid_of(files: Path) -> int | None:
    """Process id of the server that runs on these data; None when there is none (whatever a stale file says)."""
    try:
        pid = int((files / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    try:  # the number may meanwhile belong to another program: a server's working folder is its data
        folder = Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return None if Path("/proc/self").exists() else pid
    return pid if folder == files.resolve() else None


def last_line(text: str) -> str:
    """The line of a program's complaint that says most: the last with FATAL or error, else the last."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "rror" in line]
    return (telling or lines or ["it gave no reason"])[-1]
