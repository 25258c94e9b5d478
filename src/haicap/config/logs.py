"""Nhật ký vận hành: one line an event, JSON for machines or aligned words for people."""

from __future__ import annotations

import logging
import logging.config
import sys
from collections.abc import Mapping

import structlog
from structlog.processors import ExceptionRenderer
from structlog.tracebacks import ExceptionDictTransformer
from structlog.types import Processor


def configure(settings: Mapping[str, object]) -> None:
    """Django calls this with LOGGING; "format" is "json" or "human".

    Both structlog's and the standard library's records come out the same way, on standard error.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(as_json=settings.get("format") == "json"))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    # Every request is in the server's own access log; procrastinate tells each step of each job.
    for name, level in {"django.server": logging.WARNING, "procrastinate": logging.WARNING}.items():
        logging.getLogger(name).setLevel(level)
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def formatter(*, as_json: bool) -> logging.Formatter:
    """The form of a line, for a handler of the standard library."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *(_json() if as_json else _human()),
        ],
    )


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _json() -> list[Processor]:
    # Without local variables: they hold what people typed.
    traced = ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    return [traced, structlog.processors.JSONRenderer(ensure_ascii=False)]


def _human() -> list[Processor]:
    return [
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    ]
