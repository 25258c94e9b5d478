"""People of the tests, made by the verbs."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest

from haicap.kernel.accounts import actions, factors
from haicap.kernel.accounts.sessions import SessionStore

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
PASSWORD = "mưa phùn tháng giêng"
STEP = timedelta(seconds=30)


def officer(name="lan.ubnd", *, operator=False, password=PASSWORD, email=""):
    return actions.create_officer(
        name=name,
        display_name="Trần Thị Lan",
        password=password,
        email=email,
        is_operator=operator,
        actor="system",
        at=AT,
    )


def citizen(name="minh@example.vn", password=PASSWORD):
    return actions.register_citizen(
        name=name, password=password, display_name="Lê Văn Minh", actor=actions.SELF, at=AT
    )


def with_totp(user, at=AT):
    """Enrolled `user`; the next fresh code is that of `at` + one step."""
    actions.enrol_totp(user=user.public_id, actor=user.actor, at=at)
    return actions.confirm_totp(
        user=user.public_id, code=factors.code_now(user, at=at), actor=user.actor, at=at
    )


def request(cookie=None):
    found = HttpRequest()
    found.session = SessionStore(cookie)
    return found
