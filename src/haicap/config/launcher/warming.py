"""Làm nóng: what a process that serves reads behind its first page, so that the first question waits for nothing."""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.signals import request_finished
from django.db import connection

from haicap.base.refused import Refused
from haicap.edges.assistant import asking

log = logging.getLogger("haicap.assistant")
FIRST_PAGE = 10.0  # seconds for the first page; the other processes of a server may be asked for none
PAUSE, TRIES = 15.0, 40  # while the catalogue is still loaded by the worker
# One that touches everything an answer may rest on.
QUESTION = "đăng ký khai sinh ở phường Sa Pa, tỉnh Lào Cai"


def begin() -> threading.Thread:
    """Start reading in the background once a page was served, or after some seconds. It never fails the process."""
    served = threading.Event()

    def told(**_: object) -> None:
        served.set()
        request_finished.disconnect(dispatch_uid=__name__)

    request_finished.connect(told, weak=False, dispatch_uid=__name__)
    thread = threading.Thread(target=_warm, args=(served, threading.Event()), name="warming", daemon=True)
    thread.start()
    return thread


def _warm(served: threading.Event, never: threading.Event) -> None:
    served.wait(FIRST_PAGE)
    try:
        for _ in range(TRIES):
            if _asked():
                return
            never.wait(PAUSE)
    except Exception:
        log.exception("assistant: not warmed; the first question will be slower")
    finally:
        connection.close()


def _asked() -> bool:
    """Whether the assistant could be asked; not while the catalogue or the units are still loaded."""
    try:
        asking.ask(QUESTION, on=datetime.now(ZoneInfo(settings.TIME_ZONE)).date())
    except Refused:
        connection.close()  # none is held while waiting
        return False
    return True
