"""Dòng hồ sơ: how a verb writes the row it has taken. The SQL of a set of columns is made once and then prepared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.rules import MOST_ANSWERS, paragraphs
from haicap.kernel.ledger import statements
from haicap.kernel.ledger.chain import Head


@cache
def _update(columns: tuple[str, ...]) -> str:
    return f"UPDATE dossiers_dossier SET {', '.join(f'{c} = %s' for c in columns)} WHERE id = %s"


# Form 01 lists the papers as they are when it is written: read by the same statement.
_PAPERS = """(SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
  'name', c.name, 'originals', nullif(c.originals, 0), 'copies', nullif(c.copies, 0),
  'electronic', CASE WHEN c.file_id IS NOT NULL THEN 1 END)) ORDER BY c.id), '[]'::jsonb)
  FROM dossiers_component c WHERE c.dossier_id = %s AND c.withdrawn_at IS NULL)"""
_SLIP = """WITH slip AS (INSERT INTO dossiers_slip (public_id, dossier_id, form, form_set, n, data, at, made_by)
  VALUES (%s, %s, %s, %s, %s, {data}, %s, %s))"""
WITH_PAPERS = "01"


@cache
def _update_with_slip(columns: tuple[str, ...], papers: bool) -> str:
    data = f"%s::jsonb || jsonb_build_object('papers', {_PAPERS})" if papers else "%s::jsonb"
    return f"{_SLIP.format(data=data)} {_update(columns)}"


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{c}"' for c in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))}) RETURNING id"


def update(row: Taken, head: Head, *, slip: tuple[Any, ...] = (), **columns: Any) -> Taken:
    """Write columns with the new head of the stream (version and hash), and a slip with them; one statement."""
    values = {"version": head.version, "head": head.hash, **columns}
    names, papers = tuple(values), slip[2:3] == (WITH_PAPERS,)
    text = _update_with_slip(names, papers) if slip else _update(names)
    before = [*slip[:6], row.id, *slip[6:]] if papers else slip
    statements.later(text, [*before, *values.values(), row.id])
    for name, value in values.items():
        if name in row.__slots__:
            setattr(row, name, value)
    return row


def insert(table: str, values: Mapping[str, Any]) -> int:
    """Insert one row; its id. One statement."""
    found = statements.rows(_insert(table, tuple(values)), list(values.values()))
    return int(found[0][0])


def insert_later(table: str, values: Mapping[str, Any], *, refuse: statements.Refuse) -> None:
    """Insert one row whose key is among the values, with the next statement of the verb. `refuse`: what an error means."""
    statements.later(_insert(table, tuple(values)), list(values.values()), refuse=refuse)


def remark(row: Taken, text: str, *, actor: str, at: datetime) -> None:
    """Keep what was written beside the event just recorded; nothing when nothing was written. After `update`."""
    said = paragraphs(text, 4000)
    if said:
        values = {"dossier_id": row.id, "seq": row.version, "text": said, "by": actor, "at": at}
        insert("dossiers_remark", values)


def kept(answers: Mapping[str, Any]) -> str:
    """Answers to a form as they are kept. Refused `too_long`, `bad_text` (what no database keeps)."""
    text = as_json(answers)
    if len(text) > MOST_ANSWERS:
        raise Refused(
            "too_long", gettext_noop("Nội dung dài quá %(most)s ký tự."), params={"most": MOST_ANSWERS}
        )
    if "\\u0000" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise Refused("bad_text", gettext_noop("Tờ khai có ký tự không đọc được."))
    return text


def as_json(value: object) -> str:
    """As jsonb takes it."""
    return json.dumps(value, ensure_ascii=False)
