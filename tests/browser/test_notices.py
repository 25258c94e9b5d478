"""The operators' page of messages in a real browser: with every state, at two widths, and sent again by a click."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from playwright.sync_api import expect

from haicap.config import demo
from haicap.edges.notices import channels, outbox
from haicap.edges.notices.channels import Away, Never, Outgoing
from haicap.edges.notices.models import Line, Message
from haicap.edges.notices.outbox import Draft
from haicap.edges.notices.states import Channel
from haicap.kernel.accounts.sessions import BACKEND
from tests.browser.conftest import DESK, PHONE, elsewhere, visit
from tests.journeys.console import cast as made

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PAGE = "/quan-tri/tin-gui-di/"


class Picky:
    """A way that takes some, refuses others, and goes away in the end."""

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def send(self, message: Outgoing) -> None:
        if message.to.startswith("sai"):
            raise Never(
                f"550 5.1.1 <{message.to}>: Recipient address rejected: User unknown in virtual mailbox table"
            )
        if message.to.startswith("het"):
            raise Away("ConnectionRefusedError: [Errno 111] Connection refused")


@pytest.fixture(scope="module")
def cookie(site, django_db_blocker):
    """The cookie of a signed-in operator, and messages in every state; removed again afterwards."""

    def begin() -> str:
        at = datetime.now(UTC)
        demo.load(at=at)
        before = channels._ways[Channel.EMAIL]
        channels.wire(Channel.EMAIL, Picky)
        names = ("dung", "sai.dia.chi", "khong phai", "lan", "sai2", "het")
        facts = {"code": "H15.3-261122-0001", "name": "Nguyễn Văn Kín"}
        drafts = [
            Draft(f"dossier:b:{n}:email", Channel.EMAIL, f"{name}@example.vn", template, facts, "dossier:b")
            for n, (name, template) in enumerate(zip(names, ("received", "ready", "extended", "filed", "payment", "supplement"), strict=True))
        ]  # fmt: skip
        outbox.queue(drafts, at=at - timedelta(hours=1))
        outbox.deliver(at=at - timedelta(minutes=59))
        channels.wire(Channel.EMAIL, before)
        client = Client()
        client.force_login(made.person("khanh"), backend=BACKEND)
        return client.cookies["sessionid"].value

    def end() -> None:
        Message.objects.filter(about="dossier:b").delete()
        Line.objects.all().delete()

    with django_db_blocker.unblock():
        yield elsewhere(begin)
        elsewhere(end)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_page_is_accessible_and_fits(browser, site, cookie, width, language):
    window = visit(browser, site, width)
    window.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    for path in (f"{language}{PAGE}", f"{language}{PAGE}?kenh=sms", f"{language}{PAGE}?trang-thai=failed"):
        assert window.go(path) == 200
        assert window.complaints() == []
        assert window.overflow() <= 0
        assert window.noise == []
    window.go(f"{language}{PAGE}")
    window.screen(f"console-notices{language.replace('/', '-')}-{width}")
    assert "Nguyễn Văn Kín" not in window.page.content()
    window.context.close()


def test_failed_ones_are_sent_again_without_javascript(browser, site, cookie):
    window = visit(browser, site, DESK, java_script_enabled=False)
    window.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    window.go(f"{PAGE}?trang-thai=failed")
    expect(window.page.locator("tbody input[type=checkbox]")).to_have_count(2)
    window.page.locator("tbody input[type=checkbox]").first.check()
    window.follow(window.page.get_by_role("button", name="Gửi lại những tin đã chọn"))
    expect(window.page.locator("main")).to_contain_text("Số tin sẽ được gửi lại ngay: 1.")
    window.go(f"{PAGE}?trang-thai=failed")
    expect(window.page.locator("tbody input[type=checkbox]")).to_have_count(1)
    window.context.close()
