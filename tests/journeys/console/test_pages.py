"""Every page opens for who may open it, in both languages, and bad questions get a sentence, never a fault."""

from __future__ import annotations

import pytest
from django.urls import reverse

PLAIN = (
    "home", "acts", "acts-csv", "act-new", "act-template", "organs", "registers", "register-unconfirmed",
    "register-unconfirmed-csv", "conversions", "conversions-csv", "ledger", "ledger-csv", "ledger-verify",
    "ledger-anchors", "officers", "officer-keys",
)  # fmt: skip


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_open(drafter, name, prefix) -> None:
    answer = drafter.get(prefix + reverse(f"console:{name}"))
    assert answer.status_code == 200, name
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert body
