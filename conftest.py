"""The database of the tests: a server of our own, thrown away afterwards, or one named from outside.

HAICAP_TEST_PG=15|16|18 chooses the PostgreSQL (18 and 16 from the wheel, 15 from Debian's postgresql-15);
HAICAP_DATABASE_URL, when set, is used as it is and nothing is started. This runs before any other conftest and
before Django reads its settings, so tests may import models as they like.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import django
import pytest
from django.conf import settings

from haicap.config.launcher import identity
from haicap.config.launcher.cluster import Cluster

PREFIX = "haicap-tests-"
folder = Path(tempfile.mkdtemp(prefix=PREFIX))
cluster: Cluster | None = None


def programs(major: int) -> Path | None:
    """Programs of a PostgreSQL that is not the wheel's; None for those of the wheel."""
    if major in identity.FOLDERS:
        return None
    found = Path(f"/usr/lib/postgresql/{major}/bin")
    if not (found / "postgres").exists():
        raise pytest.UsageError(f"PostgreSQL {major} is not installed: apt-get install postgresql-{major}")
    return found


def sweep() -> None:
    """Stop and remove what a killed test run left behind: its lock is free, so nobody uses it."""
    for left in folder.parent.glob(f"{PREFIX}*"):
        if left == folder or not (left / "database.users").exists() or not os.access(left, os.W_OK):
            continue
        if Cluster(left, throwaway=True).used():  # also one that is being created at this moment
            continue
        major = next(iter((left / "database").glob("cluster/PG_VERSION")), None)
        if major is not None:
            version = int(major.read_text())
            old = Cluster(left, bin=programs(version), major=version, throwaway=True)
            old.stop()
        shutil.rmtree(left, ignore_errors=True)


def begin() -> None:
    """Start the server, point the settings at it, load Django."""
    global cluster
    if settings.configured:
        raise pytest.UsageError(
            "unset DJANGO_SETTINGS_MODULE: the tests choose the settings and the database"
        )
    folder.chmod(0o711)  # as root the server runs as a lesser user, who must find the way
    os.environ["HAICAP_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haicap.config.settings")
    if not os.environ.get("HAICAP_DATABASE_URL"):
        sweep()
        major = int(os.environ.get("HAICAP_TEST_PG", "18"))
        cluster = Cluster(folder, bin=programs(major), major=major, throwaway=True)
        cluster.start()
        os.environ["HAICAP_DATABASE_URL"] = cluster.url()
    django.setup()
    plain_static()


def plain_static() -> None:
    """Static files straight from the sources; that their hashed copies are whole is shown by tests/ops."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def pytest_unconfigure() -> None:
    """Stop the server and remove its folder."""
    if cluster is not None:
        cluster.stop()
        cluster.release()
    shutil.rmtree(folder, ignore_errors=True)


begin()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests of whole transactions empty all tables afterwards, so that one guard of the ledger is off here."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("ledger_event", "ledger_anchor", "ledger_anchoredhead"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")


@pytest.fixture(scope="session")
def loaded_database(django_db_setup, django_db_blocker):
    """The packaged register in the test database, committed once: tests start from it and roll back to it."""
    from haicap.domain.deadlines import actions as deadlines
    from haicap.domain.deadlines import queries as calendar
    from haicap.domain.deadlines.reckoning import PACKAGED_YEARS, packaged_days
    from haicap.domain.units import actions, queries
    from haicap.domain.units.timeline.rows import read_packaged

    with django_db_blocker.unblock():
        if not calendar.loaded():
            deadlines.load_calendar(
                actor="system", at=datetime(2026, 11, 22, 1, 0, tzinfo=UTC), days=packaged_days(),
                years=PACKAGED_YEARS, source="packaged",
            )  # fmt: skip
        if not queries.loaded():
            versions, edges, aliases = read_packaged()
            at = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
            actions.load_register(
                actor="system", at=at, versions=versions, edges=edges, aliases=aliases, source="packaged"
            )


@pytest.fixture
def register(loaded_database, db):
    """The register as the doors read it."""
    from haicap.domain.units import queries

    return queries.register()
