"""The database of the tests: a server of our own, thrown away afterwards, or one named from outside.

HAICAP_TEST_PG=15|16|18 chooses the PostgreSQL (18 and 16 from the wheel, 15 from Debian's postgresql-15);
HAICAP_DATABASE_URL, when set, is used as it is and nothing is started; processes of one run (-n 2) find the server of
the first in it, and have databases of their own. This runs before any other conftest and
before Django reads its settings, so tests may import models as they like.

Several databases, so that the order of the tests does not matter:
- a test that asks for `loaded_database`, itself or through a fixture such as `register`, begins with what
  `haicap prepare` loads and rolls back what it does; it cannot be one of whole transactions;
- so does one that asks for `cast_database`, with the cast of the demonstration, or `ward_database`, with people of a ward;
- one that asks for `site_database` has a copy of it in which a running site may commit: the browser's tests;
  one that asks for `race_database` has another, in which threads run against each other;
- every other test begins with an empty, migrated database; those of whole transactions empty it again.
What the process remembers of a database is put back before each test, and so is what a request leaves in its thread:
the language. Where statements are counted, what is kept stays fresh however long the test takes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings
from django.db.backends.signals import connection_created
from django.test import override_settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from tests.databases import CAST, EMPTY, LOADED, RACE, SITE, WARD, Databases, wanted, years_ahead

from haicap.base import kept
from haicap.config.launcher import identity
from haicap.config.launcher.cluster import Cluster

PREFIX = "haicap-tests-"
LOADED_AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
CHEAP = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Properties are tried without a clock, and with the same examples each time; HAICAP_TEST_RANDOM=1 tries new ones.
hypothesis_settings.register_profile(
    "haicap",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not os.environ.get("HAICAP_TEST_RANDOM"),
    print_blob=True,
)
hypothesis_settings.load_profile("haicap")
# Who asks for one of these, or has CaptureQueriesContext in its module, counts statements.
COUNTING = {"django_assert_num_queries", "django_assert_max_num_queries"}
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
    del os.environ["DJANGO_SETTINGS_MODULE"]  # processes of -n 2 get here themselves
    plain_static()
    once_each()
    connection_created.connect(patient)


def once_each() -> None:
    """Each name is taken apart once in a process: tests publish, and the catalogue is read anew each time."""
    from haicap.domain.procedures.catalogue import index, whole

    # By its whole name: the package has a value of the same.
    reading = import_module("haicap.domain.procedures.queries.catalogue")
    index.words_of = whole.words_of = cache(index.words_of)
    index.marked_words = whole.marked_words = cache(index.marked_words)
    reading.sort_key = cache(reading.sort_key)


def patient(connection: Any, **_: object) -> None:
    """A test is one long transaction: reading a register for the first time in it may take longer than a request may."""
    connection.connection.execute("SET idle_in_transaction_session_timeout = 0")


databases = Databases()


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
    """The databases. Tests of whole transactions empty all tables, so that one guard of the ledger is off here."""
    from django.db import connection

    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            for table in ("ledger_event", "ledger_anchor", "ledger_anchoredhead"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
        databases.names[EMPTY] = connection.settings_dict["NAME"]
        databases.add(LOADED)
    yield
    with django_db_blocker.unblock():
        databases.drop()


@pytest.fixture(scope="session")
def loaded_database(django_db_setup, django_db_blocker, request):
    """The packaged registers, committed once: tests start from them and roll back to them."""
    from haicap.config.launcher import preparing

    databases.use(LOADED)
    with django_db_blocker.unblock():
        preparing.load_registers(lambda said: None, at=LOADED_AT)
        preparing.load_catalogue(lambda said: None, at=LOADED_AT)
        preparing.load_law(lambda said: None, at=LOADED_AT)
        databases.learn(LOADED)
        for suffix in (SITE, RACE):
            if any(wanted(item) == suffix for item in request.session.items):
                databases.add(suffix)
                databases.use(suffix)
                years_ahead()
                databases.use(LOADED)


@pytest.fixture(scope="session")
def site_database(loaded_database):
    """The same for a running site, whose visitors commit."""
    databases.use(SITE)


@pytest.fixture(scope="session")
def race_database(loaded_database):
    """The same for threads that run against each other and commit."""
    databases.use(RACE)


@pytest.fixture(scope="session")
def cast_database(loaded_database, django_db_blocker):
    """The same with the cast of the demonstration, committed once. Nobody types a password: they are hashed cheaply."""
    from haicap.config import demo

    databases.use(LOADED)
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=CHEAP):
        databases.add(CAST)
        databases.use(CAST)
        years_ahead()
        demo.load(at=LOADED_AT)
        databases.learn(CAST)


@pytest.fixture(scope="session")
def ward_database(loaded_database, django_db_blocker):
    """The same with the people of a ward and their procedures, committed once: gives them."""
    from haicap.domain.dossiers.tests import make
    from haicap.domain.units import queries

    databases.use(LOADED)
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=CHEAP):
        databases.add(WARD)
        databases.use(WARD)
        years_ahead()
        world = make.world(queries.register())
        databases.learn(WARD)
    return world


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest files first, so that two processes end together; who counts statements does not depend on the clock."""
    items.sort(key=lambda item: item.get_closest_marker("ops") is None)
    for item in items:
        names = getattr(item, "fixturenames", [])
        counts = COUNTING & set(names) or hasattr(getattr(item, "module", None), "CaptureQueriesContext")
        if counts and "remembered" not in names:
            names.insert(0, "remembered")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The right database under the test that begins, before any fixture touches it."""
    translation.deactivate()
    suffix, marker = wanted(item), item.get_closest_marker("django_db")
    if suffix and marker is not None and marker.kwargs.get("transaction"):
        raise pytest.UsageError(f"{item.nodeid}: would empty the loaded database for all others")
    if suffix in databases.names:  # else its fixture is about to make it
        databases.use(suffix)


@pytest.fixture
def remembered(monkeypatch):
    """What is kept does not grow old in this test: a slow machine asks no more than a fast one."""
    moment = kept.clock()
    monkeypatch.setattr(kept, "clock", lambda: moment)


@pytest.fixture
def register(loaded_database, db):
    """The register as the doors read it."""
    from haicap.domain.units import queries

    return queries.register()
