"""The databases of the tests, by suffix of their names, and what a process knows that has just filled one."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from typing import Any

import pytest

from haicap.base.kept import Kept, Notes

EMPTY, LOADED, SITE, RACE, CAST, WARD = "", "loaded", "site", "race", "cast", "ward"
FIXTURES = {
    "site_database": SITE,
    "race_database": RACE,
    "cast_database": CAST,
    "ward_database": WARD,
    "loaded_database": LOADED,
}  # by which a test asks; the first counts


class Databases:
    """The test databases by suffix, and what a process knows that has just filled one."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._kept: dict[str, dict[Kept[Any], Any]] = {}

    def add(self, suffix: str) -> None:
        """Copy the database in use."""
        from django.db import connection

        connection.creation.clone_test_db(suffix, verbosity=0)
        self.names[suffix] = connection.creation.get_test_db_clone_settings(suffix)["NAME"]

    def drop(self) -> None:
        """Remove the copies."""
        from django.db import connection

        for suffix in (SITE, RACE, CAST, WARD, LOADED):
            if suffix in self.names:
                self.use(suffix)
                connection.creation.destroy_test_db(verbosity=0)
        self.use(EMPTY)

    def use(self, suffix: str) -> None:
        """Point Django at one of them and remember nothing of another or of the test before."""
        from django.db import connection

        if connection.settings_dict["NAME"] != self.names[suffix]:
            connection.close()
            connection.settings_dict["NAME"] = self.names[suffix]
        self._recall(suffix)

    def learn(self, suffix: str) -> None:
        """Keep what is read of a database just filled, so that each test need not read it again."""
        from haicap.domain.deadlines.queries import calendar
        from haicap.domain.powers.queries import current
        from haicap.domain.procedures.queries import catalogue
        from haicap.domain.units.queries import gazetteer

        for memory in Kept.everything:
            memory.recheck()
        gazetteer(), catalogue(), calendar(), current()
        self._kept[suffix] = {memory: memory._held for memory in Kept.everything}
        gc.freeze()  # these stay: no need to walk through them again and again

    def _recall(self, suffix: str) -> None:
        """What the rooms read is as it was after filling, or nothing. Visitors and races begin with what was loaded."""
        known = self._kept.get(suffix, self._kept.get(LOADED, {}) if suffix else {})
        for memory in Kept.everything:
            memory.forget()
            # Its state is asked for before it counts.
            memory._held = known.get(memory)
        for notes in Notes.everything:
            notes.forget()


def years_ahead() -> None:
    """Open the years up to the next one, holidays unknown: visitors come at the moment the tests run, also in December."""
    from django.db import connection

    from haicap.base.dates import today
    from haicap.domain.deadlines.models import CalendarYear
    from haicap.domain.deadlines.queries import calendar

    at = datetime.now(UTC)
    last = max(CalendarYear.objects.values_list("year", flat=True))
    ahead = [CalendarYear(year=year, recorded_at=at) for year in range(last + 1, today(at).year + 2)]
    CalendarYear.objects.bulk_create(ahead)
    with connection.cursor() as cursor:  # whoever remembers the calendar of before reads it anew
        cursor.execute("UPDATE deadlines_calendarhead SET generation = generation + 1")
    calendar.forget()


def wanted(item: pytest.Item) -> str:
    """Suffix of the database a test asks for."""
    names = getattr(item, "fixturenames", ())
    return next((suffix for fixture, suffix in FIXTURES.items() if fixture in names), EMPTY)
