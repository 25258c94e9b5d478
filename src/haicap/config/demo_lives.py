"""Hồ sơ giả cho đo tốc độ và trình diễn: whole lives of dossiers of nobody, all over the country, over the last year.

Fictional beyond confusion: numbers of persons begin with 000 (no province has this code), telephone numbers with 0100.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from uuid import NAMESPACE_URL, uuid5

from haicap.base.dates import HANOI
from haicap.domain.deadlines import queries as deadlines
from haicap.domain.dossiers import queries
from haicap.domain.dossiers.actions.bulk import Life, Stage
from haicap.domain.dossiers.queries import Pinned, Place
from haicap.domain.dossiers.rules import Applicant
from haicap.domain.dossiers.states import Channel, Verb
from haicap.domain.procedures import queries as procedures
from haicap.domain.procedures.content import Content

DAYS = 365
PIECE = 400  # contents read in one statement
GENERAL = {"full_name", "person_id", "phone", "email", "residence", "request"}
CHANNELS = ((Channel.ONLINE, 62), (Channel.DIRECT, 35), (Channel.POST, 3))
LATE = 0.04  # of those that ended
_MINUTE = timedelta(minutes=1)
# Every ten minutes of office hours, from midnight.
_TENS = [timedelta(hours=h, minutes=m) for h in (8, 9, 10, 11, 13, 14, 15, 16) for m in range(0, 60, 10)]
SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Giàng Tẩn Lò Nông Ksor Thạch".split()
MIDDLE = "Văn Thị Hữu Đức Minh Ngọc Thanh Quốc Thu Hải Xuân Kim Gia Bảo".split()
GIVEN = "An Bình Chi Dũng Giang Hà Hạnh Hiếu Hoa Hùng Khánh Lan Linh Long Mai Nam Nga Phúc Quân Sơn Tâm Thảo Trang Tuấn Uyên Việt Yến".split()
# How lives end, and how the open ones stand: the verbs after the filing, with shares.
_ENDED: Sequence[tuple[tuple[Verb, ...], int]] = (
    ((Verb.RECEIVE, Verb.TAKE_UP, Verb.DECIDE, Verb.FINISH, Verb.HAND_OUT), 92),
    ((Verb.REFUSE,), 3),
    ((Verb.RECEIVE, Verb.REFUSE), 2),
    ((Verb.WITHDRAW,), 1),
    ((Verb.RECEIVE, Verb.TAKE_UP, Verb.STOP), 2),
)
_OPEN: Sequence[tuple[tuple[Verb, ...], int]] = (
    ((), 15),
    ((Verb.RECEIVE,), 20),
    ((Verb.RECEIVE, Verb.TAKE_UP), 38),
    ((Verb.RECEIVE, Verb.REQUEST_SUPPLEMENT), 8),
    ((Verb.RECEIVE, Verb.TAKE_UP, Verb.DECIDE), 4),
    ((Verb.RECEIVE, Verb.TAKE_UP, Verb.DECIDE, Verb.FINISH), 15),
)


def _weighted(dice: random.Random, weights: Sequence[float]) -> Callable[[], int]:
    """Places of a list, each as often as its weight."""
    sums = list(accumulate(weights))
    return lambda: bisect(sums, dice.random() * sums[-1])


@dataclass(frozen=True, slots=True)
class Ground:
    """What authors write about, the same for all: units that take dossiers, codes of what communes and provinces decide."""

    on: date
    communes: Sequence[Place]
    provinces: Sequence[Place]
    local: Sequence[str]
    provincial: Sequence[str]


def ground(on: date) -> Ground:
    """As of a day. Some ten statements."""
    provinces, communes = (
        [p for p in found if p.agency and p.centre is not None]
        for found in queries.places(on, "province", "commune")
    )
    wanted = [(communes[0], ("commune_committee", "commune_chairman")), (provinces[0], ())]
    local, provincial = _procedures(wanted, on)
    return Ground(on, communes, provinces, local, provincial)


class Author:
    """Writes lives: of the units whose place in the list leaves `share` when divided by `shares`, so that authors never meet."""

    def __init__(
        self, at: datetime, *, seed: int, share: int = 0, shares: int = 1, open_share: float, about: Ground | None = None
    ) -> None:  # fmt: skip
        self.at, self.dice, self.open_share = at, random.Random(f"{seed}/{share}"), open_share  # noqa: S311
        on = at.astimezone(HANOI).date()
        about = about or ground(on)
        calendar = deadlines.calendar()
        first = on - timedelta(days=DAYS)
        days = [first + timedelta(days=n) for n in range(DAYS + 1)]
        self.working = [day for day in days if calendar.is_working(day.toordinal())]
        self.mornings = [datetime.combine(day, time(), HANOI) for day in self.working]
        self.latest = at - timedelta(hours=1)
        self.communes, self.provinces = about.communes[share::shares], about.provinces[share::shares]
        self._commune = _weighted(self.dice, [self.dice.lognormvariate(0, 0.8) for _ in self.communes])
        self._local, self._provincial = about.local, about.provincial
        self._pick_local = _weighted(self.dice, [1 / (n + 3) for n in range(len(self._local))])
        self._pick_provincial = _weighted(self.dice, [1 / (n + 3) for n in range(len(self._provincial))])
        self._channel = _weighted(self.dice, [weight for _, weight in CHANNELS])
        self._end = _weighted(self.dice, [weight for _, weight in _ENDED])
        self._stand = _weighted(self.dice, [weight for _, weight in _OPEN])
        self._people: dict[tuple[str, str], str] = {}
        self._found: dict[str, Pinned] = {}
        self._on = about.on

    def lives(self, count: int) -> Iterator[Life]:
        """So many lives."""
        return (self._life() for _ in range(count))

    def _life(self) -> Life:
        dice = self.dice
        if dice.random() < 0.78:
            place, code = self.communes[self._commune()], self._local[self._pick_local()]
        else:
            place, code = dice.choice(self.provinces), self._provincial[self._pick_provincial()]
        found = self._pinned(code)
        channel = CHANNELS[self._channel()][0]
        applicant = self._applicant()
        alive = dice.random() < self.open_share
        verbs = _OPEN[self._stand()][0] if alive else _ENDED[self._end()][0]
        began = self._began(alive)
        centre = place.centre if channel is not Channel.ONLINE else None
        answers = {
            "full_name": applicant.name,
            "request": "Hồ sơ giả để đo và trình diễn, không phải của ai.",
        }
        by = self._who(place, "quay") if centre else "portal"
        return Life(
            found, place, applicant, channel, self._instant(began), by, self._stages(verbs, began, place, alive),
            centre, answers, "Bản chính của đơn đề nghị",
        )  # fmt: skip

    def _began(self, alive: bool) -> int:
        """Place of the day of filing among the working days: open ones are young, some are not."""
        last = len(self.working) - 1
        if not alive:
            return self.dice.randrange(last - 6)
        return max(0, last - int(self.dice.expovariate(1 / 4)))

    def _stages(self, verbs: Sequence[Verb], began: int, place: Place, alive: bool) -> list[Stage]:
        dice, last = self.dice, len(self.working) - 1
        whole = dice.randint(1, 5) + (dice.randint(5, 15) if dice.random() < LATE else 0)
        latest = self._instant(began)
        stages = []
        for number, verb in enumerate(verbs):
            share = number / max(1, len(verbs) - 1)
            day = min(began + round(share * whole), last)
            at = max(self._instant(day), latest + _MINUTE)
            latest = min(at, self.at - timedelta(minutes=len(verbs) - number)) if alive else at
            role = "quay" if verb in (Verb.RECEIVE, Verb.HAND_OUT, Verb.WITHDRAW) else "xuly"
            stages.append(Stage(verb, latest, self._who(place, role)))
        return stages

    def _instant(self, day: int) -> datetime:
        """Some ten minutes of the office hours of a working day, not later than now."""
        return min(self.mornings[day] + _TENS[int(self.dice.random() * len(_TENS))], self.latest)

    def _who(self, place: Place, role: str) -> str:
        """An opaque id of an officer nobody is."""
        found = self._people.get((place.uid, role))
        if found is None:
            found = self._people[place.uid, role] = str(uuid5(NAMESPACE_URL, f"haicap:{place.uid}:{role}"))
        return found

    def _pinned(self, code: str) -> Pinned:
        """The version of the whole country: what one province does otherwise is left out."""
        found = self._found.get(code)
        if found is None:
            found = self._found[code] = queries.to_file(code, "", self._on)
        return found

    def _applicant(self) -> Applicant:
        dice = self.dice
        name = f"{dice.choice(SURNAMES)} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}"
        number, phone = f"000{dice.randrange(10**9):09d}", f"0100{dice.randrange(10**6):06d}"
        return Applicant(name, "person", number, phone, "", f"Số {dice.randrange(1, 400)} phố Tưởng Tượng")


def _procedures(asked: Sequence[tuple[Place, Sequence[str]]], on: date) -> list[list[str]]:
    """For each place, codes that its own organs of these kinds (none: of any) decide on, with the general form; essential first."""
    entries = [entry for row in procedures.essential(on) for entry in row.entries]
    versions = {entry.code: entry.pk for entry in [*entries, *procedures.catalogue().in_force(on)]}
    found: list[list[str]] = [[] for _ in asked]
    codes = list(versions)
    for begin in range(0, len(codes), PIECE):
        piece = codes[begin : begin + PIECE]
        procedures.foresee([versions[code] for code in piece])
        for code in piece:
            content = queries.to_file(code, "", on).content
            for known, (place, organs) in zip(found, asked, strict=True):
                if _decides(content, place, organs):
                    known.append(code)
    return found


def _decides(content: Content, place: Place, organs: Sequence[str]) -> bool:
    office, _ = queries.competent_of(content, place)
    if office is None or office.unit_id != place.unit_id or (organs and office.kind not in organs):
        return False
    return {q.key for page in content.form.pages for q in page.questions} <= GENERAL
