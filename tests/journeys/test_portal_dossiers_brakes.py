"""What is braked and what is swept: guessing, flooding, files nobody handed in; files of dossiers stay for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from haicap.domain.dossiers import actions, jobs, queries
from haicap.domain.dossiers.actions import Missing
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.files import blobs
from haicap.kernel.files import jobs as files
from haicap.kernel.files.models import Stored
from haicap.web.portal.dossiers import access, braking
from tests.journeys import portal_filing as filing

pytestmark = pytest.mark.django_db
YEARS = timedelta(days=4000)


@pytest.fixture(autouse=True)
def _ready(cast_database, procedures, settings):
    """The demo cast at Sa Pa, the catalogue."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def code(client) -> str:
    """A dossier on file."""
    draft = filing.begun(client)
    filing.answer_all(client, draft)
    filing.attach(client, draft, "giay_bao_tu")
    filing.named(client, draft)
    return filing.handed_in(client, draft)


def ask(code: str, digits: str, address: str = "192.0.2.1"):
    return Client(REMOTE_ADDR=address).post("/tra-cuu-ho-so/", {"ma": code, "so": digits})


def test_a_wrong_code_and_wrong_digits_get_the_same_answer(code) -> None:
    def said(response) -> str:
        page = filing.text(response)
        return page[page.index('<div class="sum"') : page.index("</div>", page.index('<div class="sum"'))]

    wrong, none = ask(code, "0000"), ask("H38.03006-261122-9999", "0000")
    assert (wrong.status_code, said(wrong)) == (none.status_code, said(none)) and wrong.status_code == 404
    odd = ask("không phải mã", "chữ")
    assert said(odd) == said(wrong)


def test_digits_are_not_guessed_from_one_address(code) -> None:
    for n in range(braking.PAIR):
        assert ask(code, f"{n:04d}").status_code == 404
    blocked = ask(code, filing.PHONE[-4:])
    assert blocked.status_code == 429 and "thử quá nhiều lần" in filing.text(blocked)
    assert ask(code, filing.PHONE[-4:], "192.0.2.2").status_code == 302  # others are not held up
    assert ask(code, filing.PHONE).status_code == 302  # nor the owner, who knows the whole number


def test_digits_are_not_guessed_from_many_addresses(code) -> None:
    for n in range(braking.CODE):
        assert ask(code, "0000", f"198.51.100.{n}").status_code == 404
    assert ask(code, filing.PHONE[-4:], "203.0.113.1").status_code == 429
    assert ask(code, filing.PHONE, "203.0.113.1").status_code == 302


def test_codes_are_not_tried_one_after_the_other() -> None:
    for n in range(braking.ASKED):
        assert ask(f"H38.03006-261122-{n:04d}", "0000").status_code == 404
    assert ask("H38.03006-261122-7777", "0000").status_code == 429


def test_a_number_is_not_guessed_either(code) -> None:
    browser = Client()
    browser.post("/tra-cuu-ho-so/", {"ma": code, "so": filing.PHONE})
    path = f"/ho-so/{code}/xac-nhan/"
    for n in range(braking.PAIR):
        assert browser.post(path, {"so": f"{n:012d}"}).status_code == 404
    assert browser.post(path, {"so": filing.NUMBER}).status_code == 429


def test_drafts_and_files_do_not_flood_in(client, monkeypatch) -> None:
    monkeypatch.setattr(braking, "BEGUN", 3)
    drafts = [filing.begun(client) for _ in range(3)]
    more = client.post("/nop-ho-so/1.000656/bat-dau/", {"don-vi": "03006", "dien_thoai": filing.PHONE})
    assert more.status_code == 429
    monkeypatch.setattr(braking, "SENT", 2)
    for _ in range(2):
        filing.attach(client, drafts[0], "giay_to_tuy_than")
    path = f"/khai/{drafts[0]}/giay-to/giay_to_tuy_than/"
    assert "thử quá nhiều lần" in filing.text(client.post(path, {"tep": filing.scan()}))
    assert Stored.objects.filter(uploaded_by__startswith=f"{access.STRANGER}:").count() == 2


