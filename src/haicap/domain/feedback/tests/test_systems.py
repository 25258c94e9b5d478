"""Systems, incidents by rule and by hand, planned work, rights."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from haicap.base.refused import Refused
from haicap.domain.feedback import actions
from haicap.domain.feedback.actions import Plan
from haicap.domain.feedback.models import Incident, System
from haicap.domain.feedback.queries import systems as queries
from haicap.domain.feedback.tests import make
from haicap.domain.feedback.uptime import packaged
from haicap.domain.feedback.uptime.states import UNRESOLVED, Cause, Impact, IncidentState, SystemKind
from haicap.domain.units.organs import KINDS, Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger import queries as ledger

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LAO_CAI = "p:15@2025-07-01"
SYSTEM = "tthc-15"


@pytest.fixture
def listed(register):
    """The packaged systems."""
    assert actions.load_systems(lines=packaged.read(), actor="system", at=AT) == 57
    return register


@pytest.fixture
def centre(listed):
    return appointed("tam", "province_centre", Role.OFFICER, LAO_CAI)


@pytest.fixture
def stranger(listed):
    return appointed("la", "province_centre", Role.OFFICER, "p:01")


def later(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def refused(call, *args, **values) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **values)
    return caught.value.code


def failing(at: datetime = AT, cause: Cause = Cause.PROBE) -> Incident:
    return actions.open_by_rule(system=SYSTEM, cause=cause, why="timeout", since=at, actor="system", at=at)


def test_the_packaged_list_has_every_province_and_ministry_and_probes_only_ourselves(listed) -> None:
    lines = queries.systems(AT.date())
    assert [line.kind for line in lines].count(SystemKind.PROVINCE) == 34
    assert [line.kind for line in lines].count(SystemKind.MINISTRY) == 16
    assert [line.code for line in lines if line.probe_on] == ["haicap"]
    assert all(line.owner in KINDS for line in lines)
    assert {line.evidence for line in lines if line.code != "haicap"} == {"unconfirmed"}
    assert {line.address for line in lines} - {""} == {
        "https://dichvucong.gov.vn",
        "https://motcua.ninhbinh.gov.vn",
    }
    assert refused(actions.load_systems, lines=packaged.read(), actor="system", at=AT) == "already_loaded"


def test_who_keeps_and_who_handles(listed, centre, stranger) -> None:
    keeper = appointed("giu", "vpcp", Role.OFFICER)
    ministry = appointed("bo", "btp", Role.OFFICER)
    desk = appointed("quay", "province_centre", Role.RECEPTION, LAO_CAI)
    plan = Plan(True, "https://he-thong.example/")
    for person in (stranger, ministry, desk):
        assert (
            refused(actions.plan_probe, code=SYSTEM, plan=plan, seen=0, actor=person.actor, at=AT)
            == "not_yours"
        )
    assert actions.plan_probe(code=SYSTEM, plan=plan, seen=0, actor=centre.actor, at=AT).probe_on
    actions.plan_probe(code="tthc-btp", plan=plan, seen=0, actor=ministry.actor, at=AT)
    line = packaged.Line(
        "cap-nuoc",
        "Hệ thống cấp nước",
        "",
        SystemKind.OTHER,
        "province_centre",
        LAO_CAI,
        "",
        "",
        None,
        "confirmed",
        "",
    )
    assert refused(actions.add_system, line=line, actor=centre.actor, at=AT) == "not_yours"
    assert actions.add_system(line=line, actor=keeper.actor, at=AT).unit.uid == LAO_CAI
    assert refused(actions.add_system, line=line, actor=keeper.actor, at=AT) == "code_taken"
    gone = actions.retire_system(
        code="cap-nuoc", on=AT.date() + timedelta(days=1), seen=1, actor=keeper.actor, at=AT
    )
    assert gone.valid.upper is not None
    assert "cap-nuoc" in {line.code for line in queries.systems(AT.date())}
    assert "cap-nuoc" not in {line.code for line in queries.systems(AT.date() + timedelta(days=1))}


@pytest.mark.parametrize(
    "changes",
    [
        {"probe_url": ""}, {"probe_url": "file:///etc/passwd"}, {"probe_url": "https://é.example/"}, {"every_minutes": 0},
        {"timeout_seconds": 61}, {"failures": 0}, {"expect_status": 99}, {"expect_text": "a" * 501}, {"expect_text": "\0"},
    ],
)  # fmt: skip
def test_plans_out_of_bounds(listed, centre, changes) -> None:
    values = {"probe_on": True, "probe_url": "https://he-thong.example/"} | changes
    found = refused(actions.plan_probe, code=SYSTEM, plan=Plan(**values), seen=0, actor=centre.actor, at=AT)
    assert found == "bad_plan"
    assert queries.system(SYSTEM).version == 0


def test_facts_are_changed_with_what_they_were_before(listed, centre) -> None:
    facts = {"address": "https://motcua.laocai.example", "source": "Quy chế vận hành"}
    row = actions.change_system(code=SYSTEM, facts=facts, seen=0, actor=centre.actor, at=AT)
    (event,) = ledger.history(row.stream)
    assert event.data["before"] == {"address": "", "source": "118/2025/NĐ-CP"}
    assert (
        refused(actions.change_system, code=SYSTEM, facts=facts, seen=0, actor=centre.actor, at=AT) == "stale"
    )
    assert (
        refused(actions.change_system, code=SYSTEM, facts=facts, seen=1, actor=centre.actor, at=AT)
        == "nothing_new"
    )
    other = {"owner": "vpcp"}
    assert (
        refused(actions.change_system, code=SYSTEM, facts=other, seen=1, actor=centre.actor, at=AT)
        == "not_yours"
    )


def test_a_life_of_an_incident_with_its_times(listed, centre, stranger) -> None:
    code = failing().code
    assert code == "SC-2026-0001"
    assert (
        refused(actions.acknowledge_incident, code=code, seen=1, actor=stranger.actor, at=AT) == "not_yours"
    )
    actions.acknowledge_incident(code=code, seen=1, actor=centre.actor, at=later(5))
    assert (
        refused(actions.acknowledge_incident, code=code, seen=2, actor=centre.actor, at=later(5)) == "not_now"
    )
    actions.note_incident(
        code=code, text="Đang khởi động lại", public=True, seen=2, actor=centre.actor, at=later(6)
    )
    actions.note_incident(code=code, text="Ổ đĩa đầy", public=False, seen=3, actor=centre.actor, at=later(7))
    assert (
        refused(actions.write_up_incident, code=code, text="x", seen=4, actor=centre.actor, at=later(8))
        == "not_now"
    )
    actions.resolve_incident(code=code, seen=4, actor=centre.actor, at=later(30))
    actions.write_up_incident(code=code, text="Thêm ổ đĩa.", seen=5, actor=centre.actor, at=later(60))
    line = queries.incident(code)
    assert (line.acknowledge_time, line.repair_time) == (timedelta(minutes=5), timedelta(minutes=30))
    assert [note.text for note in line.notes] == ["Đang khởi động lại", "Ổ đĩa đầy"]
    assert [n.text for n in queries.public_notes([code])[code]] == ["Đang khởi động lại"]
    figures = queries.figures(AT)
    assert (figures.opened, figures.open_now, figures.repair_mean) == (1, 0, timedelta(minutes=30))
    kinds = [event.kind.partition(".")[2] for event in ledger.history(f"feedback.incident:{code}")]
    assert kinds == [
        "incident_opened", "incident_acknowledged", "incident_noted", "incident_noted", "incident_resolved",
        "incident_written_up",
    ]  # fmt: skip


def test_a_rule_opens_once_and_reopens_what_flaps(listed) -> None:
    first = failing()
    assert refused(failing, later(1)) == "already"
    failing(later(1), Cause.CERTIFICATE)  # another cause is another incident
    actions.resolve_incident(code=first.code, seen=1, actor="system", at=later(10))
    again = failing(later(35))
    assert (again.code, again.reopened, again.state) == (first.code, 1, IncidentState.OPEN)
    actions.resolve_incident(code=first.code, seen=3, actor="system", at=later(40))
    assert failing(later(80)).code != first.code  # after the calm minutes it is a new one
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(code=first.code).update(state=IncidentState.OPEN, resolved_at=None)
    assert Incident.objects.filter(state__in=UNRESOLVED, cause=Cause.PROBE).count() == 1


def test_by_hand_and_from_a_ticket(listed, centre, stranger) -> None:
    values = {"system": SYSTEM, "impact": Impact.DEGRADED, "since": later(-20), "at": AT}
    assert refused(actions.open_incident, text="Chậm", actor=stranger.actor, **values) == "not_yours"
    assert refused(actions.open_incident, text="  ", actor=centre.actor, **values) == "no_words"
    late = values | {"since": later(1)}
    assert refused(actions.open_incident, text="Chậm", actor=centre.actor, **late) == "bad_span"
    row = actions.open_incident(text="Chậm", actor=centre.actor, **values)
    actions.resolve_incident(code=row.code, seen=1, actor=centre.actor, at=AT)
    assert queries.incident(row.code).repair_time == timedelta(minutes=20)
    actions.reopen_incident(code=row.code, why="Chưa xong", seen=2, actor=centre.actor, at=later(1))
    (standing,) = [s for s in queries.standings(later(2)) if s.system.code == SYSTEM]
    assert standing.impact is Impact.DEGRADED


def test_a_ticket_is_linked_to_the_outage_it_tells_of(listed) -> None:
    world = make.world(listed)
    incident = failing(make.MORNING)
    ticket = make.filed()
    make.do(actions.link_ticket, ticket.code, world.officer, incident=incident.code)
    assert queries.tickets_of(incident.code) == 1
    with pytest.raises(Refused) as caught:
        make.do(actions.link_ticket, ticket.code, world.officer, incident=incident.code)
    assert caught.value.code == "nothing_new"
    with pytest.raises(Refused) as caught:
        make.do(actions.link_ticket, ticket.code, world.neighbour, incident=incident.code)
    assert caught.value.code == "not_found"


def test_planned_work(listed, centre, stranger) -> None:
    span = {"system": SYSTEM, "since": later(60), "until": later(120), "text": "Nâng cấp máy chủ"}
    assert refused(actions.plan_work, **span, actor=stranger.actor, at=AT) == "not_yours"
    for bad in (
        {"until": later(60)},
        {"until": later(-1), "since": later(-2)},
        {"until": later(60 * 24 * 40)},
    ):
        assert refused(actions.plan_work, **(span | bad), actor=centre.actor, at=AT) == "bad_span"
    work = actions.plan_work(**span, actor=centre.actor, at=AT)
    assert [queries.working_on(SYSTEM, later(m)) for m in (59, 60, 119, 120)] == [False, True, True, False]
    assert [w.pk for w in queries.works(AT)] == [work.pk]
    actions.cancel_work(pk=work.pk, actor=centre.actor, at=later(1))
    assert not queries.works(AT) and not queries.working_on(SYSTEM, later(61))
    assert refused(actions.cancel_work, pk=work.pk, actor=centre.actor, at=later(2)) == "not_found"


def test_what_the_database_itself_refuses(listed) -> None:
    row = System.objects.get(code=SYSTEM)
    for wrong in ({"probe_on": True}, {"every_minutes": 0}, {"name": ""}, {"kind": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            System.objects.filter(pk=row.pk).update(**wrong)
