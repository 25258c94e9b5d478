"""The platform as `haicap run` leaves it: the register and the demo cast, made anew in each test."""

from __future__ import annotations

import importlib

import pytest

from haicap.config import demo
from tests.journeys.console import cast as at_console


@pytest.fixture(autouse=True)
def memory():
    """What one test recorded and rolled back must not be remembered by the next."""
    held = importlib.import_module("haicap.domain.units.queries.register")._cache
    before, held.checked = held.register, 0.0
    yield
    held.register, held.checked = before, 0.0


@pytest.fixture
def cast(register, settings):
    """Everybody of the demo cast, by name; their passwords are hashed cheaply, as nobody types one here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo.load(at=at_console.AT)
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
