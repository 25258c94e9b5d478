"""The ward of the tests of dossiers, and everybody who might try."""

from __future__ import annotations

import pytest

from haicap.domain.dossiers.actions import results
from haicap.domain.dossiers.tests import make
from haicap.domain.dossiers.tests.conftest import w
from tests.rights import cast

__all__ = ["people", "signing", "store_folder", "w"]


@pytest.fixture
def people(w):
    """Everybody by name."""
    return cast.everybody(w)


@pytest.fixture(autouse=True)
def cheap_passwords(settings):
    """Three dozen accounts are made for each test; nobody guesses at them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def store_folder(tmp_path, settings):
    """Files of a test lie apart."""
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def signing():
    """A hand that signs without a key."""
    before = results._slot.make
    results.wire(make.printed_words)
    yield
    results.wire(before)
