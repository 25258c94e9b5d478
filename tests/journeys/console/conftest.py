"""The platform as `haicap run` leaves it: the register and the demo cast, committed once."""

from __future__ import annotations

import pytest

from haicap.config import demo
from tests.journeys.console import cast as at_console


@pytest.fixture
def cast(cast_database, register, settings):
    """Everybody of the demo cast, by name; their passwords are hashed cheaply, as nobody types one here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return {p.name: at_console.person(p.name) for p in demo.CAST}


@pytest.fixture
def drafter(cast):
    return at_console.signed_in(cast["anh.bnv"])


@pytest.fixture
def leader(cast):
    return at_console.signed_in(cast["binh.bnv"])


@pytest.fixture
def operator(cast):
    return at_console.signed_in(cast["khanh"])
