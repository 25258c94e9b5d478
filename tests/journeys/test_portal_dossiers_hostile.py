"""What people send who mean no good, or whose paste went wrong: a clear answer, nothing that is not theirs, no 500."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client

from haicap.domain.dossiers import actions, queries
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.accounts.sessions import BACKEND
from haicap.kernel.files.models import Stored
from haicap.kernel.files.tests import papers
from tests.journeys import portal_filing as filing

pytestmark = pytest.mark.django_db
POISON = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": "\" autofocus onfocus=\"alert(1)' x='",
    "template": "{{ 7|add:7 }}{% csrf_token %}%(x)s%s",
    "sql": "'; DROP TABLE dossiers_dossier; --",
    "right to left": "Nguyễn \u202etxe.fdp\u202c An",
    "emoji": "👩‍👩‍👧‍👦 Hồ Văn 𠀀",
    "nul": "a\0b",
    "controls": "a\x1b[31m\r\nSet-Cookie: a=b\x08",
    "surrogate": "\\ud800 %00 %0d%0a",
    "long": "Ă" * 20_000,
    "spaces": " \u00a0\u200b\t\n ",
}


@pytest.fixture(autouse=True)
def _ready(cast_database, procedures, settings):
    """The demo cast at Sa Pa, the catalogue."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def harmless(response, sent: str) -> str:
    """No bug of ours, nothing of it alive in the page."""
    assert response.status_code < 500, sent
    page = filing.text(response)
    for alive in ("<script>alert", "<img src=x", '" autofocus onfocus="'):
        assert alive not in page
    assert "\0" not in page and "\u202e" not in html.unescape(page)
    return page


@pytest.mark.parametrize("name", POISON)
def test_poison_in_every_question(client, name) -> None:
    text = POISON[name]
    draft = filing.begun(client)
    for key, given in filing.ANSWERS.items():
        path = f"/khai/{draft}/cau/{key}/"
        hidden = filing.fields(filing.text(client.get(path)))
        harmless(client.post(path, hidden | dict.fromkeys(given, text)), text)
        harmless(client.get(path), text)
        filing.answer(client, draft, key, **given)
    harmless(client.post(f"/khai/{draft}/nguoi-nop/", dict.fromkeys(
        ("name", "kind", "number", "phone", "email", "address", "proxy", "method"), text)), text)  # fmt: skip
    harmless(client.get(f"/khai/{draft}/xem-lai/"), text)


@pytest.mark.parametrize("name", POISON)
def test_poison_that_a_text_may_hold_is_filed_and_shown_as_text(client, name) -> None:
    text = POISON[name][:100].replace("\0", "")
    draft = filing.begun(client)
    answers = filing.ANSWERS | {"o_dau": filing.ANSWERS["o_dau"] | {"c-mat_noi": f"Nhà {text}"}}
    filing.answer_all(client, draft, answers)
    filing.named(client, draft, name=f"An {text}", address=text)
    harmless(client.get(f"/khai/{draft}/xem-lai/"), text)
    code = filing.handed_in(client, draft)
    harmless(client.get(f"/khai/{draft}/da-nop/"), text)
    row = queries.tracked(code, filing.PHONE)
    assert row.answers["mat_noi"].startswith("Nhà") and "\u202e" not in row.applicant_name


@pytest.mark.parametrize("name", POISON)
def test_poison_in_addresses_and_small_forms(client, name) -> None:
    text = POISON[name]
    for path, given in (
        ("/nop-ho-so/1.000656/noi-o/", {"dia-chi": text}),
        ("/nop-ho-so/1.000656/noi-o/", {"don-vi": text[:50]}),
        ("/nop-ho-so/1.000656/bat-dau/", {"don-vi": text[:50]}),
        ("/tra-cuu-ho-so/", {"ma": text}),
    ):
        harmless(client.get(path, given), text)
    for path, given in (
        ("/nop-ho-so/1.000656/bat-dau/", {"don-vi": "03006", "dien_thoai": text}),
        ("/nop-ho-so/ban-nhap/", {"ma": text, "dien_thoai": text}),
        ("/tra-cuu-ho-so/", {"ma": text, "so": text}),
        ("/tra-cuu-ho-so/", {"ma": "H38.03006-261122-0001", "so": text}),
    ):
        harmless(client.post(path, given), text)


