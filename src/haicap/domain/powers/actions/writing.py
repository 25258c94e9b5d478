"""Ghi bảng: powers and assertions that name documents, units and each other become rows, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from haicap.base.text import fold
from haicap.domain.law import queries as law
from haicap.domain.powers import rules
from haicap.domain.powers.conditions import parse, written
from haicap.domain.powers.formats.rows import AssertionLine, PowerLine
from haicap.domain.powers.models import Assertion, Power
from haicap.domain.powers.queries import judging
from haicap.domain.powers.states import Level, Sort
from haicap.domain.units.models.register import Unit

_CODE = re.compile(r"A-(\d+)")


class Writing:
    """Rows on their way into the register: names resolved and judged first, then two bulk statements."""

    def __init__(
        self,
        powers: Sequence[PowerLine],
        assertions: Sequence[AssertionLine],
        *,
        actor: str,
        at: datetime,
    ) -> None:
        law.corpus.now()  # rows may cite what was entered this very second
        self.actor, self.at = actor, at
        self.powers = {p.code: p for p in Power.objects.all()}
        self.believed = {
            a.code: a for a in Assertion.objects.filter(superseded_at__isnull=True).select_related("power")
        }
        uids = {line.unit for line in assertions} | {u for line in assertions for u in line.units}
        self.units = {u.uid: u for u in Unit.objects.filter(uid__in=uids - {""})}
        self.new_powers: list[Power] = []
        self.new: list[Assertion] = []
        self._fresh: dict[str, Assertion] = {}
        for n, line in enumerate(powers, start=1):
            self._power(n, line)
        self._given = self._codes()
        self._next = max((int(m[1]) for m in map(_CODE.fullmatch, self._given) if m), default=0) + 1
        for n, row in enumerate(assertions, start=1):
            fresh = self.assertion(n, row)
            self.new.append(fresh)
            self._fresh[fresh.code] = fresh
            self._given.add(fresh.code)
        self._parents()

    def _codes(self) -> set[str]:
        """Codes ever given, superseded ones too: none is used again."""
        return set(Assertion.objects.values_list("code", flat=True).distinct())

    def _power(self, n: int, line: PowerLine) -> None:
        known = self.powers.get(line.code)
        if known is not None:
            if (
                dict(known.attributes) != {k: list(v) for k, v in line.attributes.items()}
                or known.name != line.name
            ):
                raise judging.bad("differs", judging.DIFFERS, n, line.code)
            return
        rules.check_power(n, line)
        row = Power(
            code=line.code, sort=line.sort.value, name=line.name, name_en=line.name_en, field=line.field,
            attributes={k: list(v) for k, v in line.attributes.items()}, level=line.level.value, owner=line.owner,
            evidence=line.evidence.value, source=line.source, note=line.note,
            folded=fold(f"{line.code} {line.name} {line.field}"),
        )  # fmt: skip
        self.powers[line.code] = row
        self.new_powers.append(row)

    def assertion(self, n: int, line: AssertionLine, *, known_code: bool = False) -> Assertion:
        """One judged row, not yet written. Refused with the row, the reason and the repair."""
        power = self.powers.get(line.power)
        if power is None:
            raise judging.bad("unknown_power", judging.UNKNOWN_POWER, n, line.power)
        judging.check_line(n, line, _line(power))
        if not known_code and line.id and line.id in self._given:
            raise judging.bad("code_taken", judging.CODE_TAKEN, n, line.id)
        document = judging.cited(n, line)
        return Assertion(
            code=line.id or self._code(), power=power, role=line.role.value, organ=line.organ,
            unit=self._unit(n, line.unit), level=line.level.value, units=[self._unit(n, u) and u for u in line.units],
            condition=written(parse(line.condition)), since=line.since, until=line.until, mode=line.mode.value,
            parent=line.parent, document_id=document.pk if document else None, path=line.place, citation=line.citation,
            reading=line.reading.value, no_fallback=line.no_fallback, added_days=line.added_days, added_papers=line.added_papers,
            evidence=line.evidence.value, source=line.source, note=line.note, entered_by=self.actor,
            recorded_at=self.at,
        )  # fmt: skip

    def _code(self) -> str:
        code = f"A-{self._next:04d}"
        self._next += 1
        return code

    def _unit(self, n: int, uid: str) -> Unit | None:
        if not uid:
            return None
        if uid not in self.units:
            raise judging.bad("unknown_unit", judging.UNKNOWN_UNIT, n, uid)
        return self.units[uid]

    def _parents(self) -> None:
        """Every parent is there, of the same power and role, and no chain returns to itself."""
        every = {**self.believed, **self._fresh}
        for n, row in enumerate(self.new, start=1):
            above = every.get(row.parent)
            if row.parent and (above is None or (above.power.code, above.role) != (row.power.code, row.role)):
                raise judging.bad("unknown_parent", judging.UNKNOWN_PARENT, n, row.parent)
        rules.check_cycles({code: row.parent for code, row in every.items()})

    def above(self, row: Assertion) -> Level | None:
        """The level of what a row derives from, in the register or in the table."""
        found = self.believed.get(row.parent) or self._fresh.get(row.parent)
        return Level(found.level) if row.parent and found else None

    def write(self) -> None:
        """Powers, then assertions."""
        Power.objects.bulk_create(self.new_powers, batch_size=1000)
        Assertion.objects.bulk_create(self.new, batch_size=1000)


def _line(power: Power) -> PowerLine:
    return PowerLine(
        power.code, power.name, Level(power.level), Sort(power.sort), attributes=power.attributes
    )
