"""A piece is flagged from the day what it cites changes, by the law that the register holds; and no day before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from haicap.base.citation import Citation
from haicap.domain.guidance import actions, jobs, queries
from haicap.domain.guidance.models import Flag
from haicap.domain.guidance.queries import Flagged
from haicap.domain.guidance.states import FlagKind
from haicap.domain.guidance.tests import make
from haicap.domain.guidance.tests.make import AT, CODE, NOW
from haicap.domain.law import queries as law
from haicap.domain.law.states import RelationKind
from haicap.domain.law.tests import make as law_make
from haicap.domain.law.tests.make import DECREE, LATER, OTHER, document, place, tie
from haicap.kernel.ledger.models import Event

R = RelationKind
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CITED = Citation(DECREE, "điều 5 khoản 1")


@pytest.fixture
def justice(register):
    """A decree with an article 5 is in the register."""
    who = law_make.justice("tu.phap")
    law_make.enter(who, document(), place("art_5__para_1"), place("art_6"))
    law.corpus.now()
    return who


@pytest.fixture
def piece(justice):
    """A piece that cites a clause of it, approved today."""
    row = make.drafted(make.editor(), citations=(CITED,))
    return make.published(row, make.editor("hai"), make.approver())


def flags(on: date) -> tuple[Flagged, ...]:
    law.corpus.now()
    return queries.piece(CODE, on).flagged


@pytest.mark.parametrize(
    ("kind", "target", "expected"),
    [
        (R.REPEALS, "điều 5 khoản 1", FlagKind.ENDED),
        (R.REPLACES, "điều 5", FlagKind.ENDED),  # what is around it ends, so it ends
        (R.REPEALS, "", FlagKind.ENDED),
        (R.SUSPENDS, "điều 5", FlagKind.SUSPENDED),
        (R.AMENDS, "điều 5 khoản 1", FlagKind.AMENDED),
        (R.AMENDS, "điều 5", FlagKind.AMENDED),
        (R.CORRECTS, "", FlagKind.AMENDED),
        (R.REPEALS, "điều 5 khoản 1 điểm a", FlagKind.AMENDED),  # a part of it is gone
    ],
)
def test_flagged_from_the_day_of_the_change(piece, justice, kind, target, expected) -> None:
    from haicap.domain.law import places

    path = places.read(target) if target else ""
    law_make.enter(justice, document(OTHER, title="Sửa"), tie(kind, target_place=path))
    assert flags(LATER - DAY) == ()
    found = flags(LATER)
    assert [(f.kind, f.since, f.citation) for f in found] == [(expected, LATER, CITED)]
    assert found[0].by == OTHER
    assert flags(LATER + 400 * DAY)[0] == found[0]


def test_a_change_elsewhere_in_the_document_is_no_reason(piece, justice) -> None:
    law_make.enter(
        justice,
        document(OTHER, title="Sửa"),
        tie(R.AMENDS, target_place="art_6"),
        tie(R.REPEALS, target_place="art_6"),
    )
    assert flags(LATER + DAY) == ()


def test_suspended_and_back(piece, justice) -> None:
    back = LATER + 10 * DAY
    law_make.enter(justice, document(OTHER, title="Ngưng"), tie(R.SUSPENDS, target_place="art_5", until=back))
    assert [f.kind for f in flags(LATER + DAY)] == [FlagKind.SUSPENDED]
    assert [f.kind for f in flags(back)] == [FlagKind.SUSPENDED, FlagKind.RESUMED]


def test_the_law_as_it_was_when_the_piece_was_approved_is_no_news(justice) -> None:
    law_make.enter(justice, document(OTHER, title="Sửa"), tie(R.AMENDS, target_place="art_5"))
    row = make.drafted(make.editor(), citations=(CITED,), at=make.later(30))
    make.published(row, make.editor("hai"), make.approver(), since=LATER + 30 * DAY, at=make.later(40))
    assert flags(LATER + 60 * DAY) == ()


def test_looking_again_settles_it_until_the_next_change(piece, justice) -> None:
    law_make.enter(justice, document(OTHER, title="Sửa"), tie(R.AMENDS, target_place="art_5"))
    on = LATER + 5 * DAY
    assert flags(on)
    at = make.later((on - NOW).days)
    actions.confirm_review(
        code=CODE, number=1, review_by=on + 30 * DAY, seen=make.seen(), actor=make.editor("ba").actor, at=at
    )
    queries.shelf.now()
    assert flags(on) == ()
    assert [f.kind for f in flags(on + 31 * DAY)] == [FlagKind.REVIEW]


def test_citations_the_register_does_not_know_are_never_flagged(justice) -> None:
    row = make.drafted(make.editor(), citations=(Citation("99999/2026/NĐ-CP", "điều 1"),))
    make.published(row, make.editor("hai"), make.approver())
    assert queries.piece(CODE, NOW).grounds[0].slug == "" and flags(NOW + 900 * DAY) == ()


def test_the_job_tells_each_once(piece, justice) -> None:
    jobs._followed.clear()
    jobs.follow(AT)
    before = Event.objects.filter(kind="guidance.flagged").count()
    law_make.enter(justice, document(OTHER, title="Bãi bỏ"), tie(R.REPEALS, target_place="art_5"))
    at = make.later((LATER - NOW).days)
    generation = queries.generation()
    assert jobs.follow(at) >= 1 and queries.generation() == generation + 1
    assert jobs.follow(at) == 0
    told = Event.objects.filter(kind="guidance.flagged").latest("id")
    assert CODE in told.data["codes"] and Event.objects.filter(kind="guidance.flagged").count() == before + 1
    row = Flag.objects.get(piece__code=CODE, gone_at__isnull=True)
    assert (row.kind, row.since, row.act) == ("ended", LATER, DECREE)


def test_editors_see_what_is_coming(piece, justice) -> None:
    law_make.enter(justice, document(OTHER, title="Bãi bỏ"), tie(R.REPEALS, target_place="art_5"))
    law.corpus.now()
    version = queries.kept(CODE, NOW)
    assert version is not None and queries.flags(version, NOW) == ()
    assert [f.since for f in queries.upcoming(version, NOW)] == [LATER]


def test_the_packaged_pieces_feel_the_first_of_march(register) -> None:
    assert queries.piece("moc-01-3-2027", date(2026, 11, 22)).flagged == ()
    ended = {
        f.citation.act
        for f in queries.piece("moc-01-3-2027", date(2027, 3, 1)).flagged
        if f.kind is FlagKind.ENDED
    }
    assert ended >= {"190/2025/QH15", "120/2025/NĐ-CP", "151/2025/NĐ-CP"}
