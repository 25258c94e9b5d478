"""What journeys at several doors start from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from haicap.domain.dossiers.tests.conftest import w
from haicap.domain.procedures import jobs, queries

__all__ = ["w"]


@pytest.fixture(scope="session")
def loaded_procedures(loaded_database, django_db_blocker):
    """The packaged catalogue beside the register, committed once."""
    with django_db_blocker.unblock():
        jobs.load_packaged(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))


@pytest.fixture
def procedures(loaded_procedures, register):
    """The catalogue as the doors read it."""
    return queries.catalogue()


@pytest.fixture
def reread():
    """Look at the catalogue again at once: what a test published is seen within a second, tests do not wait."""
    return queries.catalogue.recheck
