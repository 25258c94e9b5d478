"""The packaged register, loaded once for all tests of this room that ask for it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def loaded_database(django_db_setup, django_db_blocker):
    """The register in the test database, committed: tests of this room start from it."""
    from haicap.domain.units import actions, queries
    from haicap.domain.units.timeline.rows import read_packaged

    with django_db_blocker.unblock():
        if not queries.loaded():
            versions, edges, aliases = read_packaged()
            actions.load_register(
                actor="system", at=AT, versions=versions, edges=edges, aliases=aliases, source="packaged"
            )


@pytest.fixture
def register(loaded_database, db):
    """The register as the doors read it."""
    from haicap.domain.units import queries

    return queries.register()
