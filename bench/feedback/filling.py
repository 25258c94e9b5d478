"""Tickets by the hundred thousand as generated rows: copies of one that was filed, spread over organs, states, days and texts."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from haicap.base.dates import today
from haicap.domain.feedback.likeness import signature
from haicap.domain.units import queries as units

TEXTS, ANSWERS = 5_000, 2_000
WORDS = (
    "hồ sơ nộp trễ hẹn quá lâu chưa trả kết quả phường xã tỉnh cán bộ một cửa giấy khai sinh kết hôn đất đai sổ đỏ chứng thực bản sao "
    "trực tuyến hệ thống lỗi đăng nhập phí lệ phí thu sai hướng dẫn mẫu tờ khai đi lại nhiều lần người già khuyết tật trợ cấp hưu trí "
    "hộ kinh doanh giấy phép xây dựng đường sá rác thải nước sạch điện chiếu sáng trường học bệnh viện bảo hiểm căn cước địa chỉ cũ mới"
).split()
ONSETS, RIMES = (
    "b c ch d đ g h k l m n ng nh ph qu r s t th tr v x".split(),
    "a an ang anh ao ay em ên êu ia iên oan ôi ơn ung ươi".split(),
)
SYLLABLES = [
    onset + rime for onset in ONSETS for rime in RIMES
]  # a language has more words than what everybody writes about
_TICKETS = """
WITH model AS (SELECT * FROM feedback_ticket ORDER BY id LIMIT 1),
dice AS MATERIALIZED (SELECT g, random() AS a, random() AS b, random() AS c, now() - random() * interval '400 days' AS at
  FROM generate_series(1, {count}) g),
state AS (SELECT *, CASE WHEN a < 0.06 THEN 'received' WHEN a < 0.115 THEN 'in_work' WHEN a < 0.135 THEN 'awaiting_more'
  WHEN a < 0.145 THEN 'awaiting_approval' WHEN a < 0.15 THEN 'awaiting_publication'
  WHEN a < 0.20 THEN 'refused' WHEN a < 0.22 THEN 'withdrawn' ELSE 'answered' END AS s FROM dice)
