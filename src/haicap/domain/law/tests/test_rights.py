"""Who may do what in this room: read from posts, of the day."""

from __future__ import annotations

from datetime import date

import pytest

from haicap.base.refused import Refused
from haicap.domain.law import policy
from haicap.domain.law.policy import Verb
from haicap.domain.law.tests import make
from haicap.domain.law.tests.make import DA_NANG, LAO_CAI, NOW, QUANG_NAM, document
from haicap.domain.units import policy as units
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed

pytestmark = pytest.mark.django_db
SA_PA = "c:03006@2025-07-01"
ALL = frozenset(Verb)


@pytest.mark.parametrize(
    ("kind", "role", "uid", "rights"),
    [
        ("btp", Role.OFFICER, "vn", ALL),
        ("bxd", Role.LEADER, "vn", ALL),
        ("bxd", Role.RECEPTION, "vn", {Verb.REPORT}),
        ("justice", Role.OFFICER, LAO_CAI, {Verb.ENTER, Verb.REPORT}),
        ("commune_office", Role.OFFICER, SA_PA, {Verb.ENTER, Verb.REPORT}),
        ("commune_centre", Role.RECEPTION, SA_PA, {Verb.REPORT}),
    ],
)
def test_rights_come_from_posts(register, kind: str, role: Role, uid: str, rights) -> None:
    actor = appointed("ai", kind, role, uid).actor
    assert policy.rights(actor, NOW) == rights
    for verb in Verb:
        assert policy.may(actor, verb, NOW) == (verb in rights)


def test_strangers_have_none(register) -> None:
    for actor in ("", "system", "x' OR 1=1", "00000000-0000-0000-0000-000000000000"):
        assert policy.rights(actor, NOW) == frozenset()
        with pytest.raises(Refused, match="not_yours"):
            policy.require(actor, Verb.REPORT, NOW)


def test_rights_begin_and_end_with_the_appointment(register) -> None:
    person = make.appointed("mai", "btp", Role.OFFICER, since=date(2026, 3, 1), until=date(2026, 9, 1))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 8, 31), date(2026, 9, 1)]
    assert [policy.may(person.actor, Verb.ENTER, on) for on in days] == [False, True, True, False]
    with pytest.raises(Refused, match="not_yours"):
        make.enter(person, document())


@pytest.mark.parametrize(
    ("kind", "uid", "kept", "others"),
    [
        ("btp", "vn", ["", "p:01", SA_PA, "d:088"], []),
        ("bxd", "vn", [""], ["p:01", SA_PA]),
        (
            "justice",
            DA_NANG,
            [DA_NANG, "p:48", QUANG_NAM, "d:503", "c:20410@2025-07-01"],
            ["", "p:01", SA_PA],
        ),
        ("commune_office", SA_PA, [SA_PA, "c:03001", "c:03002@2020-01-01"], ["", LAO_CAI, "c:26740", "p:10"]),
    ],
)
def test_whose_documents_an_office_keeps(register, kind: str, uid: str, kept, others) -> None:
    posts = units.held(appointed("ai", kind, Role.OFFICER, uid).actor, NOW)
    assert [u for u in kept if not policy.reaches(posts, u, NOW)] == []
    assert [u for u in others if policy.reaches(posts, u, NOW)] == []
    central = kind in ("btp", "bxd")
    assert [u for u in kept if not policy.may_act_on(posts, u, NOW)] == []
    assert all(policy.may_act_on(posts, u, NOW) == central for u in others)


def test_a_reception_officer_keeps_nothing(register) -> None:
    posts = units.held(appointed("em", "btp", Role.RECEPTION).actor, NOW)
    assert not any(policy.reaches(posts, u, NOW) or policy.may_act_on(posts, u, NOW) for u in ("", "p:01"))
