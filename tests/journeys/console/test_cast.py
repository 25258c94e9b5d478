"""The demo cast: made once, signs in with its printed codes, stays out of production."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from haicap.config import demo
from haicap.domain.units import policy
from haicap.domain.units.policy import Verb
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.accounts import signing_in
from haicap.kernel.ledger.queries import history

AT = datetime.now(UTC) + timedelta(hours=1)  # after whatever a browser test signed in with


@pytest.fixture
def cast(register):
    demo.load(at=AT)
    return {person.name: accounts.user_named(person.name) for person in demo.CAST}


def test_everybody_is_there_once(cast) -> None:
    assert all(cast.values())
    events = {name: len(history(user.stream)) for name, user in cast.items()}
    demo.load(at=AT + timedelta(hours=1))
    assert events == {name: len(history(user.stream)) for name, user in cast.items()}


def test_the_printed_code_signs_in(cast) -> None:
    for name, user in cast.items():
        passed = signing_in.authenticate_password(
            name=name, password=demo.PASSWORD, address="127.0.0.1", at=AT
        )
        assert passed.user == user
        if name == "lan":
            assert passed.next is signing_in.Next.DONE
            with pytest.raises(KeyError):
                demo.code(name, at=AT)
        else:
            assert passed.next is signing_in.Next.SECOND_FACTOR
            signing_in.verify_second_factor(user=user, code=demo.code(name, at=AT), at=AT)


def test_rights_come_from_posts(cast) -> None:
    on = AT.date()
    held = {name: policy.rights(policy.held(user.actor, on)) for name, user in cast.items()}
    assert Verb.ENACT in held["binh.bnv"] and Verb.ENACT not in held["anh.bnv"]
    assert Verb.DRAFT in held["chi.laocai"] and Verb.DRAFT not in held["dung.sapa"]
    assert Verb.APPOINT in held["dung.sapa"] and Verb.APPOINT not in held["giang.sapa"]
    assert not held["khanh"] and not held["lan"]


def test_production_refuses(settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(RuntimeError):
        demo.load(at=AT)
