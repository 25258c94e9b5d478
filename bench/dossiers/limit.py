"""The limit: what PostgreSQL itself manages of a life's statements on this machine, asked by its own pgbench.

A life is four transactions. Each takes the row by the statement the verbs use (the filing: the running number) and then
writes everything that verb writes joined into one statement: event, deliveries, clock, row, slip, kept answer.
"""

from __future__ import annotations

import re

from django.db import connection

from bench import pgbench
from bench.dossiers.people import Office
from haicap.domain.dossiers import events
from haicap.domain.dossiers.actions.filing import _NUMBER
from haicap.domain.dossiers.policy.taking import _TAKE
from haicap.kernel.ledger import deliveries

HASH = "'\\x" + "ab" * 32 + "'::bytea"
NOBODY = "pgbench"  # applicant of the rows that are no dossiers: proofs leave them out
_EVENT = """WITH e AS (INSERT INTO ledger_event (stream, seq, kind, at, recorded_at, actor, on_behalf_of, data, hash)
VALUES ({stream}, {seq}, '{kind}', now(), now(), '{actor}', '', '{data}'::jsonb, {hash}) RETURNING id),
v AS (INSERT INTO ledger_delivery (event_id, consumer, attempts, error) SELECT e.id, c, 0, '' FROM e, unnest('{{{consumers}}}'::text[]) AS c),
r AS (INSERT INTO ledger_reply (actor, key, fingerprint, answer, at)
VALUES ('{actor}', gen_random_uuid()::text, {hash}, '{answer}', now()) ON CONFLICT DO NOTHING)
"""
_DATA = {
    events.FILED.name: '{"code": "H00.00000-261122-0001", "procedure": "1.000000", "channel": 2, "version": 1, "unit": "c:00000@2025-07-01", "organ": 1, "components": 0}',
    events.RECEIVED.name: '{"due": "2026-12-01T17:00:00+07:00", "alarm": "", "version": 1, "slip": 2, "charges": 0}',
    events.DECIDED.name: '{"outcome": "granted", "finished": true, "result": ""}',
    events.HANDED_OUT.name: '{"method": "counter"}',
}
_ANSWER = '{"code": "H00.00000-261122-0001", "state": 2, "version": 2, "step": 0, "due_at": null, "promised_at": null, "alarm": ""}'


def script(offices: list[Office]) -> str:
    """The life as pgbench runs it: a copy of a filed dossier of each office, carried to its end."""
    lines = [f"\\set office random(0, {len(offices) - 1})"]
    for number, office in enumerate(offices):
        word = "elif" if number else "if"
        lines.append(f"\\{word} :office = {number}")
        lines.append(_life(office))
    return "\n".join([*lines, "\\endif", ""])


def _said(kind: str, stream: str, seq: int, actor: str) -> str:
    consumers = ",".join(deliveries.consumers_of(kind))
    return _EVENT.format(
        stream=stream, seq=seq, kind=kind, actor=actor, data=_DATA[kind], consumers=consumers, answer=_ANSWER, hash=HASH
    )  # fmt: skip


def _life(office: Office) -> str:
    number = _filled(_NUMBER, "'H00.' || :office", "current_date").strip()
    stream = "'dossier:' || (:public_id::text)"
    take = _filled(_TAKE, f"'{office.clerk_id}'::uuid", "current_date", "current_date", ":code")
    decide = _filled(_TAKE, f"'{office.leader_id}'::uuid", "current_date", "current_date", ":code")
    steps = [
        "BEGIN;", f"{number} \\gset", "SELECT gen_random_uuid()::text AS public_id \\gset",
        _said(events.FILED.name, stream, 1, office.clerk_id) + _filed(office) + " \\gset", "COMMIT;",
        "BEGIN;", f"{take};",
        _said(events.RECEIVED.name, stream, 2, office.clerk_id) + _received() + ";", "COMMIT;",
        "BEGIN;", f"{decide};",
        _said(events.DECIDED.name, stream, 3, office.leader_id) + _decided() + ";", "COMMIT;",
        "BEGIN;", f"{take};",
        _said(events.HANDED_OUT.name, stream, 4, office.clerk_id) + _handed_out() + ";", "COMMIT;",
    ]  # fmt: skip
    return "\n".join(" ".join(step.split()) for step in steps)


