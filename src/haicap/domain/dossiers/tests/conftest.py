"""One ward, its neighbours and their procedures; what one test made must not be remembered by the next."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from haicap.domain.dossiers import queries
from haicap.kernel.accounts.models import User


@pytest.fixture
def w(ward_database, register, settings):
    """The people and procedures of a test. Their passwords are hashed cheaply: nobody signs in here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    queries.forget()
    users = {f.name: getattr(ward_database, f.name) for f in fields(ward_database)}
    own = {name: User.objects.get(pk=user.pk) for name, user in users.items() if isinstance(user, User)}
    yield replace(ward_database, register=register, **own)
    queries.forget()
