"""Bản ghim: the procedure version a dossier is filed under, with what follows from it for limits, fees and competence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from haicap.base.kept import Notes
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning import Limit
from haicap.domain.dossiers.queries.places import Office, Place
from haicap.domain.dossiers.states import Channel
from haicap.domain.procedures import queries as procedures
from haicap.domain.procedures.content import Channel as Way
from haicap.domain.procedures.content import Content, Fee, Step, TimeLimit, judge
from haicap.domain.procedures.content.answers import AnswerProblem
from haicap.domain.procedures.models import LocalInstance
from haicap.domain.procedures.queries.catalogue import content as content_of

WAYS = {Channel.DIRECT: Way.DIRECT, Channel.ONLINE: Way.ONLINE, Channel.POST: Way.POST}
REMEMBERED = 3_000


@dataclass(frozen=True, slots=True)
class Pinned:
    """A version as it is filed: content with our generic form and steps where the record has none of its own."""

    version: int
    instance: int | None
    code: str
    name: str
    field: str
    content: Content

    def step(self, place: int) -> Step:
        """The working step at a place; the last one when the place lies beyond."""
        steps = self.content.workflow.steps
        return steps[min(place, len(steps) - 1)]


class BadAnswers(Refused):
    """Refused `bad_answers`: every problem with its question, so that a page can show them all."""

    def __init__(self, problems: tuple[AnswerProblem, ...]) -> None:
        self.problems = problems
        first = problems[0]
        super().__init__(
            "bad_answers",
            gettext_noop("Tờ khai có %(count)s chỗ cần sửa; chỗ đầu tiên: %(place)s."),
            params={"count": len(problems), "place": first.place},
        )


def _many(noted: dict[Any, Pinned]) -> bool:
    return len(noted) > REMEMBERED


_to_file: Notes[dict[tuple[str, str, date], Pinned]] = Notes(
    dict, state=lambda: procedures.catalogue().generation, full=_many
)
_pinned: Notes[dict[tuple[int, int | None], Pinned]] = Notes(dict, full=_many)


def to_file(code: str, province: str, on: date) -> Pinned:
    """The version in force on a day, as in the province (uid). Refused `not_found`, `not_in_force`."""
    noted = _to_file()
    found = noted.get((code, province, on))
    if found is None:
        record = procedures.record(code, on, province=province)
        found = Pinned(
            record.entry.pk, record.instance.pk if record.instance else None, record.code, record.entry.name,
            record.entry.field, record.fileable(),
        )  # fmt: skip
        noted[code, province, on] = found
        _keep(found)
    return found


def pinned(version: int, instance: int | None, code: str) -> Pinned:
    """The version a dossier was pinned to, whatever is in force now. Published versions never change: remembered."""
    found = _pinned().get((version, instance))
    if found is None:
        found = _keep(_read(version, instance, code))
    return found


def _keep(found: Pinned) -> Pinned:
    return _pinned().setdefault((found.version, found.instance), found)


def _read(version: int, instance: int | None, code: str) -> Pinned:
    document, content = content_of(version)
    entry = next((e for e in procedures.history(code[:8]) if e.pk == version), None)
    name, topic = (entry.name, entry.field) if entry else (code, "")
    if instance is not None:
        local = LocalInstance.objects.get(pk=instance)
        content = procedures.merged(document, local) or content
        code = f"{code[:8]}.{local.suffix}"
    return Pinned(version, instance, code, name, topic, procedures.fileable(name, content))


def limits_of(content: Content, channel: Channel, answers: Mapping[str, Any]) -> tuple[TimeLimit, ...]:
    """The limits that fit channel and answers, those of the channel before those of all; several: somebody chooses."""
    fitting = [t for t in content.limits if t.channel in (None, WAYS[channel]) and t.condition.holds(answers)]
    own = [t for t in fitting if t.channel is not None]
    return tuple(own or fitting)


def limit_of(
    content: Content, channel: Channel, answers: Mapping[str, Any], *, chosen: int | None = None
) -> tuple[Limit, ...]:
    """The parts of the one limit; empty when it is not known or several differ and none was chosen: no promise then.

    chosen: place among `limits_of`. Refused `no_such_limit`.
    """
    fitting = limits_of(content, channel, answers)
    if chosen is not None:
        if not 0 <= chosen < len(fitting):
            raise Refused("no_such_limit", gettext_noop("Không có trường hợp thời hạn này. Xin chọn lại."))
        return fitting[chosen].parts
    different = {t.parts for t in fitting}
    return different.pop() if len(different) == 1 else ()


def fees_of(content: Content, channel: Channel, answers: Mapping[str, Any]) -> tuple[Fee, ...]:
    """The fees that fit channel and answers; a key stands once in a record."""
    return tuple(f for f in content.fees if f.channel in (None, WAYS[channel]) and f.condition.holds(answers))


def competent_of(content: Content, place: Place) -> tuple[Office | None, str]:
    """Who decides at a place: the organ, or only the name as published when the platform has no such organ."""
    for competent in content.competent:
        office = place.offices.get(competent.organ)
        if office is not None:
            return office, office.name
    named = next((c.name for c in content.competent if c.name), "")
    return None, named or content.authority.split("\n")[0][:200]


def check_answers(content: Content, answers: Mapping[str, Any], channel: Channel, on: date) -> None:
    """BadAnswers when something is wrong; what is missing counts only online, where nobody can ask back."""
    found = judge(content.form, answers, on)
    if channel is not Channel.ONLINE:
        found = tuple(p for p in found if not _missing(answers, p.place))
    if found:
        raise BadAnswers(found)


def _missing(answers: Mapping[str, Any], place: str) -> bool:
    return answers.get(place.split("[", maxsplit=1)[0]) in (None, "", [])
