"""Walking the pages of filing as a browser without JavaScript does."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page

from haicap.base.dates import today
from haicap.domain.dossiers import actions
from haicap.domain.dossiers.rules import Applicant
from haicap.domain.procedures.content import Field, FieldType, Form, Group
from haicap.domain.units import queries as units
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.files.tests import papers

BEFORE = datetime.now(UTC) - timedelta(days=1)  # when the cast took its posts
DEATH = "1.000656"
SAPA = "03006"
PHONE = "0912345678"
NUMBER = "010090000123"
ANSWERS: dict[str, dict[str, Any]] = {
    "ban_la_ai": {"c-nop_ho_ten": "Nguyễn Thị Nộp", "c-nop_so_dinh_danh": NUMBER},
    "nop_thay": {"c-nop_cho": "minh"},
    "lien_he": {"c-nop_dien_thoai": PHONE, "c-nop_thu": "nop@vidu.vn"},
    "quan_he": {"c-quan_he": "con"},
    "nguoi_mat": {"c-mat_ho_ten": "Nguyễn Văn Mất", "c-mat_ngay_sinh-d": "2", "c-mat_ngay_sinh-m": "3",
                  "c-mat_ngay_sinh-y": "1940"},
    "khi_nao": {"c-mat_ngay-d": "19", "c-mat_ngay-m": "11", "c-mat_ngay-y": "2026", "c-mat_gio": "08:30"},
    "o_dau": {"c-mat_noi": "Bệnh viện Đa khoa Sa Pa", "c-mat_noi_xa": "Thị trấn Sa Pa, huyện Sa Pa, Lào Cai"},
    "noi_o_cuoi": {"c-mat_noi_cu_tru": "Phường Sa Pa, Lào Cai"},
    "giay_bao_tu": {"c-co_bao_tu": "yes"},
    "ban_sao": {"c-so_ban_sao": "2"},
}  # fmt: skip


def text(response: Any) -> str:
    """The page as text."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return str(body.decode())


def fields(page: str) -> dict[str, str]:
    """The hidden fields a browser sends along."""
    found = re.findall(r'<input type="hidden" name="([hn]-[^"]+)" value="([^"]*)"', page)
    return dict(found)


def begun(client: Client, code: str = DEATH, unit: str = SAPA, phone: str = PHONE) -> UUID:
    """A draft begun; its id."""
    response = client.post(
        f"/nop-ho-so/{code}/bat-dau/", {"don-vi": unit, "dien-thoai": phone, "dien_thoai": phone}
    )
    assert response.status_code == 302, text(response)
    return UUID(response["Location"].split("/")[-2])


def answer(client: Client, draft: UUID, key: str, **given: Any) -> Any:
    """Send one page; the answer of the server."""
    path = f"/khai/{draft}/cau/{key}/"
    page = text(client.get(path))
    return client.post(path, fields(page) | {"tiep": ""} | given)


def answer_all(client: Client, draft: UUID, answers: dict[str, dict[str, Any]] | None = None) -> None:
    """Send every page that comes, until the papers."""
    given = answers or ANSWERS
    at = f"/khai/{draft}/cau/{next(iter(given))}/"
    for _ in range(40):
        found = re.search(r"/cau/([a-z_]+)/", at)
        if found is None:
            assert at.endswith("/giay-to/"), at
            return
        response = answer(client, draft, found[1], **given.get(found[1], {}))
        assert response.status_code == 302, text(response)
        at = response["Location"]
    raise AssertionError("no end")


def scan(name: str = "giay-bao-tu.pdf", body: bytes | None = None) -> SimpleUploadedFile:
    """A paper as a phone sends it."""
    return SimpleUploadedFile(name, papers.pdf() if body is None else body)


def attach(client: Client, draft: UUID, paper: str, **more: Any) -> Any:
    """Send one file for a paper."""
    response = client.post(f"/khai/{draft}/giay-to/{paper}/", {"tep": scan(), **more})
    assert response.status_code == 302, text(response)
    return response


def named(client: Client, draft: UUID, **changes: str) -> Any:
    """Who it is for."""
    facts = {"name": "Nguyễn Thị Nộp", "kind": "person", "number": NUMBER, "phone": PHONE, "method": "online"}
    response = client.post(f"/khai/{draft}/nguoi-nop/", facts | changes)
    assert response.status_code == 302, text(response)
    return response


