"""Builders of this room's tests: everything comes to be by walking the verbs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from haicap.base.refused import Refused
from haicap.domain.law import actions, queries
from haicap.domain.law.formats.rows import SHEETS, AnyRow, DocumentRow, ProvisionRow, RelationRow, Tables
from haicap.domain.law.states import RelationKind
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.accounts.models import User

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
NOW = date(2026, 11, 22)
LATER = date(2026, 12, 1)
DECREE = "901/2026/NĐ-CP"
OTHER = "902/2026/NĐ-CP"
LAO_CAI, DA_NANG, QUANG_NAM = "p:15@2025-07-01", "p:48@2025-07-01", "p:49"


def justice(name: str = "lan", role: Role = Role.OFFICER) -> User:
    """An officer of the Ministry of Justice, which keeps the register."""
    return appointed(name, "btp", role)


def document(number: str = DECREE, **facts: Any) -> DocumentRow:
    """A decree in force since the beginning of 2026, for which the Ministry of Construction answers."""
    words = {"title": "Văn bản thử", "effective_on": date(2026, 1, 1), "owner": "bxd"} | facts
    return DocumentRow(number, **words)  # type: ignore[arg-type]


def place(path: str, document: str = DECREE, **facts: Any) -> ProvisionRow:
    """A place of a document."""
    return ProvisionRow(document, path, **facts)


def tie(
    kind: RelationKind, source: str = OTHER, target: str = DECREE, target_place: str = "", **facts: Any
) -> RelationRow:
    """A relation from 1 December 2026 on."""
    return RelationRow(source, facts.pop("place", ""), kind, target, target_place, **{"since": LATER} | facts)


def tables(*rows: AnyRow) -> Tables:
    """Rows sorted into their sheets."""
    return Tables(**{sheet: tuple(r for r in rows if r.sheet == sheet) for sheet in SHEETS})  # type: ignore[arg-type]


def enter(actor: User, *rows: AnyRow, source: str = "bang.xlsx", at: datetime = AT) -> int:
    """Rows entered; how many documents are new."""
    return actions.enter(tables=tables(*rows), source=source, actor=actor.actor, at=at)


def found(number: str = DECREE) -> queries.Doc:
    """The one document of a number, as the register is at this moment."""
    (only,) = queries.corpus.now().numbered(number)
    return only


def race(*calls: Callable[[], Any]) -> list[str]:
    """All at once, each with its own connection; what each was told ("" for success)."""
    start, told = threading.Barrier(len(calls)), [""] * len(calls)

    def one(n: int, call: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(60)
            call()
        except Refused as refused:
            told[n] = refused.code
        except Exception as error:  # shown to the test, which expects none
            told[n] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return told
