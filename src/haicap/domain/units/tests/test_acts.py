"""An act from draft to effect and back, through the verbs, on the real map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from haicap.base.refused import Refused
from haicap.domain.units import actions, queries
from haicap.domain.units.models import Act, Organ, UnitVersion
from haicap.domain.units.organs import Role
from haicap.domain.units.tests import make
from haicap.domain.units.tests.make_lines import line
from haicap.kernel.ledger.models import Event

SAIGON, TAN_DINH = "26740", "26737"
DAY = date(2027, 1, 1)
EVE = DAY - timedelta(days=1)
MERGER = (line(SAIGON, "whole", SAIGON, "Sài Gòn"), line(TAN_DINH, "whole", SAIGON, "Sài Gòn"))


@pytest.fixture
def drafter(register):
    return make.appointed("an", "bnv", Role.OFFICER)


@pytest.fixture
def leader(register):
    return make.appointed("binh", "bnv", Role.LEADER)


def test_enacting_changes_the_map_from_its_day(drafter, leader) -> None:
    before = queries.generation()
    act = make.enacted(drafter, leader, *MERGER)
    known = make.fresh()
    assert known.at(SAIGON, EVE).uid == "c:26740@2025-07-01"
    new = known.at(SAIGON, DAY)
    assert (new.uid, new.citation.act, new.evidence) == ("c:26740@2027-01-01", act.number, "confirmed")
    assert known.at(TAN_DINH, DAY) is None
    assert [f.version.uid for f in known.became("c:26740", DAY)] == [new.uid]
    assert len(known.state(DAY, "commune")) == len(known.state(EVE, "commune")) - 1
    assert queries.generation() == before + 1
    assert Event.objects.filter(stream=act.stream).count() == 3


def test_organs_follow(drafter, leader) -> None:
    make.enacted(drafter, leader, *MERGER)
    centre = Organ.objects.get(unit__uid="c:26737@2025-07-01", kind="commune_centre")
    assert centre.valid.upper == DAY
    assert Organ.objects.filter(unit__uid="c:26740@2027-01-01").count() == 7


def test_the_drafter_does_not_enact(drafter, leader) -> None:
    act = make.draft(leader, *MERGER)
    with pytest.raises(Refused, match="same_person"):
        actions.enact_act(pk=act.pk, seen=act.version, actor=leader.actor, at=make.AT)


def test_only_a_leader_of_the_ministry_enacts(drafter, leader) -> None:
    act = make.draft(drafter, *MERGER)
    for person in (
        make.appointed("cuc", "home_affairs", Role.LEADER, "p:79@2025-07-01"),
        make.appointed("dung", "bnv", Role.LEADER, until=date(2026, 11, 22)),
        make.appointed("em", "bnv", Role.LEADER, since=date(2026, 11, 23)),
        make.officer("giang"),
    ):
        with pytest.raises(Refused, match="not_yours"):
            actions.enact_act(pk=act.pk, seen=act.version, actor=person.actor, at=make.AT)


def test_a_stale_page_is_refused(drafter, leader) -> None:
    act = make.draft(drafter, *MERGER)
    actions.drop_line(pk=act.pk, seen=act.version, n=2, actor=drafter.actor, at=make.AT)
    with pytest.raises(Refused, match="stale"):
        actions.enact_act(pk=act.pk, seen=act.version, actor=leader.actor, at=make.AT)


def test_findings_keep_an_act_from_counting(drafter, leader) -> None:
    act = make.draft(drafter, MERGER[0], line("99999", "whole", SAIGON, "Sài Gòn"))
    with pytest.raises(Refused, match="findings") as refusal:
        actions.enact_act(pk=act.pk, seen=act.version, actor=leader.actor, at=make.AT)
    assert "99999" in refusal.value.sentence
    assert Act.objects.get(pk=act.pk).state == "draft"
    assert not UnitVersion.objects.filter(made_by=act).exists()


def test_the_same_act_twice_is_refused(drafter, leader) -> None:
    make.enacted(drafter, leader, *MERGER)
    again = make.draft(drafter, line("26743", "renamed", "26743", "Bến Thành Mới"))
    with pytest.raises(Refused, match="already_enacted"):
        actions.enact_act(pk=again.pk, seen=again.version, actor=leader.actor, at=make.AT)


def test_a_correction_takes_back_and_says_anew(drafter, leader) -> None:
    wrong = make.enacted(drafter, leader, *MERGER)
    at = make.AT + timedelta(days=1)
    draft = actions.correct_act(
        pk=wrong.pk, seen=wrong.version, number="2/NQ-UBTVQH16", actor=leader.actor, at=at
    )
    assert len(queries.lines_of(draft.pk)) == 2
    right = [line(SAIGON, "renamed", SAIGON, "Bến Nghé")]
    draft = actions.put_lines(pk=draft.pk, seen=draft.version, lines=right, actor=leader.actor, at=at)
    deputy = make.appointed("ha", "bnv", Role.DEPUTY)
    actions.enact_act(pk=draft.pk, seen=draft.version, actor=deputy.actor, at=at)
    known = make.fresh()
    assert known.at(SAIGON, DAY).name == "Phường Bến Nghé"
    assert known.at(SAIGON, DAY).uid == "c:26740@2025-07-01"
    assert known.at(TAN_DINH, DAY).name == "Phường Tân Định"
    assert Act.objects.get(pk=wrong.pk).state == "corrected"
    assert Organ.objects.get(unit__uid="c:26737@2025-07-01", kind="commune_centre").valid.upper is None
    believed_then = queries.versions_believed_at("c:26740@2027-01-01", make.AT + timedelta(hours=1))
    assert [v.name for v in believed_then] == ["Phường Sài Gòn"]
    assert queries.versions_believed_at("c:26740@2027-01-01", at + timedelta(hours=1)) == ()


def test_a_correction_without_lines_takes_back_entirely(drafter, leader) -> None:
    before = make.fresh().state(DAY, "commune")
    wrong = make.enacted(drafter, leader, *MERGER)
    draft = actions.correct_act(
        pk=wrong.pk, seen=wrong.version, number="2/NQ", actor=drafter.actor, at=make.AT
    )
    draft = actions.put_lines(pk=draft.pk, seen=draft.version, lines=[], actor=drafter.actor, at=make.AT)
    actions.enact_act(pk=draft.pk, seen=draft.version, actor=leader.actor, at=make.AT)
    after = make.fresh()
    assert after.state(DAY, "commune") == before
    assert after.successors("c:26740@2025-07-01") == ()


def test_a_correction_waits_for_what_rests_on_it(drafter, leader) -> None:
    first = make.enacted(drafter, leader, *MERGER)
    later = line(SAIGON, "renamed", SAIGON, "Sài Gòn Mới")
    make.enacted(drafter, leader, later, number="3/NQ", effective_on=date(2027, 6, 1))
    draft = actions.correct_act(
        pk=first.pk, seen=first.version, number="2/NQ", actor=drafter.actor, at=make.AT
    )
    with pytest.raises(Refused):
        actions.enact_act(pk=draft.pk, seen=draft.version, actor=leader.actor, at=make.AT)
    assert make.fresh().at(SAIGON, date(2027, 6, 1)).name == "Phường Sài Gòn Mới"


def test_packaged_acts_are_not_corrected_here(drafter, leader) -> None:
    act = Act.objects.get(number="1685/NQ-UBTVQH15")
    with pytest.raises(Refused, match="packaged"):
        actions.correct_act(pk=act.pk, seen=act.version, number="2/NQ", actor=leader.actor, at=make.AT)


def test_lines_are_edited_one_by_one(drafter) -> None:
    act = make.draft(drafter, *MERGER)
    changed = replace(MERGER[1], n=2, to_name="Bến Nghé")
    act = actions.put_line(pk=act.pk, seen=act.version, line=changed, actor=drafter.actor, at=make.AT)
    act = actions.put_line(pk=act.pk, seen=act.version, line=MERGER[0], actor=drafter.actor, at=make.AT)
    assert [(n.n, n.to_name) for n in queries.lines_of(act.pk)] == [
        (1, "Sài Gòn"),
        (2, "Bến Nghé"),
        (3, "Sài Gòn"),
    ]
    act = actions.drop_line(pk=act.pk, seen=act.version, n=3, actor=drafter.actor, at=make.AT)
    findings, result = queries.check_of(act)
    assert [f.code for f in findings] == ["described_twice"]
    assert result is None


def test_a_division_moves_shares(drafter, leader) -> None:
    make.enacted(
        drafter, leader,
        line(SAIGON, "part", TAN_DINH, "Tân Định", people_share="none"),
        line(SAIGON, "rest", SAIGON, "Sài Gòn", people_share="all"),
        line(TAN_DINH, "whole", TAN_DINH, "Tân Định"),
    )  # fmt: skip
    fates = {f.version.code: f for f in make.fresh().became("c:26740@2025-07-01", DAY)}
    assert {c: (f.whole, f.population) for c, f in fates.items()} == {
        SAIGON: (False, True), TAN_DINH: (False, False),
    }  # fmt: skip


def test_a_province_goes_whole_and_its_communes_follow(drafter, leader) -> None:
    words = {"to_kind": "tỉnh", "to_parent_code": "VN"}
    make.enacted(drafter, leader, *(line(c, "whole", "11", "Điện Biên", **words) for c in ("11", "12")))
    known = make.fresh()
    assert len(known.provinces(DAY)) == 33
    assert len(known.children("p:11@2027-01-01", DAY)) == len(known.children("p:11", EVE)) + len(
        known.children("p:12", EVE)
    )


@pytest.mark.parametrize("number", ["", "   ", "1685", "x" * 61 + "/"])
def test_a_number_that_is_none(drafter, number: str) -> None:
    with pytest.raises(Refused, match="bad_number"):
        make.draft(drafter, number=number)


def test_a_draft_of_others_cannot_be_guessed(drafter) -> None:
    act = make.draft(drafter, *MERGER)
    stranger = make.appointed("khanh", "commune_office", Role.OFFICER, "c:26740@2025-07-01")
    with pytest.raises(Refused, match="not_yours"):
        actions.drop_act(pk=act.pk, seen=act.version, actor=stranger.actor, at=make.AT)
