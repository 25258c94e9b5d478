"""Thời điểm: aware datetimes to pairs (day, minute) of Viet Nam and back. Seconds are cut off, as clocks of offices show none."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from haicap.base.dates import HANOI
from haicap.domain.deadlines.reckoning.reckon import Instant


def instant_of(at: datetime) -> Instant:
    """The pair of an aware datetime."""
    here = at.astimezone(HANOI)
    return here.toordinal(), here.hour * 60 + here.minute


def moment_of(instant: Instant) -> datetime:
    """The aware datetime of a pair, in Viet Nam's time."""
    day, minute = instant
    return datetime.combine(date.fromordinal(day), time(tzinfo=HANOI)) + timedelta(minutes=minute)
