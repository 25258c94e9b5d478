"""Powers: generated registers with seeded faults; every one must be found and nothing else; how long it takes."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from bench.figures import Figure, percentile, table
from haicap.domain.powers.conditions import EVERY_CASE, Choice, Condition, Interval, Term, parse
from haicap.domain.powers.detectors import Claim, Finding, Ground, Holding, check
from haicap.domain.powers.formats.grounds import Communes
from haicap.domain.powers.states import FindingKind, Level, Mode, Role
from haicap.domain.units.timeline.packaged import packaged_register

ROWS, UNITS = 10_000, 3_355
START, END = date(2025, 7, 1), date(2030, 1, 1)
ASKED = 20_000


@dataclass
class Seeded:
    """A register with what is wrong in it, as boxes: (kind, power, units, since, until, condition)."""

    claims: list[Claim] = field(default_factory=list)
    faults: list[tuple[str, str, int, date, date, Condition]] = field(default_factory=list)


def _ground() -> Ground:
    """As many units as there were commune bodies with powers: communes now, and some for those that will come."""
    codes = sorted(Communes.of(packaged_register()).present)
    return Ground(tuple(codes + [f"9{n:04d}" for n in range(UNITS - len(codes))]))


def _cases(dice: random.Random) -> list[Condition]:
    """Conditions that divide all cases between them."""
    cuts = [0, *sorted(dice.sample(range(1, 50), dice.randint(1, 3))), 50]
    numbers = [Term("floors", Interval(a, b)) for a, b in pairwise(cuts)]
    if dice.random() < 0.5:
        return [Condition((term,)) for term in numbers]
    groups = [Term("group", Choice(values)) for values in (("A",), ("B", "C"))]
    return [Condition((f, g)) for f in numbers for g in groups]


def _sound(power: str, dice: random.Random, ground: Ground, conditional: bool) -> list[Claim]:
    """Claims of one power that divide units, days and cases without overlap or hole, one chain among them."""
    units = ground.everywhere if dice.random() < 0.5 else dice.getrandbits(len(ground.units)) | 1
    half = units & dice.getrandbits(len(ground.units))
    parts = [mask for mask in (half, units & ~half) if mask]
    turn = START + timedelta(days=dice.randint(30, 1200))
    found: list[Claim] = []
    for mask in parts:
        for since, until in ((START, turn), (turn, END)):
            for case in _cases(dice) if conditional else [EVERY_CASE]:
                n = len(found)
                found.append(
                    Claim(
                        f"{power}-{n}",
                        power,
                        Role.DECIDE,
                        f"organ {dice.randrange(10**6)}",
                        Level.PROVINCE,
                        mask,
                        case,
                        since,
                        until,
                        Mode.ORIGINAL,
                        "",
                        f"{power}, điều {n + 1}",
                    )
                )
    over = dice.choice(found)
    middle = over.since + (over.until - over.since) // 2 if over.since and over.until else START
    found.append(
        replace(
            over,
            id=f"{power}-d",
            organ="delegate",
            level=Level.COMMUNE,
            mode=Mode.DELEGATION,
            parent=over.id,
            until=middle,
            citation=f"{power}, phân cấp",
        )
    )
    return found


def _spoil(claims: list[Claim], dice: random.Random, seeded: Seeded, ground: Ground) -> None:
    """One overlap or one omission in a sound power, where no chain is."""
    chained = {claim.parent for claim in claims} | {claim.id for claim in claims if claim.parent}
    free = [n for n, claim in enumerate(claims) if claim.id not in chained]
    if not free:
        return
    n = dice.choice(free)
    hurt = claims[n]
    assert hurt.since and hurt.until
    since = hurt.since + timedelta(days=dice.randrange((hurt.until - hurt.since).days))
    until = since + timedelta(days=dice.randint(1, (hurt.until - since).days))
    units = hurt.units & dice.getrandbits(len(ground.units)) or hurt.units
    box = (hurt.power, units, since, until, hurt.condition)
    if dice.random() < 0.5:
        stranger = replace(
            hurt, id=f"{hurt.power}-x", organ="stranger", units=units, since=since, until=until
        )
        claims.append(replace(stranger, citation="thêm"))
        seeded.faults.append((FindingKind.OVERLAP, *box))
        return
    pieces = [
        replace(hurt, id=f"{hurt.id}a", units=hurt.units & ~units),
        replace(hurt, id=f"{hurt.id}b", units=units, until=since),
        replace(hurt, id=f"{hurt.id}c", units=units, since=until),
    ]
    kept = [p for p in pieces if p.units and p.since and p.until and p.since < p.until]
    rest = claims[:n] + claims[n + 1 :]
    if _edge(kept + rest, claims):
        return
    claims[:] = rest + kept
    seeded.faults.append((FindingKind.OMISSION, *box))


def _edge(after: Sequence[Claim], before: Sequence[Claim]) -> bool:
    """Whether taking something away would shrink the domain itself."""

    def hull(claims: Sequence[Claim]) -> tuple[object, ...]:
        units = 0
        for claim in claims:
            units |= claim.units
        bounds = [
            b
            for c in claims
            for t in c.condition.terms
            if isinstance(t.of, Interval)
            for b in (t.of.lo, t.of.hi)
        ]
        named = {
            v for c in claims for t in c.condition.terms if isinstance(t.of, Choice) for v in t.of.values
        }
        days = [c.since for c in claims], [c.until for c in claims]
        numbers = (min(bounds), max(bounds)) if bounds else ()  # type: ignore[type-var]
        return units, numbers, named, min(days[0]), max(days[1])  # type: ignore[type-var]

    return not after or hull(after) != hull(before)


def generated(ground: Ground, seed: int, rows: int = ROWS) -> Seeded:
    """A register of about `rows` assertions, 40 in a hundred with conditions; every third power has a fault."""
    dice, seeded, power, conditional = random.Random(seed), Seeded(), 0, 0
    while len(seeded.claims) < rows:
        power += 1
        wanted = conditional < 0.4 * len(seeded.claims)
        claims = _sound(f"P{power}", dice, ground, wanted)
        if power % 3 == 0:
            _spoil(claims, dice, seeded, ground)
        conditional += sum(bool(claim.condition.terms) for claim in claims)
        seeded.claims += claims
    dice.shuffle(seeded.claims)
    return seeded


def judged(findings: Sequence[Finding], seeded: Seeded, ground: Ground) -> tuple[int, int]:
    """(seeded faults not told exactly, findings that are none). Cells are counted: units × days × cases."""
    told: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.kind != FindingKind.CLIFF:
            told.setdefault((finding.kind, finding.power), []).append(finding)
    missed = 0
    for kind, power, units, since, until, condition in seeded.faults:
        found = told.pop((kind, power), [])
        cells = {(c, f.since, f.until, parse(f.case)) for f in found for c in f.units}
        missed += cells != {(c, since, until, condition) for c in ground.codes(units)}
    return missed, sum(map(len, told.values()))


def figures() -> list[Figure]:
    """Exactness of three registers, speed of one, and the registers made to be slow."""
    ground = _ground()
    missed = false = faults = 0
    spent = []
    for seed in (1, 2, 3):
        seeded = generated(ground, seed)
        began = time.perf_counter()
        findings = check(seeded.claims, ground)
        spent.append(time.perf_counter() - began)
        wrong = judged(findings, seeded, ground)
        missed, false, faults = missed + wrong[0], false + wrong[1], faults + len(seeded.faults)
    conditional = sum(bool(c.condition.terms) for c in seeded.claims) / len(seeded.claims)
    return [
        Figure("assertions of a register", len(seeded.claims), "", ROWS, most=False),
        Figure("of them with conditions", 100 * conditional, "%", 40, most=False),
        Figure("overlaps and omissions seeded in three registers", faults, "", 500, most=False),
        Figure("  not found exactly", missed, "", 0.5),
        Figure("  false alarms", false, "", 0.5),
        Figure("full check", max(spent), "s", 10),
        _one_power(seeded.claims, ground),
        _look_ups(seeded.claims, ground),
        *_hard(ground),
    ]


def _one_power(claims: Sequence[Claim], ground: Ground) -> Figure:
    """The largest power again after one change."""
    sizes: dict[str, list[Claim]] = {}
    for claim in claims:
        sizes.setdefault(claim.power, []).append(claim)
    mine = max(sizes.values(), key=len)
    changed = [replace(mine[0], organ="changed"), *mine[1:]]
    began = time.perf_counter()
    check(changed, ground)
    return Figure(f"one (power, role) of {len(mine)} after one change", time.perf_counter() - began, "s", 0.5)


def _look_ups(claims: Sequence[Claim], ground: Ground) -> Figure:
    dice, known = random.Random(5), Holding(claims, ground)
    powers = sorted({claim.power for claim in claims})
    spent = []
    for _ in range(ASKED):
        power, unit = dice.choice(powers), dice.choice(ground.units)
        on, case = START + timedelta(days=dice.randrange(1600)), {"floors": dice.randrange(50), "group": "B"}
        began = time.perf_counter()
        known.holders(power, unit=unit, on=on, case=case)
        spent.append(time.perf_counter() - began)
    return Figure("holder look-up, 99 in 100 within", 1000 * percentile(spent, 0.99), "ms", 1)


def _hard(ground: Ground) -> list[Figure]:
    """Registers made to be slow: each is answered, or refused in words, in bounded time."""
    return [_timed(what, claims, ground) for what, claims in hard_ones(ground)]


def hard_ones(ground: Ground) -> list[tuple[str, list[Claim]]]:
    """One power with everything; claims that all overlap; many attributes."""
    dice, everywhere = random.Random(7), ground.everywhere

    def made(
        n: int, units: int, terms: Sequence[Term], since: date | None = START, until: date | None = END
    ) -> Claim:
        return Claim(
            str(n), "P", Role.DECIDE, f"o{n}", Level.COMMUNE, units, Condition(tuple(terms)), since, until
        )

    def span(name: str) -> Term:
        lo = dice.randrange(90)
        return Term(name, Interval(lo, lo + dice.randint(1, 10)))

    def days() -> tuple[date, date]:
        since = START + timedelta(days=dice.randrange(1000))
        return since, since + timedelta(days=dice.randint(1, 600))

    def few(most: int) -> int:
        return ground.mask(dice.sample(ground.units, dice.randint(1, most)))

    own = [
        made(n, 1 << n % len(ground.units), [], START + timedelta(n // len(ground.units)), None)
        for n in range(ROWS)
    ]
    return [
        ("one power, 10,000 rows, each of one unit", own),
        ("one power, 10,000 rows of up to 20 units", [made(n, few(20), [], *days()) for n in range(ROWS)]),
        ("200 all overlapping in days", [made(n, everywhere, [], *days()) for n in range(200)]),
        ("200 all overlapping in days and floors", [made(n, everywhere, [span("floors")], *days()) for n in range(200)]),
        (
            "200 overlapping in days, floors and units",
            [made(n, dice.getrandbits(len(ground.units)), [span("floors")], *days()) for n in range(200)],
        ),
        (
            "60 rows, 2 of 20 attributes each",
            [made(n, everywhere, [span(f"a{k:02d}") for k in sorted(dice.sample(range(20), 2))]) for n in range(60)],
        ),
        ("200 rows of 8 attributes", [made(n, everywhere, [span(f"a{k}") for k in range(8)]) for n in range(200)]),
    ]  # fmt: skip


def _timed(what: str, claims: Sequence[Claim], ground: Ground) -> Figure:
    from haicap.base.refused import Refused

    began = time.perf_counter()
    try:
        word = f"{len(check(claims, ground)):,} findings"
    except Refused:
        word = "refused"
    return Figure(f"{what}: {word}", time.perf_counter() - began, "s", 40)


def measured() -> bool:
    """Judged and timed here."""
    return table("Powers", figures())


if __name__ == "__main__":
    raise SystemExit(not measured())
