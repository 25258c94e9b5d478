"""Nơi: an address as people write it, old or new, to the unit of today; asked back when it may mean several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from haicap.base.text import fold
from haicap.domain.dossiers import queries
from haicap.domain.dossiers.queries import Office, Pinned
from haicap.domain.procedures.content import Channel, Level, Online
from haicap.domain.units import queries as units
from haicap.domain.units.addresses import Candidate
from haicap.web.common.maps import BEFORE_REFORM

LONGEST = 500
FEW = 8  # more than so many are not offered: the address lacks its district or province


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit of today an address may mean, with what it was before 1 July 2025."""

    uid: str
    code: str
    title: str
    before: str
    old_name: bool  # the address was read as a unit that is no more

    @property
    def both(self) -> str:
        """ "Phường Sài Gòn, … (trước 1/7/2025: Phường Bến Nghé, …)"."""
        if not self.before:
            return self.title
        return gettext("%(now)s (trước 1/7/2025: %(before)s)") % {"now": self.title, "before": self.before}


@dataclass(frozen=True, slots=True)
class Read:
    """What an address was read as: one choice, several, or none with the reason."""

    choices: tuple[Choice, ...]
    reason: str = ""

    @property
    def only(self) -> Choice | None:
        """The one unit it means."""
        return self.choices[0] if len(self.choices) == 1 else None

    def chosen(self, uid: str) -> Choice | None:
        """The one of them that was picked, or the only one."""
        return next((c for c in self.choices if c.uid == uid), None) or self.only


def read(address: str, on: date) -> Read:
    """The units of the day an address may mean."""
    text = address.strip()[:LONGEST]
    answer = units.convert_address(text, on=on)
    reason = gettext(answer.reason) % answer.reason_params if answer.reason else ""
    if len(answer.candidates) > FEW:
        return Read((), gettext("Nhiều nơi cùng mang tên này. Xin ghi thêm huyện cũ hoặc tỉnh, thành phố."))
    return Read(tuple(_choice(c, text, on) for c in answer.for_page), reason)


def _choice(candidate: Candidate, text: str, on: date) -> Choice:
    register = units.register()
    title = register.title(candidate.uid, on)
    return Choice(candidate.uid, candidate.code, title, _before(candidate, on, text), not candidate.current)


def _before(candidate: Candidate, on: date, text: str) -> str:
    """The old unit it was read from; of a unit read by its name of today, all it was made of (a few)."""
    register = units.register()
    read_from = [uid for uid in candidate.from_uids if register.version(uid, on) is None]
    if not read_from:
        fates = register.origins(candidate.uid, BEFORE_REFORM)
        read_from = [f.version.uid for f in fates]
    titles = [register.title(uid, BEFORE_REFORM) for uid in read_from]
    named = [t for t in titles if t and t != register.title(candidate.uid, on)]
    said = [t for t in named if fold(t.split(",")[0]) in fold(text)] or named
    return "; ".join(said[:2]) + (" …" if len(said) > 2 else "")


def at(code: str, on: date) -> Choice | None:
    """The commune or province that holds a code on the day."""
    if not code.isascii() or not code.isdigit() or len(code) not in (2, 5):
        return None
    version = units.register().at(code, on)
    if version is None:
        return None
    candidate = Candidate(version.uid, version.code, version.name, "", "", "", (), "", True, False)
    return _choice(candidate, "", on)


# --- who is competent there --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Where:
    """Where a dossier of a procedure goes from a place.

    unit   uid of the competent commune or province, as a filing names it
    found  the version as it counts in the province
    """

    choice: Choice
    unit: str
    competent: str
    centre: Office | None
    found: Pinned


def where(code: str, choice: Choice, on: date) -> Where:
    """Who decides for a place. Refused `no_unit`, `not_found`, `not_in_force`."""
    place = queries.place(choice.uid, on)
    found = queries.to_file(code, place.province_uid, on)
    organ, name = queries.competent_of(found.content, place)
    by_province = organ.unit_id == place.province_id if organ else _only_province(found.content.levels)
    unit = place.province_uid if by_province else place.uid
    return Where(choice, unit, name, place.centre, found)


def _only_province(levels: Sequence[Level]) -> bool:
    return Level.PROVINCE in levels and Level.COMMUNE not in levels


def why_not_online(found: Pinned) -> str:
    """Why it cannot be filed here, in words; empty when it can."""
    content = found.content
    if content.levels and not {Level.PROVINCE, Level.COMMUNE} & set(content.levels):
        return gettext(
            "Thủ tục này do bộ, cơ quan trung ương giải quyết; nộp tại bộ phận một cửa của cơ quan đó hoặc trên "
            "Cổng Dịch vụ công quốc gia."
        )
    if content.online is Online.NONE or (content.channels and Channel.ONLINE not in content.channels):
        return gettext("Thủ tục này chưa nộp trực tuyến được. Xin nộp tại trung tâm phục vụ hành chính công.")
    return ""
