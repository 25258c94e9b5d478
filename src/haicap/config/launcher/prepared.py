"""Đã chuẩn bị: proof that what `haicap prepare` did still stands, so that a second start does not do it over.

Nothing here knows Django. Two things are proven: the program and its settings are those of that time (sizes and times
of all its files), and the database is that database (its table of migrations, as an object and by its rows: a restored
database has another). What cannot be proven is prepared again, which never does harm.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from haicap.config.launcher import tether

NOTE = "prepared.json"
PACKAGE = Path(__file__).resolve().parents[2]
_ELSEWHERE = {tether.SUPERVISOR, "HAICAP_URL", "HAICAP_BIND", "HAICAP_PORT"}  # differ from run to run
_IDENTITY = """
SELECT (SELECT oid FROM pg_database WHERE datname = current_database()), 'django_migrations'::regclass::oid,
       count(*), max(id), extract(epoch FROM min(applied)), extract(epoch FROM max(applied)) FROM django_migrations
"""
Accounts = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is known of the last preparation.

    data  folder of the platform's data
    url   address of the database
    demo  whether the demo cast belongs to it
    """

    data: Path
    url: str
    demo: bool

    @property
    def note(self) -> Path:
        """The file that remembers it."""
        return self.data / NOTE

    def program(self) -> str:
        """Hash of the program and its settings."""
        total = hashlib.sha256(f"{sys.version} {sys.prefix} {self.url} {self.demo}\n".encode())
        for name in sorted(os.environ.keys() - _ELSEWHERE):
            if name.startswith("HAICAP_"):
                total.update(f"{name}={os.environ[name]}\n".encode(errors="surrogateescape"))
        for line in sorted((*_facts(PACKAGE), *_libraries())):
            total.update(line.encode(errors="surrogateescape"))
        return total.hexdigest()

    def unchanged(self) -> bool:
        """Whether the program is the one that was prepared; says nothing of the database."""
        return self._noted().get("program") == self.program() and self._static()

    def accounts(self) -> Accounts | None:
        """The demo accounts of a preparation that still stands; None when there is none or it cannot be proven."""
        noted = self._noted()
        accounts = noted.get("accounts")
        if not isinstance(accounts, list) or not self.unchanged():
            return None
        return accounts if noted.get("database") == self.database() else None

    def database(self) -> str:
        """What tells this database from any other, and from itself before and after a migration; "" when it is not known."""
        try:
            with psycopg.connect(self.url, connect_timeout=10) as link:
                row = link.execute(_IDENTITY).fetchone()
        except psycopg.Error:
            return ""
        return " ".join(map(str, row)) if row is not None else ""

    def remember(self, accounts: Accounts) -> None:
        """A preparation of this moment succeeded. A disk that does not take the note costs the next start a second."""
        fresh = self.note.with_name(f".{NOTE}-{os.getpid()}")
        found = {"program": self.program(), "database": self.database(), "accounts": accounts}
        if not found["database"]:
            return
        try:
            fresh.touch(mode=0o600)
            fresh.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
            fresh.replace(self.note)
        except OSError:
            fresh.unlink(missing_ok=True)

    def _noted(self) -> dict[str, object]:
        try:
            found = json.loads(self.note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _static(self) -> bool:
        return (self.data / "static" / "staticfiles.json").is_file()


def _facts(folder: Path) -> Iterator[str]:
    """Path, size and time of every file of the program."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _facts(Path(entry.path))
            else:
                facts = entry.stat()
                yield f"{entry.path} {facts.st_size} {facts.st_mtime_ns}\n"


def _libraries() -> Iterator[str]:
    """Names and times of what is installed beside it: another version is another folder."""
    for folder in {Path(path) for path in sys.path if path.endswith("-packages")}:
        if folder.is_dir():
            yield from (f"{entry.name} {entry.stat().st_mtime_ns}\n" for entry in folder.glob("*.dist-info"))
