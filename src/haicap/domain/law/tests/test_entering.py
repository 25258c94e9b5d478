"""Documents entered through the verb, whole or not at all, against a real database; and what that refuses itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.domain.law import actions, jobs, queries
from haicap.domain.law.formats.rows import OwedRow, RelationRow, Tables, TextRow
from haicap.domain.law.models import Document, Owed, Provision, ProvisionText, Relation
from haicap.domain.law.states import DocumentKind, RelationKind, Standing
from haicap.domain.law.tests import make
from haicap.domain.law.tests.make import AT, DECREE, LATER, NOW, OTHER, document, place, tables, tie
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger.models import Event

R = RelationKind
pytestmark = pytest.mark.django_db
ROWS = (Document, Provision, ProvisionText, Relation, Owed, Event)


@pytest.fixture
def lan(register):
    return make.justice()


def counted() -> list[int]:
    return [row.objects.count() for row in ROWS]


def refuse(actor, code: str, *rows) -> Refused:
    """The refusal of a table; nothing of it stays."""
    before, generation = counted(), queries.generation()
    with pytest.raises(Refused) as caught:
        make.enter(actor, *rows)
    assert caught.value.code == code, caught.value
    assert (counted(), queries.generation()) == (before, generation)
    return caught.value


def execute(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


# --- what goes in ---------------------------------------------------------------------------------------------------
def test_a_table_is_one_act_and_one_event(lan) -> None:
    before, events = queries.generation(), Event.objects.count()
    new = make.enter(
        lan, document(), document(OTHER, title="Sửa đổi"), place("art_5__para_1__point_đ"),
        TextRow(DECREE, "art_6", None, None, "Điều sáu."), tie(R.REPEALS, target_place="art_5"),
        OwedRow(DECREE, "art_5", DocumentKind.CIRCULAR, "hướng dẫn điều 5", "bxd", date(2026, 6, 1)),
    )  # fmt: skip
    assert (new, queries.generation(), Event.objects.count()) == (2, before + 1, events + 1)
    event = Event.objects.latest("id")
    assert event.kind == "law.entered"
    assert {k: event.data[k] for k in ("documents", "provisions", "texts", "relations", "owed")} == {
        "documents": 2, "provisions": 2, "texts": 1, "relations": 1, "owed": 1,
    }  # fmt: skip
    assert event.data["slugs"] == ["901-2026-nd-cp", "902-2026-nd-cp"]
    assert "Điều sáu" not in str(event.data)
    doc = make.found()
    assert queries.effect(doc, "art_5__para_1__point_đ", LATER).standing is Standing.ENDED
    assert (
        queries.effect(doc, "art_5__para_1__point_đ", LATER - timedelta(days=1)).standing is Standing.IN_FORCE
    )
    assert queries.effect(doc, "art_6", LATER).standing is Standing.IN_FORCE


def test_the_same_table_again_is_nothing_new(lan) -> None:
    rows = (
        document(), document(OTHER), place("art_5"), TextRow(DECREE, "art_5", None, None, "Lời."),
        tie(R.REPEALS), OwedRow(DECREE, "art_5", DocumentKind.CIRCULAR, "hướng dẫn", "bxd"),
    )  # fmt: skip
    make.enter(lan, *rows)
    refuse(lan, "nothing_new", *rows)


def test_more_hangs_on_a_known_document(lan) -> None:
    make.enter(lan, document())
    assert make.enter(lan, place("art_9", heading="Hiệu lực")) == 0
    assert [p.path for p in queries.outline(make.found(), NOW)] == ["art_9"]


def test_a_new_text_ends_the_one_before(lan) -> None:
    old = TextRow(DECREE, "art_5", date(2026, 1, 1), None, "Lời cũ.")
    make.enter(lan, document(), old)
    make.enter(lan, replace(old, since=LATER, text="Lời mới."))
    doc = make.found()
    words = [queries.outline(doc, on)[0].words.text for on in (LATER - timedelta(days=1), LATER)]
    assert words == ["Lời cũ.", "Lời mới."]
    told = refuse(lan, "text_days", replace(old, since=date(2026, 11, 1), until=LATER, text="Lời khác."))
    assert told.params["row"] == 1


def test_one_number_in_two_provinces_is_legal_and_told_apart_by_issuer(lan) -> None:
    number = "977/2026/NQ-HĐND"
    here, there = (
        document(number, issuer=f"hdnd:{p}", issued_on=date(2026, 5, 1)) for p in ("p:01", make.LAO_CAI)
    )
    assert make.enter(lan, here, there, document(OTHER)) == 2 + 1
    both = queries.resolve(Citation(number))
    assert len({f.doc.slug for f in both}) == len(both) == 2
    assert [f.doc.issuer_uid for f in queries.resolve(Citation(number), unit="p:01")] == ["p:01"]
    told = refuse(lan, "many_documents", place("art_1", number))
    assert (told.params["sheet"], told.params["row"]) == ("provisions", 1)
    make.enter(lan, place("art_1", f"{number} | hdnd:{make.LAO_CAI} | 2026-05-01"))
    assert Provision.objects.get(document__number=number).document.issuer_unit.uid == make.LAO_CAI


# --- what does not --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("code", "row", "sheet"),
    [
        ("unknown_document", place("art_1", "999/2026/NĐ-CP"), "provisions"),
        ("unknown_document", place("art_1", f"{DECREE} | cp | 2026-02-30"), "provisions"),
        ("unknown_document", tie(R.REPEALS, target="999/2026/NĐ-CP"), "relations"),
        ("unknown_document", OwedRow("999/2026/NĐ-CP", "", DocumentKind.CIRCULAR, "x", "bxd"), "owed"),
        ("unknown_document", OwedRow(DECREE, "", DocumentKind.CIRCULAR, "x", "bxd", None, "9/2026/TT-BXD"), "owed"),
        ("unknown_unit", tie(R.REPEALS, territory="p:00"), "relations"),
        ("unknown_unit", document("903/2026/NĐ-CP", territory="p:00"), "documents"),
        ("unknown_unit", document("7/2026/NQ-HĐND", issuer="hdnd:p:00"), "documents"),
        ("differs", document(title="Tên khác"), "documents"),
    ],
)  # fmt: skip
def test_the_row_is_told_and_nothing_stays(lan, code: str, row, sheet: str) -> None:
    make.enter(lan, document(), document(OTHER))
    told = refuse(lan, code, document("904/2026/NĐ-CP"), row)
    assert told.params["row"] == (2 if sheet == "documents" else 1)
    assert told.params.get("sheet", "documents") == sheet


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (document(effective_on=LATER, sunset_on=LATER), "documents/2/sunset_on"),
        (document("chẳng phải số hiệu"), "documents/2/number"),
        (place("art_1", since=LATER, until=NOW), "provisions/1/until"),
        (TextRow(DECREE, "art_1", LATER, NOW, "Lời."), "texts/1/until"),
        (tie(R.SUSPENDS, until=LATER), "relations/1/until"),
        (tie(R.EXTENDS), "relations/1/until"),
        (RelationRow(OTHER, "art_1", R.AMENDS, OTHER, "art_1"), "relations/1/target"),
        (document("904/2026/NĐ-CP", title="Tên khác"), "documents/2"),
    ],
)
def test_rows_that_contradict_themselves_or_each_other(lan, row, where: str) -> None:
    make.enter(lan, document(OTHER))
    rows = [document("904/2026/NĐ-CP"), row] if where.startswith("doc") else [document(), row]
    assert f"{where}:" in refuse(lan, "bad_rows", *rows).sentence


@pytest.mark.parametrize(
    "row",
    [
        place("art_5", since=LATER),
        tie(R.SUSPENDS, until=date(2027, 6, 1)),
        OwedRow(DECREE, "art_5", DocumentKind.CIRCULAR, "hướng dẫn", "bxd", date(2027, 1, 1)),
    ],
)
def test_what_the_register_has_with_other_days(lan, row) -> None:
    make.enter(
        lan, document(), document(OTHER), place("art_5"), tie(R.SUSPENDS, until=date(2027, 5, 1)),
        OwedRow(DECREE, "art_5", DocumentKind.CIRCULAR, "hướng dẫn", "bxd", date(2026, 12, 31)),
    )  # fmt: skip
    told = refuse(lan, "there_already", document("905/2026/NĐ-CP"), row)
    assert (told.params["sheet"], told.params["row"]) == (row.sheet, 1)


def test_a_heading_is_filled_once_and_never_replaced_in_silence(lan) -> None:
    make.enter(
        lan, document(), TextRow(DECREE, "art_6", None, None, "Lời."), place("art_5", heading="Hiệu lực")
    )
    rehearsed = queries.would(make.tables(place("art_6", heading="Trách nhiệm")))
    assert rehearsed.counts["provisions"] == 1
    assert make.enter(lan, place("art_6", heading="Trách nhiệm")) == 0
    assert Event.objects.latest("id").data["provisions"] == 1
    headings = {p.path: p.heading for p in queries.corpus.now().places[make.found().pk].values()}
    assert headings == {"art_5": "Hiệu lực", "art_6": "Trách nhiệm"}
    told = refuse(lan, "there_already", place("art_6", heading="Nghĩa vụ"))
    assert (told.params["row"], told.params["heading"]) == (1, "Trách nhiệm")
    refuse(lan, "nothing_new", place("art_6"))


def test_what_is_tried_counts_what_is_then_written(lan) -> None:
    text = TextRow(DECREE, "art_6", None, date(2026, 12, 1), "Điều sáu.")
    first = make.tables(document(), place("art_5"), text)
    tried = queries.would(first).counts
    make.enter(lan, document(), place("art_5"), text)
    wrote = Event.objects.latest("id").data
    assert dict(tried) == {sheet: wrote[sheet] for sheet in tried}
    assert (tried["texts"], tried["provisions"]) == (1, 2)
    queries.corpus.forget()
    assert set(queries.would(first).counts.values()) == {0}
    later = replace(text, since=date(2026, 12, 1), until=None)  # the same words on other days
    assert queries.would(make.tables(later)).counts["texts"] == 1


def test_a_document_is_named_by_number_issuer_and_day(lan) -> None:
    number, day = "906/2026/NQ-HĐND", date(2026, 1, 5)
    for uid in (make.LAO_CAI, make.DA_NANG):
        make.enter(lan, document(number, issuer=f"hdnd:{uid}", owner="", issued_on=day))
    queries.corpus.forget()
    for name, uids in (
        (number, [make.LAO_CAI, make.DA_NANG]),
        (f"{number} | hdnd:{make.DA_NANG}", [make.DA_NANG]),
        (f"{number} | hdnd:{make.DA_NANG} | 2026-01-05", [make.DA_NANG]),
        (f"{number} |  | 2026-01-05", [make.LAO_CAI, make.DA_NANG]),
        (f"{number} | hdnd", [make.LAO_CAI, make.DA_NANG]),
        (f"{number} | cp", []),
        (f"{number} |  | 2026-01-06", []),
        ("907/2026/NQ-HĐND", []),
    ):
        assert [d.issuer_uid for d in queries.named(name)] == uids, name


def test_amendments_that_wait_for_each_other(lan) -> None:
    make.enter(lan, document(), document(OTHER))
    both = tie(R.REPEALS), tie(R.REPEALS, DECREE, OTHER)
    refuse(lan, "cycle", *both)
    refuse(lan, "cycle", *(replace(row, kind=R.DETAILS) for row in both))
    third = "903/2026/NĐ-CP"
    ring = [tie(R.DETAILS), tie(R.DETAILS, third, OTHER), tie(R.DETAILS, DECREE, third)]
    refuse(lan, "cycle", document(third), *ring)
    assert make.enter(lan, *both[:1]) == 0  # one of them alone is fine


def test_entering_takes_a_bounded_number_of_statements(lan) -> None:
    def statements(first: int, many: int) -> int:
        numbers = [f"{n}/2026/NĐ-CP" for n in range(first, first + many)]
        rows = [document(n) for n in numbers]
        rows += [TextRow(n, f"art_{a}", None, None, f"Điều {a}") for n in numbers for a in (1, 2)]
        rows += [tie(R.CITES, n, numbers[0], "art_1", place="art_1") for n in numbers[1:]]
        with CaptureQueriesContext(connection) as seen:
            make.enter(lan, *rows)
        return len(seen)

    few = statements(1000, 2)
    assert statements(2000, 60) == few <= 45


# --- whose it is ----------------------------------------------------------------------------------------------------
def local(number: str, uid: str = make.LAO_CAI, **facts):
    return document(number, issuer=f"ubnd:{uid}", owner="", **facts)


def test_who_enters_whose_documents(lan) -> None:
    ministry = appointed("bao", "bxd", Role.OFFICER)
    province = appointed("chi", "justice", Role.OFFICER, make.LAO_CAI)
    commune = appointed("dung", "commune_office", Role.OFFICER, "c:26740@2025-07-01")
    clerk = appointed("em", "btp", Role.RECEPTION)
    make.enter(ministry, document())
    make.enter(province, local("91/2026/QĐ-UBND"))
    make.enter(
        province, local("92/2024/QĐ-UBND", "p:10", effective_on=date(2024, 1, 1))
    )  # a former province of its area
    make.enter(commune, local("93/2026/QĐ-UBND", "c:26740@2025-07-01"))
    make.enter(
        commune, local("94/2024/QĐ-UBND", "c:26740", effective_on=date(2024, 1, 1))
    )  # what became part of it
    for actor, row in [
        (province, document(OTHER)),
        (province, place("art_1")),
        (province, local("95/2026/QĐ-UBND", "p:01")),
        (commune, local("95/2026/QĐ-UBND", "p:79@2025-07-01")),
        (commune, local("95/2026/QĐ-UBND", "c:26743@2025-07-01")),
        (ministry, local("95/2026/QĐ-UBND")),
        (clerk, document(OTHER)),
        (commune, local("96/2026/QĐ-UBND", "c:26740@2025-07-01", territory="p:79@2025-07-01")),
        (province, local("96/2026/QĐ-UBND", territory="p:01")),
    ]:
        refuse(actor, "not_yours", row)
    make.enter(commune, local("96/2026/QĐ-UBND", "c:26740@2025-07-01", territory="c:26740"))


@pytest.mark.parametrize("number", [DECREE, "12/2026/QH15", "7/2026/QĐ-TTg", "8/2026/TT-BXD", "9/BXD-KTQLXD"])
def test_a_number_of_a_central_body_is_nobody_elses(lan, number: str) -> None:
    """A second document of that number would make every citation of the true one doubtful."""
    commune = appointed("dung", "commune_office", Role.OFFICER, "c:26740@2025-07-01")
    for actor in (commune, lan):
        for issuer in ("ubnd:c:26740@2025-07-01", "bnv"):
            kind = DocumentKind.LAW if "QH15" in number else None
            refused = refuse(actor, "bad_rows", document(number, issuer=issuer, owner="", kind=kind))
            assert "issuer" in str(refused), refused


@pytest.mark.parametrize(
    "row",
    [
        document(effective_on=date(1, 1, 1)), document(sunset_on=date(9999, 12, 31)), document(issued_on=date(1026, 1, 1)),
        place("art_1", until=date(2962, 1, 1)), tie(R.EXTENDS, until=date(2999, 1, 1)),
    ],
)  # fmt: skip
def test_years_no_document_can_have_are_slips(lan, row) -> None:
    rows = [row] if row.sheet == "documents" else [document(), document(OTHER), row]
    assert "năm phải từ 1945 đến 2099" in str(refuse(lan, "bad_rows", *rows))


def test_strangers_enter_nothing(register) -> None:
    for actor in ("", "system", "x' OR 1=1", "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(Refused, match="not_yours"):
            actions.enter(tables=tables(document()), source="x", actor=actor, at=AT)


@pytest.mark.parametrize(
    "kind", [R.REPEALS, R.REPLACES, R.SUSPENDS, R.EXTENDS, R.CONTINUES, R.AMENDS, R.CORRECTS, R.CONSOLIDATES]
)
def test_a_province_does_not_change_a_decree_by_its_own_decision(lan, kind: RelationKind) -> None:
    make.enter(lan, document())
    province = appointed("chi", "justice", Role.OFFICER, make.LAO_CAI)
    until = date(2027, 6, 1) if kind is R.EXTENDS else None
    refuse(province, "not_yours", local("91/2026/QĐ-UBND"), tie(kind, "91/2026/QĐ-UBND", until=until))


def test_a_province_details_a_decree_and_repeals_its_communes_decisions(lan) -> None:
    make.enter(lan, document())
    province = appointed("chi", "justice", Role.OFFICER, "p:79@2025-07-01")
    make.enter(lan, local("93/2026/QĐ-UBND", "c:26740@2025-07-01"))
    number = "91/2026/QĐ-UBND"
    make.enter(
        province,
        local(number, "p:79@2025-07-01"),
        tie(R.DETAILS, number),
        tie(R.REPEALS, number, "93/2026/QĐ-UBND"),
    )
    assert queries.effect(make.found("93/2026/QĐ-UBND"), "", LATER).standing is Standing.ENDED


# --- the database itself ----------------------------------------------------------------------------------------------
@pytest.fixture
def full(lan):
    make.enter(
        lan,
        document(),
        document(OTHER),
        TextRow(DECREE, "art_1", date(2026, 1, 1), LATER, "Lời."),
        tie(R.REPEALS),
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE law_relation SET kind = 'cites'",
        "UPDATE law_relation SET since = '2020-01-01'",
        "UPDATE law_relation SET withdrawn_at = now(), withdrawn_why = 'x', note = 'y'",
        "DELETE FROM law_relation",
        "UPDATE law_provisiontext SET text = 'khác'",
        "UPDATE law_provisiontext SET valid = '[2020-01-01,)'",
        "DELETE FROM law_provisiontext",
    ],
)
def test_what_counted_is_never_edited(full, sql: str) -> None:
    with pytest.raises(DatabaseError, match="never edited"):
        execute(sql)


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE law_document SET kind = 'x' WHERE slug = '901-2026-nd-cp'", "document_kind"),
        ("UPDATE law_document SET number = '' WHERE slug = '901-2026-nd-cp'", "document_named"),
        ("UPDATE law_document SET until = since WHERE slug = '901-2026-nd-cp'", "document_days"),
        ("UPDATE law_document SET number = '901/2026/NĐ-CP' WHERE slug = '902-2026-nd-cp'", "document_once"),
        ("UPDATE law_document SET evidence = 'sure' WHERE slug = '901-2026-nd-cp'", "document_evidence"),
        ("INSERT INTO law_lawhead (id, generation, version, head) VALUES (2, 0, 0, '')", "law_one_head"),
        (
            "INSERT INTO law_relation (kind, source_id, source_path, target_id, target_path, since, evidence, told_in, note,"
            " recorded_at, withdrawn_why) SELECT kind, source_id, source_path, target_id, target_path, since, evidence,"
            " told_in, note, now(), '' FROM law_relation ORDER BY id DESC LIMIT 1",
            "relation_once",
        ),
        (
            "INSERT INTO law_relation (kind, source_id, source_path, target_id, target_path, evidence, told_in, note,"
            " recorded_at, withdrawn_why) SELECT 'cites', source_id, '', source_id, '', evidence, '', '', now(), ''"
            " FROM law_relation ORDER BY id DESC LIMIT 1",
            "relation_two_places",
        ),
        (
            "INSERT INTO law_provisiontext (provision_id, valid, text, folded, evidence, source) SELECT provision_id,"
            " '[2026-11-30,)', 'khác', 'khac', evidence, '' FROM law_provisiontext",
            "text_one_a_day",
        ),
        ("UPDATE law_relation SET withdrawn_at = now()", "relation_withdrawn_with_reason"),
    ],
)
def test_what_the_database_refuses(full, sql: str, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        execute(sql)


# --- loading --------------------------------------------------------------------------------------------------
def test_the_packaged_register_is_loaded_once(register) -> None:
    assert Event.objects.filter(kind="law.loaded").count() == 1
    assert jobs.load_packaged(AT) == 0
    with pytest.raises(Refused, match="already_loaded"):
        actions.load_register(tables=Tables(), source="again", actor="system", at=AT)
