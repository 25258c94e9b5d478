"""Nơi đặt dữ liệu: where the platform keeps its data when the operator chose nothing. Standard library only."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from haicap.config.environment import BadSetting

DATABASE = "haicap"  # name of the database and of its owner in the embedded server
PORT = 5432  # of the socket's name only: the embedded server listens on no network
# A socket's address holds 108 bytes on Linux and 104 elsewhere, its own name included.
SOCKET_LIMIT = 103 - len(f"/.s.PGSQL.{PORT}.lock")


def checkout() -> Path:
    """The folder that holds the sources, or the installed package when there is no checkout."""
    package = Path(__file__).resolve().parents[2]
    top = package.parent.parent
    return top if (top / "pyproject.toml").is_file() else package


def default_data() -> Path:
    """Data folder: `var` in the checkout for an ordinary user; for root one that a lesser user can reach.

    A root home is closed to the unprivileged user the database runs as, hence /var/lib.
    """
    home = checkout()
    if os.geteuid() == 0:
        return Path("/var/lib/haicap") / short(home)
    if (home / "pyproject.toml").is_file():
        return home / "var"
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "haicap"


def prepare(data: Path) -> None:
    """Create the data folder, closed to others; as root the way into it stays open, as the database runs as another."""
    if data.is_dir():
        return
    root = os.geteuid() == 0
    try:
        data.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        data.mkdir(exist_ok=True, mode=0o711 if root else 0o700)
        data.chmod(0o711 if root else 0o700)
    except OSError as reason:
        raise BadSetting(
            "HAICAP_DATA", str(data), f"a folder that can be written ({reason.strerror})"
        ) from None


def local_secret(data: Path) -> str:
    """The signing key of a local run: made once, kept in the data folder, readable by its owner only."""
    path = data / "secret-key"
    prepare(data)
    fresh = path.with_name(f".secret-key-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        if not path.exists():
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(50))
            with suppress(FileExistsError):  # another process was first: its key counts
                path.hardlink_to(fresh)
            fresh.unlink()
        return path.read_text().strip()
    except OSError as reason:
        raise BadSetting(
            "HAICAP_DATA", str(data), f"a folder that can be written ({reason.strerror})"
        ) from None


def socket_folder(data: Path) -> Path:
    """Folder of the database's socket: in the data folder, or elsewhere when that path will not do.

    It may be too long for a socket, or hold a comma, which separates hosts in a database's address.
    """
    inside = data / "database" / "socket"
    if len(os.fsencode(inside)) <= SOCKET_LIMIT and "," not in str(inside):
        return inside
    name = f"haicap-{os.geteuid()}-{short(data)}"
    private = os.environ.get("XDG_RUNTIME_DIR", "")
    if os.geteuid() == 0:
        return Path("/run") / name
    # In a folder everybody may write to, the server's start checks that it is really ours and closed.
    return Path(private if private and len(private) < 40 else "/tmp") / name  # noqa: S108


def embedded_url(data: Path, database: str = DATABASE) -> str:
    """Address of the embedded database as HAICAP_DATABASE_URL spells it."""
    return f"postgresql://{DATABASE}@/{quote(database)}?host={quote(str(socket_folder(data)))}&port={PORT}"


def short(path: Path) -> str:
    """A short name for a path, the same in every process."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
