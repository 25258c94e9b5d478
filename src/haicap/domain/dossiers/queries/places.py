"""Nơi: what a filing must know of a unit on a day: its keys, its province, its organs, its centre, its identifier.

Remembered per process for as long as the register stands as it is, a minute at most: a filing asks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.db import connection

from haicap.base.kept import Notes
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers.models import Agency
from haicap.domain.dossiers.policy import CENTRES
from haicap.domain.units import queries as units
from haicap.domain.units.queries import OrganRow

REMEMBERED = 5_000
_KIND_OF_UNIT = re.compile(r"^(Phường|Xã|Thị trấn|Đặc khu|Tỉnh|Thành phố) ")
_KEYS = """
SELECT u.uid, u.id, coalesce(a.identifier, '') FROM units_unit u LEFT JOIN dossiers_agency a ON a.unit_id = u.id
WHERE u.uid = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Office:
    """An organ as a dossier names it; `uid` is that of its unit."""

    pk: int
    kind: str
    name: str
    unit_id: int
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit on a day.

    offices  organs by kind: its own first, else of its province, else of the nation
    centre   its public-service centre, or the province's where communes have none
    agency   identifier its codes begin with
    """

    uid: str
    unit_id: int
    title: str
    province_uid: str
    province_id: int
    province: str
    offices: Mapping[str, Office] = field(default_factory=dict)
    centre: Office | None = None
    agency: str = ""

    @property
    def short(self) -> str:
        """The unit's own name without its kind, as the line of a date has it: "Sa Pa"."""
        return _KIND_OF_UNIT.sub("", self.title.split(",")[0])


@dataclass(slots=True)
class _Noted:
    places: dict[tuple[str, date], Place] = field(default_factory=dict)
    offices: dict[tuple[int, date], Office] = field(default_factory=dict)
    uids: dict[int, str] = field(default_factory=dict)


_noted: Notes[_Noted] = Notes(
    _Noted,
    seconds=60,
    state=lambda: units.register().generation,
    full=lambda noted: len(noted.places) > REMEMBERED,
)


def forget() -> None:
    """Remember nothing: an identifier was corrected."""
    _noted.forget()


def place(uid: str, on: date) -> Place:
    """A province or commune on a day. Refused `no_unit` when there is none."""
    memory = _noted()
    found = memory.places.get((uid, on))
    if found is None:
        found = memory.places[uid, on] = _read(uid, on)
    return found


def office(pk: int | None, on: date) -> Office | None:
    """An organ under its name on the day; None when there is no such organ."""
    if pk is None:
        return None
    memory = _noted()
    found = memory.offices.get((pk, on))
    if found is None:
        try:
            row = units.organ(pk, on)
        except Refused:
            return None
        unit_id = _keys([row.unit_uid])[row.unit_uid][0]
        found = memory.offices[pk, on] = Office(row.pk, row.kind, row.name, unit_id, row.unit_uid)
    return found


def parent_of(issuer: Office, on: date) -> str | None:
    """The committee a centre works for; None for an organ that stands for itself."""
    if issuer.kind not in CENTRES:
        return None
    offices = place(issuer.uid, on).offices
    above = next((offices[k] for k in ("commune_committee", "province_committee") if k in offices), None)
    return above.name if above else None


def _keys(uids: list[str]) -> dict[str, tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [uids])
        return {uid: (pk, agency) for uid, pk, agency in cursor.fetchall()}


def places(on: date, *tiers: str) -> list[list[Place]]:
    """Every province, every commune on a day, a list for each tier asked for. Two statements: for loads."""
    known = units.register()
    uids = [[version.uid for version in known.state(on, tier)] for tier in tiers]
    organs = units.every_organ(on)
    keys = _keys(list({*chain.from_iterable(uids), *organs, "vn"}))
    return [[_built(uid, on, keys, lambda owner: organs.get(owner, ())) for uid in tier] for tier in uids]


def _no_unit() -> Refused:
    return Refused("no_unit", gettext_noop("Không có đơn vị hành chính này vào ngày nộp hồ sơ."))


def _read(uid: str, on: date) -> Place:
    province = units.register().province_of(uid, on)
    if province is None:
        raise _no_unit()
    keys = _keys([uid, province.uid, "vn"])
    return _built(uid, on, keys, lambda owner: units.organs_of(owner, on))


def _built(
    uid: str, on: date, keys: dict[str, tuple[int, str]], organs: Callable[[str], Iterable[OrganRow]]
) -> Place:
    known = units.register()
    version, province = known.version(uid, on), known.province_of(uid, on)
    if version is None or province is None:
        raise _no_unit()
    offices: dict[str, Office] = {}
    for owner in ("vn", province.uid, uid):
        for row in organs(owner):
            offices[row.kind] = Office(row.pk, row.kind, row.name, keys[owner][0], owner)
    own = keys[uid][0]
    centres = [offices[kind] for kind in CENTRES if kind in offices]
    centre = next((c for c in centres if c.unit_id == own), centres[0] if centres else None)
    return Place(
        uid, own, known.title(uid, on), province.uid, keys[province.uid][0], known.title(province.uid, on),
        offices, centre, keys[uid][1] or keys[province.uid][1],
    )  # fmt: skip


def uid_of(unit_id: int) -> str:
    """The stable identity of a unit by its key; remembered."""
    memory = _noted()
    found = memory.uids.get(unit_id)
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT uid FROM units_unit WHERE id = %s", [unit_id])
            row = cursor.fetchone()
        if row is None:
            raise Refused("no_unit", gettext_noop("Không có đơn vị hành chính này."))
        found = memory.uids[unit_id] = str(row[0])
    return found


def agency_of(organ: Office | None, competent: Place, on: date) -> str:
    """What a code begins with: the identifier of the unit whose centre receives, else of the competent unit.

    Refused `no_agency` when neither has one: nothing may be numbered before it is known.
    """
    if organ is not None and organ.unit_id != competent.unit_id:
        found = place(uid_of(organ.unit_id), on).agency
    else:
        found = competent.agency
    if not found:
        raise Refused(
            "no_agency",
            gettext_noop(
                "Chưa có mã định danh cơ quan cho đơn vị này nên chưa cấp được mã hồ sơ. Xin báo người quản trị."
            ),
        )
    return found


def has_agencies() -> bool:
    """Whether identifiers were loaded."""
    return Agency.objects.exists()
