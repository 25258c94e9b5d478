"""Máy chủ web: granian with the measured shape, two processes of a few threads each."""

from __future__ import annotations

import errno
import gc
import multiprocessing
import socket
from importlib import import_module

from haicap.config.launcher.trouble import Trouble

TARGET = "haicap.config.launcher.served:application"
DRAIN = 10  # seconds a process may take to finish what it answers when asked to stop


def check_free(host: str, port: int) -> None:
    """Trouble when the address cannot be listened on; the sentence names the port and the option."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as reason:
            if reason.errno == errno.EADDRINUSE:
                raise Trouble(
                    f"port {port} on {host} is used by another program; choose one with --port"
                    f" (or `make run PORT={port + 1}`)"
                ) from None
            raise Trouble(
                f"cannot listen on {host} port {port}: {reason.strerror}; see --host and --port"
            ) from None


def preload() -> None:
    """Load the application before the processes are forked: they are there at once, and share the memory of what it is.

    Where processes are not forked each loads it by itself.
    """
    if multiprocessing.get_start_method() != "fork":
        return
    from django.db import connections
    from django.urls import get_resolver

    import_module("haicap.config.wsgi")
    _ = get_resolver().reverse_dict  # asking for it reads all addresses, and with them all doors
    connections.close_all()  # a connection must not be shared
    gc.collect()
    gc.freeze()  # what is never collected is not written to, and stays shared


def serve(host: str, port: int, *, processes: int, threads: int, json_logs: bool) -> None:
    """Serve until a signal says stop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    check_free(host, port)
    Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        backlog=1024,
        http1_settings=HTTP1Settings(header_read_timeout=30_000),
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=DRAIN,
        log_level=LogLevels.warning,
        log_dictconfig=log_shape(json_logs),
        log_access=json_logs,
    ).serve()


def log_shape(json_logs: bool) -> dict[str, object]:
    """The server's own few lines in the form of all others."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": "haicap.config.logs.formatter", "as_json": json_logs}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "ours", "stream": "ext://sys.stderr"}
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "_granian": {"propagate": True},
            # Method, path and status; never the query, where people type their addresses.
            "granian.access": {"level": "INFO", "propagate": True},
        },
    }