@pytest.mark.parametrize(
    "path",
    [
        "/nop-ho-so/9.999999/",
        "/nop-ho-so/%00/",
        "/nop-ho-so/..%2f..%2fetc/",
        "/khai/01a20243-8931-754f-81e6-544d092f87c2/",
        "/ho-so-cua-toi/?trang=-1",
        "/kiem-tra/%27%20or%201=1/",
        "/kiem-tra/" + "k" * 3000 + "/",
        "/ho-so/H38.03006-261122-0001/bo-sung/",
        "/ho-so/x/phieu/01a20243-8931-754f-81e6-544d092f87c2/",
        "/nop-ho-so/1.000656/noi-o/?don-vi=99999",
        "/nop-ho-so/1.000656/noi-o/?don-vi=" + "9" * 5000,
    ],
)
def test_addresses_that_lead_nowhere(client, path) -> None:
    response = client.get(path)
    assert response.status_code in (200, 302, 400, 404)
    harmless(response, path)


def test_somebody_elses_draft_stays_shut(client) -> None:
    draft = filing.begun(client)
    filing.answer_all(client, draft)
    filing.attach(client, draft, "giay_bao_tu")
    component = queries.components_of(queries.draft(draft))[0].public_id
    stranger, signed = Client(), Client()
    signed.force_login(accounts.user_named("lan"), backend=BACKEND)
    for other in (stranger, signed):
        for path in ("", "cau/ban_la_ai/", "giay-to/", "giay-to/giay_bao_tu/", f"tep/{component}/", "nguoi-nop/",
                     "xem-lai/", "da-nop/", "de-sau/", "bo/"):  # fmt: skip
            assert other.get(f"/khai/{draft}/{path}").status_code == 404
        for path in (
            "cau/ban_la_ai/",
            f"tep/{component}/bo/",
            "xem-lai/",
            "bo/",
            "giay-to/",
            "giay-to/khac/",
        ):
            assert other.post(f"/khai/{draft}/{path}", {"cam-doan": "1"}).status_code == 404
    assert queries.draft(draft) is not None


def test_a_file_of_another_draft_is_nobodys_here(client) -> None:
    theirs = filing.begun(Client())
    other = Client()
    mine = filing.begun(other)
    browser = Client()
    foreign = filing.begun(browser)
    filing.attach(browser, foreign, "giay_to_tuy_than")
    component = queries.components_of(queries.draft(foreign))[0]
    assert other.get(f"/khai/{mine}/tep/{component.public_id}/").status_code == 404
    assert other.post(f"/khai/{mine}/tep/{component.public_id}/bo/").status_code == 404
    assert queries.components_of(queries.draft(foreign)) and not queries.components_of(queries.draft(theirs))
    # ids of files typed into the form are not read at all
    other.post(f"/khai/{mine}/giay-to/giay_to_tuy_than/", {"tep": str(component.file.public_id)})
    assert not queries.components_of(queries.draft(mine))
    assert browser.get(f"/khai/{foreign}/tep/{uuid4()}/").status_code == 404


def test_forged_fields_change_nothing(client) -> None:
    draft = filing.begun(client)
    forged = {
        "c-khong_co": "x", "h-khong_co": "1", "n-khong_co": "99999999", "c-quan_he": "vua", "h-quan_he": "1",
        "_nguoi_nop": "{}", "c-_noi": "x", "unit": "vn", "procedure": "1.001193", "phone": "0", "user": "x",
        "bo-quan_he": "-1", "them-quan_he": "1",
    }  # fmt: skip
    for key in ("quan_he", "ban_la_ai"):
        assert client.post(f"/khai/{draft}/cau/{key}/", forged).status_code in (302, 400)
    row = queries.draft(draft)
    assert (
        set(row.answers) <= {"quan_he"} and row.procedure_code == filing.DEATH and row.phone == filing.PHONE
    )
    page = filing.text(filing.answer(client, draft, "quan_he", **{"c-quan_he": "vua"}))
    assert page.count("Xin chọn trong các lựa chọn đã cho.") == 2
    filing.answer_all(client, draft)
    odd = {"name": "A", "kind": "vua", "phone": filing.PHONE, "method": "bay"}
    assert client.post(f"/khai/{draft}/nguoi-nop/", odd).status_code == 400


