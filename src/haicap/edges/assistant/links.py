"""Đường dẫn: paths of the portal that answers link to; config knows the addresses and fills them in."""

from __future__ import annotations

from collections.abc import Callable

_PAGES: dict[str, Callable[[str], str]] = {}


def page(kind: str, address: Callable[[str], str]) -> None:
    """Let `address(code)` be the page of a procedure, file, power, unit …; called in config only."""
    _PAGES[kind] = address


def to(kind: str, code: str = "") -> str:
    """The page of a thing; "" when no page was named for its kind."""
    return _PAGES[kind](code) if kind in _PAGES else ""
