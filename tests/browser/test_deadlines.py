"""The deadline calculator and the calendar in a real browser: accessible, no wider than the window, on paper too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ASKED = "/thoi-han/?ngay=13/02/2026&gio=17:30&so=15&loai=days&so2=8&loai2=working_days"
PAUSED = "&dung=02/03/2026&dung_gio=10:00&tiep=06/03/2026&tiep_gio=10:00"

# name of the picture, path, status
PAGES = (
    ("deadline-start", "/thoi-han/", 200),
    ("deadline", ASKED, 200),
    ("deadline-paused", ASKED + PAUSED, 200),
    ("deadline-bad", "/thoi-han/?ngay=31/02/2026&so=0&loai=days", 400),
    ("deadline-long", "/thoi-han/?ngay=02/01/2025&so=480&loai=working_days", 200),
    ("calendar", "/lich/?nam=2026", 200),
    ("deadline-en", "/en" + ASKED, 200),
    ("calendar-en", "/en/lich/?nam=2026", 200),
)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_pages_are_accessible_and_fit(browser, site, width):
    window = visit(browser, site, width)
    wrong: list[str] = []
    for name, path, status in PAGES:
        window.noise.clear()
        found = window.go(path)
        wrong += [f"{name}: {c}" for c in window.complaints()]
        if found != status:
            wrong.append(f"{name}: status {found}")
        if window.overflow() > 0:
            wrong.append(f"{name}: {window.overflow()} px too wide")
        wrong += [f"{name}: {n}" for n in window.noise if "status of" not in n]
        window.screen(f"{name}-{width}")
    window.context.close()
    assert wrong == []


def test_the_strip_can_be_read_where_it_cannot_be_seen(window):
    window.go(ASKED)
    label = window.page.locator("figure.strip svg").get_attribute("aria-label")
    assert label is not None and "23/03/2026" in label
    assert (
        window.page.locator("figure.strip rect").count()
        == window.page.locator("figure.strip title").count()
        > 30
    )


def test_on_paper_the_proof_stays(window):
    for path in (ASKED, "/lich/?nam=2026"):
        window.go(path)
        window.page.emulate_media(media="print")
        expect(window.page.locator("form.card")).to_be_hidden()
        expect(window.page.locator("main table").first).to_be_visible()
