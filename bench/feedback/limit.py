"""The limit: what PostgreSQL itself manages of an intake's statements on this machine, asked by its own pgbench.

A ticket is one transaction: posts of whoever writes, what is known of the sender, three clocks, event with delivery,
the ticket with its count, the kept answer. The text is that of one ticket, the sender another each time.
"""

from __future__ import annotations

from bench import pgbench
from bench.dossiers.limit import HASH, _filled, _literals
from bench.dossiers.people import Office
from haicap.domain.deadlines.actions.clocks import _START_SEVERAL
from haicap.domain.feedback import events
from haicap.domain.feedback.actions.rows import _COUNTED, _KNOWN
from haicap.domain.units.policy import _HELD
from haicap.kernel.ledger import deliveries
from haicap.kernel.ledger.actions.once import _KEEP
from haicap.kernel.ledger.actions.recording import _RECORD

STREAM = "'feedback.ticket:' || (:number::text)"
PHONE = "'07' || lpad(:phone::text, 8, '0')"
SOURCE = "sha256(('pgbench' || :office::text)::bytea)"
_DATA = (
    '{"code": "PA261122-7K3MQ2XD", "kind": "procedure", "channel": "api", "organ": 1, "organ_name": "UBND phường Đo Đạc", '
    '"rule": "P1", "unit": "c:00000@2025-07-01", "due": "2026-12-14T17:00:00+07:00", "files": 0, "repeat_of": ""}'
)
_ANSWER = '{"code": "PA261122-7K3MQ2XD", "key": "sealed", "organ": "UBND phường Đo Đạc", "due_at": "", "answer_due_at": ""}'


def script(office: Office) -> str:
    """One ticket as pgbench files it: a copy of the last one filed over HTTP, from another sender."""
    days = "now() + interval '{} days'"
    row = _literals("feedback_ticket", "channel = 'api' AND version = 1") | {
        "public_id": ":number::uuid", "code": "'PB' || (:number::text)", "sender_phone": PHONE
    }  # fmt: skip
    consumers = ",".join(deliveries.consumers_of(events.FILED.name))
    steps = [
        "\\set office random(0, 23)", "\\set phone random(0, 99999999)", "BEGIN;",
        "SELECT gen_random_uuid()::text AS number \\gset",
        _filled(_HELD, f"'{office.clerk_id}'::uuid", "current_date", "current_date") + ";",
        _filled(_KNOWN, SOURCE, "now()", "NULL", PHONE, "''", "''", "now() - interval '90 days'") + ";",
        _filled(
            _START_SEVERAL, STREAM, "now()", "'{1,2,3}'", "'{2w,5w,15w}'",
            f"ARRAY[{days.format(3)}, {days.format(7)}, {days.format(21)}]", "'{running,running,running}'", "'{\"\",\"\",\"\"}'",
            "h.generation",
        ) + ";",
        _filled(
            _RECORD, STREAM, "1", f"'{events.FILED.name}'", "now()", "now()", f"'{office.clerk_id}'", "''", f"'{_DATA}'", HASH,
            f"'{{{consumers}}}'",
        ) + ";",
        _filled(_COUNTED, SOURCE, "now()")
        + f"INSERT INTO feedback_ticket ({', '.join(row)}) VALUES ({', '.join(row.values())}) RETURNING id, (SELECT count FROM counted);",
        _filled(_KEEP, f"'{office.clerk_id}'", ":number::text", HASH, f"'{_ANSWER}'", "now()") + ";",
        "COMMIT;",
    ]  # fmt: skip
    return "\n".join(" ".join(step.split()) for step in steps) + "\n"


def tickets_a_second(office: Office, *, seconds: int) -> float:
    """pgbench's rate; RuntimeError with its reason when it fails."""
    return pgbench.rate(script(office), seconds=seconds)
