"""Bối cảnh của trang: what every template knows about the site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

LONGEST = 4000  # of an address that is repeated on the page
LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"))


@dataclass(frozen=True, slots=True)
class Switch:
    """The same page in the other language."""

    code: str
    name: str
    href: str


@cache
def product_version() -> str:
    """Version of the installed package."""
    try:
        return version("haicap")
    except PackageNotFoundError:
        return "0"


def _here(request: HttpRequest) -> str:
    """Path with its question; without it when somebody sent megabytes."""
    full = request.get_full_path()
    return full if len(full) <= LONGEST else request.path


def switches(request: HttpRequest) -> list[Switch]:
    """Links to this page in the other languages; the question in the address is kept."""
    here = _here(request)
    return [
        Switch(code, name, translate_url(here, code)) for code, name in LANGUAGES if code != get_language()
    ]


def site(request: HttpRequest) -> dict[str, object]:
    """`site_version`, `languages` and `here` (path with its question)."""
    return {
        "site_version": product_version(),
        "languages": switches(request),
        "here": _here(request),
    }
