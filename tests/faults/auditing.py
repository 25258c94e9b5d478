"""What must hold in a database after anything was killed in it. Plain SQL: it asks the rows, not the code that wrote them."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg

# Each of these counts what must not be there.
NEVER: Mapping[str, str] = {
    "a dossier whose version is not that of its stream":
        "SELECT count(*) FROM dossiers_dossier d WHERE d.version <> "
        "(SELECT coalesce(max(e.seq), 0) FROM ledger_event e WHERE e.stream = 'dossier:' || d.public_id)",
    "a dossier whose head is not the hash of its last event":
        "SELECT count(*) FROM dossiers_dossier d LEFT JOIN ledger_event e "
        "ON e.stream = 'dossier:' || d.public_id AND e.seq = d.version WHERE e.hash IS DISTINCT FROM d.head",
    "a stream with a gap":
        "SELECT count(*) FROM (SELECT stream FROM ledger_event WHERE stream LIKE 'dossier:%' GROUP BY stream "
        "HAVING count(*) <> max(seq) OR min(seq) <> 1) s",
    "events of a dossier that is not there":
        "SELECT count(*) FROM (SELECT DISTINCT stream FROM ledger_event WHERE stream LIKE 'dossier:%') s "
        "WHERE NOT EXISTS (SELECT 1 FROM dossiers_dossier d WHERE 'dossier:' || d.public_id = s.stream)",
    "a verb that happened twice":
        "SELECT count(*) FROM (SELECT 1 FROM ledger_event WHERE kind IN ('dossiers.filed', 'dossiers.received', "
        "'dossiers.taken_up', 'dossiers.decided', 'dossiers.handed_out') GROUP BY stream, kind HAVING count(*) > 1) s",
    "a person with two dossiers":
        "SELECT count(*) FROM (SELECT 1 FROM dossiers_dossier GROUP BY applicant_number HAVING count(*) > 1) s",
    "a number lost or given twice":
        "SELECT count(*) FROM dossiers_counter c WHERE c.last <> (SELECT count(*) FROM dossiers_dossier d "
        "WHERE d.code LIKE c.agency || '-' || to_char(c.day, 'YYMMDD') || '-%')",
    "a received dossier without a clock":
        "SELECT count(*) FROM dossiers_dossier d WHERE d.received_at IS NOT NULL AND (SELECT count(*) FROM deadlines_clock k "
        "WHERE k.stream = 'dossier:' || d.public_id) <> 1",
    "a clock of a dossier that was not received":
        "SELECT count(*) FROM deadlines_clock k LEFT JOIN dossiers_dossier d ON k.stream = 'dossier:' || d.public_id "
        "WHERE k.stream LIKE 'dossier:%' AND d.received_at IS NULL",
    "a clock that runs for a dossier that is done":
        "SELECT count(*) FROM deadlines_clock k JOIN dossiers_dossier d ON k.stream = 'dossier:' || d.public_id "
        "WHERE (d.state IN (3, 7, 8, 9, 10)) <> (k.state = 'stopped')",
    "a due instant that is not the clock's":
        "SELECT count(*) FROM deadlines_clock k JOIN dossiers_dossier d ON k.stream = 'dossier:' || d.public_id "
        "WHERE k.due_at IS DISTINCT FROM d.due_at",
    "a slip without its event":
        "SELECT count(*) FROM dossiers_slip s JOIN dossiers_dossier d ON d.id = s.dossier_id WHERE s.n > d.version",
    "a received dossier without its slip":
        "SELECT count(*) FROM dossiers_dossier d WHERE d.received_at IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM dossiers_slip s WHERE s.dossier_id = d.id AND s.form = '01')",
    "a supplement answered in another state":
        "SELECT count(*) FROM dossiers_supplement s JOIN dossiers_dossier d ON d.id = s.dossier_id "
        "WHERE (d.state = 5) <> (s.supplied_at IS NULL)",
    "a file without its event":
        "SELECT count(*) FROM files_stored f WHERE NOT EXISTS (SELECT 1 FROM ledger_event e "
        "WHERE e.stream = 'file:' || f.public_id AND e.seq = f.version AND e.hash = f.head)",
    "a message told twice":
        "SELECT count(*) FROM (SELECT 1 FROM notices_message GROUP BY key HAVING count(*) > 1) s",
}  # fmt: skip
WAITING = "SELECT count(*) FROM ledger_delivery"
FAILED = "SELECT consumer, attempts, error FROM ledger_delivery WHERE attempts > 0"


def one(url: str, sql: str) -> int:
    """A number."""
    with psycopg.connect(url, autocommit=True, connect_timeout=60) as database:
        row = database.execute(sql).fetchone()
    assert row is not None
    return int(row[0])


def wrong(url: str) -> dict[str, int]:
    """What there is of what must not be there."""
    with psycopg.connect(url, autocommit=True, connect_timeout=60) as database:
        found = {}
        for name, sql in NEVER.items():
            row = database.execute(sql).fetchone()
            assert row is not None
            if row[0]:
                found[name] = int(row[0])
    return found
