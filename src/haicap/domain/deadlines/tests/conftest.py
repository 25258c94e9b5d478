"""What one test recorded and rolled back must not be remembered by the next."""

from __future__ import annotations

import pytest

from haicap.domain.deadlines import queries


@pytest.fixture(autouse=True)
def memory():
    queries.forget()
    yield
    queries.forget()
