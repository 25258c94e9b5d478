"""Whose powers these are: keepers, ministries, provinces and communes inside their own area, and nobody else."""

from __future__ import annotations

import pytest

from haicap.base.refused import Refused
from haicap.domain.powers import actions, policy, queries
from haicap.domain.powers.policy import Verb
from haicap.domain.powers.states import CaseState, Level, Mode
from haicap.domain.powers.tests import make
from haicap.domain.powers.tests.make import AT, HCM, LAO_CAI, NOW, SAIGON, SAPA, delegated, line, power
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed

pytestmark = pytest.mark.django_db
NEIGHBOUR = "c:26743@2025-07-01"


@pytest.fixture
def lan(register):
    lan = make.justice()
    make.documents(lan)
    make.enter(
        lan, power(), line(id="M"), line("province_committee", Level.PROVINCE, id="P", condition="50 <= tang")
    )
    return lan


def forbid(actor, *rows) -> None:
    with pytest.raises(Refused, match="not_yours"):
        make.enter(actor, *rows)


@pytest.mark.parametrize(
    ("kind", "role", "uid", "rights"),
    [
        ("btp", Role.LEADER, "vn", {Verb.ENTER, Verb.DECIDE}),
        ("bxd", Role.OFFICER, "vn", {Verb.ENTER}),
        ("bxd", Role.RECEPTION, "vn", set()),
        ("home_affairs", Role.LEADER, LAO_CAI, {Verb.ENTER, Verb.SURVEY}),
        ("commune_centre", Role.RECEPTION, SAPA, set()),
    ],
)
def test_rights_come_from_posts(register, kind: str, role: Role, uid: str, rights) -> None:
    assert policy.rights(appointed("ai", kind, role, uid).actor, NOW) == rights


def test_strangers_do_nothing(lan) -> None:
    for actor in ("", "system", "x' OR 1=1", "00000000-0000-0000-0000-000000000000"):
        assert policy.rights(actor, NOW) == frozenset()
        with pytest.raises(Refused, match="not_yours"):
            actions.enter(powers=[power("thu.hai")], assertions=[], source="x", actor=actor, at=AT)
        with pytest.raises(Refused, match="not_yours"):
            actions.withdraw_assertion(code="M", why="x", seen=0, actor=actor, at=AT)


def test_a_ministry_enters_what_it_answers_for(lan) -> None:
    own = appointed("bao", "bxd", Role.OFFICER)
    other = appointed("cuc", "byt", Role.LEADER)
    make.enter(own, power("thu.hai"), line(power="thu.hai"))
    forbid(other, power("thu.ba"))
    forbid(other, line())
    make.enter(other, power("thu.ba", owner="byt"))


def test_a_province_delegates_inside_its_own_area_only(lan) -> None:
    province = appointed("chi", "home_affairs", Role.OFFICER, LAO_CAI)
    make.enter(province, delegated("P", "industry_trade", level=Level.PROVINCE, unit=LAO_CAI))
    make.enter(province, delegated("M", unit=SAPA), delegated("M", units=(SAPA, LAO_CAI)))
    for row in (
        line(unit=LAO_CAI),  # no delegation: the law's own
        line(mode=Mode.DELIMITATION, unit=SAPA),
        delegated("M"),  # the whole country
        delegated("M", unit=SAIGON),
        delegated("M", units=(SAPA, SAIGON)),
        delegated("M", unit=SAPA, units=(SAIGON,)),
        delegated("P", unit=HCM),
    ):
        forbid(province, row)
    forbid(province, power("thu.ba", owner=""))


def test_a_commune_delegates_at_home_only(lan) -> None:
    commune = appointed("dung", "commune_office", Role.OFFICER, SAIGON)
    make.enter(commune, delegated("M", unit=SAIGON))
    for row in (
        delegated("M", unit=NEIGHBOUR),
        delegated("M", unit=HCM),
        delegated("M", unit=SAIGON, units=(SAIGON, NEIGHBOUR)),
        delegated("M"),
    ):
        forbid(commune, row)
    forbid(appointed("thu", "commune_centre", Role.RECEPTION, SAIGON), delegated("M", unit=SAIGON))


def test_nobody_writes_down_what_a_body_above_gave_them(lan) -> None:
    """Else a ward could make its own office the holder of the province's power by a line of a table."""
    commune = appointed("dung", "commune_office", Role.OFFICER, SAIGON)
    taken_over = {"mode": Mode.OVERRIDE, "level": Level.PROVINCE, "unit": "", "units": (SAIGON,)}
    rows = (delegated("P", unit=SAIGON), delegated("M", "province_committee", **taken_over))
    for row in rows:
        forbid(commune, row)
        found = queries.rehearse([], [(1, row)], actor=commune.actor, at=AT)
        assert found.problems and "không có quyền" in found.problems[0].template
    (code,) = make.enter(commune, delegated("M", unit=SAIGON))
    with pytest.raises(Refused, match="not_yours"):
        make.correct(commune, code, parent="P")
    province = appointed("chi", "home_affairs", Role.OFFICER, HCM)
    codes = make.enter(province, *rows)
    with pytest.raises(Refused, match="not_yours"):
        actions.withdraw_assertion(
            code=codes[0], why="x", seen=make.seen(codes[0]), actor=commune.actor, at=AT
        )


def test_a_correction_does_not_lead_out_of_the_own_area(lan) -> None:
    commune = appointed("dung", "commune_office", Role.OFFICER, SAIGON)
    (code,) = make.enter(commune, delegated("M", unit=SAIGON))
    for facts in (
        {"unit": NEIGHBOUR},
        {"unit": ""},
        {"units": (SAIGON, NEIGHBOUR)},
        {"mode": Mode.ORIGINAL, "parent": ""},
    ):
        with pytest.raises(Refused, match="not_yours"):
            make.correct(commune, code, **facts)
    assert make.correct(commune, code, note="đúng").note == "đúng"
    with pytest.raises(Refused, match="not_yours"):
        make.correct(commune, "M", note="x")
    neighbour = appointed("em", "commune_office", Role.OFFICER, NEIGHBOUR)
    with pytest.raises(Refused, match="not_yours"):
        actions.withdraw_assertion(code=code, why="x", seen=make.seen(code), actor=neighbour.actor, at=AT)
    province = appointed("chi", "home_affairs", Role.OFFICER, HCM)
    assert actions.withdraw_assertion(code=code, why="Sai", seen=make.seen(code), actor=province.actor, at=AT)


def test_leaders_of_the_owner_and_of_the_keepers_decide(lan) -> None:
    make.check()
    case = make.cases()[0]
    people = {
        "bxd": Role.OFFICER, "byt": Role.LEADER, "construction": Role.LEADER, "commune_chairman": Role.LEADER,
    }  # fmt: skip
    places = {"construction": LAO_CAI, "commune_chairman": SAIGON}
    words = {"pk": case.pk, "state": CaseState.ACCEPTED, "decision": "Đúng ý luật", "seen": 0, "at": AT}
    for kind, role in people.items():
        actor = appointed(f"p.{kind}", kind, role, places.get(kind, "vn"))
        with pytest.raises(Refused, match="not_yours"):
            actions.decide_case(actor=actor.actor, **words)
    owner = appointed("chu", "bxd", Role.DEPUTY)
    row = actions.decide_case(actor=owner.actor, **words)
    assert actions.reopen_case(pk=row.pk, seen=1, actor=lan.actor, at=AT).state == CaseState.OPEN
