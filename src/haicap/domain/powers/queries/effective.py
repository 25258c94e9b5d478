"""Thẩm quyền có hiệu lực: assertions clipped to the days their provisions count, as claims for the detectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from haicap.base.kept import Kept
from haicap.domain.law import numbers
from haicap.domain.law import queries as law
from haicap.domain.law.states import DocumentKind, Standing
from haicap.domain.powers.conditions import Choice, Interval
from haicap.domain.powers.detectors import Claim, Ground, Instrument, Life, Rank, Scope
from haicap.domain.powers.queries.register import AssertionRow, PowerRow, Register, register, state
from haicap.domain.powers.states import CLIFF, REFORM, Reading, Role
from haicap.domain.units import queries as units

Days = tuple[date | None, date | None]
Group = tuple[str, Role]


@dataclass(frozen=True, slots=True)
class Effective:
    """Claims by power and role over communes as units, with what each group must cover.

    origin  id of a claim → its assertion (an assertion whose provision was suspended makes several claims)
    """

    ground: Ground
    groups: Mapping[Group, Sequence[Claim]]
    scopes: Mapping[Group, Scope]
    origin: Mapping[str, AssertionRow]

    def of(self, power: str) -> Iterator[tuple[Group, Sequence[Claim]]]:
        """The groups of a power."""
        return ((group, claims) for group, claims in self.groups.items() if group[0] == power)

    def every(self) -> list[Claim]:
        """All claims."""
        return [claim for claims in self.groups.values() for claim in claims]


def ground() -> Ground:
    """Communes of today's map and of every day since the reform; those of 1 July 2025 stand for their area before."""
    known = units.register()
    lives: dict[str, list[Life]] = defaultdict(list)
    for v in known.every():
        if v.tier != "commune" or (v.span.end is not None and v.span.end <= REFORM):
            continue
        since = None if v.span.start is None or v.span.start <= REFORM else v.span.start
        lives[v.uid].append((since, v.span.end))
    always: tuple[Life, ...] = ((None, None),)
    spans = {uid: _joined(parts) for uid, parts in lives.items()}
    return Ground(tuple(sorted(spans)), {uid: parts for uid, parts in spans.items() if parts != always})


def _joined(parts: list[Life]) -> tuple[Life, ...]:
    """Neighbouring stretches made one: a unit that changed its kind lives on."""
    found: list[Life] = []
    for since, until in sorted(parts, key=lambda p: p[0] or date.min):
        if found and found[-1][1] == since and since is not None:
            found[-1] = (found[-1][0], until)
        else:
            found.append((since, until))
    return tuple(found)


def effective(held: Register, over: Ground | None = None) -> Effective:
    """What counts of a register of assertions, by the law as it is known now."""
    over = over or ground()
    groups: dict[Group, list[Claim]] = defaultdict(list)
    origin: dict[str, AssertionRow] = {}
    pieces = Pieces(held, over)
    for row in held.assertions.values():
        group = groups[row.power, row.role]  # also where nothing counts on any day: that is an omission
        for claim in pieces.of(row.code):
            group.append(claim)
            origin[claim.id] = row
    scopes = {group: _scope(held.powers[group[0]], over) for group in groups}
    return Effective(over, dict(groups), scopes, origin)


class Pieces:
    """Claims of assertions: one for each stretch of days, cut where the parent's stretches begin and end, so that each
    has the stretch of its parent that holds on its days."""

    def __init__(self, held: Register, over: Ground) -> None:
        self._held, self._over = held, over
        self._made: dict[str, list[Claim]] = {}

    def of(self, code: str) -> list[Claim]:
        """Claims of an assertion, in order of days; none for a code nobody bears."""
        if code not in self._made:
            self._made[code] = []  # a chain that returns to itself ends here
            row = self._held.assertions.get(code)
            self._made[code] = list(self._claims(row)) if row else []
        return self._made[code]

    def _claims(self, row: AssertionRow) -> Iterator[Claim]:
        above = self.of(row.parent) if row.parent else []
        guided = row.reading is Reading.GUIDED
        days = [part for days in _days(row) for part in _cut(days, above)]
        for n, (since, until) in enumerate(days, start=1):
            yield Claim(
                id=row.code if n == 1 else f"{row.code}#{n}",
                power=row.power, role=row.role, organ=f"{row.organ}@{row.unit}" if row.unit else row.organ,
                level=row.level, units=_mask(row, self._over), condition=row.condition, since=since, until=until,
                mode=row.mode, parent=_parent(row.parent, since, above), citation=row.citation,
                instrument=_instrument(row.document), rank=None if guided else _rank(row),
                no_fallback=row.no_fallback, added_days=row.added_days, added_papers=row.added_papers,
                whole=row.code, guidance=guided,
            )  # fmt: skip


