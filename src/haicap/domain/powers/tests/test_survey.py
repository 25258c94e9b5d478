"""The survey of letter 137/CV-BCĐ: units answer for themselves, ministries read it gathered."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from haicap.base.refused import Refused
from haicap.domain.powers import actions, queries
from haicap.domain.powers.models import SurveyAnswer
from haicap.domain.powers.states import Addressee, Difficulty, Survey
from haicap.domain.powers.tests.make import AT, LAO_CAI, SAIGON, SAPA
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger import queries as ledger

pytestmark = pytest.mark.django_db
ROUND, LAND = "137/CV-BCĐ", "dat-dai.thu-hoi"
WORDS = {"round_": ROUND, "power": LAND, "unit": SAPA, "answer": Survey.CAN, "seen": 0, "at": AT}


@pytest.fixture
def officer(register):
    return appointed("hoa", "commune_economy", Role.OFFICER, SAPA)


def answer(actor, **facts) -> SurveyAnswer:
    return actions.answer_survey(**WORDS | facts, actor=actor.actor)


def test_the_last_answer_counts(officer) -> None:
    row = answer(officer)
    assert (row.answer, row.version) == ("can", 1)
    with pytest.raises(Refused, match="stale"):
        answer(officer)
    row = answer(
        officer, seen=1, answer=Survey.DIFFICULT, difficulties=[Difficulty.STAFF, Difficulty.MEANS, Difficulty.STAFF],
        words="Thiếu người", proposal="Xin thêm biên chế", addressee=Addressee.MINISTER,
    )  # fmt: skip
    assert (row.difficulties, SurveyAnswer.objects.count()) == (["means", "staff"], 1)
    first, second = ledger.history(row.stream)
    assert (first.kind, second.data["answer"]) == ("powers.surveyed", "difficult")
    assert "biên chế" not in str(second.data)
    decomposed = "137/CV-BCĐ".replace("Đ", "Đ")
    assert answer(officer, round_=f" {decomposed} ", seen=2).pk == row.pk


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("not_found", {"power": "khong-co"}),
        ("no_round", {"round_": " "}),
        ("no_round", {"round_": "x" * 61}),
        ("no_words", {"answer": Survey.CANNOT}),
        ("no_difficulty", {"answer": Survey.DIFFICULT}),
        ("no_addressee", {"proposal": "Xin sửa"}),
        ("no_addressee", {"addressee": Addressee.GOVERNMENT}),
        ("not_yours", {"unit": SAIGON}),
        ("not_yours", {"unit": LAO_CAI}),
        ("stale", {"seen": 4}),
    ],
)
def test_answers_that_are_none(officer, code: str, facts) -> None:
    with pytest.raises(Refused, match=code):
        answer(officer, **facts)
    assert not SurveyAnswer.objects.exists()


def test_who_does_not_answer(register) -> None:
    for name, kind, role, unit in (
        ("bo", "bnnmt", Role.LEADER, "vn"),
        ("so", "agriculture_environment", Role.LEADER, LAO_CAI),
        ("thu", "commune_centre", Role.RECEPTION, SAPA),
    ):
        with pytest.raises(Refused, match="not_yours"):
            answer(appointed(name, kind, role, unit))


def test_gathered_by_ministry(officer) -> None:
    answer(officer)
    answer(
        appointed("nam", "commune_chairman", Role.LEADER, SAIGON), unit=SAIGON, answer=Survey.CANNOT, words="Không có người",
        proposal="Chuyển lên tỉnh", addressee=Addressee.PRIME_MINISTER, difficulties=[Difficulty.EXPERTISE],
    )  # fmt: skip
    answer(officer, power="xay-dung.giay-phep", answer=Survey.DIFFICULT, difficulties=[Difficulty.EXPERTISE])
    with CaptureQueriesContext(connection) as asked:
        figures = {f.owner: f for f in queries.survey_by_ministry(ROUND)}
    assert len(asked) == 1
    land = figures["bnnmt"]
    assert (land.answers, dict(land.difficulties)) == (
        {"can": 1, "cannot": 1, "difficult": 0},
        {"expertise": 1},
    )
    assert (land.proposals, land.units, figures["bxd"].units) == (1, 2, 1)
    assert queries.rounds() == [ROUND]
    assert [a.unit.uid for a in queries.survey_answers(ROUND, owner="bnnmt", unit=SAIGON)] == [SAIGON]
    assert queries.survey_by_ministry("138/CV-BCĐ") == []


def test_what_the_database_refuses(officer) -> None:
    row = answer(officer)
    for change, name in (
        ("answer = 'x'", "survey_answer"),
        ("answer = 'cannot'", "survey_says_why"),
        ("answer = 'difficult'", "survey_says_which"),
        ("addressee = 'x'", "survey_addressee"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE powers_surveyanswer SET {change} WHERE id = {row.pk}")
