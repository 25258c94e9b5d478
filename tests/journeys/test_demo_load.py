"""`haicap demo-load`: whole lives that the ledger, the clocks and the moves agree with."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from haicap.config.demo_lives import Author, ground
from haicap.domain.deadlines.models import Clock
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions.bulk import Life, Stage
from haicap.domain.dossiers.models import Dossier
from haicap.domain.dossiers.states import ENDED, State, Verb
from haicap.domain.procedures import queries as procedures
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger import exports
from haicap.kernel.ledger.models import Delivery, Event

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def author(register) -> Author:
    queries.forget()
    return Author(AT, seed=7, open_share=0.2)


def load(lives: list[Life]) -> int:
    return actions.load_dossiers(lives=lives, source="demo", actor="system", at=AT)


def test_authors_read_what_they_write_about_once(register, remembered, django_assert_max_num_queries) -> None:
    on = AT.date()
    procedures.catalogue()
    with django_assert_max_num_queries(15):
        about = ground(on)
    assert about.communes and about.provinces and about.local and about.provincial
    assert set(about.local) != set(about.provincial)
    for share in (0, 1):
        author = Author(AT, seed=7, share=share, shares=2, open_share=0.2, about=about)
        assert author.communes == about.communes[share::2]
        theirs = {life.place.uid for life in author.lives(200)}
        assert theirs <= {place.uid for place in [*about.communes[share::2], *about.provinces[share::2]]}


def test_loaded_lives_are_whole(author: Author) -> None:
    assert load(list(author.lives(400))) == 400
    assert load(list(author.lives(100))) == 100
    assert queries.loaded("demo") == 500 and queries.loaded("elsewhere") == 0
    assert exports.verify_database().first is None
    rows = list(Dossier.objects.all())
    events = Counter(Event.objects.filter(stream__startswith="dossier:").values_list("stream", flat=True))
    assert len(rows) == 500 and len({row.code for row in rows}) == 500
    for row in rows:
        last = Event.objects.get(stream=row.stream, seq=row.version)
        assert (events[row.stream], bytes(last.hash)) == (row.version, bytes(row.head))
        assert (State(row.state) in ENDED) == (row.ended_at is not None)
        assert row.filed_at <= AT and row.applicant_number.startswith("000")
    clocks = {clock.stream: clock for clock in Clock.objects.all()}
    for row in rows:
        clock = clocks.get(row.stream)
        assert (clock is not None) == (row.clock == 1)
        if clock is not None:
            assert clock.due_at == row.due_at
            assert (clock.state == "stopped") == (row.state in (3, 7, 8, 9, 10))
    assert not Delivery.objects.filter(event__stream__startswith="dossier:").exists()
    assert {State(row.state) for row in rows} >= {
        State.REGISTERED,
        State.RECEIVED,
        State.PROCESSING,
        State.RETURNED,
    }


def test_codes_go_on_where_filing_stands(author: Author) -> None:
    first, second = list(author.lives(1)), list(author.lives(1))
    again = [Life(**{name: getattr(first[0], name) for name in Life.__slots__})]
    load(first), load(second), load(again)
    codes = sorted(Dossier.objects.filter(filed_at=first[0].filed_at).values_list("code", flat=True))
    assert len(set(codes)) == len(codes) >= 2


def test_a_move_the_law_does_not_know_is_not_loaded(author: Author) -> None:
    life = next(life for life in author.lives(200) if not life.stages)
    wrong = Life(
        **{name: getattr(life, name) for name in Life.__slots__} | {"stages": [Stage(Verb.HAND_OUT, AT, "x")]}
    )
    with pytest.raises(Exception) as refused:
        load([wrong])
    assert refused.value.code == "not_now"  # type: ignore[attr-defined]
    assert not Dossier.objects.exists()


def test_loaded_dossiers_are_worked_on_like_any_other(author: Author) -> None:
    life = next(x for x in author.lives(300) if [s.verb for s in x.stages] == [Verb.RECEIVE])
    load([life])
    row = Dossier.objects.get()
    centre = life.centre or life.place.centre
    assert centre is not None
    clerk = appointed("nhan.lai", centre.kind, Role.RECEPTION, centre.uid)
    done = actions.withdraw(code=row.code, actor=clerk.actor, at=AT, seen=row.version)
    assert (done.state, done.version) == (State.WITHDRAWN, row.version + 1)
    assert Clock.objects.get(stream=row.stream).state == "stopped"
    assert exports.verify_database().first is None
