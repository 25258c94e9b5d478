"""The matrix of questions: look, dossier, slip, lists; and that lists, looks and verbs agree with one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from haicap.base.refused import Refused
from haicap.domain.dossiers import actions, policy, queries
from haicap.domain.dossiers.models import Dossier, Slip
from haicap.domain.dossiers.states import Channel, Verb
from haicap.domain.dossiers.tests import make
from haicap.domain.units.models import Organ
from tests.rights import cast
from tests.rights.cast import DAY, Kind

OF_OFFICERS = {Kind.RECEIVES, Kind.WORKS, Kind.LEADS, Kind.WATCHES}


@pytest.fixture
def lives(w, people) -> Mapping[str, str]:
    """Dossiers by how they came; codes."""
    own = w.register.province_of(make.SAPA, DAY).uid
    make.procedure(
        w.drafter, w.ministry, "1.999010", competent=[{"organ": "home_affairs", "name": "Sở Nội vụ"}]
    )
    make.procedure(w.drafter, w.ministry, "1.999011", competent=[{"organ": "", "name": "Cơ quan khác"}])
    make.procedure(
        w.drafter, w.ministry, "1.999012", competent=[{"organ": "province_committee", "name": "UBND tỉnh"}]
    )
    make.catalogue_now()
    who = replace(make.WHO, user=people["applicant"].actor)

    def crossed(**changes: Any) -> str:
        made = make.filing(applicant=who, **changes)
        return actions.file(filing=made, actor=w.neighbour.actor, at=make.MORNING).code

    return {
        "online": make.filed(w, applicant=who).code,
        "counter": make.received(w, applicant=who).code,
        "post": make.filed(w, channel=Channel.POST, applicant=who).code,
        "at the neighbour's": crossed(channel=Channel.DIRECT, centre=w.neighbours_centre),
        "helped by the neighbour": crossed(helped_at=w.neighbours_centre),
        "of a department": make.filed(w, "1.999010", applicant=who).code,
        "of a department, there": make.filed(w, "1.999010", unit=own, applicant=who).code,
        "of the province": make.filed(w, "1.999012", applicant=who).code,
        "of an organ nobody knows": make.filed(w, "1.999011", applicant=who).code,
        "of the neighbour": make.filed(w, unit=w.neighbour_uid, applicant=who).code,
        "far": make.filed(w, unit=make.elsewhere(w.register), applicant=who).code,
    }


def allowed(call: Callable[[], Any]) -> bool:
    try:
        call()
    except Refused as refused:
        assert refused.code == "not_found"
        return False
    return True


def test_who_may_see_a_dossier(w, people, lives) -> None:
    code = lives["counter"]
    slip = Slip.objects.get(dossier__code=code).public_id
    wrong = {}
    for name, who in people.items():
        officer = who.kind in OF_OFFICERS
        own = officer or who.kind is Kind.APPLIES
        found = (
            allowed(lambda a=who.actor: queries.look(code, actor=a, on=DAY)),
            allowed(lambda a=who.actor: queries.dossier(code, actor=a, on=DAY)),
            allowed(lambda a=who.actor: queries.slip(slip, actor=a, on=DAY)),
            queries.own(who.actor).filter(code=code).exists(),
        )
        if found != (officer, own, own, who.kind is Kind.APPLIES):
            wrong[name] = found
    assert not wrong


def test_an_appointment_counts_on_its_days_only(w, people, lives) -> None:
    code, day = lives["counter"], timedelta(days=1)
    seen = {
        (name, offset): allowed(
            lambda n=name, o=offset: queries.look(code, actor=people[n].actor, on=DAY + o * day)
        )
        for name in (
            "officer first day",
            "officer last day",
            "officer day before",
            "officer day after",
            "clerk day after",
        )
        for offset in (-1, 0, 1)
    }
    before, today, after = -1, 0, 1
    assert {key for key, yes in seen.items() if yes} == {
        ("officer first day", today), ("officer first day", after),
        ("officer last day", before), ("officer last day", today),
        ("officer day before", after), ("officer day after", before), ("clerk day after", before),
    }  # fmt: skip


def listed(actor: str) -> set[str]:
    return set(Dossier.objects.filter(policy.visible_to(actor, DAY).rows).values_list("code", flat=True))


def test_lists_show_what_one_may_see_and_hold_what_one_may_do(w, people, lives) -> None:
    for name, who in people.items():
        scope, shown = policy.visible_to(who.actor, DAY), listed(who.actor)
        assert scope.personal == (scope.level in ("commune", "province")), name
        for how, code in lives.items():
            told = f"{name}: {how}"
            seen = allowed(lambda c=code, a=who.actor: queries.look(c, actor=a, on=DAY))
            if scope.personal and code in shown:
                assert seen, f"{told} is listed with personal text, though not to be seen"
            if seen:
                row = queries.look(code, actor=who.actor, on=DAY)
                assert not policy.rights(row.posts, row) or code in shown, (
                    f"{told} is to be worked on, but in no list"
                )


def test_who_lists_what(w, people, lives) -> None:
    everything = set(lives)
    here = {"online", "counter", "post", "helped by the neighbour"}
    own_house = here | {"at the neighbour's", "of an organ nobody knows"}
    at_the_counter = here | {"of a department", "of the province", "of an organ nobody knows"}
    province = everything - {"far"}
    expected = {
        Kind.RECEIVES: at_the_counter, Kind.WORKS: own_house, Kind.LEADS: own_house, Kind.WATCHES: province,
        Kind.COUNTS: everything, Kind.APPLIES: set(), Kind.NOBODY: set(),
    }  # fmt: skip
    others = {
        "clerk next door": {"at the neighbour's", "of the neighbour"},
        "officer next door": {"of the neighbour"}, "chairman next door": {"of the neighbour"},
        "clerk far": {"far"}, "officer far": {"far"}, "province far": {"far"},
        "department": {"of a department", "of a department, there"},
    }  # fmt: skip
    names = {code: how for how, code in lives.items()}
    found = {name: {names[c] for c in listed(who.actor) if c in names} for name, who in people.items()}
    assert found == {name: others.get(name, expected[who.kind]) for name, who in people.items()}
    assert not policy.visible_to(people["ministry"].actor, DAY).personal


def test_the_province_decides_what_is_its_own(w, people, lives) -> None:
    """Filed at a commune, decided by the chairman of the province; the commune's own has no say."""
    code = lives["of the province"]
    for name, may in (("province", True), ("chairman", False), ("province far", False)):
        row = None
        if allowed(lambda n=name: queries.look(code, actor=people[n].actor, on=DAY)):
            row = queries.look(code, actor=people[name].actor, on=DAY)
        assert (row is not None and Verb.DECIDE in policy.rights(row.posts, row)) is may, name


