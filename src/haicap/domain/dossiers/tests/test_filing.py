"""Filing and receiving: codes, the version that counts, who may receive where, flags, drafts, charges."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from haicap.base.refused import Refused
from haicap.domain.dossiers import actions, queries, rules
from haicap.domain.dossiers.actions import Handed
from haicap.domain.dossiers.models import Charge, Component, Counter, Dossier, Draft
from haicap.domain.dossiers.queries import BadAnswers
from haicap.domain.dossiers.rules import Applicant
from haicap.domain.dossiers.states import Channel, FileOrigin, ResultMethod, State
from haicap.domain.dossiers.tests import make
from haicap.domain.dossiers.tests.make import CODE, MORNING, PAID, PHONE, WEB, at, do
from haicap.domain.procedures import actions as catalogue
from haicap.domain.procedures import queries as procedures
from haicap.domain.procedures.content import Level
from haicap.domain.procedures.models import ProcedureVersion
from haicap.domain.units import queries as units


def refusal(verb, *args, **values) -> str:
    with pytest.raises(Refused) as refused:
        verb(*args, **values)
    return refused.value.code


# --- codes ----------------------------------------------------------------------------------------------------
THREADS, EACH = 8, 50


def test_codes_of_one_agency_and_day_are_never_given_twice(site_database, django_db_blocker) -> None:
    """Eight counters at once; in the database of the site, where they really commit. No number is left out either."""
    ends, errors = list[str](), list[BaseException]()
    barrier = threading.Barrier(THREADS)

    def many() -> None:
        try:
            barrier.wait(30)
            for _ in range(EACH):
                row = actions.file(filing=make.filing(simple, unit=unit), actor=WEB, at=MORNING)
                ends.append(row.code)
        except BaseException as error:
            errors.append(error)
            raise
        finally:
            connection.close()

    with django_db_blocker.unblock():
        simple, unit = _somewhere()
        before = Dossier.objects.count()
        threads = [threading.Thread(target=many) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        after = Dossier.objects.count() - before
        connection.close()
    assert not errors
    assert len(set(ends)) == after == THREADS * EACH
    numbers = sorted(int(code.rsplit("-", 1)[1]) for code in ends)
    assert numbers == list(range(numbers[0], numbers[0] + THREADS * EACH))


def _somewhere() -> tuple[str, str]:
    """A packaged procedure without a form of its own, and a commune no other test looks at."""
    register, on = units.register(), MORNING.date()
    unit = register.children(register.provinces(on)[-1].uid, on, "commune")[-1].uid
    known = (
        e.code for e in procedures.catalogue().in_force(on) if not e.complete and e.levels == (Level.COMMUNE,)
    )
    return next(code for code in known if not procedures.record(code, on).content.form.pages), unit


def test_a_code_names_agency_day_and_number(w) -> None:
    first, second = make.filed(w), make.filed(w)
    agency = queries.place(make.SAPA, MORNING.date()).agency
    assert first.code == f"{agency}-261120-0001"
    assert second.code == f"{agency}-261120-0002"
    assert rules.DOSSIER_CODE.fullmatch(first.code)


def test_the_day_of_a_code_is_that_of_viet_nam(w) -> None:
    before, after = make.filed(w, when=at("2026-11-20 23:59")), make.filed(w, when=at("2026-11-21 00:00"))
    assert before.code.endswith("-261120-0001")
    assert after.code.endswith("-261121-0001")


def test_numbers_go_on_beyond_9999(w) -> None:
    agency = queries.place(make.SAPA, MORNING.date()).agency
    Counter.objects.create(agency=agency, day=MORNING.date(), last=9998)
    codes = [make.filed(w).code for _ in range(3)]
    assert [code.rsplit("-", 1)[1] for code in codes] == ["9999", "10000", "10001"]
    assert all(rules.read_code(code) == code for code in codes)
    assert queries.tracked(codes[-1], PHONE[-4:]).code == codes[-1]


def test_the_code_begins_with_the_agency_of_the_centre_that_receives(w) -> None:
    """Any centre of the province receives for any unit of it; the result goes back to where it was filed."""
    row = actions.take_in(
        filing=make.filing(channel=Channel.DIRECT, centre=w.neighbours_centre),
        actor=w.neighbour.actor,
        at=MORNING,
    )
    assert row.code.startswith(f"{queries.place(w.neighbour_uid, MORNING.date()).agency}-")
    assert (row.received_at_organ_id, row.organ_id) == (w.neighbours_centre, w.committee)
    assert refusal(do, actions.receive, make.filed(w), w.neighbour) == "not_found"
    row = do(actions.take_up, row, w.officer)
    row = do(actions.decide, row, w.leader, outcome=make.Outcome.GRANTED, finish=True)
    assert refusal(do, actions.hand_out, row, w.reception) == "not_found"
    assert do(actions.hand_out, row, w.neighbour).state == State.RETURNED


def test_a_centre_of_another_province_sends_the_citizen_online(w) -> None:
    centre = make.organ("commune_centre", make.elsewhere(w.register)).pk
    filing = make.filing(channel=Channel.DIRECT, centre=centre)
    assert refusal(actions.take_in, filing=filing, actor=w.stranger.actor, at=MORNING) == "other_province"
    assert (
        refusal(actions.take_in, filing=make.at_counter(w), actor=w.neighbour.actor, at=MORNING)
        == "not_yours"
    )


def test_somebody_helped_to_file_online_and_the_dossier_knows_where(w) -> None:
    row = actions.file(filing=make.filing(helped_at=w.centre), actor=w.reception.actor, at=MORNING)
    found = make.row_of(row)
    assert (found.channel, found.helped_at_id, found.papers_at_id) == (Channel.ONLINE, w.centre, None)
    assert refusal(actions.file, filing=make.filing(helped_at=w.centre), actor=WEB, at=MORNING) == "not_yours"


# --- the version that counts ----------------------------------------------------------------------------------
MONDAY = at("2026-11-23 08:00")


def test_the_version_in_force_at_receipt_counts(w) -> None:
    row = make.filed(w)
    new = make.procedure(w.drafter, w.ministry, CODE, since=date(2026, 11, 23), days=1)
    make.catalogue_now()
    assert row.procedure_version_id != new.pk
    received = do(actions.receive, row, w.reception, MONDAY)
    assert received.procedure_version_id == new.pk
    assert make.shown(received.due_at) == "2026-11-25 17:00"  # the 24th is a holiday
    assert make.whole_of(row).events[-1].data["version"] == new.pk


def test_a_version_that_comes_after_receipt_changes_nothing(w) -> None:
    row = make.received(w)
    make.procedure(w.drafter, w.ministry, CODE, since=date(2026, 11, 23), days=1)
    make.catalogue_now()
    taken = do(actions.take_up, row, w.officer, MONDAY)
    assert taken.procedure_version_id == row.procedure_version_id
    assert taken.due_at == row.due_at


def test_a_dossier_of_a_repealed_procedure_is_received_under_the_version_it_was_filed_under(w) -> None:
    row = make.filed(w)
    version = ProcedureVersion.objects.get(pk=row.procedure_version_id)
    catalogue.repeal_version(
        pk=version.pk, seen=version.version, until=date(2026, 11, 23), decision="9/QĐ-BTP",
        actor=w.ministry.actor, at=MORNING,
    )  # fmt: skip
    make.catalogue_now()
    assert do(actions.receive, row, w.reception, MONDAY).procedure_version_id == version.pk
    assert refusal(make.filed, w, when=MONDAY) == "not_in_force"


# --- what is filed --------------------------------------------------------------------------------------------
def test_a_filing_sent_twice_stays_one_dossier(w) -> None:
    number = uuid4()
    row = make.filed(w, number=number)
    assert refusal(make.filed, w, number=number) == "already_filed"
    found = queries.by_public_id(number)
    assert found is not None
    assert found.code == row.code


BAD = [
    ({"name": " "}, "no_name"), ({"name": "A" * 201}, "too_long"), ({"number": "123"}, "bad_number"),
    ({"phone": "12"}, "bad_phone"), ({"email": "a@b"}, "bad_email"), ({"kind": "robot"}, "bad_kind"),
    ({"kind": "organisation", "number": "0101"}, "bad_number"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "code"), BAD)
def test_who_files_must_be_somebody(w, wrong, code) -> None:
    who = Applicant(**{"name": make.NAME, "phone": PHONE, **wrong})
    assert refusal(make.filed, w, applicant=who) == code


def test_online_the_form_must_be_whole_at_the_counter_it_may_have_gaps(w) -> None:
    with pytest.raises(BadAnswers) as wrong:
        make.filed(w, answers={})
    assert {p.place for p in wrong.value.problems} >= {"full_name", "request"}
    assert make.received(w, answers={}).state == State.RECEIVED
    assert refusal(make.received, w, answers={"person_id": "x"}) == "bad_answers"


def test_flags_of_the_index_are_captured_when_it_is_filed(w) -> None:
    plain = make.row_of(make.filed(w))
    assert (plain.channel, plain.vneid, plain.digitised, plain.reused, plain.from_store) == (
        2,
        False,
        False,
        False,
        False,
    )
    parts = (Handed("don", origin=FileOrigin.SCANNED), Handed("anh", origin=FileOrigin.REUSED))
    row = make.row_of(make.filed(w, components=parts, vneid=True))
    assert (row.vneid, row.digitised, row.reused, row.from_store) == (True, True, True, False)


def test_papers_are_ones_own_files_and_have_names(w) -> None:
    mine, other = make.stored(WEB), make.stored("somebody")
    row = make.filed(
        w, components=(Handed("don", file=mine, origin=FileOrigin.UPLOADED), Handed("khac", "Giấy khác"))
    )
    assert [c.name for c in make.whole_of(row).components] == ["Đơn đề nghị", "Giấy khác"]
    assert refusal(make.filed, w, components=(Handed("don", file=other),)) == "no_file"
    assert refusal(make.filed, w, components=(Handed("la"),)) == "no_paper"
    assert refusal(make.filed, w, components=(Handed("don"),) * 101) == "too_many"


def test_what_is_owed_is_known_online_at_once_and_at_the_counter_at_receipt(w) -> None:
    online = make.filed(w, PAID)
    assert _owed(online) == {"le_phi": 20_000, "ban_sao": 5_000}
    received = do(actions.receive, online, w.reception)
    assert _owed(received) == {"le_phi": 20_000, "ban_sao": 5_000}
    assert _owed(make.received(w, PAID)) == {"le_phi": 20_000, "ban_sao": 5_000}
    assert make.whole_of(received).slips[0].data["fee"] == 25_000
    assert _owed(make.filed(w)) == {}


def _owed(row) -> dict[str, int]:
    return dict(Charge.objects.filter(dossier_id=row.id).values_list("key", "amount"))


# --- drafts ---------------------------------------------------------------------------------------------------
def begun() -> Draft:
    return actions.begin_draft(procedure=CODE, unit=make.SAPA, phone=PHONE, actor=WEB, at=MORNING)


def saved(draft: Draft, **answers: str) -> Draft:
    return actions.save_draft(draft=draft.public_id, answers=answers, page="p", actor=WEB, at=MORNING)


def test_a_draft_is_saved_page_by_page_and_found_again_by_code_and_phone(w) -> None:
    draft = begun()
    saved(draft, full_name=make.NAME)
    saved(draft, request="Xin")
    found = queries.draft_by(f" {draft.code.lower()} ", "0912 345 678")
    assert found.answers == {"full_name": make.NAME, "request": "Xin"}
    assert refusal(queries.draft_by, draft.code, "0912345679") == "not_found"
    assert refusal(queries.draft_by, draft.code, "garbage") == "not_found"
    assert refusal(queries.draft_by, draft.code, "") == "not_found"


def test_a_draft_becomes_one_dossier_with_its_papers_however_often_it_is_sent(w) -> None:
    draft = begun()
    kept = actions.attach(draft=draft.public_id, paper="don", file=make.stored(WEB), actor=WEB, at=MORNING)
    gone = actions.attach(draft=draft.public_id, paper="anh", file=make.stored(WEB), actor=WEB, at=MORNING)
    actions.detach(draft=draft.public_id, component=gone.public_id, actor=WEB, at=MORNING)
    row = actions.file_draft(draft=draft.public_id, filing=make.filing(), actor=WEB, at=MORNING)
    whole = make.whole_of(row)
    assert [c.public_id for c in whole.components] == [kept.public_id]
    assert whole.row.digitised
    assert whole.events[0].data["components"] == 1
    assert (
        refusal(actions.file_draft, draft=draft.public_id, filing=make.filing(), actor=WEB, at=MORNING)
        == "already_filed"
    )
    assert refusal(saved, draft, x="y") == "already_filed"
    assert Dossier.objects.count() == 1


def test_drafts_go_after_thirty_days_and_what_was_filed_keeps_its_papers(w) -> None:
    old, kept = begun(), begun()
    actions.attach(draft=old.public_id, paper="don", file=make.stored(WEB), actor=WEB, at=MORNING)
    actions.attach(draft=kept.public_id, paper="don", file=make.stored(WEB), actor=WEB, at=MORNING)
    row = actions.file_draft(draft=kept.public_id, filing=make.filing(), actor=WEB, at=MORNING)
    assert actions.expire_drafts(actor="system", at=MORNING + timedelta(days=29)) == 0
    assert actions.expire_drafts(actor="system", at=MORNING + timedelta(days=31)) == 2
    assert not Draft.objects.exists()
    assert [c.dossier_id for c in Component.objects.all()] == [row.id]
    assert refusal(saved, old, x="y") == "not_found"


# --- afterwards -----------------------------------------------------------------------------------------------
def test_contact_is_corrected_and_the_event_says_which_not_what(w) -> None:
    row = do(
        actions.correct_contact, make.received(w), w.reception, phone="0987654321", email="moi@example.vn"
    )
    found = make.row_of(row)
    assert (found.applicant_phone, found.applicant_email, found.applicant_number) == (
        "0987654321",
        "moi@example.vn",
        make.NUMBER,
    )
    assert make.whole_of(row).events[-1].data == {"what": "applicant_email, applicant_phone"}
    assert refusal(do, actions.correct_contact, row, w.reception, phone="0987654321") == "nothing_changed"
    assert refusal(do, actions.correct_contact, row, w.reception, email="x") == "bad_email"
    post = do(actions.correct_contact, row, w.reception, result_method=ResultMethod.POST)
    assert make.row_of(post).result_method == "post"


def test_a_dossier_is_rated_once_by_its_applicant(w) -> None:
    row = do(actions.hand_out, make.done(w), w.reception)
    values = {"code": row.code, "satisfied": False, "comment": "Chờ lâu.", "actor": WEB, "at": MORNING}
    assert refusal(actions.rate, **values, phone="0900000000") == "not_found"
    actions.rate(**values, phone=PHONE)
    assert refusal(actions.rate, **values, phone=PHONE) == "rated"
    rating = make.whole_of(row).rating
    assert rating is not None
    assert (rating.satisfied, rating.comment) == (False, "Chờ lâu.")
    assert make.whole_of(row).events[-1].data == {"satisfied": False}
