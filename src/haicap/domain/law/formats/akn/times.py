"""Thời gian: spans of days ↔ lifecycle events and temporal groups."""

from __future__ import annotations

from datetime import date

from haicap.domain.law.formats.akn.markup import element

Span = tuple[date | None, date | None]


class Times:
    """Spans as they are asked for, each a temporal group once; their ends are events."""

    def __init__(self) -> None:
        self._spans: dict[Span, str] = {}
        self._events: dict[str, tuple[date, str]] = {}

    def event(self, name: str, day: date | None, sort: str) -> str:
        """An event of the lifecycle by name; its eId, "" without a day."""
        if day is None:
            return ""
        self._events.setdefault(name, (day, sort))
        return f"#{name}"

    def period(self, since: date | None, until: date | None) -> str:
        """The reference to a span; "" for one without ends."""
        if since is None and until is None:
            return ""
        if (since, until) not in self._spans:
            self._spans[since, until] = f"tp_{_name(since)}_{_name(until)}"
            for day in (since, until):
                self.event(f"ev_{_name(day)}", day, "amendment")
        return f"#{self._spans[since, until]}"

    def lifecycle(self) -> str:
        """The block of events, in order of days; "" without events."""
        ordered = sorted(self._events.items(), key=lambda pair: (pair[1][0], pair[0]))
        return element(
            "lifecycle",
            *(
                element("eventRef", eId=name, date=day.isoformat(), source="#work", type=sort)
                for name, (day, sort) in ordered
            ),
            source="#haicap",
        ) if ordered else ""  # fmt: skip

    def groups(self) -> str:
        """The block of temporal groups; "" without any."""
        return element(
            "temporalData",
            *(
                element("temporalGroup", element("timeInterval", **_ends(span), refersTo="#inForce"), eId=name)
                for span, name in self._spans.items()
            ),
            source="#haicap",
        ) if self._spans else ""  # fmt: skip


def _name(day: date | None) -> str:
    return day.isoformat() if day else "x"


def _ends(span: Span) -> dict[str, str]:
    since, until = span
    ends = {"start": f"#ev_{_name(since)}" if since else "", "end": f"#ev_{_name(until)}" if until else ""}
    return {name: value for name, value in ends.items() if value}
