"""A citizen's way through the portal without JavaScript: file, come back, supply, withdraw, rate, take home, check."""

from __future__ import annotations

import re

import pytest

from haicap.config import demo
from haicap.domain.dossiers import queries
from tests.journeys import portal_filing as filing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ready(procedures, settings):
    """The demo cast at Sa Pa, the catalogue."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo.load(at=filing.BEFORE)


def test_a_death_is_registered_from_start_to_a_result_anybody_can_check(client) -> None:
    draft = filing.begun(client)
    filing.answer_all(client, draft)
    filing.attach(client, draft, "giay_bao_tu")
    filing.named(client, draft)
    page = filing.text(client.get(f"/khai/{draft}/xem-lai/"))
    assert "Nguyễn Văn Mất" in page and "giay-bao-tu.pdf" in page
    done = client.post(f"/khai/{draft}/xem-lai/", {"cam-doan": "1"}, follow=True)
    code = re.search(r'big-code code">([^<]+)<', filing.text(done))
    assert code, filing.text(done)
    row = queries.draft(draft).filed_as
    assert row.code == code[1] and row.applicant_phone == filing.PHONE
