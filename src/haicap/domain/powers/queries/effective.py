"""Thẩm quyền có hiệu lực: assertions clipped to the days their provisions count, as claims for the detectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
    pieces: dict[str, list[Claim]] = {}
    for row in held.assertions.values():
        pieces[row.code] = list(_claims(row, over))
    for code, claims in pieces.items():
        row = held.assertions[code]
        group = groups[row.power, row.role]  # also where nothing counts on any day: that is an omission
        for claim in claims:
            above = _parent(claim, pieces.get(row.parent, []))
            group.append(replace(claim, parent=above))
            origin[claim.id] = row
    scopes = {group: _scope(held.powers[group[0]], over) for group in groups}
    return Effective(over, dict(groups), scopes, origin)


def _claims(row: AssertionRow, over: Ground) -> Iterator[Claim]:
    for n, (since, until) in enumerate(_days(row)):
        guided = row.reading is Reading.GUIDED
        yield Claim(
            id=row.code if n == 0 else f"{row.code}#{n + 1}",
            power=row.power, role=row.role, organ=f"{row.organ}@{row.unit}" if row.unit else row.organ,
            level=row.level, units=_mask(row, over), condition=row.condition, since=since, until=until,
            mode=row.mode, parent=row.parent, citation=row.citation, instrument=_instrument(row.document),
            rank=None if guided else _rank(row), no_fallback=row.no_fallback, added_days=row.added_days,
            added_papers=row.added_papers, guidance=guided,
        )  # fmt: skip


def _days(row: AssertionRow) -> Iterator[Days]:
    """Days the assertion counts: its own, where its provision is in force (as told when nobody knows)."""
    if row.document is None or row.reading is Reading.GUIDED:
        yield row.since, row.until
        return
    spans = law.spans(row.document, row.path)
    if all(span.standing is Standing.UNKNOWN for span in spans):
        yield row.since, row.until
        return
    for span in spans:
        if span.standing is not Standing.IN_FORCE:
            continue
        since = max((d for d in (row.since, span.since) if d is not None), default=None)
        until = min((d for d in (row.until, span.until) if d is not None), default=None)
        if since is None or until is None or since < until:
            yield since, until


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


def _parent(claim: Claim, above: Sequence[Claim]) -> str:
    """The piece of the parent assertion that holds when the child begins; its first one otherwise."""
    for one in above:
        begun = one.since is None or (claim.since is not None and one.since <= claim.since)
        if begun and (one.until is None or claim.since is None or claim.since < one.until):
            return one.id
    return above[0].id if above else claim.parent


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
    units.recheck()
    return effective(register.now())


current: Kept[Effective] = Kept(state, _read)
