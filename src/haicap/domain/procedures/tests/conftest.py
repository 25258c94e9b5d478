"""The packaged catalogue in the test database, committed once: tests start from it and roll back to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from haicap.domain.procedures import actions, queries
from haicap.domain.procedures.packaged.catalogue import packaged_catalogue
from haicap.domain.procedures.packaged.helps import packaged_life_events, packaged_synonyms


@pytest.fixture(scope="session")
def packaged():
    """The packaged catalogue as read."""
    return packaged_catalogue()


@pytest.fixture(scope="session")
def loaded_catalogue(loaded_database, packaged, django_db_blocker):
    """Units and procedures in the database."""
    with django_db_blocker.unblock():
        if not queries.loaded():
            actions.load_catalogue(
                actor="system",
                at=datetime(2026, 11, 22, 1, 0, tzinfo=UTC),
                package=packaged,
                life_events=packaged_life_events(),
                synonyms=packaged_synonyms(),
            )


@pytest.fixture
def catalogue(loaded_catalogue, db):
    """The catalogue as the database of the test has it."""
    return queries.catalogue()