def test_a_list_beyond_its_length_is_cut(client) -> None:
    draft = filing.begun(client, "2.001406")
    form = queries.to_file("2.001406", "", date(2026, 11, 22)).content.form
    page, group = next((p, q) for p, q in form.questions() if hasattr(q, "fields"))
    opens = {t.key: t.values[0] for t in page.condition.terms}
    actions.save_draft(draft=draft, answers=opens, page="", actor="public", at=datetime.now(UTC))
    sent = {f"n-{group.key}": "9999", "tiep": ""}
    client.post(f"/khai/{draft}/cau/{page.key}/", sent)
    assert len(queries.draft(draft).answers[group.key]) <= group.most


def test_a_procedure_that_ended_says_so_and_the_draft_is_safe(client, monkeypatch) -> None:
    draft = filing.begun(client)
    filing.answer_all(client, draft)
    filing.named(client, draft)

    def ended(code: str, province: str, on: date) -> queries.Pinned:
        return to_file(code, province, date(2024, 1, 1))  # a day on which it does not count

    to_file = queries.to_file
    monkeypatch.setattr(queries, "to_file", ended)
    for response in (
        client.get(f"/khai/{draft}/xem-lai/"),
        client.post(f"/khai/{draft}/xem-lai/", {"cam-doan": "1"}),
        client.get("/nop-ho-so/1.000656/"),
    ):
        page = harmless(response, "")
        assert response.status_code == 400 and "không áp dụng" in page
    monkeypatch.undo()
    assert filing.handed_in(client, draft)


def test_nothing_is_changed_without_the_token_of_the_page(client) -> None:
    draft = filing.begun(client)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    for path in (
        f"/khai/{draft}/cau/ban_la_ai/", f"/khai/{draft}/xem-lai/", f"/khai/{draft}/bo/", f"/khai/{draft}/giay-to/khac/",
        "/nop-ho-so/1.000656/bat-dau/", "/nop-ho-so/ban-nhap/", "/tra-cuu-ho-so/", "/tra-cuu-ho-so/xong/",
        "/kiem-tra/abc/",
    ):  # fmt: skip
        assert strict.post(path, {"don-vi": "03006"}).status_code == 403


HOSTILE = {
    "page.html": (b"<html><script>alert(1)</script></html>", 400),
    "picture.svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 400),
    "program.exe": (b"MZ" + b"\0" * 200, 400),
    "script.pdf": (
        papers.pdf(papers.JS, catalog=b"<< /Type /Catalog /Pages 2 0 R /OpenAction 3 0 R >>"),
        400,
    ),
    "macros.docx": (papers.docx(("word/vbaProject.bin", b"x")), 400),
    "bomb.zip": (papers.overlapping(), 400),
    "empty.pdf": (b"", 400),
    "../../../etc/passwd.pdf": (papers.pdf(), 302),
    "con.pdf": (papers.pdf(), 302),
    "Ảnh\u202egpj.exe": (papers.jpeg(), 302),
    "a\r\nSet-Cookie: x=y.jpg": (papers.jpeg(), 302),
    "<img src=x onerror=alert(1)>.jpg": (papers.jpeg(), 302),
    "x" * 2000 + ".jpg": (papers.jpeg(), 302),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_and_names(client, name) -> None:
    body, status = HOSTILE[name]
    draft = filing.begun(client)
    path = f"/khai/{draft}/giay-to/giay_to_tuy_than/"
    sent = client.post(path, {"tep": filing.scan(name, body)})
    assert sent.status_code == status
    page = harmless(sent if status == 400 else client.get(path), name)
    held = queries.components_of(queries.draft(draft))
    assert len(held) == (status == 302)
    if status == 400:
        assert 'id="tep-err"' in page
        return
    kept = held[0].file.original_name
    assert len(kept) <= 120 and not re.search(r"[\r\n/\\<>\u202e]", kept)
    back = client.get(f"/khai/{draft}/tep/{held[0].public_id}/")
    assert back.headers["Content-Disposition"].startswith("attachment")
    assert "Set-Cookie" not in back.headers and back.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(back.streaming_content) == body


def test_a_file_too_large_is_refused_in_words(client, settings) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    draft, before = filing.begun(client), Stored.objects.count()
    big = papers.jpeg() + b"\0" * (1024 * 1024)
    page = client.post(f"/khai/{draft}/giay-to/giay_to_tuy_than/", {"tep": filing.scan("to.jpg", big)})
    assert page.status_code in (400, 413) and "1 MB" in filing.text(page)
    assert Stored.objects.count() == before
