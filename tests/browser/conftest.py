"""A server on loopback over the loaded register, and one browser for all tests of this folder.

HAICAP_BROWSER names a Chromium; HAICAP_SCREENS=1 (make docs) writes docs/screens/*.png; HAICAP_BROWSER_SLOW=10 gives each
page a tenth of the processor, as a busy machine does: what a test does before the page is ready shows itself.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from haicap.domain.procedures.jobs import load_packaged

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "docs" / "screens"
AXE = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text(encoding="utf-8")
DOCUMENTED = {
    "home-390",
    "unique-1280",
    "unique-390",
    "split-1280",
    "unit-1280",
    "reform-1280",
    "conversion-done",
    "desk-list-1280",
    "desk-dossier-1280",
    "desk-reception-1280",
    "desk-leader-1280",
}
T = TypeVar("T")
PHONE, DESK = 390, 1280
# Playwright keeps an event loop in this thread; Django would take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
PATIENCE = 60_000  # milliseconds until what is awaited counts as never coming, on a slow machine too
expect.set_options(timeout=PATIENCE)


class Quiet(WSGIRequestHandler):
    """Says nothing on standard error."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="package")
def site(site_database, django_db_blocker):
    """Address of the running site."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = False  # closing waits for them, and each gives its database connection back
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    with django_db_blocker.unblock():
        load_packaged(datetime.now(UTC))  # the catalogue of procedures, as the worker of a run loads it
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join(10)


@pytest.fixture(scope="package")
def browser(site):
    """Chromium, without a window."""
    names = (os.environ.get("HAICAP_BROWSER", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            "no Chromium: apt-get install chromium, or name one with HAICAP_BROWSER=/path/to/chromium"
        )
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=found, args=arguments)
        yield running
        running.close()
        connections.close_all()  # under Playwright's loop this thread had connections of its own


@dataclass
class Visit:
    """One browser window on the site; `noise` collects what the console complained about."""

    site: str
    page: Page
    context: BrowserContext
    noise: list[str] = field(default_factory=list)

    def go(self, path: str) -> int:
        """Open a path; its status."""
        response = self.page.goto(self.site + quote(path, safe="/?&=%"))
        assert response is not None
        return response.status

    def follow(self, what: Locator) -> None:
        """Press what leads to another page; back when that page is whole."""
        with self.page.expect_navigation():
            what.click()

    def key(self, name: str) -> None:
        """Press a key that leads to another page; back when that page is whole."""
        with self.page.expect_navigation():
            self.page.keyboard.press(name)

    def complaints(self) -> list[str]:
        """What axe finds wrong, one line each."""
        self.page.evaluate(AXE)
        return self.page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map("
            "v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' || ')))"
        )

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    def screen(self, name: str) -> None:
        """Keep a picture, when asked to (HAICAP_SCREENS=1 for those in the documentation, =all for every one)."""
        wanted = os.environ.get("HAICAP_SCREENS", "")
        if wanted == "all" or (wanted and name in DOCUMENTED):
            SCREENS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(SCREENS / f"{name}.png"))


def elsewhere(do: Callable[[], T]) -> T:
    """Run database work in a thread of its own, committed, so that the server sees it."""

    def run() -> T:
        try:
            return do()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(60)


def visit(browser: Browser, site: str, width: int, **options: object) -> Visit:
    """A new window."""
    context = browser.new_context(viewport={"width": width, "height": 860}, locale="vi-VN", **options)
    made = Visit(site, context.new_page(), context)
    made.page.set_default_timeout(PATIENCE)
    if slow := os.environ.get("HAICAP_BROWSER_SLOW"):
        control = made.context.new_cdp_session(made.page)
        control.send("Emulation.setCPUThrottlingRate", {"rate": float(slow)})
    made.page.on("console", lambda m: made.noise.append(m.text) if m.type == "error" else None)
    made.page.on("pageerror", lambda e: made.noise.append(str(e)))
    return made


@pytest.fixture
def window(browser, site):
    """A window as wide as a desk's."""
    made = visit(browser, site, DESK)
    yield made
    made.context.close()
