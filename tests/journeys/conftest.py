"""What journeys at several doors start from."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime

import pytest

from haicap.domain.procedures import actions, queries
from haicap.domain.procedures.packaged.catalogue import packaged_catalogue
from haicap.domain.procedures.packaged.helps import packaged_life_events, packaged_synonyms


@pytest.fixture(scope="session")
def loaded_procedures(loaded_database, django_db_blocker):
    """The packaged catalogue beside the register, committed once."""
    with django_db_blocker.unblock():
        if not queries.loaded():
            actions.load_catalogue(
                actor="system",
                at=datetime(2026, 11, 22, 1, 0, tzinfo=UTC),
                package=packaged_catalogue(),
                life_events=packaged_life_events(),
                synonyms=packaged_synonyms(),
            )


@pytest.fixture
def procedures(loaded_procedures, register):
    """The catalogue as the doors read it."""
    return queries.catalogue()


@pytest.fixture
def reread():
    """Look at the catalogue again at once: what a test published is seen within a second, tests do not wait."""
    held = importlib.import_module("haicap.domain.procedures.queries.catalogue")._cache

    def now() -> None:
        held.checked = 0.0

    return now
