"""Thư đến: each mail once: a new ticket, more words for the ticket it answers, or kept aside for a person. Nothing is lost.

The row of a mail, the ticket it becomes and how far the mailbox was read commit together, so a mail that is delivered
twice, or a worker that is killed, makes no second ticket. Machines' answers are kept aside and never answered.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import DatabaseError, transaction

from haicap.base.dates import today
from haicap.base.personal import PersonalKind, found
from haicap.base.refused import Refused
from haicap.domain.feedback import actions
from haicap.domain.feedback.actions import Filed, Filing, Proof
from haicap.domain.feedback.queries import telling
from haicap.domain.feedback.rules import LONGEST_TEXT, MOST_FILES, Sender
from haicap.domain.feedback.states import Channel, Kind
from haicap.edges.notices import addresses, incoming_reading, outbox, telling_tickets
from haicap.edges.notices.incoming_reading import Letter, Piece
from haicap.edges.notices.models import Incoming, Message
from haicap.edges.notices.states import Outcome
from haicap.kernel.files import actions as files
from haicap.kernel.files import blobs

log = logging.getLogger("haicap.notices")
ACTOR = "mail"
AN_HOUR = 20  # mails of one sender; more wait for a person
MOST = 25 * 1024 * 1024  # bytes of a mail that is read whole
PART = LONGEST_TEXT - 500
MOST_PARTS = 6
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Aside(Exception):
    """The mail is for a person to look at."""

    reason: str


def take(raw: bytes, *, at: datetime, size: int | None = None) -> Outcome | None:
    """One mail as it came; None when it was known already. `size`: of the whole mail where only its head was fetched."""
    try:
        letter = incoming_reading.read(raw)
    except ValueError:
        letter = Letter(f"sha256:{sha256(raw).hexdigest()}", "", "", "", "", "", automatic="broken")
    if Incoming.objects.filter(key=letter.key).exists():
        return None
    row = _row(letter, raw, at, size)
    try:
        with transaction.atomic():
            row.outcome, row.ticket, row.reason = _handled(letter, at, too_large=size is not None)
            _keep(row)
    except DatabaseError:
        raise  # not the mail's fault: the round ends, the mail is fetched again
    except Aside as aside:
        _put_aside(row, aside.reason, raw)
    except Refused as refused:
        _put_aside(row, refused.code, raw)
    except Exception:
        log.exception("a mail broke its reader", extra={"bytes": len(raw)})
        _put_aside(row, "broken", raw)
    return Outcome(row.outcome)


def _row(letter: Letter, raw: bytes, at: datetime, size: int | None) -> Incoming:
    return Incoming(
        key=letter.key, at=at, sender=letter.sender, sender_hash=_hash(letter.sender), name=letter.name,
        subject=letter.subject, size=len(raw) if size is None else size,
    )  # fmt: skip


def _hash(sender: str) -> bytes:
    return sha256(sender.encode()).digest() if sender else b""


def _put_aside(row: Incoming, reason: str, raw: bytes) -> None:
    row.outcome, row.reason, row.ticket, row.raw = Outcome.ASIDE.value, reason, "", zlib.compress(raw, 6)
    try:
        row.text = incoming_reading.read(raw).text[:20_000]
    except ValueError:
        row.text = ""
    with transaction.atomic():
        _keep(row)


def _keep(row: Incoming) -> None:
    Incoming.objects.bulk_create([row])


def _handled(letter: Letter, at: datetime, *, too_large: bool) -> tuple[str, str, str]:
    """Outcome, code of the ticket and what was not taken. `Aside` or Refused where a person must look."""
    _judge(letter, at, too_large=too_large)
    code = _answered(letter)
    kept, said = stored(letter.files, at)
    texts = parts(letter, said)
    if code:
        try:
            _supply(code, letter, texts, kept, at)
            return Outcome.SUPPLIED.value, code, "; ".join(said)[:500]
        except Refused as refused:
            if refused.code not in ("not_now", "not_found"):
                raise
            texts = [f"{code}\n\n{texts[0]}"[:LONGEST_TEXT], *texts[1:]]  # it is closed: a ticket of its own
    return Outcome.FILED.value, file(letter, texts, kept, at=at), "; ".join(said)[:500]


def _judge(letter: Letter, at: datetime, *, too_large: bool) -> None:
    ours = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()
    if letter.automatic:
        raise Aside(letter.automatic)
    if too_large:
        raise Aside("too_large")
    if not letter.sender or addresses.email(letter.sender) is None:
        raise Aside("no_sender")
    if letter.sender == ours or Message.objects.filter(public_id__in=_ids([letter.message_id])).exists():
        raise Aside("loop")
    hour = Incoming.objects.filter(sender_hash=_hash(letter.sender), at__gt=at - timedelta(hours=1))
    if hour.count() >= AN_HOUR:
        raise Aside("too_many")
    if not letter.text and not letter.files:
        raise Aside("empty")
    if len(letter.text) > PART * MOST_PARTS:
        raise Aside("too_long")


def _answered(letter: Letter) -> str:
    """Code of the ticket whose letter of ours this one answers; the id in our letter is known to its receiver only."""
    rows = Message.objects.filter(public_id__in=_ids(letter.threads), about__startswith="feedback.ticket:")
    for about in rows.order_by("-id").values_list("about", flat=True)[:5]:
        code = telling.code_of(about.partition(":")[2])
        if code:
            return code
    return ""


def _ids(threads: Sequence[str]) -> list[UUID]:
    """Those ids of mails that have the form of ours."""
    return [UUID(m[0]) for m in map(_UUID.match, (t.lower() for t in threads)) if m][:50]


def stored(pieces: Sequence[Piece], at: datetime) -> tuple[list[UUID], list[str]]:
    """Files that were taken, and a sentence for each that was not."""
    kept: list[UUID] = []
    said: list[str] = []
    for piece in pieces:
        name = piece.name or "tep"
        if len(kept) >= MOST_FILES:
            said.append(f"{name}: too_many_files")
            continue
        try:
            with blobs.receive([piece.content], documents=True) as intake:
                kept.append(files.store(intake=intake, name=name, actor=ACTOR, at=at).public_id)
        except Refused as refused:
            said.append(f"{name}: {refused.code}")
    return kept, said


def parts(letter: Letter, said: Sequence[str]) -> list[str]:
    """The text in parts a ticket can hold; the first one says which files were not taken."""
    text = letter.text or letter.subject
    left = [text[n : n + PART] for n in range(0, len(text), PART)] or [letter.subject or "…"]
    if said:
        left[0] = f"{left[0]}\n\n[Không nhận tệp: {'; '.join(said)[:400]}]"
    return left


def _supply(code: str, letter: Letter, texts: Sequence[str], kept: Sequence[UUID], at: datetime) -> None:
    with transaction.atomic():
        actions.write_more(
            code=code, texts=texts, proof=Proof(email=letter.sender), files=kept, actor=ACTOR, at=at
        )


def _tell(made: Filed, at: datetime) -> None:
    """The letter of receipt goes out from here, since the key to follow the ticket is told once and to nobody else."""
    public_id = telling.public_id_of(made.code)
    ticket = telling.tellable(public_id, today(at))
    if ticket is not None:
        stream = f"feedback.ticket:{public_id}"
        outbox.queue(telling_tickets.letter(ticket, stream, 1, "ticket_received", key=made.key), at=at)


def file(letter: Letter, texts: Sequence[str], kept: Sequence[UUID], *, at: datetime) -> str:
    """A new ticket; its kind stays to be sorted by who receives it. The code. Refused as `file_ticket`."""
    dossiers = {p.text for p in found(f"{letter.subject}\n{letter.text}") if p.kind is PersonalKind.DOSSIER}
    filing = Filing(
        Kind.PROCEDURE, texts[0], subject=letter.subject[:200], sender=Sender(letter.name, "", letter.sender),
        channel=Channel.MAIL, unit=settings.IMAP_UNIT, dossier=dossiers.pop() if len(dossiers) == 1 else "",
        source=letter.sender, files=kept, number=uuid5(NAMESPACE_URL, f"haicap-mail:{letter.key}"),
    )  # fmt: skip
    made = actions.file_ticket(filing=filing, actor=ACTOR, at=at)
    _tell(made, at)
    if len(texts) > 1:
        actions.write_more(
            code=made.code, texts=texts[1:], proof=Proof(email=letter.sender), actor=ACTOR, at=at
        )
    return made.code
