"""What holds for every answer: headers, error pages, health, robots, words."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from haicap.web.common import errors

COMMON = Path(__file__).resolve().parents[3] / "src/haicap/web/common"


@pytest.mark.django_db
def test_headers_on_pages_errors_and_refusals(client, register):
    for path in ("/", "/khong-co/", "/don-vi/abc/", "/suc-khoe/song"):
        response = client.get(path)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "geolocation=()" in response.headers["Permissions-Policy"]
        assert response.headers["X-Request-Id"]
        assert "Server-Timing" not in response.headers


@pytest.mark.django_db
def test_request_id_of_a_proxy_is_kept_only_when_it_looks_like_one(client):
    assert (
        client.get("/suc-khoe/song", headers={"x-request-id": "abc-12345678"}).headers["X-Request-Id"]
        == "abc-12345678"
    )
    assert (
        client.get("/suc-khoe/song", headers={"x-request-id": "a b\tc"}).headers["X-Request-Id"] != "a b\tc"
    )


@pytest.mark.django_db
def test_health(client, register):
    assert client.get("/suc-khoe/song").json() == {"status": "live"}
    ready = client.get("/suc-khoe/san-sang")
    assert ready.status_code == 200
    assert ready.json()["registers"]["units"]["generation"] >= 1


def test_readiness_without_a_database_says_so(monkeypatch):
    from django.db import OperationalError

    from haicap.web.common import health

    def away():
        raise OperationalError("no server")

    monkeypatch.setattr(health.connection, "cursor", away)
    response = health.ready(RequestFactory().get("/suc-khoe/san-sang"))
    assert response.status_code == 503
    assert b"OperationalError" in response.content


@pytest.mark.django_db
def test_readiness_while_the_units_are_loading(client, monkeypatch):
    from haicap.web.common import health

    monkeypatch.setitem(health.REGISTERS, "units", lambda: health.Register("units", 0, 0, 1))
    response = client.get("/suc-khoe/san-sang")
    assert response.status_code == 503
    assert "units" in response.json()["loading"]


@pytest.mark.django_db
def test_pages_while_the_units_are_loading_say_so(client, monkeypatch):
    from haicap.base.refused import Refused
    from haicap.domain.units import queries

    def loading():
        raise Refused("not_loaded", "Sổ đăng ký đơn vị đang được nạp. Xin thử lại sau ít giây.")

    monkeypatch.setattr(queries, "register", loading)
    response = client.get("/don-vi/")
    assert response.status_code == 503 and response.headers["Retry-After"] == "5"
    assert "đang được nạp" in response.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_error_pages_need_no_database(language):
    """No django_db mark here: a query would fail the test."""
    request = RequestFactory().get("/don-vi/")
    with translation.override(language):
        pages = {
            400: errors.bad_request(request),
            403: errors.forbidden(request),
            404: errors.not_found(request),
            500: errors.server_error(request),
        }
    for status, page in pages.items():
        assert page.status_code == status
        assert f'<html lang="{language}">' in page.content.decode()
        assert "<h1>" in page.content.decode()


@pytest.mark.django_db
def test_a_bug_answers_500_with_a_page(register, monkeypatch):
    from haicap.domain.units import queries

    def broken(*_args, **_more):
        raise ZeroDivisionError

    monkeypatch.setattr(queries, "convert_address", broken)
    response = Client(raise_request_exception=False).get("/", {"q": "Phường Bến Nghé"})
    assert response.status_code == 500
    assert "Lỗi này là của chúng tôi" in response.content.decode()


@pytest.mark.django_db
def test_static_pages_in_both_languages(client, register):
    for name in ("about", "accessibility", "status"):
        for language in ("vi", "en"):
            with translation.override(language):
                path = reverse(f"portal:{name}")
            page = client.get(path).content.decode()
            assert f'<html lang="{language}">' in page


@pytest.mark.django_db
def test_robots(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /chuyen-doi/" in text and "Disallow: /en/chuyen-doi/" in text


def test_vendored_files_are_those_written_down():
    """Hash and licence of everything taken from elsewhere; a silent change would show here."""
    written = (COMMON / "static/haicap/VENDORED.md").read_text(encoding="utf-8")
    root = COMMON.parents[3]
    hashes = dict(re.findall(r"`([\w.-]+)` `([0-9a-f]{64})`", written))
    places = [
        COMMON / "static/haicap/fonts",
        COMMON / "static/haicap/js",
        COMMON / "data",
        root / "tests/browser/vendor",
    ]
    files = [f for place in places for f in place.iterdir() if f.suffix in {".woff2", ".js", ".json"}]
    assert {f.name for f in files} == set(hashes)
    for file in files:
        assert hashlib.sha256(file.read_bytes()).hexdigest() == hashes[file.name], file.name


def test_no_page_has_inline_style_or_script():
    """The policy would block them: they may not be written in the first place."""
    for template in COMMON.parent.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=\"", text), template


def test_style_sheet_is_small():
    assert (COMMON / "static/haicap/css/haicap.css").stat().st_size < 40_000
