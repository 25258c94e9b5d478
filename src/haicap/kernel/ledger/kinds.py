"""Loại sự kiện: what may be recorded, with the sentence people read and the shape of its facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event.

    name      "<room>.<what happened>", past tense ("units.act_enacted")
    sentence  Vietnamese, a %-template over the payload, marked with gettext_noop
    payload   field name → type; ids and facts only, never personal text (law 11 of the house)
    """

    name: str
    sentence: str
    payload: Mapping[str, type] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.name in _KINDS:
            raise ValueError(f"event kind {self.name} is declared twice")
        _KINDS[self.name] = self

    def check(self, data: Mapping[str, object]) -> None:
        """ValueError when `data` has not exactly the declared fields and types: a bug of the caller."""
        declared = self.payload
        if data.keys() != declared.keys():
            raise self._unfit(data)
        for name, value in data.items():
            if not isinstance(value, declared[name]):
                raise self._unfit(data)
            _check_plain(self.name, value)

    def _unfit(self, data: Mapping[str, object]) -> ValueError:
        wrong = sorted(set(data) ^ set(self.payload))
        wrong += [k for k, t in self.payload.items() if k in data and not isinstance(data[k], t)]
        return ValueError(f"event {self.name}: fields {wrong} do not fit its declaration")


def _check_plain(name: str, value: object) -> None:
    """ValueError for what the database would give back in another spelling, and so under another hash."""
    if isinstance(value, str):
        if "\0" in value or (not value.isascii() and _HALF_LETTER.search(value)):
            raise ValueError(f"event {name}: text that PostgreSQL cannot keep")
    elif value is None or isinstance(value, int):
        return
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _check_plain(name, key if isinstance(key, str) else object())
            _check_plain(name, item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check_plain(name, item)
    else:
        raise ValueError(
            f"event {name}: {type(value).__name__} is not text, whole number, flag, list or mapping"
        )


_HALF_LETTER = re.compile("[\ud800-\udfff]")
_KINDS: dict[str, Kind] = {}


def kind(name: str) -> Kind:
    """The declared kind; KeyError for a name nobody declared."""
    return _KINDS[name]


def every_kind() -> tuple[Kind, ...]:
    """All declared kinds, by name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))
