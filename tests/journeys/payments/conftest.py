"""Online payment is offered, through a gateway on this machine; calls have their whole allowance."""

from __future__ import annotations

import pytest

from haicap.edges.payments import gateway
from haicap.edges.payments.vnpay import Vnpay
from haicap.web.api.clients import allowances
from tests.journeys.payments.make import US


@pytest.fixture
def offered():
    """The gateway is wired, though nothing answers at its address."""
    known = Vnpay(US)
    gateway.wire(known)
    allowances.forget()
    yield known
    gateway.wire()


@pytest.fixture
def cheap(settings):
    """Passwords of the cast are hashed cheaply; nobody types one here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
