"""Lấy hồ sơ: fetch, scope, right and lock in one statement. The only way to a row one may change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers.policy.rights import OWN, POSTS, Taken, allows, read_posts, sees, uuid_of
from haicap.domain.dossiers.rules import phone as spelled_phone
from haicap.domain.dossiers.rules import plain
from haicap.domain.dossiers.states import SETTLING, Verb
from haicap.kernel.ledger import statements

_COLUMNS = (
    "id", "public_id", "code", "procedure_code", "procedure_version_id", "instance_id", "state", "back_to", "step", "channel",
    "unit_id", "province_id", "organ_id", "competent_name", "received_at_organ_id", "helped_at_id", "papers_at_id", "assignee",
    "applicant_name", "applicant_kind", "applicant_number", "applicant_phone", "applicant_email", "applicant_address",
    "applicant_user", "proxy", "language", "result_method", "filed_at", "received_at", "due_at", "promised_at", "alarm", "clock",
    "decided_at", "outcome", "finished_at", "supplements", "extensions", "payment_place", "version", "head",
)  # fmt: skip
_LOOK = f"""
SELECT {", ".join(f"d.{c}" for c in _COLUMNS)}, k.kind, {POSTS}
FROM dossiers_dossier d LEFT JOIN units_organ k ON k.id = d.organ_id WHERE d.code = %s"""
_TAKE = f"{_LOOK} FOR UPDATE OF d"


def not_found() -> Refused:
    """The same for a code nobody has and one that is not yours."""
    return Refused(
        "not_found", gettext_noop("Không có hồ sơ mang mã này, hoặc bạn không được xem hồ sơ này.")
    )


def not_yours() -> Refused:
    """A dossier one sees, a verb one may not do."""
    return Refused(
        "not_yours",
        gettext_noop(
            "Bạn không được làm việc này với hồ sơ này. Quyền theo vị trí được bổ nhiệm; xin hỏi lãnh đạo cơ quan."
        ),
        SETTLING,
    )


def look(code: str, *, actor: str, on: date) -> Taken:
    """The dossier unlocked, for whoever may see it whole. One statement. Refused `not_found`."""
    row = _fetch(code, actor, on, lock=False)
    if not sees(row.posts, row):
        raise not_found()
    return row


def take(code: str, *, actor: str, verb: Verb, at: datetime, any_post: bool = False) -> Taken:
    """The locked dossier, if the officer may do `verb` to it. One statement.

    Refused `not_found` (also for dossiers one may not see), `not_yours`.
    """
    row = _fetch(code, actor, today(at))
    if not sees(row.posts, row):
        raise not_found()
    if not any_post and not allows(verb, row.posts, row):
        raise not_yours()
    return row


def take_own(code: str, *, actor: str, verb: Verb, at: datetime, phone: str = "", number: str = "") -> Taken:
    """The locked dossier for its applicant: by account, or by code and the whole phone number.

    Withdrawing without an account also needs the number of the person. Refused `not_found` whatever was wrong.
    """
    row = _fetch(code, actor, today(at))
    if row.applicant_user and row.applicant_user == actor:
        mine = True
    else:
        mine = bool(row.applicant_phone) and same_phone(phone, row.applicant_phone)
        if verb is Verb.WITHDRAW:
            mine = mine and bool(number) and number.replace(" ", "") == row.applicant_number
    if not mine or verb not in OWN:
        raise not_found()
    return row


def same_phone(given: str, known: str) -> bool:
    """Whether somebody knows a phone number; what is no number is not."""
    try:
        return bool(given) and spelled_phone(given) == known
    except Refused:
        return False


def take_told(code: str, *, at: datetime) -> Taken:
    """The locked dossier for what a payment gateway tells of it; its proved notice is the right. Refused `not_found`."""
    return _fetch(code, "", today(at))


def _fetch(code: str, actor: str, on: date, *, lock: bool = True) -> Taken:
    if not plain(code):
        raise not_found()
    found = statements.one(_TAKE if lock else _LOOK, [uuid_of(actor), on, on, code])
    if found is None:
        raise not_found()
    values: list[Any] = [*found[:-2], found[-2] or "", read_posts(found[-1])]
    return Taken(*values)


_HANDED = "SELECT h.to_organ_id FROM dossiers_handover h WHERE h.dossier_id = %s AND h.taken_at IS NULL"


def take_handed(code: str, *, actor: str, at: datetime) -> Taken:
    """The locked dossier for whoever sees it or works where it is on its way to. Refused `not_found`."""
    row = _fetch(code, actor, today(at))
    with connection.cursor() as cursor:
        cursor.execute(_HANDED, [row.id])
        on_its_way = cursor.fetchone()
    if not sees(row.posts, row) and (
        on_its_way is None or on_its_way[0] not in {post.organ_id for post in row.posts}
    ):
        raise not_found()
    return row


_ASKED = "SELECT c.organ_id FROM dossiers_consultation c WHERE c.public_id = %s AND c.dossier_id = %s"


def take_consulted(code: str, consultation: UUID, *, actor: str, at: datetime) -> Taken:
    """The locked dossier for somebody of an organ that was asked about it. Refused `not_found`."""
    row = _fetch(code, actor, today(at))
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [consultation, row.id])
        asked = cursor.fetchone()
    if asked is None or asked[0] not in {post.organ_id for post in row.posts}:
        raise not_found()
    return row
