"""Pieces written, approved, replaced, withdrawn; what they said on a day; and what the database refuses itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from haicap.base.citation import Citation
from haicap.base.dates import Span
from haicap.base.refused import Refused
from haicap.domain.guidance import actions, packaged, policy, queries
from haicap.domain.guidance.models import Flag, Piece, PieceVersion
from haicap.domain.guidance.states import Audience
from haicap.domain.guidance.tests import make
from haicap.domain.guidance.tests.make import AT, CODE, NOW
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def lan(register):
    return make.editor()


@pytest.fixture
def chi(register):
    return make.approver()


def refuses(code: str):
    return pytest.raises(Refused, match=f"^{code}:")


# --- from draft to page ---------------------------------------------------------------------------------------------
def test_one_writes_another_publishes(lan, chi) -> None:
    row = make.drafted(lan)
    assert row.state == "draft" and CODE not in {p.code for p in queries.pieces(NOW)}
    before = queries.generation()
    make.published(row, lan, chi)
    piece = queries.piece(CODE, NOW)
    assert (piece.title, piece.version, piece.valid) == ("Bài thử", 1, Span(NOW, None))
    assert piece.citations == (make.DECREE,)
    assert (piece.grounds[0].slug, piece.grounds[0].path) == ("118-2025-nd-cp", "art_17")
    assert queries.generation() == before + 1
    kinds = list(
        Event.objects.filter(stream=f"guidance.piece:{CODE}").order_by("seq").values_list("kind", flat=True)
    )
    assert kinds == ["guidance.drafted", "guidance.submitted", "guidance.published"]


def test_nobody_publishes_what_they_wrote(register) -> None:
    head = make.approver()
    row = make.submitted(make.drafted(head), head)
    with refuses("same_person"):
        actions.publish(code=CODE, number=1, since=NOW, seen=make.seen(), actor=head.actor, at=AT)
    row.refresh_from_db()
    assert row.state == "submitted"
    # nor does somebody who let another hand in their own words
    with pytest.raises(DatabaseError), transaction.atomic():
        PieceVersion.objects.filter(pk=row.pk).update(published_at=AT, approved_by=head.actor)


def test_who_may_do_what(register, lan) -> None:
    row = make.submitted(make.drafted(lan), lan)
    for organ, role in (
        ("province_office", Role.LEADER),
        ("commune_office", Role.LEADER),
        ("commune_centre", Role.RECEPTION),
    ):
        unit = (
            "p:15@2025-07-01"
            if organ.startswith("province")
            else next(iter(register.children("p:15@2025-07-01", NOW, "commune"))).uid
        )
        other = appointed(f"ai.{organ.replace('_', '.')}", organ, role, unit)
        assert policy.rights(other.actor, NOW) == frozenset()
        with refuses("not_yours"):
            make.drafted(other, code="khac")
    with refuses("not_yours"):  # an officer of the ministry writes but does not approve
        actions.publish(
            code=CODE, number=row.number, since=NOW, seen=make.seen(), actor=make.editor("b").actor, at=AT
        )
    for actor in ("public", "system", "'; DROP TABLE guidance_piece; --"):
        with refuses("not_yours"):
            actions.drop_draft(code=CODE, number=1, seen=make.seen(), actor=actor, at=AT)


def test_returned_with_a_reason_and_edited(lan, chi) -> None:
    row = make.submitted(make.drafted(lan), lan)
    with refuses("bad_state"):
        actions.edit_draft(
            code=CODE, number=1, draft=make.words(title="Khác"), seen=make.seen(), actor=lan.actor, at=AT
        )
    with refuses("no_reason"):
        actions.return_draft(code=CODE, number=1, why=" ", seen=make.seen(), actor=chi.actor, at=AT)
    actions.return_draft(code=CODE, number=1, why="Thiếu căn cứ", seen=make.seen(), actor=chi.actor, at=AT)
    new = make.words(title="Khác", citations=(make.DECREE, Citation("150/2025/NĐ-CP")))
    with refuses("stale"):
        actions.edit_draft(code=CODE, number=1, draft=new, seen=0, actor=lan.actor, at=AT)
    actions.edit_draft(code=CODE, number=1, draft=new, seen=make.seen(), actor=lan.actor, at=AT)
    with refuses("nothing_new"):
        actions.edit_draft(code=CODE, number=1, draft=new, seen=make.seen(), actor=lan.actor, at=AT)
    row.refresh_from_db()
    assert (row.title, row.state, row.why) == ("Khác", "draft", "Thiếu căn cứ")
    assert [c.act for c in row.citations.order_by("position")] == ["118/2025/NĐ-CP", "150/2025/NĐ-CP"]
    last = Event.objects.filter(kind="guidance.edited").latest("id")
    assert last.data["fields"] == ["title", "citations"]


def test_a_draft_may_be_dropped_and_begun_again(lan) -> None:
    make.drafted(lan)
    with refuses("draft_there"):
        make.again(lan)
    actions.drop_draft(code=CODE, number=1, seen=make.seen(), actor=lan.actor, at=AT)
    assert make.again(lan).number == 2


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("no_title", {"title": "  "}),
        ("no_body", {"body": "\n \n"}),
        ("no_audience", {"audiences": ()}),
        ("bad_body", {"body": "<script>alert(1)</script>"}),
        ("bad_body", {"body": "![x](https://ngoai.example/x.png)"}),
        ("bad_body", {"body": "[x](javascript:alert(1))"}),
        ("bad_body", {"body_en": "<img src=x onerror=alert(1)>"}),
        ("bad_body", {"body": "x" * 60_001}),
        ("too_long", {"title": "x" * 301}),
        ("says_why", {"evidence": "unconfirmed"}),
        ("bad_date", {"review_by": date(9999, 1, 1)}),
        ("bad_citation", {"citations": (Citation(" ", "điều 1"),)}),
        ("bad_citation", {"citations": tuple(Citation(f"{n}/2026/NĐ-CP") for n in range(41))}),
    ],
)
def test_what_may_not_be_written(lan, code, changes) -> None:
    before = Event.objects.count()
    with refuses(code):
        make.drafted(lan, **changes)
    assert Event.objects.count() == before and not Piece.objects.filter(code=CODE).exists()


def test_codes(lan) -> None:
    first = actions.draft_piece(
        kind="answer", draft=make.words(title="Đăng ký ở đâu?"), actor=lan.actor, at=AT
    )
    second = actions.draft_piece(
        kind="answer", draft=make.words(title="Đăng ký ở đâu?"), actor=lan.actor, at=AT
    )
    assert (first.piece.code, second.piece.code) == ("dang-ky-o-dau", "dang-ky-o-dau-2")
    with refuses("code_taken"):
        make.drafted(lan, code="dang-ky-o-dau")
    with refuses("bad_code"):
        make.drafted(lan, code="../Đường")
    with refuses("bad_part"):
        make.drafted(lan, kind="answer", part=3)


# --- days -----------------------------------------------------------------------------------------------------------
def test_what_it_said_on_each_day(lan, chi) -> None:
    make.published(make.drafted(lan, title="Một"), lan, chi, since=NOW)
    make.published(make.again(lan, title="Hai"), lan, chi, since=NOW + 10 * DAY)
    said = [queries.piece(CODE, NOW + n * DAY).title for n in (0, 9, 10, 900)]
    assert said == ["Một", "Một", "Hai", "Hai"]
    with refuses("not_found"):
        queries.piece(CODE, NOW - DAY)
    with refuses("later_version"):
        make.published(make.again(lan, title="Ba"), lan, chi, since=NOW + 5 * DAY)


def test_a_version_of_this_morning_is_corrected_the_same_day(lan, chi) -> None:
    make.published(make.drafted(lan, title="Sáng"), lan, chi)
    make.published(make.again(lan, title="Chiều"), lan, chi)
    assert queries.piece(CODE, NOW).title == "Chiều"
    assert {v.state for v in queries.versions(CODE)} == {"published", "replaced"}


def test_withdrawn_from_a_day_on(lan, chi) -> None:
    make.published(make.drafted(lan), lan, chi)
    with refuses("no_reason"):
        actions.withdraw(
            code=CODE, number=1, until=NOW + DAY, why="", seen=make.seen(), actor=chi.actor, at=AT
        )
    with refuses("dates_order"):
        actions.withdraw(
            code=CODE, number=1, until=NOW - DAY, why="Sai", seen=make.seen(), actor=chi.actor, at=AT
        )
    actions.withdraw(
        code=CODE, number=1, until=NOW + DAY, why="Sai", seen=make.seen(), actor=chi.actor, at=AT
    )
    queries.shelf.now()
    assert queries.kept(CODE, NOW) is not None and queries.kept(CODE, NOW + DAY) is None


def test_a_version_that_had_not_begun_is_withdrawn_and_the_one_before_goes_on(lan, chi) -> None:
    make.published(make.drafted(lan, title="Một"), lan, chi)
    make.published(make.again(lan, title="Hai"), lan, chi, since=NOW + 10 * DAY)
    actions.withdraw(code=CODE, number=2, until=NOW, why="Chưa cần", seen=make.seen(), actor=chi.actor, at=AT)
    queries.shelf.now()
    assert queries.piece(CODE, NOW + 20 * DAY).title == "Một"
    assert queries.piece(CODE, NOW + 20 * DAY).valid == Span(NOW, None)


def test_published_words_cannot_be_edited(lan, chi) -> None:
    row = make.published(make.drafted(lan), lan, chi)
    for change in (lambda: PieceVersion.objects.filter(pk=row.pk).update(body="khác"),
                   lambda: row.citations.all().update(act="1/2026/NĐ-CP"),
                   lambda: row.citations.all().delete(),
                   lambda: PieceVersion.objects.filter(pk=row.pk).delete()):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_two_versions_never_count_on_one_day(lan, chi) -> None:
    row = make.published(make.drafted(lan), lan, chi)
    with pytest.raises(DatabaseError), transaction.atomic():
        PieceVersion.objects.create(
            piece=row.piece, number=9, state="published", valid=row.valid, title="x", body="x", audiences=["citizen"],
            drafted_by="a", drafted_at=AT, approved_by="b", published_at=AT, reviewed_on=NOW, folded="x",
        )  # fmt: skip


# --- answers from elsewhere -----------------------------------------------------------------------------------------
def answer(**changes):
    given = {
        "question": "Ai ký giấy xác nhận cư trú?", "text": "Công an cấp xã.", "citations": (make.DECREE,),
        "audiences": ("citizen",), "source": "PA-2026-000007", "since": NOW, "actor": "chi", "at": AT,
    }  # fmt: skip
    return actions.publish_answer(**(given | changes))


def test_an_approved_answer_becomes_guidance(register) -> None:
    code = answer()
    queries.shelf.now()
    piece = queries.piece(code, NOW)
    assert (code, piece.kind, piece.source, piece.audience) == (
        "ai-ky-giay-xac-nhan-cu-tru", "answer", "PA-2026-000007", (Audience.CITIZEN,))  # fmt: skip
    assert answer(text="Công an cấp xã nơi cư trú.") == code  # the same ticket again: its next version
    queries.shelf.now()
    assert queries.piece(code, NOW).version == 2
    assert answer(source="") == f"{code}-2"
    with refuses("personal_text"):
        answer(text="Gọi anh Bình 0912 345 678.", source="")
    with refuses("bad_body"):
        answer(text="<b>x</b>", source="")


def test_answers_may_be_there_before_the_package(db) -> None:
    """A platform may answer its first ticket while the packaged pieces are still waiting for the documents."""
    code = answer(question="Gửi phản ánh thế nào", source="")
    taken = packaged.read()[-1].code
    assert not queries.loaded() and queries.shelf.now().versions[code]
    answer(question=taken.replace("-", " "), source="")
    number = actions.load_pieces(pieces=packaged.read(), source="haicap", actor="system", at=AT)
    assert queries.loaded() and number == len(packaged.read())
    codes = set(Piece.objects.values_list("code", flat=True))
    assert len(codes) == number + 2 and {taken, f"{taken}-2", code} <= codes
    with refuses("already_loaded"):
        actions.load_pieces(pieces=packaged.read(), source="haicap", actor="system", at=AT)


# --- reading --------------------------------------------------------------------------------------------------------
def test_reading_the_shelf_costs_two_statements_and_then_none(lan, chi) -> None:
    make.published(make.drafted(lan), lan, chi)
    queries.shelf.forget()
    with CaptureQueriesContext(
        connection,
    ) as ran:
        queries.pieces(NOW)
    assert len([q for q in ran if "guidance_" in q["sql"]]) == 3  # the generation, versions, citations
    with CaptureQueriesContext(connection) as ran:
        queries.pieces(NOW)
        queries.search("bai thu", on=NOW)
    assert not [q for q in ran if "guidance_" in q["sql"]]


def test_search_with_and_without_marks(lan, chi) -> None:
    make.published(
        make.drafted(lan, title="Sổ hộ khẩu đã bỏ", body="Không cần xuất trình **sổ hộ khẩu**."), lan, chi
    )
    for text in ("sổ hộ khẩu", "so ho khau", "HO KHAU xuat trinh"):
        found = [f for f in queries.search(text, on=NOW) if f.piece.code == CODE]
        assert found and "hộ khẩu" in (found[0].excerpt + found[0].piece.title)
    assert not [f for f in queries.search("khong co chu nay dau", on=NOW) if f.piece.code == CODE]
    assert queries.search("", on=NOW) == [] and queries.search("((*", on=NOW) == []
    assert not [f for f in queries.search("sổ hộ khẩu", on=NOW, audience="citizen") if f.piece.code == CODE]


def test_flags_table_begins_empty_and_follows(lan, chi) -> None:
    make.published(make.drafted(lan, review_by=NOW + DAY), lan, chi)
    on = NOW + 2 * DAY
    assert [f.kind for f in queries.piece(CODE, on).flagged] == ["review"]
    actions.follow_reviews(on=on, actor="system", at=make.later(2))
    assert Flag.objects.filter(piece__code=CODE, gone_at__isnull=True).count() == 1
    actions.confirm_review(
        code=CODE, number=1, review_by=NOW + 90 * DAY, seen=make.seen(), actor=lan.actor, at=make.later(2)
    )
    queries.shelf.now()
    assert queries.piece(CODE, on).flagged == ()
    actions.follow_reviews(on=on, actor="system", at=make.later(2))
    assert not Flag.objects.filter(piece__code=CODE, gone_at__isnull=True).exists()
