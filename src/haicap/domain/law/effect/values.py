"""Giá trị của bộ tính hiệu lực: what goes in (works, places, links) and what comes out (spans and their steps)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from haicap.domain.law.states import RelationKind, Standing, Why


@dataclass(frozen=True, slots=True)
class Work:
    """Văn bản: one document.

    since      first day of effect; None: not known
    until      first day it no longer counts (sunset); None: none stated
    until_by   place of the sunset clause in the document, "" when not known
    territory  unit where it counts, "" for the whole country
    bridged    issued by a body of an abolished district or a merged province: BRIDGE_ENDS is its last bound
    """

    id: int
    since: date | None = None
    until: date | None = None
    until_by: str = ""
    territory: str = ""
    bridged: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Điều, khoản, điểm: a place that somebody names; each day that is None is the one of the place above it."""

    work: int
    path: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Quan hệ: what a place of one document does to a place of another ("" the whole document).

    since      first day, None: with its source
    until      suspends: first day it no longer suspends; extends: the new sunset (None: no sunset any more);
               other kinds: first day on which it can no longer begin to work (details: no longer counts)
    territory  where it acts; "" and the target's own territory mean everywhere
    """

    id: int
    kind: RelationKind
    source: int
    source_path: str
    target: int
    target_path: str
    since: date | None = None
    until: date | None = None
    territory: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Một mắt xích: what happened, on which day, and the relation and place that caused it.

    Commencement and sunset are caused by the document itself: no link, and the place whose day it is.
    """

    why: Why
    on: date
    link: int | None
    work: int | None
    path: str


@dataclass(frozen=True, slots=True)
class Span:
    """Một quãng ngày: days [since, until) with one standing for one reason; None is unbounded."""

    since: date | None
    until: date | None
    standing: Standing
    chain: tuple[Step, ...]

    def __contains__(self, on: object) -> bool:
        if not isinstance(on, date):
            return False
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


class Change(NamedTuple):
    """Một thay đổi: on `on` the standing of a place became another, for the reason of `step`."""

    on: date
    work: int
    path: str
    before: Standing
    after: Standing
    step: Step
