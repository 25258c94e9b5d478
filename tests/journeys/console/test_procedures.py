"""The catalogue at the console: drafts, rows of their lists, the way to publication, imports, clocks, helps."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.base.dates import show_date, today
from haicap.domain.procedures import actions, policy, queries
from haicap.kernel.ledger.queries import size
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body

HOME = "/quan-tri/thu-tuc/"
BIRTH = "1.001193"
NEW = "1.999999"


@pytest.fixture(autouse=True)
def _procedures(procedures, cast):
    return procedures


@pytest.fixture
def row(cast):
    """A thin draft."""
    return actions.draft_version(
        code=NEW, name="Thủ tục thử", field="Hộ tịch", content={}, actor=cast["anh.bnv"].actor, at=made.AT
    )


def again(row):
    """The row as it is now."""
    return queries.version(row.pk, visible=policy.visible_to("", made.AT.date()) | policy.Q(pk=row.pk))


def decision(seen: int, **changes: str) -> dict[str, str]:
    """The form of publication."""
    now = today(datetime.now(UTC))
    return {
        "seen": str(seen), "since": show_date(now + timedelta(days=9)), "number": "9/QĐ-BNV", "signed_on": show_date(now),
        "organ": "Bộ Nội vụ", "kind": "new", "basis_from": show_date(now + timedelta(days=9)),
    } | changes  # fmt: skip


def test_a_draft_begins_with_the_record_in_force(drafter) -> None:
    answer = drafter.post(f"{HOME}lap/", {"code": BIRTH, "name": ""}, follow=True)
    page = body(answer)
    assert "Thủ tục đăng ký khai sinh" in page and "dự thảo" in page and "Giấy chứng sinh" in page
    unknown = drafter.post(f"{HOME}lap/", {"code": NEW, "name": ""})
    assert unknown.status_code == 400 and "phải có tên" in body(unknown)
    assert drafter.post(f"{HOME}lap/", {"code": "x", "name": "y"}).status_code == 400


def test_lists_are_edited_row_by_row(drafter, row) -> None:
    place = f"{HOME}{row.pk}/muc/papers/"
    fields = {"code": "don", "name__vi": "Đơn đề nghị", "originals": "1", "required": "on", "viec": "ghi"}
    assert drafter.post(f"{place}?muc=0", fields | {"seen": str(row.version)}).status_code == 302
    now = again(row)
    assert (
        now.content["papers"][0]["name"]["vi"] == "Đơn đề nghị" and now.content["papers"][0]["originals"] == 1
    )
    second = {"code": "anh", "name__vi": "Ảnh", "required": "on", "viec": "ghi", "seen": str(now.version)}
    drafter.post(f"{place}?muc=0", second)
    now = again(row)
    drafter.post(f"{place}?muc=2", {**second, "viec": "len", "seen": str(now.version)})
    now = again(row)
    assert [p["code"] for p in now.content["papers"]] == ["anh", "don"]
    drafter.post(f"{place}?muc=1", {**second, "viec": "bo", "seen": str(now.version)})
    assert [p["code"] for p in again(row).content["papers"]] == ["don"]


def test_a_row_that_breaks_the_schema_is_told_with_its_path(drafter, row) -> None:
    place = f"{HOME}{row.pk}/muc/fees/?muc=0"
    answer = drafter.post(place, {"seen": str(row.version), "key": "phi", "name__vi": "Phí", "kind": "fixed"})
    assert answer.status_code == 400
    assert "fees[0].amount" in body(answer)
    assert "fees" not in again(row).content


def test_the_form_is_built_of_pages_and_questions_and_previewed(drafter, row) -> None:
    page = {"seen": str(row.version), "key": "ten", "title__vi": "Tên cháu là gì?", "viec": "ghi"}
    refused = drafter.post(f"{HOME}{row.pk}/muc/pages/?muc=0", page)  # a page must ask something
    document = {"form": {"pages": [{"key": "ten", "title": {"vi": "Tên cháu là gì?"}, "questions": [
        {"key": "ten", "type": "text", "label": {"vi": "Tên"}}]}]}}  # fmt: skip
    whole = {
        "seen": str(again(row).version),
        "name": row.name,
        "field": row.field,
        "content": json.dumps(document),
    }
    if refused.status_code == 400:
        assert drafter.post(f"{HOME}{row.pk}/sua/", whole).status_code == 302
    question = {
        "seen": str(again(row).version), "key": "ai", "label__vi": "Bạn là ai?", "type": "choice", "required": "on",
        "options": "cha | Cha | Father\nme | Mẹ | Mother", "viec": "ghi",
    }  # fmt: skip
    answer = drafter.post(f"{HOME}{row.pk}/muc/questions/?trang=1&muc=0", question)
    assert answer.status_code == 302, body(answer)
    preview = body(drafter.get(f"{HOME}{row.pk}/bieu-mau/"))
    assert "Bạn là ai?" in preview and "Mẹ" in preview and "Tên cháu là gì?" in preview


def test_json_comes_whole_or_not_at_all(drafter, row) -> None:
    def post(content: str, **files: object):
        fields = {"seen": str(row.version), "name": "Tên mới", "field": "", "content": content, **files}
        return drafter.post(f"{HOME}{row.pk}/sua/", fields)

    wrong = {"papers": [{"code": "a", "name": {"vi": "A"}}, {"code": "a", "name": {"vi": "B"}}], "huh": 1}
    answer = post(json.dumps(wrong))
    assert answer.status_code == 400 and "huh" in body(answer)
    assert post("{").status_code == 400
    assert post("[" * 100_000).status_code == 400
    assert post("[]").status_code == 400
    assert post('"<script>"').status_code == 400
    assert again(row).version == row.version
    file = io.BytesIO(json.dumps({"papers": [{"code": "a", "name": {"vi": "Từ tệp"}}]}).encode())
    file.name = "a.json"
    assert post("", file=file).status_code == 302
    assert again(row).content["papers"][0]["name"]["vi"] == "Từ tệp" and again(row).name == "Tên mới"


def test_a_stale_page_is_refused_in_words(drafter, row) -> None:
    fields = {"seen": "99", "name": "X", "field": "", "content": "{}"}
    answer = drafter.post(f"{HOME}{row.pk}/sua/", fields)
    assert answer.status_code == 409 and "đã thay đổi từ khi bạn mở trang" in body(answer)
    assert drafter.post(f"{HOME}{row.pk}/trinh/", {"seen": "99"}).status_code == 409


def test_from_draft_to_publication_by_another_person(drafter, leader, row, reread) -> None:
    assert drafter.post(f"{HOME}{row.pk}/trinh/", {"seen": str(row.version)}).status_code == 302
    assert "chờ công bố" in body(drafter.get(f"{HOME}{row.pk}/"))
    back = {"seen": str(again(row).version), "note": "Thiếu thời hạn"}
    assert leader.post(f"{HOME}{row.pk}/tra-lai/", back).status_code == 302
    assert "Thiếu thời hạn" in body(drafter.get(f"{HOME}{row.pk}/"))
    drafter.post(f"{HOME}{row.pk}/trinh/", {"seen": str(again(row).version)})
    seen = again(row).version
    assert drafter.post(f"{HOME}{row.pk}/cong-bo/", decision(seen)).status_code == 403
    assert leader.post(f"{HOME}{row.pk}/cong-bo/", decision(seen, number="không số")).status_code == 400
    assert leader.post(f"{HOME}{row.pk}/cong-bo/", decision(seen)).status_code == 302
    page = body(leader.get(f"{HOME}{row.pk}/"))
    assert "đã công bố" in page and "9/QĐ-BNV" in page and "Công bố thủ tục 1.999999" in page
    reread()
    clocks = body(leader.get(f"{HOME}dong-ho/"))
    assert NEW in clocks and "trễ hạn" in clocks and "Bộ Nội vụ" in clocks
    assert "9/QĐ-BNV" in body(leader.get(f"{HOME}dong-ho/tep.csv"))
    shown = {"seen": str(again(row).version), "on": show_date(today(datetime.now(UTC)))}
    assert drafter.post(f"{HOME}{row.pk}/cong-khai/", shown).status_code == 302
    until = show_date(today(datetime.now(UTC)) + timedelta(days=30))
    ended = {"seen": str(again(row).version), "until": until, "decision": "10/QĐ-BNV", "replaced_by": BIRTH}
    assert leader.post(f"{HOME}{row.pk}/bai-bo/", ended).status_code == 302
    assert "đã bãi bỏ" in body(leader.get(f"{HOME}{row.pk}/"))


def test_a_leader_does_not_publish_their_own_draft(leader, cast) -> None:
    own = actions.draft_version(
        code=NEW, name="Của tôi", field="", content={}, actor=cast["binh.bnv"].actor, at=made.AT
    )
    own = actions.submit_version(pk=own.pk, seen=own.version, actor=cast["binh.bnv"].actor, at=made.AT)
    assert "một lãnh đạo khác" in body(leader.get(f"{HOME}{own.pk}/cong-bo/"))
    assert leader.post(f"{HOME}{own.pk}/cong-bo/", decision(own.version)).status_code == 403
    assert again(own).state == "review"


def test_two_versions_side_by_side(drafter, cast) -> None:
    record = queries.record(BIRTH, date(2026, 11, 22))
    draft = actions.draft_version(
        code=BIRTH, name="Khai sinh (sửa)", field="Hộ tịch", content=record.document, actor=cast["anh.bnv"].actor,
        at=made.AT,
    )  # fmt: skip
    page = body(drafter.get(f"{HOME}{draft.pk}/so-sanh/"))
    assert "<del>Thủ tục đăng ký khai sinh</del>" in page and "<ins>Khai sinh (sửa)</ins>" in page
    assert drafter.get(f"{HOME}{draft.pk}/so-sanh/?voi=999999999").status_code == 404


def test_a_file_is_looked_through_before_anything_is_written(drafter) -> None:
    table = f"code,name_vi,time_limit,time_unit\n{NEW},Thủ tục A,5,working_days\nx,Hỏng,,\n1.888888,=cmd(),2,fortnights\n"

    def post(work: str, data: bytes = table.encode(), **fields: str):
        file = io.BytesIO(data)
        file.name = "a.csv"
        return drafter.post(f"{HOME}nhap/", {"file": file, "viec": work, **fields})

    before = size()
    tried = body(post("thu"))
    assert "thủ tục mới" in tried and "không dùng được" in tried and "fortnights" in tried
    assert size() == before
    assert post("nhap").status_code == 400  # bad rows refuse the whole file
    assert size() == before
    assert post("nhap", skip_bad="on").status_code == 302
    assert NEW in body(drafter.get(f"{HOME}?tim={NEW}"))
    assert post("nhap", skip_bad="on").status_code == 400  # sent twice doubles nothing
    assert post("thu", b"\xff\xfe\x00garbage\x00").status_code == 400
    assert post("thu", b"{").status_code == 400
    assert body(drafter.get(f"{HOME}nhap/mau.csv")).startswith("\ufeffcode,name_vi")


def test_helps_are_kept(drafter, reread) -> None:
    assert (
        drafter.post(f"{HOME}giup-tim/tu/", {"said": "sổ hồng", "meant": "giấy chứng nhận"}).status_code
        == 302
    )
    again_ = drafter.post(f"{HOME}giup-tim/tu/", {"said": "sổ hồng", "meant": "giấy chứng nhận"})
    assert again_.status_code == 400 and "đã có" in body(again_)
    assert (
        drafter.post(f"{HOME}giup-tim/tu/bo/", {"said": "sổ hồng", "meant": "giấy chứng nhận"}).status_code
        == 302
    )
    event = {"key": "thu_xem", "name": "Thử xem", "name_en": "", "codes": f"{BIRTH}, 1.004222"}
    assert drafter.post(f"{HOME}giup-tim/su-kien/", event).status_code == 302
    reread()
    assert "Thử xem" in body(drafter.get(f"{HOME}giup-tim/"))
    assert drafter.post(f"{HOME}giup-tim/su-kien/", event | {"codes": "9.999999"}).status_code in (400, 404)
    assert drafter.post(f"{HOME}giup-tim/su-kien/bo/", {"key": "thu_xem"}).status_code == 302


def test_overviews(drafter) -> None:
    doubts = body(drafter.get(f"{HOME}con-ngo/"))
    assert "cấp huyện" in doubts
    assert "1.013134" in body(drafter.get(f"{HOME}con-ngo/tep.csv"))
    essential = body(drafter.get(f"{HOME}thiet-yeu/"))
    assert essential.split("<tbody>")[1].count("<tr>") == 25 and "chưa có mã" in essential
    assert "Chưa có quyết định công bố nào" in body(drafter.get(f"{HOME}dong-ho/"))


def test_drafts_are_for_their_ministry(cast, row) -> None:
    for name in ("chi.laocai", "dung.sapa", "giang.sapa"):
        client = made.signed_in(cast[name])
        assert client.get(f"{HOME}{row.pk}/").status_code in (403, 404), name
        for place in ("trinh", "sua", "bo", "cong-bo", "bai-bo", "muc/papers"):
            answer = client.post(f"{HOME}{row.pk}/{place}/", {"seen": str(row.version)})
            assert answer.status_code in (403, 404), (name, place)
    assert again(row).version == row.version
    assert f"/{row.pk}/" not in body(made.signed_in(cast["chi.laocai"]).get(f"{HOME}?tim={NEW}"))


@pytest.mark.parametrize("path", ["", "lap/", "nhap/", "dong-ho/", "con-ngo/", "thiet-yeu/", "giup-tim/"])
def test_both_languages_and_few_questions(drafter, path) -> None:
    drafter.get(HOME + path)
    with CaptureQueriesContext(connection) as asked:
        assert drafter.get(HOME + path).status_code == 200
    assert len(asked) <= 16, [q["sql"] for q in asked]
    page = body(drafter.get(f"/en{HOME}{path}"))
    assert re.search(r'<html lang="en"', page) and "Danh mục thủ tục" not in page


@pytest.mark.parametrize(
    "query", ["?tim=%00", "?tim=%25", "?trang-thai='", "?trang=-1", "?muc=-1&trang=99999"]
)
def test_hostile_questions(drafter, row, query) -> None:
    for place in ("", f"{row.pk}/muc/papers/", f"{row.pk}/muc/questions/", "con-ngo/", "giup-tim/"):
        assert drafter.get(f"{HOME}{place}{query}").status_code == 200
    assert drafter.get(f"{HOME}{row.pk}/muc/khong-co/").status_code == 404
    assert drafter.get(f"{HOME}999999/").status_code == 404
