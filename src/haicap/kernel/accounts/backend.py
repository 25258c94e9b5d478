"""Django's way to the signed-in person. Who may sign in is decided in `signing_in`, not here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from haicap.kernel.accounts.models import User


class Passwords(BaseBackend):
    """Loads the person of a session. It authenticates nobody: that way throttles and second factors cannot be missed."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Always None: use `signing_in.authenticate_password`."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, unless locked or erased since."""
        return User.objects.filter(pk=user_id, is_active=True).first()