def handed_in(client: Client, draft: UUID) -> str:
    """Declare and file; the code."""
    done = client.post(f"/khai/{draft}/xem-lai/", {"cam-doan": "1"}, follow=True)
    found = re.search(r'big-code code">([^<]+)<', text(done))
    assert found, text(done)
    return found[1]


def fill_in(client: Client, draft: UUID, form: Form) -> None:
    """Answer whatever is asked with something that fits."""
    at = client.get(f"/khai/{draft}/")["Location"]
    for _ in range(60):
        found = re.search(r"/cau/([a-z_0-9]+)/", at)
        if found is None:
            return
        page = next(p for p in form.pages if p.key == found[1])
        given: dict[str, Any] = {}
        for question in page.questions:
            if isinstance(question, Group):
                for n in range(max(1, question.least)):
                    for field in question.fields:
                        given |= fitting(field, f"c-{question.key}-{n}-{field.key}")
            else:
                given |= fitting(question, f"c-{question.key}")
        response = answer(client, draft, found[1], **given)
        assert response.status_code == 302, (page.key, re.findall(r'class="err".*', text(response)))
        at = response["Location"]
    raise AssertionError("no end")


def fitting(field: Field, name: str) -> dict[str, Any]:
    """An answer that fits a question."""
    if field.type is FieldType.DATE:
        return {f"{name}-d": "1", f"{name}-m": "11", f"{name}-y": "2026" if field.rules.max else "2027"}
    if field.type in (FieldType.CHOICE, FieldType.YESNO, FieldType.MULTICHOICE):
        return {name: field.options[0].key if field.options else "yes"}
    fits = {
        FieldType.NUMBER: field.rules.min or "1",
        FieldType.MONEY: field.rules.min or "1000000",
        FieldType.PHONE: PHONE,
        FieldType.EMAIL: "ai@vidu.vn",
        FieldType.PERSON_ID: NUMBER,
        FieldType.UNIT: "Phường Sa Pa, Lào Cai",
    }
    if field.type not in fits and not field.required:
        return {name: ""}
    return {name: fits.get(field.type, "Nội dung để thử")}


def by_verb(name: str) -> str:
    """A dossier of an account, filed and received without a browser; its code."""
    at = datetime.now(UTC)
    user, clerk = accounts.user_named(name), accounts.user_named("giang.sapa")
    unit = units.register().at(SAPA, today(at))
    assert user is not None and clerk is not None and unit is not None
    applicant = Applicant("Hoàng Thị Lan", phone=PHONE, number=NUMBER, user=user.actor)
    given = {"nop_ho_ten": "Hoàng Thị Lan", "nop_so_dinh_danh": NUMBER, "nop_cho": "minh", "nop_dien_thoai": PHONE,
             "quan_he": "con", "mat_ho_ten": "Hoàng Văn Mất", "mat_ngay": "2026-11-19", "mat_noi": "Nhà",
             "mat_noi_xa": "Phường Sa Pa, Tỉnh Lào Cai", "mat_noi_cu_tru": "Phường Sa Pa, Tỉnh Lào Cai",
             "co_bao_tu": "yes"}  # fmt: skip
    row = actions.file(
        filing=actions.Filing(DEATH, unit.uid, applicant, answers=given), actor=user.actor, at=at
    )
    return actions.receive(code=row.code, seen=row.version, actor=clerk.actor, at=at).code


def by_hand(page: Page) -> None:
    """Answer the page that is open with something that fits, and go on."""
    for box in page.locator("main [type=radio]").all():
        name = box.get_attribute("name")
        if not page.locator(f"[name={name}]:checked").count():
            box.check()
    for box in page.locator("main input[id^=c-]:not([type=radio],[type=checkbox])").all():
        name = box.get_attribute("name") or ""
        fits = {"-d": "1", "-m": "11", "-y": "2026"}.get(name[-2:], "")
        digits = {"tel": PHONE, "numeric": NUMBER, "decimal": "1", "email": "ai@vidu.vn"}
        text = digits.get(box.get_attribute("inputmode") or "", "Phường Sa Pa, Lào Cai")
        if not box.input_value():
            box.fill(fits or text)
    page.locator("main button[name=tiep]").last.click()
