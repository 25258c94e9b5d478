"""Nạp hàng loạt: dossiers with their whole lives, as they come from another system or from the demonstration.

One verb and one event of its own a batch; every dossier has its stream, chained as if its verbs had been walked, with
the moves judged by the same table. Rows go by COPY. Nobody is told of what is loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from haicap.base.dates import today
from haicap.base.ids import uuid7
from haicap.base.text import sort_key
from haicap.domain.deadlines.actions.loading import Timed, due_after, load_clocks
from haicap.domain.dossiers import events, queries, rules, states
from haicap.domain.dossiers.actions import rows
from haicap.domain.dossiers.queries.pinned import Pinned
from haicap.domain.dossiers.queries.places import Office, Place
from haicap.domain.dossiers.rules import Applicant
from haicap.domain.dossiers.states import ENDED, Channel, Outcome, ResultMethod, State, Verb
from haicap.domain.procedures.content import StepKind
from haicap.kernel.ledger import statements
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.actions.loading import Happened, chained, copy, now, write_events
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind

_NUMBERS = """
INSERT INTO dossiers_counter (agency, day, last) SELECT * FROM unnest(%s::text[], %s::date[], %s::int[])
ON CONFLICT (agency, day) DO UPDATE SET last = dossiers_counter.last + excluded.last RETURNING agency, day, last
"""
_KEYS = "SELECT nextval(pg_get_serial_sequence('dossiers_dossier', 'id')) FROM generate_series(1, %s::int)"
_SUPPLEMENTS = """COPY dossiers_supplement
(dossier_id, n, items, reason, asked_by, asked_at, approved_by, contact, supplied_by, answer, due_before) FROM STDIN"""
_sort_key = lru_cache(10_000)(sort_key)  # many bear one name


@dataclass(frozen=True, slots=True)
class Stage:
    """A verb of a life: which, when, by whom."""

    verb: Verb
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Life:
    """A dossier from its filing to where it stands; `stages` after the filing, in their order.

    centre   where it was handed in; None: online
    missing  what a request for a supplement among the stages asks for
    """

    found: Pinned
    place: Place
    applicant: Applicant
    channel: Channel
    filed_at: datetime
    filed_by: str
    stages: Sequence[Stage] = ()
    centre: Office | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    missing: str = ""


@dataclass(slots=True)
class _Loaded:
    """What becomes of a life: its row, its events, its clock."""

    values: dict[str, Any]
    happened: list[Happened]
    version: int = 1
    clock: Timed | None = None
    asked: tuple[Any, ...] = ()


@action
def load_dossiers(*, lives: Sequence[Life], source: str, actor: str, at: datetime) -> int:
    """Nạp whole lives as one act; how many. A life with a move the table does not know is Refused as its verb would.

    Codes are given by the day of filing, each once. Form slips are not made: they belong to verbs done here.
    """
    codes = _codes(lives)
    loaded = [_lived(life, code) for life, code in zip(lives, codes, strict=True)]
    recorded_at, written = now(), []
    for one in loaded:
        stream = f"dossier:{one.values['public_id']}"
        found, head = chained(stream, one.happened, recorded_at=recorded_at)
        one.values |= {"version": head.version, "head": head.hash}
        written += found
    keys = [row[0] for row in statements.rows(_KEYS, [len(loaded)])]
    columns = tuple(loaded[0].values)
    named, values = ", ".join(columns), itemgetter(*columns)
    copy(
        f"COPY dossiers_dossier (id, {named}) FROM STDIN",
        ((key, *values(one.values)) for key, one in zip(keys, loaded, strict=True)),
    )
    write_events(written)
    load_clocks(one.clock for one in loaded if one.clock)
    copy(_SUPPLEMENTS, ((key, *one.asked) for key, one in zip(keys, loaded, strict=True) if one.asked))
    record(
        stream=f"dossiers.load:{uuid7()}", head=Head(), kind=events.LOADED, at=at, actor=actor,
        data={"dossiers": len(loaded), "first": codes[0], "last": codes[-1], "source": source},
    )  # fmt: skip
    return len(loaded)


def _codes(lives: Sequence[Life]) -> list[str]:
    """A code for each, in their order: the numbers of all agencies and days by one statement, locked in one order."""
    wanted = [(queries.agency_of(life.centre, life.place, _on(life)), _on(life)) for life in lives]
    counts = sorted(Counter(wanted).items())
    agencies, days, numbers = zip(*((a, d, n) for (a, d), n in counts), strict=True)
    last = {
        (agency, day): end
        for agency, day, end in statements.rows(_NUMBERS, [list(agencies), list(days), list(numbers)])
    }
    following = {key: last[key] - count for key, count in counts}
    codes = []
    for agency, day in wanted:
        following[agency, day] += 1
        codes.append(rules.dossier_code(agency, day, following[agency, day]))
    return codes


def _on(life: Life) -> date:
    return today(life.filed_at)


def _lived(life: Life, code: str) -> _Loaded:
    """The row and the events of a life, judged move by move."""
    one = _filed(life, code)
    for stage in life.stages:
        row = one.values
        state = states.move(
            row["state"], stage.verb, version=one.version, seen=one.version, back_to=row["back_to"],
            decided=row["decided_at"] is not None,
        )  # fmt: skip
        kind, data = _DONE[stage.verb](one, life, stage)
        row["state"] = int(state)
        if state in ENDED:
            row |= {"ended_at": stage.at, "back_to": None}
            _stop(one, stage.at)
        one.happened.append(Happened(kind, stage.at, stage.actor, data))
        one.version += 1
    return one


def _filed(life: Life, code: str) -> _Loaded:
    found, place, who = life.found, life.place, life.applicant
    organ, competent = queries.competent_of(found.content, place)
    received = life.centre or place.centre
    values: dict[str, Any] = {
        "public_id": uuid7(), "code": code, "procedure_code": found.code[:8], "procedure_version_id": found.version,
        "instance_id": found.instance, "state": int(State.REGISTERED), "back_to": None, "step": 0, "channel": int(life.channel),
        "unit_id": place.unit_id if organ is None or organ.unit_id == place.unit_id else place.province_id,
        "province_id": place.province_id, "organ_id": organ.pk if organ else None, "competent_name": competent,
        "received_at_organ_id": received.pk if received else None, "helped_at_id": None,
        "papers_at_id": life.centre.pk if life.centre else None, "assignee": "",
        "applicant_name": who.name, "applicant_sort": _sort_key(who.name), "applicant_kind": who.kind,
        "applicant_number": who.number, "applicant_phone": who.phone, "applicant_email": who.email,
        "applicant_address": who.address, "applicant_user": who.user, "proxy": who.proxy, "language": "vi",
        "answers": rows.as_json(life.answers), "collected_by": "", "result_method": ResultMethod.COUNTER.value,
        "filed_at": life.filed_at, "received_at": None, "due_at": None, "promised_at": None, "alarm": "", "clock": 0,
        "decided_at": None, "outcome": "", "finished_at": None, "returned_at": None, "ended_at": None, "supplements": 0,
        "extensions": 0, "digitised": life.channel is Channel.ONLINE, "reused": False, "from_store": False,
        "vneid": False, "payment_place": 0, "version": 1, "head": b"",
    }  # fmt: skip
    data = {"code": code, "procedure": found.code, "channel": int(life.channel), "version": found.version,
            "unit": place.uid, "organ": organ.pk if organ else 0, "components": 0}  # fmt: skip
    return _Loaded(values, [Happened(events.FILED, life.filed_at, life.filed_by, data)])


Done = tuple[Kind, dict[str, object]]


def _receive(one: _Loaded, life: Life, stage: Stage) -> Done:
    parts = queries.limit_of(life.found.content, life.channel, life.answers)
    told = due_after(stage.at, parts)
    one.clock = Timed(f"dossier:{one.values['public_id']}", stage.at, parts, told)
    one.values |= {"received_at": stage.at, "clock": 1, "due_at": told.due_at, "promised_at": told.due_at, "alarm": str(told.alarm)}  # fmt: skip
    due = told.due_at.isoformat() if told.due_at else ""
    return events.RECEIVED, {
        "due": due, "alarm": str(told.alarm), "version": life.found.version, "slip": 0, "charges": 0,
    }  # fmt: skip


def _take_up(one: _Loaded, life: Life, stage: Stage) -> Done:
    steps = life.found.content.workflow.steps
    step = next((n for n, s in enumerate(steps) if s.kind is not StepKind.RECEIVE), 0)
    one.values |= {"step": step, "assignee": stage.actor}
    return events.TAKEN_UP, {"step": steps[step].key, "assignee": stage.actor}


def _ask(one: _Loaded, life: Life, stage: Stage) -> Done:
    before = one.values["due_at"]
    if one.clock and before and stage.at < before:
        one.clock = Timed(one.clock.stream, one.clock.received_at, one.clock.parts, one.clock.told, stage.at)
    items = [{"paper": "khac", "name": "", "what": life.missing}]
    one.asked = (1, rows.as_json(items), "", stage.actor, stage.at, "", "", "", "", before)
    one.values |= {"back_to": one.values["state"], "supplements": 1}
    return events.SUPPLEMENT_ASKED, {"n": 1, "items": 1, "approver": "", "slip": 0}


def _decide(one: _Loaded, life: Life, stage: Stage) -> Done:
    one.values |= {"decided_at": stage.at, "outcome": Outcome.GRANTED.value}
    return events.DECIDED, {"outcome": Outcome.GRANTED.value, "finished": False, "result": ""}


def _finish(one: _Loaded, life: Life, stage: Stage) -> Done:
    one.values["finished_at"] = stage.at
    _stop(one, stage.at)
    due = one.values["due_at"]
    return events.FINISHED, {"on_time": due is not None and stage.at <= due}


def _hand_out(one: _Loaded, life: Life, stage: Stage) -> Done:
    one.values |= {"returned_at": stage.at, "papers_at_id": None}
    return events.HANDED_OUT, {"method": one.values["result_method"]}


def _stop(one: _Loaded, at: datetime) -> None:
    """The end of the clock, unless it has ended."""
    held = one.clock
    if held is not None and held.stopped_at is None:
        one.clock = Timed(held.stream, held.received_at, held.parts, held.told, held.paused_at, at)


def _ended(kind: Kind, data: dict[str, object]) -> Any:
    return lambda one, life, stage: (kind, dict(data))


_DONE: Mapping[Verb, Any] = {
    Verb.RECEIVE: _receive,
    Verb.TAKE_UP: _take_up,
    Verb.REQUEST_SUPPLEMENT: _ask,
    Verb.DECIDE: _decide,
    Verb.FINISH: _finish,
    Verb.HAND_OUT: _hand_out,
    Verb.REFUSE: _ended(events.REFUSED, {"slip": 0}),
    Verb.STOP: _ended(events.STOPPED, {"slip": 0}),
    Verb.WITHDRAW: _ended(events.WITHDRAWN, {"where": "counter"}),
}
