"""Nạp danh mục: the packaged table becomes the first state of the catalogue, as one act."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from psycopg.types.range import DateRange

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.procedures import events
from haicap.domain.procedures.actions.heads import changed, lock_head, record_on_head
from haicap.domain.procedures.models import LifeEvent, LifeEventProcedure, Procedure, Synonym
from haicap.domain.procedures.packaged.catalogue import ORIGIN, Package, Proposal
from haicap.domain.procedures.packaged.helps import LifeEventRow
from haicap.domain.procedures.states import VersionState
from haicap.kernel.ledger.actions import action

_COLUMNS = (
    "procedure_id state valid name field content origin ministry decision_number decision_organ decision_kind "
    "decided_by authorised_by ended_decision drafted_by published_by note version head"
).split()
_NOTHING = b"\0" * 32


@action
def load_catalogue(
    *,
    actor: str,
    at: datetime,
    package: Package,
    life_events: Sequence[LifeEventRow] = (),
    synonyms: Sequence[tuple[str, str]] = (),
    source: str = ORIGIN,
) -> int:
    """Load an empty catalogue whole; how many procedures. One event; a few seconds.

    package  from packaged.catalogue; rows it refused are counted in the event
    Refused `already_loaded` when there is one: later changes are published versions.
    """
    head = lock_head()
    if head.version:
        raise Refused(
            "already_loaded",
            gettext_noop("Danh mục thủ tục đã được nạp. Thay đổi về sau được công bố bằng phiên bản mới."),
        )
    ids = _procedures(package.proposals)
    _versions(package.proposals, ids, source)
    _helps(life_events, synonyms, ids)
    facts = _facts(package, source)
    record_on_head(head, events.CATALOGUE_LOADED, at=at, actor=actor, data=facts)
    changed(head)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE procedures_procedure, procedures_procedureversion")
    return len(package.proposals)


def _facts(package: Package, source: str) -> dict[str, object]:
    contents = [p.content for p in package.proposals]
    return {
        "procedures": len(contents),
        "complete": sum(content.complete for content in contents),
        "refused": len(package.refused),
        "without_limit": sum(not any(limit.known for limit in content.limits) for content in contents),
        "source": source,
    }


def _procedures(proposals: Iterable[Proposal]) -> dict[str, int]:
    made = Procedure.objects.bulk_create([Procedure(code=p.code) for p in proposals], batch_size=1000)
    return {row.code: row.pk for row in made}


def _versions(proposals: Iterable[Proposal], ids: dict[str, int], source: str) -> None:
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY procedures_procedureversion ({', '.join(_COLUMNS)}) FROM STDIN") as out,
    ):
        for p in proposals:
            content = json.dumps(p.document, ensure_ascii=False)
            days = DateRange(p.since, None, "[)")
            out.write_row(
                (ids[p.code], VersionState.PUBLISHED.value, days, p.name, p.field, content, source, *[""] * 10, 0, _NOTHING)
            )  # fmt: skip


def _helps(
    life_events: Sequence[LifeEventRow], synonyms: Sequence[tuple[str, str]], ids: dict[str, int]
) -> None:
    Synonym.objects.bulk_create([Synonym(said=said, meant=meant) for said, meant in dict.fromkeys(synonyms)])
    made = LifeEvent.objects.bulk_create(
        [LifeEvent(key=e.key, name=e.name, name_en=e.name_en, place=n) for n, e in enumerate(life_events)]
    )
    LifeEventProcedure.objects.bulk_create([
        LifeEventProcedure(life_event=row, procedure_id=ids[code], place=n)
        for row, event in zip(made, life_events, strict=True)
        for n, code in enumerate(c for c in event.codes if c in ids)
    ])  # fmt: skip