def test_what_was_proved_ends_with_the_hours_and_with_another_phone(code, monkeypatch) -> None:
    browser = Client()
    browser.post("/tra-cuu-ho-so/", {"ma": code, "so": filing.PHONE})
    assert browser.get(f"/ho-so/{code}/").status_code == 200
    now = datetime.now(UTC)
    monkeypatch.setattr("haicap.web.common.clock.now", lambda: now + access.FOR)
    assert browser.get(f"/ho-so/{code}/").status_code == 302
    monkeypatch.undo()
    clerk = accounts.user_named("giang.sapa").actor
    row = queries.tracked(code, filing.PHONE)
    actions.correct_contact(code=code, seen=row.version, phone="0987654321", actor=clerk, at=now)
    assert browser.get(f"/ho-so/{code}/").status_code == 302


def test_leaving_a_shared_computer_shuts_it(client, code) -> None:
    assert client.get(f"/ho-so/{code}/").status_code == 200  # whoever filed it just now
    client.post("/tra-cuu-ho-so/xong/")
    assert client.get(f"/ho-so/{code}/").status_code == 302


# --- files -------------------------------------------------------------------------------------------------------
def lies(row: Stored) -> bool:
    return blobs.place_of(row.sha256).exists()


@pytest.fixture
def swept(django_capture_on_commit_callbacks):
    """Run something, then what waits for its commit."""

    def run(do, *given):
        with django_capture_on_commit_callbacks(execute=True):
            return do(*given)

    return run


def test_a_file_taken_off_is_erased(client, swept) -> None:
    draft = filing.begun(client)
    filing.attach(client, draft, "giay_to_tuy_than")
    component = queries.components_of(queries.draft(draft))[0]
    row = component.file
    assert lies(row) and row.expires_on is None  # the draft holds it
    swept(client.post, f"/khai/{draft}/tep/{component.public_id}/bo/")
    assert not lies(row) and not Stored.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("how", ["dropped", "forgotten"])
def test_files_go_with_their_draft(client, swept, how: str) -> None:
    draft = filing.begun(client)
    filing.attach(client, draft, "giay_to_tuy_than")
    row = queries.components_of(queries.draft(draft))[0].file
    if how == "dropped":
        swept(client.post, f"/khai/{draft}/bo/")
    else:
        at = datetime.now(UTC)
        jobs.expire_drafts(at + timedelta(days=29))
        assert lies(row)
        swept(jobs.expire_drafts, at + timedelta(days=31))
    assert queries.draft(draft) is None and not lies(row)


def test_files_of_a_dossier_stay(code, swept) -> None:
    later = datetime.now(UTC) + YEARS
    swept(files.expire, later)
    swept(jobs.expire_drafts, later)
    row = queries.whole(queries.tracked(code, filing.PHONE)).components[0].file
    assert lies(row) and row.expires_on is None


def test_a_supplement_that_is_never_sent_leaves_no_file(client, code, swept) -> None:
    at, clerk = datetime.now(UTC), accounts.user_named("giang.sapa").actor
    row = queries.tracked(code, filing.PHONE)
    items = [Missing("giay_bao_tu", "Giấy báo tử", "Chụp lại.")]
    actions.request_supplement(code=code, seen=row.version, items=items, actor=clerk, at=at)
    path = f"/ho-so/{code}/bo-sung/"
    for name in ("một.pdf", "hai.pdf"):
        client.post(
            path, {"tep": "1", "muc": "0", "tep-gui": filing.scan(name, filing.papers.pdf(name.encode()))}
        )
    one, two = Stored.objects.filter(expires_on__isnull=False).order_by("pk")
    swept(client.post, path, {"bo": "1"})
    assert lies(one) and not lies(two)
    swept(files.expire, at + timedelta(days=1))
    assert lies(one)
    swept(files.expire, at + timedelta(days=3))
    assert not lies(one)
    row = queries.tracked(code, filing.PHONE)
    gone = client.post(path, {"gui": "1", "seen": row.version})
    assert gone.status_code == 400 and "tải tệp lên lại" in filing.text(gone)
