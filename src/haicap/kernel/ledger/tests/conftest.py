"""The worker of these tests runs what they declare, not what the rooms above have declared in config/wiring.py."""

from __future__ import annotations

import pytest

from haicap.kernel.ledger import errands


@pytest.fixture(autouse=True)
def only_their_errands(monkeypatch):
    monkeypatch.setattr(errands, "_registered", {})