def _cut(days: Days, above: Sequence[Claim]) -> Iterator[Days]:
    """Days cut at the bounds of several stretches; of one stretch they are left whole."""
    since, until = days
    bounds = {d for claim in above for d in (claim.since, claim.until) if d} if len(above) > 1 else set()
    for day in sorted(bounds):
        if (since is None or since < day) and (until is None or day < until):
            yield since, day
            since = day
    yield since, until


def _days(row: AssertionRow) -> Iterator[Days]:
    """Days the assertion counts: its own, where its provision is in force (as told when nobody knows)."""
    if row.document is None or row.reading is Reading.GUIDED:
        yield row.since, row.until
        return
    spans = law.spans(row.document, row.path)
    if all(span.standing is Standing.UNKNOWN for span in spans):
        yield row.since, row.until
        return
    for first, last in _joined_days((s.since, s.until) for s in spans if s.standing is Standing.IN_FORCE):
        since = max((d for d in (row.since, first) if d is not None), default=None)
        until = min((d for d in (row.until, last) if d is not None), default=None)
        if since is None or until is None or since < until:
            yield since, until


def _joined_days(stretches: Iterable[Days]) -> list[Days]:
    """Neighbours made one: those that differ only in why they are in force."""
    found: list[Days] = []
    for since, until in stretches:
        if found and found[-1][1] == since:
            found[-1] = (found[-1][0], until)
        else:
            found.append((since, until))
    return found


def _mask(row: AssertionRow, over: Ground) -> int:
    """Communes of an assertion: those named, those of the named organ's unit, or all."""
    if row.units:
        known = [uid for uid in row.units if uid in over.bits]
        return over.mask(known) | _below([uid for uid in row.units if uid not in over.bits], over)
    if not row.unit:
        return over.everywhere
    return over.mask([row.unit]) if row.unit in over.bits else _below([row.unit], over)


def _below(uids: Iterable[str], over: Ground) -> int:
    """Communes that ever lay in these provinces since the reform."""
    wanted = set(uids)
    if not wanted:
        return 0
    inside = {
        v.uid
        for v in units.register().every()
        if v.tier == "commune" and v.parent_uid in wanted and v.uid in over.bits
    }
    return over.mask(inside)


def _instrument(doc: law.Doc | None) -> Instrument | None:
    if doc is None:
        return None
    return Instrument(doc.normative, doc.rank, DocumentKind(doc.kind), _sunset(doc))


def _sunset(doc: law.Doc) -> bool:
    """One of the decrees of June 2025, which say themselves that they win over older provisions while in force."""
    return doc.kind == DocumentKind.DECREE and doc.until == CLIFF


def _rank(row: AssertionRow) -> Rank:
    doc = row.document
    if doc is None:
        return Rank(special=len(row.condition.terms))
    return Rank(doc.rank, doc.issued_on, _sunset(doc), len(row.condition.terms), _issued_by(doc))


def _issued_by(doc: law.Doc) -> date | None:
    """The last day on which a document can have been issued: before it counted, and in the year of its number."""
    year = numbers.parse(doc.number).year
    known = (doc.issued_on, doc.since, date(year, 12, 31) if year else None)
    return min((day for day in known if day is not None), default=None)


def _parent(code: str, since: date | None, above: Sequence[Claim]) -> str:
    """The stretch of the parent that holds when the child's begins; the last one before; its first one otherwise."""
    begun = [c for c in above if c.since is None or (since is not None and c.since <= since)]
    return begun[-1].id if begun else above[0].id if above else code


def _scope(power: PowerRow, over: Ground) -> Scope:
    """What must be covered: every unit and every declared case from the reform on."""
    attributes: dict[str, Interval | Choice] = {}
    for name, values in power.attributes.items():
        if all(isinstance(v, int) or v is None for v in values) and len(values) == 2:
            attributes[name] = Interval(values[0], values[1])
        else:
            attributes[name] = Choice(tuple(sorted(map(str, values))))
    return Scope(over.everywhere, REFORM, None, attributes)


def _read(_: Hashable) -> Effective:
    units.register.recheck()
    return effective(register.now())


current: Kept[Effective] = Kept(state, _read)
