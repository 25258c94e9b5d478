"""Phán định: live readings and where they lead become one answer."""

from __future__ import annotations

from datetime import date

from haicap.base.dates import show_date
from haicap.domain.units.addresses.answer import NO_SUCCESSOR, Answer, Candidate, Status
from haicap.domain.units.addresses.lexicon import Entry, Lexicon
from haicap.domain.units.addresses.lineage import Heir, Lineage

_MEMORY = 50_000


class Verdicts:
    """Answers by (readings, day), remembered: the same units are named again and again."""

    def __init__(self, lexicon: Lexicon, lineage: Lineage) -> None:
        self._lexicon = lexicon
        self._lineage = lineage
        self._known: dict[tuple[date, tuple[int, ...]], Answer] = {}

    def answer(self, entries: tuple[Entry, ...], on: date) -> Answer:
        """The answer for a text that may mean any of `entries` (at least one)."""
        key = (on, tuple(sorted({e.n for e in entries})))
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _MEMORY:
                self._known.clear()
            known = self._known[key] = self._judge([self._lexicon.entries[n] for n in key[1]], on)
        return known

    def heirs(self, entry: Entry, on: date) -> tuple[Heir, ...]:
        """Units in force on `on` that a reading leads to."""
        return self._lineage.heirs(entry.uid, on)

    def _judge(self, entries: list[Entry], on: date) -> Answer:
        ways = {e.uid: self._lineage.heirs(e.uid, on) for e in entries}
        old = _legacy(entries, on)
        sets = {frozenset(h.row.uid for h in heirs) for heirs in ways.values()}
        if sets == {frozenset()}:
            return self._dead(entries, on, old)
        status = _status(sets, {e.uid for e in old} if len(ways) == 1 else set())
        candidates = self._candidates(ways, old, on, status is Status.SPLIT)
        taker = [c.code for c in candidates if c.population]
        return Answer(
            status,
            candidates,
            taker[0] if status is Status.SPLIT and taker else "",
            tuple(e.uid for e in old),
            tuple(dict.fromkeys(e.code for e in old)),
            tuple(dict.fromkeys(self._full_name(e) for e in old)),
            "; ".join(dict.fromkeys(c for heirs in ways.values() for h in heirs for c in h.citations)),
        )

    def _dead(self, entries: list[Entry], on: date, old: list[Entry]) -> Answer:
        row = self._lineage.last_row(entries[0].uid)
        params = {"day": show_date(row.valid_to), "act": row.act or "—"}
        return Answer(
            Status.NOT_FOUND,
            legacy_uids=tuple(e.uid for e in old),
            legacy_codes=tuple(e.code for e in old),
            legacy_names=tuple(self._full_name(e) for e in old),
            reason=NO_SUCCESSOR,
            reason_params=params,
        )

    def _candidates(
        self, ways: dict[str, tuple[Heir, ...]], old: list[Entry], on: date, split: bool
    ) -> tuple[Candidate, ...]:
        from_old = {e.uid for e in old}
        found: dict[str, list[tuple[str, Heir]]] = {}
        for uid, heirs in ways.items():
            for heir in heirs:
                found.setdefault(heir.row.uid, []).append((uid, heir))
        whole = [uid for uid, ((_, heir), *_rest) in found.items() if heir.people_share == "all"]
        result: list[Candidate] = []
        for uid, roads in found.items():
            row = roads[0][1].row
            current = any(source == uid and source not in from_old for source, _ in roads)
            shares = [h for source, h in roads if source != uid]
            result.append(
                Candidate(
                    uid=uid,
                    code=row.code,
                    name=row.name,
                    province=self._province(row.parent_uid, on),
                    area_share=shares[0].area_share if shares else "",
                    people_share=shares[0].people_share if shares else "",
                    from_uids=tuple(source for source, _ in roads),
                    citation="; ".join(dict.fromkeys(c for _, h in roads for c in h.citations)),
                    current=current,
                    population=split and whole == [uid],
                )
            )
        return tuple(sorted(result, key=lambda c: (c.code, c.uid)))

    def _province(self, uid: str, on: date) -> str:
        """Name on the day of the province that `uid` is or lies in."""
        while uid and uid != "vn":
            row = self._lineage.row_on(uid, on) or self._lineage.last_row(uid)
            if row.tier == "province":
                return row.name
            uid = row.parent_uid
        return ""

    def _full_name(self, entry: Entry) -> str:
        """ "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh", as on its last day."""
        day = date.fromordinal(entry.end - 1)
        parts, uid = [entry.name], entry.parent
        while uid and uid != "vn":
            row = self._lineage.row_on(uid, day) or self._lineage.last_row(uid)
            parts.append(row.name)
            uid = row.parent_uid
        return ", ".join(parts)


def _legacy(entries: list[Entry], on: date) -> list[Entry]:
    """Readings as a unit that is gone or was rearranged by the day, one a unit, ascending by code."""
    day = on.toordinal()
    old = {e.uid: e for e in entries if e.end <= day}
    return sorted(old.values(), key=lambda e: (e.code, e.uid))


def _status(sets: set[frozenset[str]], divided: set[str]) -> Status:
    """`divided`: the one old unit that the text names, if it names no other."""
    if len(sets) > 1:
        return Status.AMBIGUOUS
    if len(next(iter(sets))) == 1:
        return Status.UNIQUE
    return Status.SPLIT if divided else Status.AMBIGUOUS
