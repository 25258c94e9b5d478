"""The demonstration's tickets come to be by walking the verbs: every state, once, with nothing the ledger disowns."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from haicap.config import demo, demo_feedback
from haicap.config.demo_tickets import TICKETS
from haicap.domain.feedback import jobs, queries
from haicap.domain.feedback.models import Force, Incident, Ticket
from haicap.domain.feedback.states import State
from haicap.edges.probes import jobs as probes
from haicap.kernel.ledger import exports
from tests.journeys.console.cast import AT

pytestmark = pytest.mark.django_db


def test_without_the_registers_it_waits(register) -> None:
    assert demo_feedback.load(AT) == 0


def test_every_story_has_its_own_key() -> None:
    assert len({story.key for story in TICKETS}) == len(TICKETS)
    assert {story.answer for story in TICKETS} - {""} <= set(demo_feedback.ANSWERS)
    phones = [story.phone for story in TICKETS if story.phone]
    assert all(len(phone) == 10 and phone.isdigit() for phone in phones)


def test_nobody_of_the_cast_is_named_twice() -> None:
    assert len({person.name for person in demo.CAST}) == len(demo.CAST)


def test_late_lists_and_states_are_all_there(shown) -> None:
    states = Counter(Ticket.objects.values_list("state", flat=True))
    assert set(states) == set(State) and sum(states.values()) == len(TICKETS)
    assert exports.verify_database().first is None
    assert Force.objects.count() == 2 and Incident.objects.count() == 2
    assert demo_feedback.load(AT + timedelta(minutes=5)) == 0


@pytest.fixture
def shown(register, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo.load(at=AT)
    jobs.load_packaged(AT)
    probes.load_packaged(AT)
    assert demo_feedback.load(AT) == len(TICKETS)
    assert queries.loaded()
