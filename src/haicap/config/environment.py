"""Reading settings from the environment: typed, and loud when a value makes no sense."""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(SystemExit):
    """A setting is missing or malformed; the message names it, what was found and what is expected."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(f"haicap: setting {name} is {found!r}; expected {expected}. See docs/operate.md.")


def text(name: str, default: str | None = None) -> str:
    """A text; without default it is required."""
    value = os.environ.get(name, default)
    if value is None or (default is None and not value.strip()):
        raise BadSetting(name, "", "a value (it has no default)")
    return value


def flag(name: str, default: bool) -> bool:
    """true/false, yes/no, on/off, 1/0."""
    value = os.environ.get(name)
    if value is None:
        return default
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    if value.strip().lower() not in words:
        raise BadSetting(name, value, "true or false")
    return words[value.strip().lower()]


def number(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number between `low` and `high`."""
    value = os.environ.get(name, str(default))
    if not value.strip().isdigit() or not low <= int(value) <= high:
        raise BadSetting(name, value, f"a whole number from {low} to {high}")
    return int(value)


def listing(name: str, default: str = "") -> list[str]:
    """Words separated by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def networks(name: str) -> list[str]:
    """Networks separated by commas: "10.1.0.0/16, fd12::/32"."""
    found = listing(name)
    for part in found:
        try:
            ip_network(part)
        except ValueError:
            raise BadSetting(name, part, "networks such as 10.1.0.0/16, separated by commas") from None
    return found


def mailbox(name: str) -> str:
    """A mailbox to read: "imaps://user:password@host/INBOX" (imap+tls:// too; imap:// only for this machine); may be empty."""
    value = os.environ.get(name, "").strip()
    try:
        parts = urlsplit(value)
        good = parts.scheme in {"imaps", "imap+tls"} or (
            parts.scheme == "imap" and parts.hostname in _THIS_MACHINE
        )
        good = good and bool(parts.hostname and parts.username) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if value and not good:
        raise BadSetting(name, value.split("@")[-1], "imaps://user:password@host/INBOX")
    return value


def folder(name: str, default: Path) -> Path:
    """An absolute folder path (it need not exist yet)."""
    path = Path(os.environ.get(name) or default).expanduser()
    if not path.is_absolute():
        raise BadSetting(name, str(path), "an absolute path")
    return path


_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def address(name: str, default: str | None = "") -> str:
    """An address that starts with https:// (http:// only for this machine); without default it is required."""
    value = text(name, default).strip()
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadSetting(name, value, "https://host/path") from None
    local = parts.scheme == "http" and host in _THIS_MACHINE
    if value and (not host or parts.query or parts.fragment or not (parts.scheme == "https" or local)):
        raise BadSetting(name, value, "https://host/path")
    return value


def database(name: str, url: str) -> dict[str, object]:
    """Django's description of "postgresql://user:password@host:port/name?host=/socket/folder&sslmode=…"."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise BadSetting(name, url.rpartition("@")[2], "postgresql://user:password@host:port/database")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", parts.hostname or "")
    port = query.pop("port", str(parts.port or ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": None,
        # Identical statements are planned once per connection; both are needed (docs/decisions).
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 1, **query},
        "TEST": {"TEMPLATE": "template0"},
    }


_MAIL_SCHEMES = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail(name: str, default: str) -> dict[str, str]:
    """Where letters go: "smtp+tls://user:password@host:587" (also smtp, smtps) or "folder:/absolute/path" (as files)."""
    value = os.environ.get(name) or default
    found = {"scheme": "folder", "folder": "", "host": "", "port": "0", "user": "", "password": ""}
    if value.startswith("folder:/"):
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {**found, "backend": backend, "folder": value.removeprefix("folder:")}
    parts = urlsplit(value)
    if parts.scheme not in _MAIL_SCHEMES or not parts.hostname:
        expected = "smtp+tls://user:password@host:587, smtps://…, smtp://… or folder:/absolute/path"
        raise BadSetting(name, value.split("@")[-1], expected)
    return {
        **found,
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "scheme": parts.scheme,
        "host": parts.hostname,
        "port": str(parts.port or _MAIL_SCHEMES[parts.scheme]),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
    }
