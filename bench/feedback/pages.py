"""Lists and look-ups: the questions as the rooms ask them, and the pages whole, for a commune, a province, the nation."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import pyotp
from django.test import Client
from django.urls import reverse

from bench.dossiers.people import Office, _officer
from bench.feedback import filling
from bench.figures import Figure, percentile
from haicap.base.dates import today
from haicap.domain.dossiers import queries as dossiers
from haicap.domain.feedback import policy, queries
from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.policy import Scope
from haicap.domain.units import queries as units
from haicap.domain.units.organs import Role
from haicap.kernel.accounts import actions as accounts
from haicap.kernel.accounts import queries as people
from haicap.kernel.accounts.sessions import BACKEND

ASKED = 40
STAGES = ("open", "late", "soon", "nobody", "escalated", "awaiting_more", "answered", "withdrawn", "all")
CALLER = "0800012345"


@dataclass(frozen=True)
class Who:
    """An officer: where they work, opaque id, reach, browser."""

    level: str
    actor: str
    scope: Scope
    browser: Client


Spent = tuple[float, float]  # p95 and median, in milliseconds


def asked(look: Callable[[], object], times: int = ASKED) -> Spent:
    """After a first look."""
    look()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        look()
        spent.append((time.perf_counter() - began) * 1000)
    return percentile(spent, 0.95), percentile(spent, 0.5)


def _figure(what: str, spent: Spent, limit: float = 50) -> Figure:
    """The p95 with its limit; the median beside it tells of a machine that others use too."""
    return Figure(f"{what} (median {spent[1]:.0f})", spent[0], "ms", limit)


def _browser(actor: str, at: datetime) -> Client:
    """Signed in with both factors."""
    user = people.user(actor)
    assert user is not None
    begun = accounts.enrol_totp(user=user.public_id, actor=actor, at=at)
    accounts.confirm_totp(user=user.public_id, code=pyotp.TOTP(begun.secret).at(at), actor=actor, at=at)
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend=BACKEND)
    return client


def officers(office: Office, at: datetime) -> list[Who]:
    """Of a commune, of its province's focal office, of the Government Office."""
    on = today(at)
    place = dossiers.place(office.uid, on)
    province = _officer("do.tinh", place.offices["province_office"].pk, Role.OFFICER, at)[0]
    focal = next(row.pk for row in units.ministries(on) if row.kind == policy.FOCAL)
    nation = _officer("do.nuoc", focal, Role.OFFICER, at)[0]
    who = {"commune": office.leader_id, "province": province, "nation": nation}
    return [
        Who(name, actor, policy.visible_to(actor, on), _browser(actor, at)) for name, actor in who.items()
    ]


def _worst(level: str, what: str, spent: dict[str, Spent]) -> Figure:
    """The slowest of several questions of a kind."""
    name = max(spent, key=lambda key: spent[key])
    return _figure(f"{level}: {what}, slowest {name}", spent[name])


def questions(who: Who, at: datetime) -> Iterator[Figure]:
    """What lists are made of."""
    scope, on, wanted = who.scope, today(at), queries.Asked
    lists = {s: asked(partial(queries.page, scope, wanted(s, actor=who.actor), at)) for s in STAGES}
    yield _worst(who.level, f"{len(STAGES)} worklists", lists)
    texts = ("Người Số 4711", "PA2600000123", "bệnh viện", CALLER, "không ai viết")
    sought = {f"“{t}”": asked(partial(queries.page, scope, wanted("all", text=t), at)) for t in texts}
    yield _worst(who.level, "searches", sought)
    month = partial(queries.totals, scope, on - timedelta(days=29), on + timedelta(days=1), at)
    yield _worst(who.level, "figures", {
        "counts": asked(partial(queries.counts, scope, who.actor, at)), "by officer": asked(partial(queries.loads, scope, at)),
        "a month": asked(month), "earlier of a caller": asked(partial(queries.earlier, scope, phone=CALLER)),
    })  # fmt: skip
    text = filling.texts(50)[7]
    yield _figure(
        f"{who.level}: near-duplicates of a text typed",
        asked(partial(queries.near_duplicates, text, scope)),
        200,
    )


def _opened(browser: Client, address: str, **words: str) -> None:
    response = browser.get(address, words)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")


def _called(browser: Client) -> None:
    """What stands beside the hotline's form while one types."""
    typed = {"phone": CALLER, "kind": "procedure", "text": filling.texts(50)[9]}
    if browser.post(reverse("desk:call-beside"), typed).status_code != 200:
        raise RuntimeError("the hotline's screen did not answer")


def whole(who: Who) -> Iterator[Figure]:
    """Pages from request to HTML, in this process."""
    tickets, leader, get = (
        reverse("desk:tickets"),
        reverse("desk:tickets-leader"),
        partial(_opened, who.browser),
    )
    spent = {
        "open": asked(partial(get, tickets)), "late": asked(partial(get, tickets, chang="late")),
        "answered": asked(partial(get, tickets, chang="answered")), "all": asked(partial(get, tickets, chang="all")),
        "search": asked(partial(get, tickets, q="bệnh viện")),
    }  # fmt: skip
    yield _worst(who.level, "pages of the list", spent)
    yield _figure(f"{who.level}: page of the leader", asked(partial(get, leader)), 50)
    mine = Ticket.objects.filter(who.scope.rows, state="in_work").values_list("code", flat=True).first()
    if mine:
        yield _figure(
            f"{who.level}: page of a ticket", asked(partial(get, reverse("desk:ticket", args=[mine]))), 200
        )
    yield _figure(f"{who.level}: beside the hotline's form", asked(partial(_called, who.browser)), 200)


def figures(office: Office) -> list[Figure]:
    """Milliseconds at the 95th percentile, with their limits."""
    at = datetime.now(UTC)
    found: list[Figure] = []
    for who in officers(office, at):
        found += [*questions(who, at), *whole(who)]
    nobody, answers = Client(HTTP_HOST="localhost"), reverse("portal:public-answers")
    year = today(at).replace(month=1, day=1)
    return [
        *found,
        _figure("public answers: page", asked(partial(_opened, nobody, answers)), 50),
        _figure("public answers: page of a search", asked(partial(_opened, nobody, answers, tim="ho so tre")), 50),
        _figure("figures of every organ, a year", asked(lambda: queries.by_organ(year, today(at), at), 5), 2_000),
    ]  # fmt: skip