INSERT INTO feedback_ticket ({columns})
SELECT {values} FROM state CROSS JOIN model
JOIN place ON place.n = (state.g::bigint * 7919) % (SELECT count(*) FROM place)
JOIN wording ON wording.n = state.g % {texts}
LEFT JOIN reply ON state.s IN ('answered', 'awaiting_approval', 'awaiting_publication') AND reply.n = state.g % {answers}
"""
_CHANGED = {
    "public_id": "gen_random_uuid()", "code": "'PA26' || lpad(g::text, 10, '0')", "organ_id": "place.organ_id",
    "unit_id": "place.unit_id", "province_id": "place.province_id", "text": "wording.text", "signature": "wording.signature",
    "subject": "left(wording.text, 60)", "state": "s", "received_at": "at", "sender_phone": "'08' || lpad((g % 400000)::text, 8, '0')",
    "sender_name": "'Người Số ' || g % 5000",
    "kind": "CASE WHEN b < 0.6 THEN 'procedure' WHEN b < 0.75 THEN 'rule' WHEN b < 0.9 THEN 'incident' WHEN b < 0.96 THEN 'recommendation' ELSE 'officer' END",
    "channel": "CASE WHEN c < 0.5 THEN 'portal' WHEN c < 0.8 THEN 'phone' WHEN c < 0.95 THEN 'desk' ELSE 'mail' END",
    "due_at": "CASE WHEN s IN ('received', 'in_work', 'awaiting_approval', 'awaiting_publication') THEN now() + (c - 0.2) * interval '20 days' END",
    "answer_due_at": "at + interval '21 days'", "answer_id": "reply.id", "late": "b < 0.06",
    "answered_at": "CASE WHEN s IN ('answered', 'awaiting_publication') THEN at + c * interval '20 days' END",
    "ended_at": "CASE WHEN s IN ('answered', 'refused', 'withdrawn') THEN at + c * interval '20 days' END",
    "ground": "CASE WHEN s = 'refused' THEN 'outside' ELSE '' END", "dissatisfied": "s = 'answered' AND c < 0.08",
    "escalation": "CASE WHEN s IN ('received', 'in_work') AND c < 0.1 THEN 1 ELSE 0 END",
    "assignee": "CASE WHEN s IN ('in_work', 'awaiting_approval') THEN 'officer-' || (g % 20000) ELSE '' END", "repeat_of_id": "NULL",
}  # fmt: skip


def texts(count: int) -> list[str]:
    """Texts as people write them, none of them said by anybody."""
    dice = random.Random(2026)
    either = (WORDS, SYLLABLES)
    return [
        " ".join(dice.choice(either[dice.random() < 0.5]) for _ in range(dice.randint(15, 60)))
        for _ in range(count)
    ]


def fill(count: int) -> None:
    """Write `count` tickets; the statistics of the planner with them."""
    with connection.cursor() as cursor:
        cursor.execute(_places())
        cursor.execute("CREATE TEMP TABLE wording (n int, text text, signature int[])")
        rows = [(n, text, signature(text)) for n, text in enumerate(texts(TEXTS))]
        cursor.executemany("INSERT INTO wording VALUES (%s, %s, %s)", rows)
        _answers(cursor)
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'feedback_ticket' ORDER BY ordinal_position"
        )
        columns = [row[0] for row in cursor.fetchall() if row[0] != "id"]
        values = [_CHANGED.get(name, f"model.{name}") for name in columns]
        cursor.execute(
            _TICKETS.format(
                count=count,
                columns=", ".join(columns),
                values=", ".join(values),
                texts=TEXTS,
                answers=ANSWERS,
            )
        )
    settle()


def settle() -> None:
    """What autovacuum would do meanwhile: pages marked, statistics fresh."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) feedback_ticket")
        cursor.execute("VACUUM (ANALYZE) feedback_answer")
        cursor.execute("CHECKPOINT")


def _places() -> str:
    """Committees of all communes of today with their provinces, as the register knows them."""
    register, on = units.register(), today(datetime.now(UTC))
    pairs = [(v.uid, p.uid) for p in register.provinces(on) for v in register.children(p.uid, on, "commune")]
    known = ", ".join(f"('{uid}', '{province}')" for uid, province in pairs)
    return f"""
CREATE TEMP TABLE place AS
SELECT row_number() OVER (ORDER BY o.id) - 1 AS n, o.id AS organ_id, u.id AS unit_id, p.id AS province_id
FROM units_organ o JOIN units_unit u ON u.id = o.unit_id
JOIN (VALUES {known}) AS r (uid, province) ON r.uid = u.uid JOIN units_unit p ON p.uid = r.province
WHERE o.kind = 'commune_committee' AND upper_inf(o.valid)
"""


_ANSWERS = """
INSERT INTO feedback_answer (code, organ_id, text, public, public_question, public_text, private_reason, citations, kept,
  audience, drafted_by, drafted_at, approved_by, approved_at, published_at, piece, likes, dislikes)
SELECT 'TL26' || lpad(w.n::text, 10, '0'), p.organ_id, w.text, true, left(w.text, 80), w.text, '', '[]', '[]', 'citizen',
  'a', now(), 'b', now(), now() - w.n * interval '1 hour', '', 0, 0
FROM wording w JOIN place p ON p.n = w.n %% (SELECT count(*) FROM place) WHERE w.n < %s
"""


def _answers(cursor: CursorWrapper) -> None:
    cursor.execute(_ANSWERS, [ANSWERS])
    cursor.execute(
        "CREATE TEMP TABLE reply AS SELECT id, substr(code, 5)::int AS n FROM feedback_answer WHERE code LIKE 'TL260%'"
    )
