"""Facts of documents corrected, wrong relations withdrawn: what stood before stays in the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from haicap.base.refused import Refused
from haicap.domain.law import actions, queries
from haicap.domain.law.models import Document, Relation
from haicap.domain.law.states import DocumentState, RelationKind, Standing
from haicap.domain.law.tests import make
from haicap.domain.law.tests.make import AT, LATER, NOW, OTHER, document, place, tie
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger.models import Event

R = RelationKind
SLUG = "901-2026-nd-cp"
pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(register):
    lan = make.justice()
    make.enter(lan, document(), document(OTHER), place("art_5"), tie(R.REPEALS, target_place="art_5"))
    return lan


def correct(actor, seen: int = 0, slug: str = SLUG, **facts):
    return actions.correct_document(slug=slug, facts=facts, seen=seen, actor=actor.actor, at=AT)


def refuse(code: str, call, *args, **facts) -> None:
    before, generation = Event.objects.count(), queries.generation()
    with pytest.raises(Refused) as caught:
        call(*args, **facts)
    assert caught.value.code == code, caught.value
    assert (Event.objects.count(), queries.generation()) == (before, generation)


def test_a_correction_keeps_what_stood_and_moves_what_follows(lan) -> None:
    row = correct(lan, title="Tên đúng", since=date(2026, 2, 1), until=LATER)
    assert (row.version, row.title) == (1, "Tên đúng")
    event = Event.objects.get(stream=row.stream)
    assert (event.kind, event.data["fields"]) == ("law.document_corrected", ["title", "since", "until"])
    assert event.data["before"] == {"title": "Văn bản thử", "since": "2026-01-01", "until": None}
    assert event.data["after"] == {"title": "Tên đúng", "since": "2026-02-01", "until": "2026-12-01"}
    doc = make.found()
    states = [queries.effect(doc, "", on).standing for on in (date(2026, 1, 31), date(2026, 2, 1), LATER)]
    assert states == [Standing.NOT_YET, Standing.IN_FORCE, Standing.ENDED]
    assert [h.doc.slug for h in queries.search("ten dung", on=NOW)] == [SLUG]


def test_years_no_document_can_have_are_refused(lan) -> None:
    for name in ("issued_on", "since", "until"):
        for day in (date(1, 1, 1), date(9999, 12, 31)):
            refuse("bad_date", correct, lan, **{name: day})


def test_only_what_changed_is_told(lan) -> None:
    correct(lan, title="Văn bản thử", note="Đã đọc")
    assert Event.objects.latest("id").data["fields"] == ["note"]


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("no_source", {"evidence": "confirmed"}),
        ("dates_order", {"since": LATER, "until": LATER}),
        ("dates_order", {"until": date(2025, 12, 31)}),
        ("dates_order", {"issued_on": date(2026, 1, 2)}),
        ("nothing_new", {"title": "Văn bản thử"}),
    ],
)
def test_corrections_that_are_none(lan, code: str, facts) -> None:
    refuse(code, correct, lan, **facts)
    assert Document.objects.get(slug=SLUG).version == 0


def test_a_confirmed_fact_names_its_source(lan) -> None:
    assert correct(lan, evidence="confirmed", source="Công báo").evidence == "confirmed"


def test_a_page_that_is_stale(lan) -> None:
    row = correct(lan, note="một")
    refuse("stale", correct, lan, note="hai")
    assert correct(lan, row.version, note="hai").version == 2


def test_a_document_does_not_become_another_one(lan) -> None:
    one, two = date(2026, 2, 1), date(2026, 2, 2)
    number = "905/2026/NĐ-CP"
    make.enter(lan, *(document(number, issued_on=on, effective_on=LATER) for on in (one, two)))
    slug = Document.objects.get(number=number, issued_on=two).slug
    refuse("there_already", correct, lan, slug=slug, issued_on=one)


def test_whose_it_is(lan) -> None:
    province = appointed("chi", "justice", Role.OFFICER, make.LAO_CAI)
    clerk = appointed("em", "btp", Role.RECEPTION)
    ministry = appointed("bao", "byt", Role.OFFICER)
    for actor in (province, clerk):
        refuse("not_yours", correct, actor, title="x")
    assert correct(ministry, note="của bộ").note == "của bộ"
    refuse("not_found", correct, lan, slug="khong-co", title="x")
    pk = Relation.objects.latest("pk").pk
    refuse("not_yours", actions.withdraw_relation, pk=pk, why="Sai", actor=province.actor, at=AT)


def test_days_that_close_a_ring_are_refused(lan) -> None:
    third = "903/2026/NĐ-CP"  # the two end each other, on days that do not meet
    make.enter(lan, document(third, effective_on=date(2027, 5, 1)))
    make.enter(
        lan, tie(R.REPEALS, third, OTHER, since=None), tie(R.REPEALS, OTHER, third, since=date(2027, 4, 1))
    )
    refuse("cycle", correct, lan, slug="903-2026-nd-cp", since=date(2027, 4, 1))


def test_a_withdrawn_relation_no_longer_counts_and_stays(lan) -> None:
    doc = make.found()
    assert queries.state_of(doc, LATER) is DocumentState.PARTLY_ENDED
    pk = Relation.objects.latest("pk").pk
    refuse("no_reason", actions.withdraw_relation, pk=pk, why="  ", actor=lan.actor, at=AT)
    row = actions.withdraw_relation(pk=pk, why="Nhập nhầm", actor=lan.actor, at=AT)
    assert (row.withdrawn_at, row.withdrawn_why) == (AT, "Nhập nhầm")
    doc = make.found()
    assert queries.effect(doc, "art_5", LATER + timedelta(days=900)).standing is Standing.IN_FORCE
    assert Event.objects.latest("id").data["id"] == pk
    refuse("not_found", actions.withdraw_relation, pk=pk, why="Lại", actor=lan.actor, at=AT)
    assert make.enter(lan, tie(R.REPEALS, target_place="art_5")) == 0  # the way back: entered again
    assert queries.effect(make.found(), "art_5", LATER).standing is Standing.ENDED
