"""One ward, its neighbours and their procedures; what one test made must not be remembered by the next."""

from __future__ import annotations

import pytest

from haicap.domain.dossiers import queries
from haicap.domain.dossiers.tests import make


@pytest.fixture
def w(register, settings):
    """The people and procedures of a test. Their passwords are hashed cheaply: nobody signs in here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    queries.forget()
    yield make.world(register)
    queries.forget()
