"""What one test, or a slow machine, leaves behind does not reach the next count or the next page."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext

from haicap.base import kept
from haicap.domain.deadlines import queries as deadlines
from haicap.domain.procedures import queries as procedures
from haicap.domain.units import queries as units


def test_where_statements_are_counted_nothing_grows_old(register, monkeypatch) -> None:
    monkeypatch.setattr(kept, "FRESH_FOR", 1e-9)  # as when the machine is slow
    memories = (units.register, units.gazetteer, deadlines.calendar, procedures.catalogue)
    for memory in memories:
        memory()
    with CaptureQueriesContext(connection) as asked:
        for memory in memories:
            memory()
    assert len(asked) == 0


def test_a_visitor_leaves_his_language(client, register) -> None:
    assert 'lang="en"' in client.get("/en/").content.decode()
    assert translation.get_language() == "en"  # as Django leaves it in the thread


def test_and_the_next_begins_in_that_of_the_country(client, register) -> None:
    assert gettext("Đơn vị hành chính") == "Đơn vị hành chính"
    assert translation.get_language() == "vi"