def test_the_public_sees_by_code_and_phone_or_by_the_key_of_a_result(w, lives, signing) -> None:
    code = lives["online"]
    assert queries.tracked(code, "5678").code == code
    assert queries.tracked(code.lower().replace("-", " - "), " 56 78 ").code == code
    for digits in ("", "678", "5679", "٥٦٧٨", "567", "%678", "____"):
        assert not allowed(lambda d=digits: queries.tracked(code, d)), digits
    assert not allowed(lambda: queries.tracked("H99-260101-0001", "5678"))
    nameless = make.filed(w, applicant=replace(make.WHO, phone=""))
    assert not allowed(lambda: queries.tracked(nameless.code, ""))
    assert not allowed(lambda: queries.tracked(nameless.code, "0000"))
    signed = make.do(actions.sign, make.decided(w), w.leader)
    key = make.whole_of(signed).results[0].key
    assert queries.result_by_key(key).dossier.code == signed.code
    for guess in ("", key[:-1], key.swapcase(), "%", "' OR 1=1", "\0", key + "x" * 200):
        assert not allowed(lambda g=guess: queries.result_by_key(g)), guess


def test_drafts_are_found_by_their_own_only(w, people) -> None:
    owner = people["applicant"].actor
    row = actions.begin_draft(procedure=make.CODE, actor=owner, at=make.MORNING, user=owner, phone=make.PHONE)
    assert queries.draft_by(row.code.lower(), "+84912345678").pk == row.pk
    assert [d.pk for d in queries.drafts_of(owner)] == [row.pk]
    assert not queries.drafts_of(people["other citizen"].actor)
    assert not queries.drafts_of("")
    for code, phone in (
        (row.code, ""),
        (row.code, "0912345679"),
        ("", make.PHONE),
        (row.code[:-1], make.PHONE),
        ("%", make.PHONE),
    ):
        assert not allowed(lambda c=code, p=phone: queries.draft_by(c, p))
    assert queries.draft(uuid4()) is None
    hidden = actions.begin_draft(procedure=make.CODE, actor="portal", at=make.MORNING)  # no phone, no account
    assert not allowed(lambda: queries.draft_by(hidden.code, ""))


def test_questions_to_other_organs_reach_only_them(w, people) -> None:
    row = make.taken_up(w)
    department = Organ.objects.get(kind="home_affairs", unit_id=make.row_of(row).province_id)
    make.do(actions.consult, row, w.officer, organ=department.pk, question="Có đúng không?")
    for name, who in people.items():
        organs = [post.organ_id for post in policy.posts_of(who.actor, DAY)]
        assert bool(queries.open_consultations(organs)) is (name == "department"), name


def test_papers_on_their_way_to_a_department_can_be_taken_over_there_and_nowhere_else(w, people) -> None:
    row = make.received(w)
    department = Organ.objects.get(kind="home_affairs", unit_id=make.row_of(row).province_id)
    actions.forward(codes=[row.code], to=department.pk, actor=w.reception.actor, at=make.MORNING)
    for name in ("officer next door", "clerk far", "other citizen", "nobody"):
        assert not allowed(
            lambda n=name: actions.take_over(codes=[row.code], actor=people[n].actor, at=make.MORNING)
        )
    assert actions.take_over(codes=[row.code], actor=people["department"].actor, at=make.MORNING) == 1
    assert make.row_of(row).papers_at_id == department.pk
    assert allowed(lambda: queries.look(row.code, actor=people["department"].actor, on=DAY))


def test_papers_do_not_travel_to_another_province(w) -> None:
    row = make.received(w)
    for to in (
        cast.centre_of(make.elsewhere(w.register)),
        Organ.objects.get(kind="bnv").pk,
        2**40,
        2**80,
        -1,
    ):
        with pytest.raises(Refused) as caught:
            actions.forward(codes=[row.code], to=to, actor=w.reception.actor, at=make.MORNING)
        assert caught.value.code in ("no_organ", "not_found"), to
