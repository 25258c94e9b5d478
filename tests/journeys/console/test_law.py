"""Văn bản at the console: entry by form and file with a dry run, corrections, owed documents, problems."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.domain.law import formats, queries
from haicap.domain.law.formats.rows import DocumentRow, RelationRow, Tables
from haicap.domain.law.models import Owed, Problem
from haicap.domain.law.states import RelationKind, Standing
from haicap.kernel.ledger.queries import size
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body

HOME = "/quan-tri/phap-luat/"
NEW = "999/2026/NĐ-CP"
LAND = "151-2025-nd-cp"
ROWS = {
    f"{prefix}-{name}": value
    for prefix in ("vi-tri", "quan-he", "con-no")
    for name, value in (("TOTAL_FORMS", "1"), ("INITIAL_FORMS", "0"))
}


@pytest.fixture
def justice(cast):
    """The Ministry of Justice keeps the register."""
    return made.signed_in(cast["tuan.btp"])


def table(**changes: object) -> Tables:
    """A decree that repeals an article of the land decree from 2027 on."""
    document = DocumentRow(
        NEW, issued_on=date(2026, 12, 1), title="Nghị định thử", effective_on=date(2027, 1, 1)
    )
    repeals = RelationRow(NEW, "art_12", RelationKind.REPEALS, "151/2025/NĐ-CP", "art_5__para_2")
    return Tables(**({"documents": (document,), "relations": (repeals,)} | changes))  # type: ignore[arg-type]


def file(tables: Tables, name: str = "bang.xlsx") -> SimpleUploadedFile:
    target = io.BytesIO()
    (formats.write_workbook if name.endswith("xlsx") else formats.write_json)(target, tables)
    return SimpleUploadedFile(name, target.getvalue())


def carried(page: str) -> str:
    found = re.search(r'name="rows" value="([^"]*)"', page)
    assert found
    return found[1].replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")


def test_a_file_is_looked_through_tried_and_entered_whole(justice) -> None:
    before = size()
    page = body(justice.post(f"{HOME}nhap-tep/", {"viec": "xem", "file": file(table())}))
    assert "Nếu nhập thì" in page and NEW in page and size() == before
    assert "Nghị định 151/2025/NĐ-CP, điều 5 khoản 2" in page and "01/01/2027" in page
    answer = justice.post(
        f"{HOME}nhap-tep/", {"viec": "nhap", "rows": carried(page), "name": "bang.xlsx"}, follow=True
    )
    assert "Đã nhập" in body(answer) and size() == before + 1
    queries.corpus.now()
    land = queries.document(LAND)
    assert queries.effect(land, "art_5__para_2", date(2027, 1, 2)).standing is Standing.ENDED
    again = body(justice.post(f"{HOME}nhap-tep/", {"viec": "xem", "file": file(table(), "bang.json")}))
    assert "sổ đã có tất cả" in again


def test_a_file_with_faults_enters_nothing_and_names_each(justice) -> None:
    bad = table(
        documents=(
            DocumentRow(NEW, issued_on=date(2025, 1, 1), effective_on=date(2027, 1, 1), territory="p:99"),
        ),
        relations=(RelationRow(NEW, "", RelationKind.REPEALS, "1/2099/NĐ-CP"),),
    )
    before = size()
    answer = justice.post(f"{HOME}nhap-tep/", {"viec": "nhap", "file": file(bad)})
    page = body(answer)
    assert answer.status_code == 400 and size() == before
    assert "là của năm 2026" in page and "Sửa số hoặc ngày ban hành" in page
    fixed = table(
        documents=(DocumentRow(NEW, effective_on=date(2027, 1, 1), territory="p:99"),),
        relations=bad.relations,
    )
    page = body(justice.post(f"{HOME}nhap-tep/", {"viec": "nhap", "file": file(fixed)}))
    assert "Không có đơn vị mang mã định danh p:99" in page and "1/2099/NĐ-CP" in page
    assert NEW not in {d.number for d in queries.corpus().docs.values()}


def test_a_document_that_is_there_with_other_facts_is_refused(justice) -> None:
    other = table(
        documents=(DocumentRow("151/2025/NĐ-CP", issued_on=date(2025, 6, 12), title="Khác"),), relations=()
    )
    page = body(justice.post(f"{HOME}nhap-tep/", {"viec": "xem", "file": file(other)}))
    assert "đã có trong sổ với thông tin khác" in page and "title" in page


@pytest.mark.parametrize(
    "content", [b"", b"<akomaNtoso", b"PK\x03\x04zz", b"{", b"[" * 50_000, b"\xff\xfe\x00"]
)
def test_broken_files_are_refused_in_words(justice, content: bytes) -> None:
    answer = justice.post(f"{HOME}nhap-tep/", {"viec": "xem", "file": SimpleUploadedFile("x.xlsx", content)})
    assert (
        answer.status_code == 400 and "Xin sửa những chỗ sau" in body(answer)
    ) or "lỗi, chưa dòng nào" in body(answer)


def test_the_template_can_be_entered(justice) -> None:
    book = justice.get(f"{HOME}nhap-tep/mau.xlsx").content
    page = body(
        justice.post(f"{HOME}nhap-tep/", {"viec": "xem", "file": SimpleUploadedFile("mau.xlsx", book)})
    )
    assert "Nếu nhập thì" in page and "Nghị định ví dụ" in page


def test_one_document_by_form(justice) -> None:
    form = ROWS | {
        "number": NEW, "title": "Nghị định thử", "issued_on": "01/12/2026", "effective_on": "01/01/2027",
        "evidence": "confirmed", "source": "Công báo", "vi-tri-0-place": "điều 3", "vi-tri-0-text": "Lời văn của điều 3.",
        "quan-he-0-kind": "repeals", "quan-he-0-place": "điều 12", "quan-he-0-target": "151/2025/NĐ-CP",
        "quan-he-0-target_place": "điều 5 khoản 2",
        "con-no-0-kind": "circular", "con-no-0-subject": "Hướng dẫn", "con-no-0-holder": "bnnmt", "con-no-0-place": "điều 9",
    }  # fmt: skip
    more = body(justice.post(f"{HOME}nhap/", form | {"viec": "them"}))
    assert 'name="quan-he-3-target"' in more and 'value="điều 12"' in more and "Nghị định thử" in more
    page = body(justice.post(f"{HOME}nhap/", form | {"viec": "xem"}))
    assert "Nhập vào sổ" in page and "điều 5 khoản 2" in page
    answer = justice.post(f"{HOME}nhap/", form | {"viec": "nhap"}, follow=True)
    shown = body(answer)
    assert answer.redirect_chain and "Lời văn của điều 3." in shown and "Hướng dẫn" in shown
    part = next(
        p for p in queries.outline(queries.document("999-2026-nd-cp"), date(2027, 2, 1)) if p.path == "art_3"
    )
    assert part.words is not None and part.words.text == "Lời văn của điều 3."
    wrong = body(justice.post(f"{HOME}nhap/", form | {"viec": "xem", "quan-he-0-target": "abc"}))
    assert "Không đọc được số" in wrong
    known = ROWS | {
        "number": "151/2025/NĐ-CP",
        "evidence": "unconfirmed",
        "vi-tri-0-place": "điều 88",
        "viec": "nhap",
    }
    assert "Điều 88" in body(justice.post(f"{HOME}nhap/", known, follow=True))


def test_facts_are_corrected_with_a_source_and_not_on_a_stale_page(justice) -> None:
    place = f"{HOME}{LAND}/sua/"
    page = body(justice.get(place))
    form = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    form |= {
        "title": "Tên đã sửa",
        "evidence": "confirmed",
        "source": "Công báo",
        "owner": "bnnmt",
        "note": "",
    }
    form.pop("csrfmiddlewaretoken", None)
    assert justice.post(place, form).status_code == 302
    assert queries.corpus.now().by_slug[LAND].title == "Tên đã sửa"
    shown = body(justice.get(f"{HOME}{LAND}/"))
    assert "Sửa thông tin văn bản 151/2025/NĐ-CP" in shown
    assert justice.post(place, form | {"title": "Lần nữa"}).status_code == 409
    seen = str(queries.document(LAND).version)
    unsourced = justice.post(place, form | {"seen": seen, "source": ""})
    assert unsourced.status_code == 400 and "phải ghi nguồn" in body(unsourced)


def test_a_wrong_relation_is_withdrawn_with_a_reason(justice) -> None:
    food = queries.document("46-2026-nd-cp")
    tie = next(t for t in queries.corpus().suffering(food.pk) if t.kind is RelationKind.SUSPENDS)
    place = f"{HOME}quan-he/{tie.pk}/bo/"
    assert "ngưng hiệu lực" in body(justice.get(place))
    assert justice.post(place, {"why": ""}).status_code == 400
    assert justice.post(place, {"why": "ghi nhầm"}).status_code == 302
    assert tie.pk not in queries.corpus.now().ties
    assert justice.post(place, {"why": "ghi nhầm"}).status_code == 404


def test_communes_keep_their_own_documents_only(cast) -> None:
    client = made.signed_in(cast["dung.sapa"])
    shown = body(client.get(f"{HOME}{LAND}/"))
    assert "Sửa thông tin" not in shown and "Báo vướng mắc" in shown
    before = size()
    form = {"seen": "0", "title": "x", "evidence": "unconfirmed"}
    assert client.post(f"{HOME}{LAND}/sua/", form).status_code == 403
    assert client.post(f"{HOME}nhap-tep/", {"viec": "nhap", "file": file(table())}).status_code == 403
    assert size() == before


def test_owed_documents_by_ministry_settled_and_reopened(cast, justice) -> None:
    page = body(justice.get(f"{HOME}con-no/"))
    assert "quá hạn" in page and "Bộ Nội vụ" in page
    row = Owed.objects.filter(state="open", holder="bnv").order_by("pk").first()
    assert row is not None
    place = f"{HOME}con-no/{row.pk}/"
    stranger = made.signed_in(cast["dung.sapa"])
    assert "Đã ban hành</button>" not in body(stranger.get(place))
    assert stranger.post(place, {"viec": "rut", "seen": "0"}).status_code == 403
    unknown = justice.post(place, {"viec": "xong", "seen": str(row.version), "document": "1/2099/TT-BNV"})
    assert unknown.status_code == 400 and "Sổ chưa có văn bản" in body(unknown)
    done = justice.post(
        place, {"viec": "xong", "seen": str(row.version), "document": "151/2025/NĐ-CP"}, follow=True
    )
    assert "Nghị định 151/2025/NĐ-CP" in body(done)
    row.refresh_from_db()
    assert justice.post(place, {"viec": "mo-lai", "seen": "0"}).status_code == 409
    assert justice.post(place, {"viec": "mo-lai", "seen": str(row.version)}).status_code == 302
    row.refresh_from_db()
    assert row.state == "open"
    answer = justice.get(f"{HOME}con-no/tep.csv", {"trang-thai": "tat-ca"})
    assert len(b"".join(answer.streaming_content).decode().splitlines()) == Owed.objects.count() + 1


def test_a_problem_goes_to_its_ministry_and_stays_beside_the_clause(cast, justice, client) -> None:
    commune = made.signed_in(cast["dung.sapa"])
    form = {"place": "điều 5 khoản 1", "kind": "unclear", "question": "Hiểu khoản này thế nào?"}
    sent = commune.post(f"{HOME}{LAND}/vuong-mac/", form, follow=True)
    code = Problem.objects.get(question=form["question"]).code
    assert code in body(sent) and "Bộ Nông nghiệp và Môi trường" in body(sent)
    assert commune.post(f"{HOME}{LAND}/vuong-mac/", form | {"place": "điểm w"}).status_code == 400
    assert code in body(commune.get(f"{HOME}vuong-mac/?cua=toi"))
    assert (
        justice.post(f"{HOME}vuong-mac/{code}/", {"viec": "tra-loi", "seen": "1", "answer": "x"}).status_code
        == 403
    )
    officers = body(commune.get(f"{HOME}{LAND}/"))
    at = officers.index('id="art_5__para_1"')
    assert code in officers[at : officers.index('id="art_5__para_1__point_a"')]
    assert code not in body(client.get(f"/van-ban/{LAND}/")), (
        "a question is for officers until it is answered"
    )


def test_a_problem_of_an_unowned_rule_is_answered_by_justice_and_mended(cast, justice, client) -> None:
    unowned = next(d for d in queries.corpus().docs.values() if not d.owner and d.rank)
    form = {"place": "", "kind": "missing", "question": "Thiếu quy định?"}
    made.signed_in(cast["dung.sapa"]).post(f"{HOME}{unowned.slug}/vuong-mac/", form)
    problem = Problem.objects.get(question=form["question"])
    assert problem.code in body(justice.get(f"{HOME}vuong-mac/"))
    place = f"{HOME}vuong-mac/{problem.code}/"
    empty = justice.post(place, {"viec": "tra-loi", "seen": str(problem.version), "answer": ""})
    assert empty.status_code == 400
    answer = {
        "viec": "tra-loi",
        "seen": str(problem.version),
        "answer": "Theo điều 5 Nghị định 151/2025/NĐ-CP.",
    }
    shown = body(justice.post(place, answer, follow=True))
    assert f'href="/van-ban/{LAND}/#art_5"' in shown
    assert problem.code in body(client.get(f"/van-ban/{unowned.slug}/")), "answered, it is for everybody"
    assert justice.post(place, answer).status_code == 409
    problem.refresh_from_db()
    mended = {"viec": "sua", "seen": str(problem.version), "document": "226/2025/NĐ-CP"}
    assert "đã sửa quy định" in body(justice.post(place, mended, follow=True))


def test_lists_and_files_open_for_every_officer(cast) -> None:
    client = made.signed_in(cast["giang.sapa"])
    for path in ("", "thay-doi/", "con-no/", "vuong-mac/", f"{LAND}/"):
        client.get(HOME + path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(HOME + path).status_code == 200, path
        assert len(seen) <= 16, (path, len(seen))
    whole = json.loads(client.get(f"{HOME}tep.json").content)
    assert len(whole["documents"]) == len(queries.corpus().docs)
    assert client.get(f"{HOME}nhap/").status_code == 403
