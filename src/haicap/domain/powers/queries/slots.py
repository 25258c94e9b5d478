"""Khe cắm: what this room reads of rooms above it. Filled by config/wiring.py; unfilled, those detectors say nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Published:
    """A procedure in force and who the catalogue says decides it.

    organs  kinds of organs the platform knows, as published; () when the catalogue names none it knows
    case    what the procedure settles of the case: it is for the works of one class, say
    """

    code: str
    name: str
    power: str
    role: str
    organs: tuple[str, ...]
    case: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(slots=True)
class Catalogue:
    """The slot: procedures that name a power, on a day; and a number that changes when they do."""

    published: Callable[[date], Iterable[Published]] | None = None
    generation: Callable[[], Hashable] | None = None


catalogue = Catalogue()


def wire(published: Callable[[date], Iterable[Published]], generation: Callable[[], Hashable]) -> None:
    """Fill the slot."""
    catalogue.published, catalogue.generation = published, generation
