"""What commands share: the database they need, and Django when they need it."""

from __future__ import annotations

import atexit
import os
from pathlib import Path

from haicap.config import environment as env
from haicap.config.launcher import places
from haicap.config.launcher.cluster import Cluster

SETTINGS = "haicap.config.settings"


def data_folder() -> Path:
    """The data folder the operator chose, or the default one."""
    return env.folder("HAICAP_DATA", places.default_data())


def outside_database() -> bool:
    """Whether the operator runs the database, not we."""
    return bool(os.environ.get("HAICAP_DATABASE_URL"))


def embedded() -> Cluster | None:
    """The embedded server; None when HAICAP_DATABASE_URL names an outside one."""
    return None if outside_database() else Cluster(data_folder())


def with_database() -> None:
    """The database answers from here to the end of the process; then Django is ready too."""
    cluster = embedded()
    if cluster is not None:
        cluster.start()
        atexit.register(cluster.release)
    django_ready()


def django_ready() -> None:
    """Settings read, apps loaded. No database needed yet."""
    import django  # here, so that commands without Django do not pay for it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    if not outside_database():
        from django.db import connections

        atexit.register(connections.close_all)  # before the server is let go: last registered, first called
