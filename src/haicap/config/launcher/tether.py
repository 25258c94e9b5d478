"""Dây buộc: a child process ends when its parent is gone, however the parent ended."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

SUPERVISOR = "HAICAP_SUPERVISOR"  # set by the supervisor for its children: its process id
_PR_SET_PDEATHSIG = 1


def tie(parent: int, sign: signal.Signals) -> None:
    """Send this process `sign` when `parent`, which started it, dies; at once if it is dead already."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent, sign), daemon=True).start()
    if os.getppid() != parent:
        os.kill(os.getpid(), sign)


def tie_to_supervisor() -> None:
    """Follow the supervisor that started this process, if one did."""
    parent = os.environ.get(SUPERVISOR, "")
    if parent.isdigit():
        tie(int(parent), signal.SIGTERM)


def _watch(parent: int, sign: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), sign)
