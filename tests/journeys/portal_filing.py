"""Walking the pages of filing as a browser without JavaScript does."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

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
    response = client.post(f"/nop-ho-so/{code}/bat-dau/", {"don-vi": unit, "dien-thoai": phone, "dien_thoai": phone})
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
    at = client.get(f"/khai/{draft}/")["Location"]
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
