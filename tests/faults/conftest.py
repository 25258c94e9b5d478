"""The ward of the tests of dossiers."""

from __future__ import annotations

import pytest

from haicap.domain.dossiers.tests.conftest import w

__all__ = ["w"]


@pytest.fixture(autouse=True)
def cheap_passwords(settings):
    """Accounts are made for each test; nobody guesses at them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def store_folder(tmp_path, settings):
    """Files of a test lie apart."""
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT
