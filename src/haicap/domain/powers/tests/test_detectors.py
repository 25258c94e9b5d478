"""Detectors against an oracle that asks every cell of a small world."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.domain.powers.conditions import Choice, Condition, Interval, Term
from haicap.domain.powers.detectors import Claim, Ground, check
from haicap.domain.powers.states import DERIVED, Level, Mode, Role
from haicap.domain.powers.tests import oracle

GROUND = Ground(oracle.UNITS)
days = st.sampled_from(oracle.DAYS[1:-1])
numbers = st.integers(0, 5)


@st.composite
def conditions(draw):
    terms = []
    if draw(st.booleans()):
        lo, hi = draw(st.none() | numbers), draw(st.none() | numbers)
        if lo is not None and hi is not None and lo >= hi:
            lo, hi = hi, lo + 1
        if lo is not None or hi is not None:
            terms.append(Term("floors", Interval(lo, hi)))
    if draw(st.integers(0, 2)) == 0:
        values = draw(st.sets(st.sampled_from(oracle.KINDS), min_size=1))
        terms.append(Term("kind", Choice(tuple(sorted(values)))))
    return Condition(tuple(terms))


@st.composite
def registers(draw, roles=(Role.DECIDE,)):
    claims = []
    for n in range(draw(st.integers(1, 7))):
        since, until = draw(st.none() | days), draw(st.none() | days)
        if since and until and since >= until:
            since, until = until, since + timedelta(days=1)
        mode = draw(st.sampled_from(list(Mode)))
        parent = draw(st.sampled_from(["", *(c.id for c in claims)])) if mode in DERIVED else ""
        claims.append(
            Claim(
                str(n),
                "P",
                draw(st.sampled_from(roles)),
                draw(st.sampled_from("ABC")),
                draw(st.sampled_from(list(Level))),
                draw(st.integers(1, 7)),
                draw(conditions()),
                since,
                until,
                mode,
                parent,
                f"c{n}",
            )
        )
    return draw(st.permutations(claims))


def agrees(claims, findings, kind):
    for role in {c.role for c in claims}:
        mine = [c for c in claims if c.role == role]
        found = [f for f in findings if f.kind == kind and f.role == role]
        told = oracle.told(found, claims)
        assert max(told.values(), default=1) == 1, f"{kind}: a cell is told twice"
        wanted = oracle.expected(kind, mine, claims)
        assert set(told) == wanted, (kind, sorted(set(told) ^ wanted)[:3], found)


KINDS = [
    "overlap", "omission", "chain_not_holder", "chain_beyond_basis", "chain_no_end", "chain_reauthorised",
    "chain_receiver", "holder_abolished",
]  # fmt: skip


@given(registers())
@settings(max_examples=150, deadline=None)
def test_findings_cover_the_faulty_cells_exactly_and_once(claims):
    findings = check(claims, GROUND)
    for kind in KINDS:
        agrees(claims, findings, kind)


@given(registers(roles=(Role.DECIDE, Role.SIGN)))
@settings(max_examples=60, deadline=None)
def test_roles_do_not_collide(claims):
    findings = check(claims, GROUND)
    for kind in ("overlap", "omission", "chain_not_holder"):
        agrees(claims, findings, kind)


@given(registers())
@settings(max_examples=80, deadline=None)
def test_reasons_of_omissions(claims):
    for f in check(claims, GROUND):
        if f.kind != "omission":
            continue
        for cell in oracle.told([f], claims):
            wanted = oracle.reason(claims, cell)
            assert f.reason == wanted or (wanted == "" and f.reason in "gd"), (f, cell, wanted)
