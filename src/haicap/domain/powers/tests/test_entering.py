"""Powers and assertions entered through the verb, whole or not at all; and what the database refuses itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from haicap.base.refused import Refused
from haicap.domain.law.tests import make as law
from haicap.domain.powers import actions, jobs, queries
from haicap.domain.powers.models import Assertion, Power
from haicap.domain.powers.states import Level, Mode, Role
from haicap.domain.powers.tests import make
from haicap.domain.powers.tests.make import AT, POWER, SAIGON, SAPA, delegated, line, power
from haicap.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(register):
    lan = make.justice()
    make.documents(lan)
    return lan


def refuse(actor, code: str, *rows) -> Refused:
    """The refusal of a table; nothing of it stays."""
    tables = (Power, Assertion, Event)
    before, generation = [t.objects.count() for t in tables], queries.generation()
    with pytest.raises(Refused) as caught:
        make.enter(actor, *rows)
    assert caught.value.code == code, caught.value
    assert ([t.objects.count() for t in tables], queries.generation()) == (before, generation)
    return caught.value


def execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_table_is_one_act_and_one_event(lan) -> None:
    before, events = queries.generation(), Event.objects.count()
    codes = make.enter(
        lan,
        power(),
        line(condition="tang < 12"),
        line("province_committee", Level.PROVINCE, condition="12 <= tang"),
    )
    assert (queries.generation(), Event.objects.count()) == (before + 1, events + 1)
    event = Event.objects.latest("id")
    assert (event.kind, event.data["touched"], event.data["codes"]) == ("powers.entered", [POWER], codes)
    assert (event.data["powers"], event.data["assertions"]) == (1, 2)
    assert make.held(case={"tang": 11}) == ["commune_committee"]
    assert make.held(case={"tang": 12}) == ["province_committee"]
    numbers = [int(code.removeprefix("A-")) for code in codes]
    assert numbers[1] == numbers[0] + 1


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("unknown_power", line(power="khong-co")),
        ("unknown_organ", line("committee")),
        ("unknown_unit", line(unit="c:99999")),
        ("unknown_unit", line(units=(SAIGON, "c:99999"))),
        ("unknown_document", line(document="999/2026/NĐ-CP")),
        ("unknown_document", line(document=f"{law.DECREE} | btp")),
        ("unknown_document", line(document=f"{law.DECREE} | cp | 2026-02-30")),
        ("uncited", line(document="")),
        ("unknown_parent", delegated("A-9999")),
        ("unknown_parent", delegated("A-092")),  # of another power
        ("unknown_parent", delegated("M", role=Role.SIGN)),  # of another role
        ("parent_missing", line(mode=Mode.DELEGATION)),
        ("parent_unfit", line(parent="M")),
        ("dates_order", line(since=make.NOW, until=make.NOW)),
        ("bad_date", line(since=date(1, 1, 1))),
        ("bad_date", line(until=date(9999, 12, 31))),
        ("district_after_reform", line("district_committee", Level.DISTRICT, since=date(2025, 7, 1))),
        ("bad_condition", line(condition="tang > 12")),
        ("bad_condition", line(condition="5 <= tang < 5")),
        ("unknown_attribute", line(condition="cao < 12")),
        ("unknown_attribute", line(condition="tang in {A}")),
        ("unknown_value", line(condition="nhom in {C}")),
        ("code_taken", line(id="M")),
        ("code_taken", line(id="A-092")),
    ],
)  # fmt: skip
def test_the_row_is_told_and_nothing_stays(lan, code: str, row) -> None:
    make.enter(lan, power(), line(id="M"))
    told = refuse(lan, code, power("thu.khac"), line(power="thu.khac"), row)
    if code != "bad_condition":
        assert told.params["row"] == 2


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("bad_code", power("Cấp phép")),
        ("no_name", power("thu.hai", name=" ")),
        ("bad_attribute", power("thu.hai", attributes={"tang": [9, 9]})),
        ("bad_attribute", power("thu.hai", attributes={"nhom": []})),
        ("bad_attribute", power("thu.hai", attributes={"nhom": ["A", "A"]})),
        ("bad_attribute", power("thu.hai", attributes={'a b"><script>': ["A", "B"]})),
        ("bad_attribute", power("thu.hai", attributes={"nhom": ["A", "B}, C"]})),
        ("bad_attribute", power("thu.hai", attributes={"tang": [0, 10**40]})),
        ("bad_code", power("phat-hien")),
        ("differs", power(name="Tên khác")),
        ("differs", power(attributes={})),
    ],
)
def test_powers_that_cannot_be(lan, code: str, row) -> None:
    make.enter(lan, power())
    assert refuse(lan, code, power("thu.ba"), row).params["row"] == 2


def test_nothing_new(lan) -> None:
    make.enter(lan, power())
    refuse(lan, "nothing_new", power())
    refuse(lan, "nothing_new")


def test_delegations_in_a_ring(lan) -> None:
    make.enter(lan, power(), line(id="M"))
    ring = [delegated(above, id=code) for code, above in (("X", "Z"), ("Y", "X"), ("Z", "Y"))]
    assert "X → " in refuse(lan, "cycle", *ring).sentence
    refuse(lan, "cycle", delegated("X", id="X"))
    assert make.enter(lan, delegated("Y", id="Z"), delegated("M", id="Y")) == ["Z", "Y"]  # in any order


def test_a_number_two_provinces_bear_is_refused_until_the_issuer_is_named(lan) -> None:
    number, day = "977/2026/QĐ-UBND", date(2026, 5, 1)
    law.enter(
        lan, *(law.document(number, issuer=f"ubnd:{p}", issued_on=day) for p in (make.LAO_CAI, make.HCM))
    )
    make.enter(lan, power())
    refuse(lan, "many_documents", line(document=number))
    refuse(lan, "many_documents", line(document=f"{number} | ubnd | {day}"))
    (code,) = make.enter(lan, line(document=f"{number} | ubnd:{make.HCM} | {day}"))
    assert make.fresh().assertions[code].document.issuer_uid == make.HCM
    (code,) = make.enter(lan, line(document=number, unit=make.LAO_CAI))  # the unit it holds in tells it
    assert make.fresh().assertions[code].document.issuer_uid == make.LAO_CAI


def test_words_stand_for_a_document_nobody_has(lan) -> None:
    (code,) = make.enter(lan, power(), line(document="", place="", citation="Quyết định cũ, chưa rõ số"))
    assert make.fresh().assertions[code].citation == "Quyết định cũ, chưa rõ số"
    assert make.held(date(2020, 1, 1)) == ["commune_committee"]


def test_a_document_of_this_very_second_is_cited(lan) -> None:
    make.fresh()
    law.enter(lan, law.document("931/2026/NĐ-CP"))
    assert make.enter(lan, power(), line(document="931/2026/NĐ-CP"))


def test_codes_are_never_used_again(lan) -> None:
    (code,) = make.enter(lan, power(), line())
    actions.withdraw_assertion(code=code, why="Nhầm", seen=0, actor=lan.actor, at=AT)
    refuse(lan, "code_taken", line(id=code))
    assert make.enter(lan, line()) != [code]


def test_entering_takes_a_bounded_number_of_statements(lan) -> None:
    def statements(first: int, many: int) -> int:
        codes = [f"thu.{n}" for n in range(first, first + many)]
        with CaptureQueriesContext(connection) as asked:
            make.enter(lan, *(power(c) for c in codes), *(line(power=c, unit=SAPA) for c in codes))
        return len(asked)

    few, many = statements(1000, 2), statements(2000, 80)
    assert many <= few <= 30


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE powers_assertion SET organ = 'btp' WHERE code = 'M'",
        "UPDATE powers_assertion SET until = '2030-01-01' WHERE code = 'M'",
        "UPDATE powers_assertion SET superseded_at = now(), superseded_why = 'x', note = 'y' WHERE code = 'M'",
        "DELETE FROM powers_assertion WHERE code = 'M'",
    ],
)
def test_what_was_believed_is_never_edited(lan, sql: str) -> None:
    make.enter(lan, power(), line(id="M"))
    with pytest.raises(DatabaseError, match="never edited"):
        execute(sql)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({}, "assertion_one_believed"),
        ({"code": "'N'", "role": "'x'"}, "assertion_role"),
        ({"code": "'N'", "level": "'x'"}, "assertion_level"),
        ({"code": "'N'", "mode": "'x'"}, "assertion_mode"),
        ({"code": "'N'", "organ": "''"}, "assertion_named"),
        ({"code": "'N'", "mode": "'delegation'"}, "assertion_parent_fits_mode"),
        ({"code": "'N'", "mode": "'delegation'", "parent": "'N'"}, "assertion_parent_fits_mode"),
        ({"code": "'N'", "parent": "'M'"}, "assertion_parent_fits_mode"),
        ({"code": "'N'", "document_id": "NULL"}, "assertion_cited"),
        ({"code": "'N'", "since": "'2026-01-01'", "until": "'2026-01-01'"}, "assertion_days"),
        ({"code": "'N'", "superseded_at": "now()"}, "assertion_superseded_with_reason"),
    ],
)
def test_what_the_database_refuses(lan, change: dict[str, str], constraint: str) -> None:
    make.enter(lan, power(), line(id="M"))
    names = [f.column for f in Assertion._meta.concrete_fields if f.column != "id"]
    values = ", ".join(change.get(name, name) for name in names)
    with pytest.raises(IntegrityError, match=constraint):
        execute(
            f"INSERT INTO powers_assertion ({', '.join(names)}) SELECT {values} FROM powers_assertion WHERE code = 'M'"
        )


def test_the_packaged_register_is_loaded_once(register) -> None:
    assert Event.objects.filter(kind="powers.loaded").count() == 1
    assert jobs.load_packaged(AT) == 0
    with pytest.raises(Refused, match="already_loaded"):
        actions.load_register(powers=[], assertions=[], source="again", actor="system", at=AT)
