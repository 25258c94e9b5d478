"""Versions and local instances through the verbs, against a real database; and what the database itself refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from haicap.base.refused import Refused
from haicap.domain.procedures import actions, policy, queries
from haicap.domain.procedures.content import Change
from haicap.domain.procedures.models import LocalInstance, ProcedureVersion
from haicap.domain.procedures.states import DecisionKind
from haicap.domain.procedures.tests import make
from haicap.domain.procedures.tests.make import AT, BIRTH, NEW_CODE
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
NOW, LATER = date(2026, 11, 22), date(2026, 12, 1)
BAC_NINH = "p:24@2025-07-01"


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}:")


def execute(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_a_version_is_drafted_reviewed_and_published_by_another(catalogue) -> None:
    drafter, leader = make.cast()
    row = make.published(drafter, leader)
    known = queries.read_catalogue()
    assert known.at(NEW_CODE, NOW) is None
    found = known.at(NEW_CODE, LATER)
    assert (found.pk, found.decision, found.origin) == (row.pk, "1872/QĐ-BTP", "")
    kinds = Event.objects.filter(stream=row.stream).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == [f"procedures.version_{w}" for w in ("drafted", "submitted", "published")]
    row.procedure.refresh_from_db()
    assert row.procedure.owner == "btp"


def test_publishing_ends_the_version_before_it(catalogue) -> None:
    drafter, leader = make.cast()
    before = catalogue.at(BIRTH, NOW)
    row = make.published(drafter, leader, BIRTH, name="Đăng ký khai sinh, bản mới")
    known = queries.read_catalogue()
    assert [(e.pk, e.state, e.span.start, e.span.end) for e in known.history(BIRTH)] == [
        (before.pk, "replaced", date(2025, 7, 1), LATER),
        (row.pk, "published", LATER, None),
    ]
    changes = queries.difference(before.pk, row.pk, visible=policy.visible_to(drafter.actor, NOW))
    assert ("name", Change.CHANGED) in {(d.section, d.change) for d in changes}
    assert ("form", Change.REMOVED) in {(d.section, d.change) for d in changes}


def test_the_drafter_does_not_publish(catalogue) -> None:
    leader = appointed("minh", "btp", Role.LEADER)
    row = make.reviewed(leader)
    with refused("same_person"):
        actions.publish_version(
            pk=row.pk, seen=row.version, since=LATER, decision=make.decision(), actor=leader.actor, at=AT
        )


def test_whoever_changes_a_draft_becomes_its_drafter(catalogue) -> None:
    drafter, leader = make.cast()
    row = make.draft(drafter)
    row = actions.change_version(
        pk=row.pk,
        seen=row.version,
        name=row.name,
        field=row.field,
        content={"online": "full"},
        actor=leader.actor,
        at=AT,
    )
    assert Event.objects.get(stream=row.stream, seq=2).data["sections"] == ["levels", "online"]
    row = actions.submit_version(pk=row.pk, seen=row.version, actor=drafter.actor, at=AT)
    with refused("same_person"):
        actions.publish_version(
            pk=row.pk, seen=row.version, since=LATER, decision=make.decision(), actor=leader.actor, at=AT
        )


@pytest.mark.parametrize(
    ("by", "since", "code"),
    [
        (make.decision(""), LATER, "no_decision"),
        (make.decision("1872"), LATER, "bad_decision"),
        (make.decision(on=date(2026, 11, 23)), LATER, "decided_later"),
        (make.decision(), date(2026, 11, 1), "decided_later"),
        (make.decision(kind=DecisionKind.REPEALED), LATER, "not_a_repeal"),
    ],
)
def test_a_decision_that_does_not_fit(catalogue, by, since: date, code: str) -> None:
    drafter, leader = make.cast()
    row = make.reviewed(drafter)
    with refused(code):
        actions.publish_version(
            pk=row.pk, seen=row.version, since=since, decision=by, actor=leader.actor, at=AT
        )


def test_moves_that_are_none(catalogue) -> None:
    drafter, leader = make.cast()
    row = make.draft(drafter)
    with refused("not_now"):
        actions.publish_version(
            pk=row.pk, seen=row.version, since=LATER, decision=make.decision(), actor=leader.actor, at=AT
        )
    with refused("stale"):
        actions.submit_version(pk=row.pk, seen=0, actor=drafter.actor, at=AT)
    row = actions.submit_version(pk=row.pk, seen=row.version, actor=drafter.actor, at=AT)
    row = actions.return_version(pk=row.pk, seen=row.version, note="Thiếu phí", actor=leader.actor, at=AT)
    assert (row.state, row.note) == ("draft", "Thiếu phí")
    row = actions.drop_version(pk=row.pk, seen=row.version, actor=drafter.actor, at=AT)
    with refused("not_now"):
        actions.submit_version(pk=row.pk, seen=row.version, actor=drafter.actor, at=AT)


def test_two_versions_from_one_day_are_refused(catalogue) -> None:
    drafter, leader = make.cast()
    make.published(drafter, leader)
    again = make.reviewed(drafter)
    for since in (LATER, date(2026, 11, 25)):
        with refused("later_version"):
            actions.publish_version(
                pk=again.pk,
                seen=again.version,
                since=since,
                decision=make.decision(),
                actor=leader.actor,
                at=AT,
            )


def test_repeal_names_who_takes_over(catalogue) -> None:
    drafter, leader = make.cast()
    row = make.published(drafter, leader, since=date(2026, 11, 20))
    with refused("bad_span"):
        actions.repeal_version(
            pk=row.pk,
            seen=row.version,
            until=date(2026, 11, 20),
            decision="9/QĐ-BTP",
            actor=leader.actor,
            at=AT,
        )
    row.refresh_from_db()
    actions.repeal_version(
        pk=row.pk,
        seen=row.version,
        until=LATER,
        decision="9/QĐ-BTP",
        replaced_by=BIRTH,
        actor=leader.actor,
        at=AT,
    )
    known = queries.read_catalogue()
    assert known.at(NEW_CODE, LATER) is None
    assert known.history(NEW_CODE)[0].replaced_by == BIRTH
    drafted = make.published(drafter, leader, since=date(2027, 1, 1))
    assert queries.read_catalogue().at(NEW_CODE, date(2027, 1, 1)).pk == drafted.pk


def test_who_may_not(catalogue) -> None:
    drafter, leader = make.cast()
    stranger = appointed("tuan", "bca", Role.LEADER)
    clerk = appointed("thu", "btp", Role.RECEPTION)
    officer = appointed("long", "btp", Role.OFFICER)
    local = appointed("hoa", "justice", Role.OFFICER, BAC_NINH)
    for actor in (clerk, local):
        with refused("not_yours"):
            make.draft(actor)
    row = make.reviewed(drafter)
    with refused("not_found"):  # drafts of another ministry are not even seen
        actions.publish_version(
            pk=row.pk, seen=row.version, since=LATER, decision=make.decision(), actor=stranger.actor, at=AT
        )
    with refused("not_yours"):
        actions.publish_version(
            pk=row.pk, seen=row.version, since=LATER, decision=make.decision(), actor=officer.actor, at=AT
        )
    actions.publish_version(
        pk=row.pk, seen=row.version, since=LATER, decision=make.decision(), actor=leader.actor, at=AT
    )
    with refused("not_yours"):  # now it is the ministry's of justice
        make.draft(stranger)


def test_what_the_database_refuses(catalogue) -> None:
    drafter, leader = make.cast()
    row = make.published(drafter, leader)
    for sql, word in [
        ("UPDATE procedures_procedureversion SET name = 'X' WHERE id = %s", "never edited"),
        ("UPDATE procedures_procedureversion SET content = '{}' WHERE id = %s", "never edited"),
        (
            "UPDATE procedures_procedureversion SET state = 'draft', valid = NULL WHERE id = %s",
            "never edited",
        ),
        ("UPDATE procedures_procedureversion SET valid = '[2020-01-01,)' WHERE id = %s", "never edited"),
        ("DELETE FROM procedures_procedureversion WHERE id = %s", "never deleted"),
    ]:
        with pytest.raises(DatabaseError, match=word):
            execute(sql, row.pk)
    copied = (
        "INSERT INTO procedures_procedureversion (procedure_id, state, valid, name, field, content, origin, ministry,"
        " decision_number, decision_organ, decision_kind, decided_by, authorised_by, ended_decision, drafted_by,"
        " published_by, note, version, head) SELECT procedure_id, 'published', {valid}, name, field, content, '{origin}',"
        " ministry, '', '', '', '', '', '', 'a', '{by}', '', 0, head FROM procedures_procedureversion WHERE id = %s"
    )
    for valid, origin, by, constraint in [
        ("'[2026-12-05,)'", "x", "", "procedure_one_version_a_day"),
        ("'[2020-01-01,2021-01-01)'", "", "", "procedure_published_by_decision"),
        ("NULL", "x", "", "procedure_days_when_published"),
        ("'[2020-01-01,2021-01-01)'", "x", "a", "procedure_by_two_people"),
    ]:
        with pytest.raises(DatabaseError, match=constraint):
            execute(copied.format(valid=valid, origin=origin, by=by), row.pk)


def test_a_province_says_otherwise_under_its_own_code(catalogue) -> None:
    drafter, leader = make.local_cast(BAC_NINH)
    limits = [{"parts": [{"value": "0.5", "unit": "working_days"}], "evidence": "confirmed"}]
    row = make.local(drafter, leader, BAC_NINH, limits=limits)
    # the catalogue in memory may be a second old; the record asks the instance of the day itself
    there = queries.record(BIRTH, LATER, province=BAC_NINH)
    elsewhere = queries.record(BIRTH, LATER, province="p:01")
    assert there.code == "1.001193.H05"
    assert there.content.limits[0].parts[0].half
    assert there.content.papers == elsewhere.content.papers
    assert elsewhere.code == BIRTH
    assert not elsewhere.content.limits[0].parts[0].half
    assert [i.suffix for i in queries.instances_of(BIRTH, LATER)] == ["H05"]
    with pytest.raises(DatabaseError, match="never edited"):
        execute("UPDATE procedures_localinstance SET content = '{}' WHERE id = %s", row.pk)
    row = actions.repeal_instance(
        pk=row.pk, seen=row.version, until=date(2027, 1, 1), decision="13/QĐ-UBND", actor=leader.actor, at=AT
    )
    assert queries.record(BIRTH, date(2027, 1, 1), province=BAC_NINH).instance is None


def test_what_a_province_may_not(catalogue) -> None:
    drafter, leader = make.local_cast(BAC_NINH)
    with refused("not_local"):
        make.local(drafter, leader, BAC_NINH, papers=[])
    with refused("bad_content"):
        make.local(drafter, leader, BAC_NINH, limits=[{"parts": [{"value": "0", "unit": "days"}]}])
    with refused("not_yours"):
        make.local(drafter, leader, "p:01", anywhere=True)
    with refused("bad_suffix"):
        actions.draft_instance(
            code=BIRTH,
            province=BAC_NINH,
            suffix="Bắc Ninh",
            content={"anywhere": True},
            actor=drafter.actor,
            at=AT,
        )
    with refused("not_yours"):  # a department drafts; the chairman or the office publishes
        row = actions.draft_instance(
            code=BIRTH, province=BAC_NINH, suffix="H05", content={"anywhere": True}, actor=leader.actor, at=AT
        )
        row = actions.submit_instance(pk=row.pk, seen=row.version, actor=leader.actor, at=AT)
        actions.publish_instance(
            pk=row.pk,
            seen=row.version,
            since=LATER,
            decision=make.decision("1/QĐ-UBND"),
            actor=drafter.actor,
            at=AT,
        )
    assert not LocalInstance.objects.filter(state="published").exists()


def test_synonyms_and_life_events(catalogue) -> None:
    drafter, _ = make.cast()
    actions.add_synonym(said="Lập khai sinh hộ", meant="đăng ký khai sinh", actor=drafter.actor, at=AT)
    with refused("there_already"):
        actions.add_synonym(said="lập khai sinh hộ", meant="Đăng ký khai sinh", actor=drafter.actor, at=AT)
    with refused("bad_synonym"):
        actions.add_synonym(said="a", meant="A", actor=drafter.actor, at=AT)
    assert ("lập khai sinh hộ", "đăng ký khai sinh") in queries.read_catalogue().synonyms
    actions.drop_synonym(said="lập khai sinh hộ", meant="đăng ký khai sinh", actor=drafter.actor, at=AT)
    assert ("lập khai sinh hộ", "đăng ký khai sinh") not in queries.read_catalogue().synonyms
    with refused("not_found"):
        actions.put_life_event(
            key="thu", name="Thử", name_en="", codes=["9.999999"], actor=drafter.actor, at=AT
        )
    actions.put_life_event(
        key="thu", name="Thử", name_en="", codes=[BIRTH, BIRTH], actor=drafter.actor, at=AT
    )
    assert queries.read_catalogue().life_events[-1].codes == (BIRTH,)
    actions.put_life_event(key="thu", name="Thử lại", name_en="", codes=[], actor=drafter.actor, at=AT)
    assert queries.read_catalogue().life_events[-1].codes == ()
    actions.drop_life_event(key="thu", actor=drafter.actor, at=AT)
    assert "thu" not in {e.key for e in queries.read_catalogue().life_events}


def test_every_change_readers_see_grows_the_generation(catalogue) -> None:
    drafter, leader = make.cast()
    before = queries.generation()
    make.draft(drafter)
    assert queries.generation() == before
    row = make.published(drafter, leader, "1.999002")
    assert queries.generation() == before + 1
    actions.repeal_version(
        pk=row.pk, seen=row.version, until=date(2027, 1, 1), decision="9/QĐ-BTP", actor=leader.actor, at=AT
    )
    assert queries.generation() == before + 2


def test_clocks_of_publication(catalogue) -> None:
    """A ministry's decision of Friday 20/11/2026 is public in time until 07/12/2026: the tenth working day after it,
    24/11 being a holiday."""
    drafter, leader = make.cast()
    row = make.published(drafter, leader, by=make.decision(basis_from=date(2026, 12, 1)))
    (found,) = [r for r in queries.publications(NOW) if r.pk == row.pk]
    assert found.decision.standing == "late"
    assert found.shown.due_on == date(2026, 12, 7)
    assert found.shown.standing == "running"
    (overdue,) = [r for r in queries.publications(date(2026, 12, 8)) if r.pk == row.pk]
    assert overdue.shown.standing == "overdue"
    with refused("bad_shown"):
        actions.show_version(pk=row.pk, seen=row.version, on=date(2026, 11, 19), actor=drafter.actor, at=AT)
    row = actions.show_version(pk=row.pk, seen=row.version, on=NOW, actor=drafter.actor, at=AT)
    with refused("already_shown"):
        actions.show_version(pk=row.pk, seen=row.version, on=NOW, actor=drafter.actor, at=AT)
    (shown,) = [r for r in queries.publications(NOW, who="btp") if r.pk == row.pk]
    assert shown.shown.standing == "in_time"
    assert queries.late(queries.publications(NOW))[0].late_decisions == 1
    assert ProcedureVersion.objects.get(pk=row.pk).shown_on == NOW


def test_a_code_drafted_by_two_ministries_belongs_to_the_one_that_publishes_first(catalogue) -> None:
    drafter, leader = make.cast()
    other, chief = appointed("tuan", "bca", Role.OFFICER), appointed("viet", "bca", Role.LEADER)
    theirs = make.reviewed(other)
    make.published(drafter, leader)
    with refused("not_yours"):
        actions.publish_version(
            pk=theirs.pk,
            seen=theirs.version,
            since=date(2027, 1, 1),
            decision=make.decision(),
            actor=chief.actor,
            at=AT,
        )


def test_an_instance_that_no_longer_fits_is_left_out_and_told(catalogue) -> None:
    drafter, leader = make.local_cast(BAC_NINH)
    fees = [{"key": "le_phi", "name": {"vi": "Lệ phí"}, "kind": "free", "condition": "dung_han = yes"}]
    row = make.local(drafter, leader, BAC_NINH, fees=fees)
    assert queries.record(BIRTH, LATER, province=BAC_NINH).instance == row
    make.published(*make.cast(), BIRTH, name="Bản mới, không còn biểu mẫu", since=date(2027, 1, 1))
    queries.catalogue.recheck()  # a published version is seen within a second; the test does not wait
    found = queries.record(BIRTH, date(2027, 1, 1), province=BAC_NINH)
    assert (found.entry.name, found.instance, found.unfit) == ("Bản mới, không còn biểu mẫu", None, row)
