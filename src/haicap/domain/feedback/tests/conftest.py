"""One ward, its neighbours, a province, a ministry."""

from __future__ import annotations

import pytest

from haicap.domain.feedback.tests import make


@pytest.fixture
def w(register, settings):
    """The people of a test. Their passwords are hashed cheaply: nobody signs in here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return make.world(register)
