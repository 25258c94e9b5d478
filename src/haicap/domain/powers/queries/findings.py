"""Phát hiện: what the detectors say of the register as it stands, and the cases kept of it."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.powers.conditions import parse
from haicap.domain.powers.detectors import Finding, Life, check
from haicap.domain.powers.models import Case, PowersHead
from haicap.domain.powers.queries import outside
from haicap.domain.powers.queries.effective import Effective, current
from haicap.domain.powers.queries.register import Register, register, state
from haicap.domain.powers.states import SPANS_UNITS, CaseState, FindingKind, Level, Reason


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with the key by which it is the same one at the next check, and who answers for it."""

    key: str
    finding: Finding
    power: str
    owner: str

    def facts(self) -> dict[str, object]:
        """What its case row carries."""
        f = self.finding
        return {
            "kind": f.kind.value, "role": f.role.value, "units": list(f.units), "since": f.since, "until": f.until,
            "condition": f.case, "citations": list(f.citations), "assertions": list(f.claims), "reason": str(f.reason),
            "note": f.note, "owner": self.owner,
        }  # fmt: skip


def state_word(on: date) -> str:
    """Powers, law, units, catalogue and the day as one word: what findings were reckoned for."""
    return "|".join(map(str, (*state(), on)))


def find(
    powers: Collection[str] | None = None, *, on: date | None = None, held: Effective | None = None,
    known: Register | None = None,
) -> list[Found]:  # fmt: skip
    """Findings of some powers or all, as the register stands. The cost is that of the detectors.

    on            day on which the catalogue and the posts are looked at; None: they are not
    held, known   another register than today's, for a dry run
    """
    held, known = held or current(), known or register()
    wanted = {g: c for g, c in held.groups.items() if powers is None or g[0] in powers}
    claims = [claim for group in wanted.values() for claim in group]
    scopes = {group: held.scopes[group] for group in wanted}
    findings = [_named(f, held) for f in _told(check(claims, held.ground, scopes=scopes), held)]
    if on is not None:
        findings += [*outside.differing(held, known, powers, on), *outside.without_means(held, powers, on)]
    return list(_keyed(findings, known))


def _told(findings: Iterable[Finding], held: Effective) -> Iterator[Finding]:
    """Without the end of units that an assertion does not name: what holds everywhere or in a province goes on there."""
    for f in findings:
        rows = [held.origin[c] for c in f.claims]
        if f.kind is not FindingKind.HOLDER_ABOLISHED or any(r.level is Level.DISTRICT for r in rows):
            yield f
            continue
        named = {uid for r in rows for uid in (*r.units, r.unit)}
        if units := tuple(u for u in f.units if u in named):
            yield replace(f, units=units)


def _named(f: Finding, held: Effective) -> Finding:
    """Codes of assertions instead of those of claims; no units where it is everywhere."""
    codes = tuple(dict.fromkeys(held.origin[c].code if c in held.origin else c for c in f.claims))
    everywhere = _everywhere(f, held)
    crosses = f.reason == Reason.CASE_HOLE and any(t.attribute == SPANS_UNITS for t in parse(f.case).terms)
    reason = Reason.CROSSES_UNITS if crosses else f.reason
    return replace(f, claims=codes, units=() if everywhere else f.units, reason=reason)


def _everywhere(f: Finding, held: Effective) -> bool:
    """Whether a finding touches every commune that exists on any of its days: those born or gone outside do not count."""
    ground = held.ground
    if len(f.units) * 2 < len(ground.units):
        return False
    told = set(f.units)
    return all(unit in told or not _lives(ground.lives.get(unit, ()), f) for unit in ground.units)


def _lives(lives: tuple[Life, ...], f: Finding) -> bool:
    """Whether one of these lives (none: always) shares a day with a finding."""
    return not lives or any(
        (f.until is None or since is None or since < f.until)
        and (f.since is None or until is None or f.since < until)
        for since, until in lives
    )


def _keyed(findings: Iterable[Finding], known: Register) -> Iterator[Found]:
    counts: Counter[str] = Counter()
    for f in sorted(findings, key=lambda f: (f.kind, f.power, f.role, f.case, f.since or date.min, f.units)):
        said = "|".join([f.kind, f.power, f.role, f.case, str(f.since), f.reason, ",".join(f.claims), f.note])
        counts[said] += 1
        key = hashlib.sha256(f"{said}|{counts[said]}".encode()).hexdigest()[:32]
        yield Found(key, f, f.power, known.powers[f.power].owner)


# --- cases --------------------------------------------------------------------------------------------------------
CaseRow = Case  # the name doors know these rows by


def cases(
    *,
    kind: str = "",
    state_: str = "",
    owner: str = "",
    power: str = "",
    unit: str = "",
    on: date | None = None,
) -> QuerySet[Case]:
    """Cases, open ones first; gone ones only when asked for.

    unit  uid of a commune: what touches it
    on    alive on the day
    """
    rows = Case.objects.select_related("power").order_by("kind", "power__field", "power__name", "since", "pk")
    rows = rows.filter(state=state_) if state_ else rows.exclude(state=CaseState.GONE)
    for name, value in (("kind", kind), ("owner", owner), ("power__code", power)):
        if value:
            rows = rows.filter(**{name: value})
    if unit:
        rows = rows.filter(units__contains=[unit]) | rows.filter(units=[])
    if on is not None:
        begun = rows.filter(since__isnull=True) | rows.filter(since__lte=on)
        rows = begun.exclude(until__lte=on)
    return rows


def case(pk: int) -> Case:
    """One case. Refused `not_found`."""
    row = Case.objects.select_related("power").filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có phát hiện này."))
    return row


def figures() -> Mapping[str, Mapping[str, int]]:
    """How many cases per kind and state, gone ones too."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, state_ in Case.objects.values_list("kind", "state"):
        found[kind][state_] = found[kind].get(state_, 0) + 1
    return found


def checked_at() -> datetime | None:
    """When the findings were last reckoned."""
    return PowersHead.objects.values_list("checked_at", flat=True).first()


def stale(on: date) -> bool:
    """Whether something changed since the findings were reckoned."""
    head = PowersHead.objects.first()
    return head is not None and head.checked != state_word(on)
