"""Settings of the embedded server: for long runs and safety, not for a benchmark."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

GIB = 1024**3
MIB = 1024**2


def configuration(*, socket: Path, log: Path, data: Path, port: int, throwaway: bool) -> str:
    """Text of the server's own configuration file.

    throwaway  a server for tests: small, and allowed to lose its data with the machine (never with a process)
    """
    memory = machine_memory()
    shared = 128 * MIB if throwaway else min(max(memory // 8, 128 * MIB), 8 * GIB)
    wal = 1 * GIB if throwaway else min(max(shutil.disk_usage(data).free // 10, 256 * MIB), 4 * GIB)
    lines = {
        "listen_addresses": "",
        "port": port,
        "unix_socket_directories": f'"{socket}"',  # a list to the server: quoted within, as a comma may be in a path
        "unix_socket_permissions": "0700",
        "max_connections": 100,
        "wal_level": "replica",
        "max_wal_senders": 4,
        "shared_buffers": f"{shared // MIB}MB",
        "effective_cache_size": f"{max(memory // 2, 256 * MIB) // MIB}MB",
        "maintenance_work_mem": f"{min(max(memory // 32, 64 * MIB), 512 * MIB) // MIB}MB",
        "max_wal_size": f"{wal // MIB}MB",
        "checkpoint_timeout": "15min",
        "jit": "off",
        "random_page_cost": 1.1,
        "idle_in_transaction_session_timeout": "10s",
        "fsync": "off" if throwaway else "on",
        "synchronous_commit": "on",
        "full_page_writes": "off" if throwaway else "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "logging_collector": "on",
        "log_directory": str(log),
        "log_filename": "postgresql-%a.log",  # a week of days, each overwritten when it comes again
        "log_rotation_age": "1d",
        "log_rotation_size": 0,
        "log_truncate_on_rotation": "on",
        "log_min_duration_statement": "2s",
        "log_lock_waits": "on",
        "log_line_prefix": "%m [%p] %a ",
    }
    return "".join(f"{name} = {quoted(value)}\n" for name, value in lines.items())


def quoted(value: object) -> str:
    """A value as the server's configuration spells it."""
    return "'" + str(value).replace("\\", "\\\\").replace("'", "''") + "'"


def machine_memory() -> int:
    """Bytes of memory this process may count on: the machine's, or its container's limit if that is less."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            limit = Path(path).read_text().strip()
        except OSError:
            continue
        if limit.isdigit() and 0 < int(limit) < whole:
            return int(limit)
    return whole
