"""Bản sao lưu: database and files of one moment in one archive, and back again.

An archive is a tar file: `manifest.json`, `database.dump` (pg_dump's custom format), `files/…` (the store of
attachments as it lies on disk) and, for a platform that made its own signing key, `secret-key`. The dump comes first:
a file handed in later is then in the archive without a row, which does no harm, and never the other way round.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from haicap.config.launcher.trouble import Trouble

FORMAT = 1
_PIECE = 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")
# Events keep the number of the transaction that wrote them, and numbers belong to one server: in another server the old
# ones may lie in the future, where the feed would hide them. After a restore they count as written by the restore.
_SETTLE = """
ALTER TABLE public.ledger_event DISABLE TRIGGER USER;
UPDATE public.ledger_event SET tx = pg_current_xact_id();
ALTER TABLE public.ledger_event ENABLE TRIGGER USER;
"""
_CLEAR = b"""
SET lock_timeout = '10s';
SET idle_in_transaction_session_timeout = 0;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
"""
# Settings that a newer pg_dump writes and an older server does not know.
_UNKNOWN_TO_OLDER = re.compile(rb"^SET transaction_timeout = .*;\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Database:
    """How PostgreSQL's own programs reach the database: connection as environment, paths of the programs."""

    environment: Mapping[str, str]
    program: Callable[[str], str]

    def run(self, name: str, *words: str) -> str:
        """Run a program; its output. Trouble with its last line when it failed."""
        done = subprocess.run(
            [self.program(name), *words], env=self._env(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Trouble(f"{name} failed: {last_words(done.stderr)}")
        return done.stdout

    def _env(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", "/"), **self.environment}

    def replace(self, dump: Path) -> None:
        """Put the dump in place of whatever the database holds, in one transaction: whole or not at all."""
        script = subprocess.Popen(
            [self.program("pg_restore"), "--no-owner", "--no-privileges", "-f", "-", str(dump)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self._env(),
        )  # fmt: skip
        loader = subprocess.Popen(
            [self.program("psql"), "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", "-"],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=self._env(),
        )  # fmt: skip
        complaints: list[bytes] = []
        assert script.stdout and script.stderr and loader.stdin and loader.stderr
        listeners = [_listen(script.stderr, complaints), _listen(loader.stderr, complaints)]
        try:
            with loader.stdin as out:
                out.write(_CLEAR)
                _pass_on(script.stdout, out)
                out.write(_SETTLE.encode())
        except BrokenPipeError:
            pass  # psql stopped at an error: its complaint says which
        script.stdout.close()
        codes = (script.wait(), loader.wait())
        for listener in listeners:
            listener.join()
        if any(codes):
            raise Trouble(
                f"the database was not changed: {last_words(b''.join(complaints).decode(errors='replace'))}"
            )


def _listen(source: IO[bytes], into: list[bytes]) -> threading.Thread:
    def read() -> None:
        with source:
            into.append(source.read())

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def _pass_on(source: IO[bytes], out: IO[bytes]) -> None:
    """Copy the script; only its first lines hold settings."""
    first = source.read(_PIECE)
    out.write(_UNKNOWN_TO_OLDER.sub(b"", first))
    shutil.copyfileobj(source, out, _PIECE)


def write(
    target: Path, *, database: Database, files: Path, key: Path | None, at: datetime, about: Mapping[str, Any]
) -> int:
    """Write an archive to `target`, whole or not at all, readable by its owner alone; its size in bytes."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as folder:
        dump, fresh = Path(folder) / "database.dump", Path(folder) / "archive"
        database.run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(dump))
        manifest = {
            "format": FORMAT,
            "at": at.isoformat(),
            "dump_sha256": digest(dump),
            **about,
        }
        fresh.touch(mode=0o600)
        with fresh.open("wb") as raw:
            with tarfile.open(fileobj=raw, mode="w") as archive:
                text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
                head = tarfile.TarInfo("manifest.json")
                head.size, head.mtime, head.mode = len(text), int(at.timestamp()), 0o600
                archive.addfile(head, io.BytesIO(text))
                archive.add(dump, "database.dump")
                if key is not None:
                    archive.add(key, "secret-key")
                for path in stored(files):
                    archive.add(path, f"files/{path.relative_to(files)}", recursive=False)
            raw.flush()
            os.fsync(raw.fileno())
        fresh.replace(target)
    return target.stat().st_size


def stored(files: Path) -> Iterator[Path]:
    """Finished files of the store: those named by their hash."""
    if files.is_dir():
        yield from (p for p in sorted(files.rglob("*")) if p.is_file() and _HASH.fullmatch(p.name))


def read(source: Path) -> dict[str, Any]:
    """The manifest of an archive. Trouble when it is none."""
    try:
        with tarfile.open(source, "r:") as archive:
            member = archive.next()
            text = (
                archive.extractfile(member) if member is not None and member.name == "manifest.json" else None
            )
            manifest: dict[str, Any] = json.load(text) if text is not None else {}
    except (OSError, tarfile.TarError, ValueError) as reason:
        raise Trouble(f"{source} cannot be read as a backup of Haicap ({reason})") from None
    if manifest.get("format") != FORMAT:
        raise Trouble(f"{source} is not a backup that this release can read")
    return manifest


def restore(source: Path, *, database: Database, files: Path, key: Path | None) -> tuple[int, bool]:
    """Put an archive back: files first, then the database in one transaction; (files written, key restored).

    Nothing is changed before the whole archive was read once and its dump matched the manifest.
    Trouble when it is cut off or altered.
    """
    manifest = read(source)
    files.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=files.parent, prefix=".restore-") as folder:
        try:
            secret = _unpack(source, Path(folder))
        except (OSError, tarfile.TarError, EOFError) as reason:
            raise Trouble(f"{source} is damaged or cut off ({reason}); nothing was changed") from None
        dump = Path(folder) / "database.dump"
        if not dump.is_file() or digest(dump) != manifest["dump_sha256"]:
            raise Trouble(
                f"{source} is damaged: its database does not match its manifest; nothing was changed"
            )
        number = _put_files(Path(folder) / "files", files)
        database.replace(dump)
    if secret is not None and key is not None:
        key.write_text(secret)
        key.chmod(0o600)
    return number, secret is not None and key is not None


def _unpack(source: Path, folder: Path) -> str | None:
    """Extract what an archive may hold, each file of the store checked against its name; the key if there is one."""
    secret = None
    with tarfile.open(source, "r:") as archive:
        for member in archive:
            data = archive.extractfile(member) if member.isfile() else None
            name = Path(member.name)
            if data is None:
                raise tarfile.TarError(f"unexpected member {member.name}")
            if member.name == "secret-key":
                secret = data.read(4096).decode()
            elif member.name == "database.dump":
                _copy(data, folder / "database.dump", member.size)
            elif name.parts[0] == "files" and ".." not in name.parts and _HASH.fullmatch(name.name):
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                if _copy(data, target, member.size) != name.name:
                    raise tarfile.TarError(f"{member.name} does not match its hash")
            elif member.name != "manifest.json":
                raise tarfile.TarError(f"unexpected member {member.name}")
    return secret


def _copy(data: IO[bytes], target: Path, size: int) -> str:
    """Write a member to disk; its SHA-256. OSError when it is shorter than it should be."""
    total, written = hashlib.sha256(), 0
    with target.open("wb") as out:
        while piece := data.read(_PIECE):
            total.update(piece)
            written += len(piece)
            out.write(piece)
    if written != size:
        raise OSError("unexpected end")
    return total.hexdigest()


def _put_files(source: Path, files: Path) -> int:
    """Move files into the store; those it has already are the same bytes."""
    number = 0
    for path in stored(source):
        target = files / path.relative_to(source)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
            number += 1
    return number


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def last_words(text: str) -> str:
    """The line of a complaint that names the cause."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "ERROR" in line or "FATAL" in line or "error:" in line]
    return (telling or lines or ["no reason given"])[0]