def _filled(sql: str, *values: str) -> str:
    found = iter(values)
    return re.sub("%s", lambda _: next(found), sql).replace("%%", "%")


def _filed(office: Office) -> str:
    """The row an office files over HTTP."""
    changed = {
        "public_id": ":public_id::uuid",
        "code": "'H00.' || :office || '-' || to_char(now(), 'YYMMDD') || '-' || :last::text",
        "applicant_name": f"'{NOBODY}'",
    }
    row = _literals("dossiers_dossier", f"code = '{model_of(office)}'") | changed
    return f"INSERT INTO dossiers_dossier ({', '.join(row)}) VALUES ({', '.join(row.values())}) RETURNING id, code"


def _received() -> str:
    slip = _literals("dossiers_slip", "form = '01'") | {"public_id": "gen_random_uuid()", "dossier_id": ":id"}
    return (
        ", k AS (INSERT INTO deadlines_clock (stream, n, received_at, parts, pauses, due_at, promised_at, "
        "calendar_version, state, alarm) SELECT 'dossier:' || (:public_id::text), 1, now(), '5wd', '{}', "
        "now() + interval '7 days', now() + interval '7 days', h.generation, 'running', '' "
        "FROM deadlines_calendarhead h WHERE h.id = 1), "
        f"s AS (INSERT INTO dossiers_slip ({', '.join(slip)}) VALUES ({', '.join(slip.values())})) "
        f"UPDATE dossiers_dossier SET version = 2, head = {HASH}, state = 2, received_at = now(), clock = 1, "
        "due_at = now() + interval '7 days', promised_at = now() + interval '7 days', alarm = '' WHERE id = :id"
    )


def _decided() -> str:
    return (
        ", k AS (UPDATE deadlines_clock SET state = 'stopped', stopped_at = now() "
        "WHERE stream = 'dossier:' || (:public_id::text) AND n = 1 AND state <> 'stopped' RETURNING due_at) "
        f"UPDATE dossiers_dossier SET version = 3, head = {HASH}, state = 9, decided_at = now(), "
        "outcome = 'granted', finished_at = now() WHERE id = :id"
    )


def _handed_out() -> str:
    return (
        f" UPDATE dossiers_dossier SET version = 4, head = {HASH}, state = 10, returned_at = now(), "
        "ended_at = now(), result_method = 'counter', papers_at_id = NULL WHERE id = :id"
    )


def _literals(table: str, where: str) -> dict[str, str]:
    """The columns of one row of a table but its key, as SQL literals."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
            "AND NOT attisdropped AND attname <> 'id' ORDER BY attnum",
            [table],
        )
        columns = [row[0] for row in cursor.fetchall()]
        quoted = ", ".join(f"quote_nullable({name}::text)" for name in columns)
        cursor.execute(f"SELECT {quoted} FROM {table} WHERE {where} ORDER BY id DESC LIMIT 1")
        return dict(zip(columns, cursor.fetchone(), strict=True))


def model_of(office: Office) -> str:
    """Code of a dossier the office has just filed and nobody has touched since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM dossiers_dossier d JOIN units_unit u ON u.id = d.unit_id "
            "WHERE u.uid = %s AND d.state = 1 ORDER BY d.id DESC LIMIT 1",
            [office.uid],
        )
        return str(cursor.fetchone()[0])


def lives_a_second(offices: list[Office], *, seconds: int) -> float:
    """pgbench's rate; RuntimeError with its reason when it fails."""
    return pgbench.rate(script(offices), seconds=seconds)
