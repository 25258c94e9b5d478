"""The register in memory: every question, at the edges of time, against the packaged facts."""

from __future__ import annotations

from datetime import date

import pytest

from haicap.base.citation import Citation
from haicap.base.dates import Span
from haicap.base.refused import Refused
from haicap.domain.units.timeline import Edge, Register, Version
from haicap.domain.units.timeline.packaged import packaged_register
from haicap.domain.units.timeline.rows import read_packaged

EVE, REFORM, NOW = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 22)


@pytest.fixture(scope="module")
def known() -> Register:
    return packaged_register()


def test_a_code_without_a_date_is_wrong_data(known: Register) -> None:
    assert known.at("26740", EVE).name == "Phường Bến Nghé"
    assert known.at("26740", REFORM).name == "Phường Sài Gòn"
    assert [v.name for v in known.holders("26740")] == ["Phường Bến Nghé", "Phường Sài Gòn"]


def test_the_eve_and_the_day_of_the_reform(known: Register) -> None:
    assert known.at("760", EVE).name == "Quận 1"
    assert known.at("760", REFORM) is None
    assert len(known.state(EVE, "district")) == 696
    assert known.state(REFORM, "district") == ()


@pytest.mark.parametrize("code", ["", "1", "0001", "123456", "abc", "26740; DROP", "２６７４０"])
def test_malformed_codes_are_refused(known: Register, code: str) -> None:
    with pytest.raises(Refused, match="bad_code"):
        known.at(code, NOW)


def test_before_the_horizon(known: Register) -> None:
    with pytest.raises(Refused, match="before_horizon"):
        known.at("01", date(2018, 12, 30))
    assert known.at("01", date(2018, 12, 31)).short_name == "Hà Nội"


def test_titles_follow_the_day(known: Register) -> None:
    assert known.title("c:26740", EVE) == "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"
    assert known.title("c:26740@2025-07-01", NOW) == "Phường Sài Gòn, Thành phố Hồ Chí Minh"
    assert known.title("p:75@2025-07-01", date(2026, 4, 29)) == "Tỉnh Đồng Nai"
    assert known.title("p:75@2025-07-01", date(2026, 4, 30)) == "Thành phố Đồng Nai"


def test_became_and_origins_are_each_others_inverse(known: Register) -> None:
    forward = {(v.uid, f.version.uid) for v in known.state(EVE, "commune") for f in known.became(v.uid, NOW)}
    backward = {
        (f.version.uid, v.uid) for v in known.state(NOW, "commune") for f in known.origins(v.uid, EVE)
    }
    islands = {(f, t) for f, t in backward if not f.startswith("c:")}
    assert {f for f, _ in islands} == {"d:318", "d:471", "d:498", "d:536", "d:755", "a:376-bai-boi"}
    assert forward == backward - islands


def test_no_commune_of_the_eve_is_without_successor(known: Register) -> None:
    fates = {v.uid: known.became(v.uid, NOW) for v in known.state(EVE, "commune")}
    assert len(fates) == 10_035
    assert [u for u, f in fates.items() if not f] == []
    divided = [f for f in fates.values() if len(f) > 1]
    assert len(divided) == 441
    assert sum(any(x.population for x in f) for f in divided) == 60


def test_lineage_over_several_reforms(known: Register) -> None:
    ended = next(e for e in read_packaged()[1] if e.effective_on == date(2024, 11, 1))
    fates = known.became(ended.from_uid, NOW)
    assert fates
    assert [e.effective_on for e in fates[0].edges] == [date(2024, 11, 1), REFORM]
    assert known.became(ended.from_uid, date(2024, 12, 1))[0].version.uid == ended.to_uid


def test_children_and_counts_add_up(known: Register) -> None:
    for day, provinces, communes in ((EVE, 63, 10_035), (NOW, 34, 3_321)):
        held = known.provinces(day)
        assert len(held) == provinces
        below = [c for p in held for c in known.children(p.uid, day)]
        if day == EVE:
            below = [c for d in below for c in known.children(d.uid, day, "commune")]
        assert len([v for v in below if v.tier == "commune"]) == communes


def test_changes_between_two_days(known: Register) -> None:
    changes = known.changes(date(2026, 4, 29), date(2026, 4, 30))
    assert (changes.born, changes.ended, changes.renamed) == ((), (), ())
    assert len(changes.kind_changed) == 11
    assert len(known.changes(EVE, REFORM).born) == 3_212
    assert len(known.changes(NOW, NOW)) == 0


def test_names_are_in_the_order_of_the_alphabet(known: Register) -> None:
    names = [v.short_name for v in known.provinces(NOW)]
    assert names[:4] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng"]
    assert (
        names.index("Đắk Lắk") < names.index("Điện Biên") < names.index("Đồng Nai") < names.index("Gia Lai")
    )


def _version(uid: str, code: str, start: date | None, end: date | None) -> Version:
    return Version(
        uid, "commune", "xã", uid, uid, code, "p", Span(start, end), Citation(""), "confirmed", "", uid
    )


def _edge(source: str, target: str, day: date, relation: str, people: str = "part") -> Edge:
    shares = ("all", "all") if relation == "whole" else ("part", people)
    return Edge(source, target, day, relation, *shares, Citation("x"), "confirmed", "")


def test_a_part_of_a_part_is_not_whole() -> None:
    d1, d2 = date(2026, 1, 1), date(2027, 1, 1)
    versions = [
        _version("a", "00001", None, d1), _version("b", "00002", d1, d2), _version("c", "00003", d1, None),
        _version("d", "00004", d2, None), _version("e", "00005", d2, None),
    ]  # fmt: skip
    edges = [
        _edge("a", "b", d1, "part", "all"), _edge("a", "c", d1, "rest", "none"),
        _edge("b", "d", d2, "rest", "all"), _edge("b", "e", d2, "part", "none"),
    ]  # fmt: skip
    fates = {f.version.uid: f for f in Register(versions, edges).became("a", d2)}
    assert set(fates) == {"c", "d", "e"}
    assert not any(f.whole for f in fates.values())
    assert [u for u, f in fates.items() if f.population] == ["d"]
