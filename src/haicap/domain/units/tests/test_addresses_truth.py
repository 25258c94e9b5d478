"""Addresses against the register: every style of writing, compared with what the rows say by brute force."""

from __future__ import annotations

import random
from functools import cache

import pytest

from haicap.domain.units.addresses import Answer, Gazetteer
from haicap.domain.units.tests import address_noise as noise
from haicap.domain.units.tests.address_truth import TODAY, Expected, Truth
from haicap.domain.units.timeline.rows import VersionRow, read_packaged

# (old or new unit, district written, province written)
SHAPES = [
    ("old", True, "old"),
    ("old", True, "new"),
    ("old", True, ""),
    ("old", False, "old"),
    ("old", False, "new"),
    ("new", False, "new"),
]
PER_SHAPE = 120


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.build(*read_packaged())


@cache
def truth() -> Truth:
    return Truth()


def parts(row: VersionRow, district: bool, province: str, house: str) -> noise.Parts:
    own = truth().provinces_of(row)
    said = {"": None, "old": own[0], "new": own[1] or own[0]}[province]
    return noise.Parts(
        house, row.name, truth().district_of(row).name if district else "", said.name if said else ""
    )


def right(answer: Answer, expected: Expected) -> bool:
    return (
        str(answer.status) == expected.status and tuple(c.code for c in answer.candidates) == expected.codes
    )


# Styles that by themselves leave more than one reading open are checked for completeness, not for equality.
OPEN = {"bare_tail", "bare_tail_no_commas", "partial_marks"}


@pytest.mark.parametrize("style", [s for s in noise.STYLES if s not in OPEN])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_every_style_gives_exactly_what_the_rows_say(style: str, shape: tuple[str, bool, str]) -> None:
    which, district, province = shape
    dice = random.Random(f"{style}{shape}")
    rows = truth().old if which == "old" else truth().new
    missed = []
    for row in dice.sample(rows, PER_SHAPE):
        text = noise.STYLES[style](parts(row, district, province, dice.choice(noise.HOUSES)), dice)
        expected = truth().expect(row, district=district, province=province, marked=style not in noise.FOLDED)
        answer = gazetteer().convert(text, on=TODAY)
        if not right(answer, expected):
            # More candidates than needed is no error of honesty; a wrong or missing one is.
            assert set(expected.codes) <= {c.code for c in answer.candidates}, (text, expected, answer)
            missed.append(text)
    assert len(missed) <= PER_SHAPE * 3 // 100, missed


@pytest.mark.parametrize("style", sorted(OPEN))
def test_open_styles_lose_no_candidate(style: str) -> None:
    dice = random.Random(style)
    for row in dice.sample(truth().old, PER_SHAPE * 2):
        text = noise.STYLES[style](parts(row, True, "old", dice.choice(noise.HOUSES)), dice)
        expected = truth().expect(row, district=True, province="old")
        answer = gazetteer().convert(text, on=TODAY)
        assert set(expected.codes) <= {c.code for c in answer.candidates}, (text, expected, answer)


@pytest.mark.parametrize("typo", noise.TYPOS)
def test_slips_are_put_right_and_never_wrongly(typo: str) -> None:
    dice = random.Random(typo)
    asked = good = 0
    for row in dice.sample(truth().old, PER_SHAPE * 4):
        kind, name = noise.split_kind(row.name)
        expected = truth().expect(row, district=True, province="old")
        if len(name) < 6 or name[-1].isdigit() or expected.status != "unique":
            continue
        whole = parts(row, True, "old", dice.choice(noise.HOUSES))
        text = noise.plain(whole._replace(commune=f"{kind} {noise.TYPOS[typo](name, dice)}"), dice)
        answer = gazetteer().convert(text, on=TODAY)
        asked += 1
        good += right(answer, expected)
        if str(answer.status) == "unique":
            assert answer.code == expected.codes[0], text
    assert good >= asked * 0.9, (good, asked)


def test_every_unit_of_both_maps_in_full() -> None:
    for row in truth().old:
        expected = truth().expect(row, district=True, province="old")
        answer = gazetteer().convert(noise.plain(parts(row, True, "old", ""), random.Random(0)), on=TODAY)
        assert right(answer, expected), (row, expected, answer)
        assert row.code in answer.legacy_codes
        assert answer.citation
    for row in truth().new:
        expected = truth().expect(row, district=False, province="new")
        answer = gazetteer().convert(noise.plain(parts(row, False, "new", ""), random.Random(0)), on=TODAY)
        assert right(answer, expected), (row, expected, answer)


def test_a_unit_in_a_foreign_district_is_never_found_there() -> None:
    dice = random.Random(11)
    districts = sorted({truth().district_of(r) for r in truth().old})
    for _ in range(600):
        row, district = dice.choice(truth().old), dice.choice(districts)
        answer = gazetteer().convert(f"{row.name}, {district.name}", on=TODAY)
        for code in answer.legacy_codes:
            uids = [
                r for rows in truth().by_uid.values() for r in rows if r.code == code and r.tier == "commune"
            ]
            names = {
                truth().by_uid[r.parent_uid][0].short_name for r in uids if r.parent_uid.startswith("d:")
            }
            assert {n.lower() for n in names} & {
                r.short_name.lower() for r in truth().by_uid[district.uid]
            } or district.short_name in names, (row, district, answer)
