"""Tự chấm: accuracy by kind over the evaluation set (data/evaluation/README.md says what right means)."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from haicap.edges.assistant.reply import Reply

TUNED, UNTOUCHED = "tuned", "untouched"
DAY = date(2026, 11, 22)  # the day the questions are asked on, unless a row says another
RESULT = "result.json"  # what the last run measured, packaged for the public page
Ask = Callable[..., Reply]


@dataclass(frozen=True, slots=True)
class Row:
    """One question with what is right."""

    q: str
    kind: str
    behaviours: tuple[str, ...]
    codes: tuple[str, ...]
    topic: str
    after: str = ""
    address: str = ""
    on: date = DAY


@dataclass(slots=True)
class Tally:
    """Counts of a kind: procedures are rows with codes; times in milliseconds."""

    rows: int = 0
    procedures: int = 0
    first: int = 0
    within_5: int = 0
    behaviour: int = 0
    topic: int = 0
    wrong: int = 0  # answered something else than was meant
    wrong_but_confident: int = 0  # and did not say "perhaps"

    def share(self, name: str, of: str = "rows") -> float:
        """A count as a share of another."""
        whole = getattr(self, of)
        return getattr(self, name) / whole if whole else 1.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row judged."""

    row: Row
    reply: Reply
    first: bool
    within_5: bool
    behaviour: bool
    wrong: bool
    confident: bool
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Report:
    """A part of the set, counted: whole and by kind."""

    part: str
    whole: Tally
    kinds: dict[str, Tally]
    p50: float
    p95: float
    verdicts: tuple[Verdict, ...] = field(default=(), repr=False)


def rows(part: str) -> list[Row]:
    """The questions of a part, "tuned" or "untouched"."""
    text = (_folder() / f"{part}.jsonl").read_text(encoding="utf-8")
    return [_row(json.loads(line)) for line in text.splitlines() if line.strip()]


def _folder() -> Any:
    return resources.files("haicap.edges.assistant") / "data" / "evaluation"


def _row(raw: dict[str, Any]) -> Row:
    behaviours = raw["behaviour"] if isinstance(raw["behaviour"], list) else [raw["behaviour"]]
    on = date.fromisoformat(raw["on"]) if raw.get("on") else DAY
    return Row(
        raw["q"], raw["kind"], tuple(behaviours), tuple(raw.get("codes", ())), raw["topic"], raw.get("after", ""),
        raw.get("address", ""), on,
    )  # fmt: skip


def evaluate(part: str, ask: Ask) -> Report:
    """Ask every question of a part and count."""
    verdicts = tuple(_judged(rows(part), ask))
    kinds: dict[str, Tally] = defaultdict(Tally)
    whole = Tally()
    for verdict in verdicts:
        for tally in (whole, kinds[verdict.row.kind]):
            _count(tally, verdict)
    times = sorted(v.milliseconds for v in verdicts) or [0.0]
    return Report(part, whole, dict(kinds), times[len(times) // 2], times[int(len(times) * 0.95)], verdicts)


def _judged(every: Iterable[Row], ask: Ask) -> Iterator[Verdict]:
    for row in every:
        context = ask(row.after, on=row.on).context if row.after else ""
        began = time.perf_counter()
        reply = ask(row.q, on=row.on, address=row.address, context=context)
        yield judge(row, reply, (time.perf_counter() - began) * 1000)


def judge(row: Row, reply: Reply, milliseconds: float = 0.0) -> Verdict:
    """One reply against what is right."""
    offered = [p.code for p in reply.procedures]
    behaviour = reply.behaviour.value
    right = behaviour in row.behaviours
    if row.topic != "procedure":
        kept = right and row.topic in ("none", reply.topic.value) and not offered
        wrong = behaviour == "answer" and (row.topic == "none" or bool(offered))
        return Verdict(row, reply, False, False, kept, wrong, wrong and reply.sure, milliseconds)
    within = any(code in row.codes for code in offered[:5])
    if behaviour == "clarify" and row.behaviours == ("clarify",):
        first = all(code in offered for code in row.codes)
    elif behaviour == "clarify":
        first = within
    else:
        first = bool(offered) and offered[0] in row.codes
    wrong = behaviour == "answer" and not (offered and offered[0] in row.codes)
    return Verdict(row, reply, first, within, right, wrong, wrong and reply.sure, milliseconds)


def _count(tally: Tally, verdict: Verdict) -> None:
    about_procedure = verdict.row.topic == "procedure"
    tally.rows += 1
    tally.procedures += about_procedure
    tally.first += about_procedure and verdict.first
    tally.within_5 += about_procedure and verdict.within_5
    tally.behaviour += verdict.behaviour
    tally.topic += verdict.reply.topic.value == verdict.row.topic
    tally.wrong += verdict.wrong
    tally.wrong_but_confident += verdict.confident


def document(reports: Sequence[Report], on: date) -> dict[str, Any]:
    """Reports as they are stored and shown; no questions in it."""
    return {
        "measured_on": on.isoformat(),
        "parts": [
            {"part": r.part, "whole": asdict(r.whole), "kinds": {k: asdict(t) for k, t in sorted(r.kinds.items())}} for r in reports
        ],
    }  # fmt: skip


def write(path: Path, reports: Sequence[Report], on: date) -> None:
    """Store what was measured."""
    path.write_text(json.dumps(document(reports, on), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Stored:
    """What the packaged result says: when, and each part with its kinds."""

    measured_on: date
    parts: tuple[Report, ...]

    def part(self, name: str) -> Report | None:
        """One part of it."""
        return next((r for r in self.parts if r.part == name), None)


@cache
def report() -> Stored | None:
    """The error rate of this release, for the public page; None when it was never measured."""
    path = _folder() / RESULT
    if not path.is_file():
        return None
    raw = json.loads(path.read_text(encoding="utf-8"))
    parts = tuple(
        Report(p["part"], Tally(**p["whole"]), {k: Tally(**t) for k, t in p["kinds"].items()}, 0.0, 0.0)
        for p in raw["parts"]
    )
    return Stored(date.fromisoformat(raw["measured_on"]), parts)
