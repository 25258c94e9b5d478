"""Bảng phân luồng: rules in order; the first whose organ exists on the day takes the ticket."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from haicap.base.dates import Span
from haicap.base.refused import Refused
from haicap.base.text import fold
from haicap.base.words import gettext_noop

HOLDER = "@holder"  # who exercises the power behind the procedure there on the day
OWNER = "@owner"  # who answers for the document
SYSTEM_OWNER = "@system"  # who answers for the information system
ALWAYS = Span(None, None)
LAST = ("province_office", "province_committee", "vpcp")  # never to nobody


@dataclass(frozen=True, slots=True)
class Matter:
    """What a ticket is about, as far as it was told.

    kind       of the ticket; level: nation | province | commune of the place, empty without one
    province   uid of the province of the place; procedure its code; field the procedure's or subject's field
    holder     kind of the organ that exercises the power behind the procedure; owner, system: kinds of organs
    """

    kind: str
    level: str = ""
    province: str = ""
    procedure: str = ""
    field: str = ""
    holder: str = ""
    owner: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the table; empty = any.

    organs    kinds of organs in order of preference, or @holder, @owner, @system
    province  uid: the line counts in that province only, before those of the nation
    place     order among lines equally special
    """

    code: str
    organs: tuple[str, ...]
    kind: str = ""
    level: str = ""
    province: str = ""
    procedure: str = ""
    field: str = ""
    span: Span = ALWAYS
    place: int = 0

    def fits(self, matter: Matter, on: date) -> bool:
        """Whether the line speaks of the matter on the day."""
        return (
            on in self.span
            and (not self.kind or self.kind == matter.kind)
            and (not self.level or self.level == matter.level)
            and (not self.province or self.province == matter.province)
            and (not self.procedure or matter.procedure.startswith(self.procedure))
            and (not self.field or fold(matter.field).startswith(fold(self.field)))
        )

    @property
    def special(self) -> tuple[int, int, int, int]:
        """How special: a province's own line, the procedure, the field, then the kind."""
        return (bool(self.province), len(self.procedure), len(self.field), bool(self.kind) + bool(self.level))


@dataclass(frozen=True, slots=True)
class Desk:
    """An organ that exists on the day: key, kind, name, uid of its unit."""

    pk: int
    kind: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A kind of organ a rule named which does not exist there on the day."""

    rule: str
    kind: str


@dataclass(frozen=True, slots=True)
class Routed:
    """Where it goes, by which rule ("last": none fitted), and what was tried before."""

    desk: Desk
    rule: str
    tried: tuple[Tried, ...] = ()


Desks = Callable[
    [str], Desk | None
]  # kind → the organ of that kind for the place: its own, its province's, the nation's


def route(matter: Matter, rules: Iterable[Rule], desks: Desks, on: date) -> Routed:
    """The organ that answers. Refused `no_organ` only when not even the nation has one."""
    fitting = sorted(
        (rule for rule in rules if rule.fits(matter, on)),
        key=lambda rule: (tuple(-part for part in rule.special), rule.place, rule.code),
    )
    tried: list[Tried] = []
    for rule in fitting:
        for kind in _meant(rule.organs, matter):
            desk = desks(kind)
            if desk is not None:
                return Routed(desk, rule.code, tuple(tried))
            tried.append(Tried(rule.code, kind))
    for kind in LAST:
        desk = desks(kind)
        if desk is not None:
            return Routed(desk, "last", tuple(tried))
    raise Refused(
        "no_organ", gettext_noop("Chưa có cơ quan nào trong sổ để nhận phiếu. Xin báo người quản trị.")
    )


def _meant(organs: Sequence[str], matter: Matter) -> list[str]:
    said = {HOLDER: matter.holder, OWNER: matter.owner, SYSTEM_OWNER: matter.system}
    return [kind for organ in organs if (kind := said.get(organ, organ))]
