"""Nộp hồ sơ: a dossier comes to be, with its code. Three statements, one more at a counter or for papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import Error

from haicap.base.citation import Citation
from haicap.base.dates import today
from haicap.base.ids import uuid7
from haicap.base.refused import Refused
from haicap.base.text import sort_key
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import events, policy, queries, rules
from haicap.domain.dossiers.actions import rows
from haicap.domain.dossiers.models import Charge, Component
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.queries.pinned import Pinned
from haicap.domain.dossiers.queries.places import Office, Place
from haicap.domain.dossiers.rules import Applicant
from haicap.domain.dossiers.states import DECREE, Channel, FileOrigin, ResultMethod, State
from haicap.domain.procedures.content import Fee, FeeKind
from haicap.kernel.files import actions as stored_files
from haicap.kernel.files import queries as stored
from haicap.kernel.files.models import Stored
from haicap.kernel.ledger import statements
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.chain import Head

FILING = Citation(DECREE, "điều 15")
ANYWHERE = Citation(DECREE)
# What nothing has happened to yet.
EMPTY: Mapping[str, Any] = {
    "assignee": "", "collected_by": "", "alarm": "", "clock": 0, "outcome": "", "supplements": 0,
    "extensions": 0, "payment_place": 0,
}  # fmt: skip
# Flags of the index (QĐ 766/QĐ-TTg) and where a paper must come from to set them.
FLAGS: Mapping[str, tuple[FileOrigin, ...]] = {
    "digitised": (FileOrigin.SCANNED, FileOrigin.UPLOADED),
    "reused": (FileOrigin.REUSED, FileOrigin.DATA),
    "from_store": (FileOrigin.STORE,),
}
_NUMBER = """
INSERT INTO dossiers_counter (agency, day, last) VALUES (%s, %s, 1)
ON CONFLICT (agency, day) DO UPDATE SET last = dossiers_counter.last + 1
RETURNING last, nextval('dossiers_dossier_id_seq') AS pk
"""


@dataclass(frozen=True, slots=True)
class Handed:
    """A paper as it is handed in.

    paper   code of the paper in the procedure version, or "khac" with a name
    file    opaque id of a stored file; None for what lies on the counter
    """

    paper: str
    name: str = ""
    originals: int = 0
    copies: int = 0
    file: UUID | None = None
    origin: FileOrigin = FileOrigin.HANDED


@dataclass(frozen=True, slots=True)
class Filing:
    """What is filed.

    unit       uid of the commune or province that is competent
    answers    to the form of the procedure version, as `procedures.content.judge` wants them
    centre     key of the organ where it is handed in (policy: one must work there); None: online or by post
    helped_at  key of the centre where the person was helped to file online
    number     opaque id given before, so that the same filing sent twice stays one dossier
    """

    procedure: str
    unit: str
    applicant: Applicant
    channel: Channel = Channel.ONLINE
    answers: Mapping[str, Any] | None = None
    components: Sequence[Handed] = ()
    centre: int | None = None
    helped_at: int | None = None
    result_method: ResultMethod = ResultMethod.COUNTER
    language: str = "vi"
    vneid: bool = False
    number: UUID | None = None
    carried: int = 0  # papers of a draft that come over with it


@action
def file(*, filing: Filing, actor: str, at: datetime) -> Taken:
    """Nộp hồ sơ: state 1, with its code. Decree 118/2025/NĐ-CP, điều 15.

    Refused `not_found`, `not_in_force` (procedure), `no_unit`, `no_agency`, `bad_answers` (BadAnswers), what is wrong
    with the applicant, `too_many`, `not_yours` (a counter one does not work at), `other_province`, `already_filed`.
    """
    on = today(at)
    place = queries.place(filing.unit, on)
    found = queries.to_file(filing.procedure, place.province_uid, on)
    answers = dict(filing.answers or {})
    applicant = _checked(filing, answers, found, on)
    posts = policy.posts_of(actor, on) if filing.centre is not None or filing.helped_at is not None else ()
    centre = _centre(filing.centre, posts, place, on)
    _centre(filing.helped_at, posts, place, on)
    organ, competent = queries.competent_of(found.content, place)
    received_at = centre or place.centre  # what comes by post lies on somebody's desk too
    unit_id = place.unit_id if organ is None or organ.unit_id == place.unit_id else place.province_id
    agency = queries.agency_of(centre, place, on)
    public_id = filing.number or uuid7()
    number, pk = next_number(agency, on)
    code = rules.dossier_code(agency, on, number)
    head = _begun(
        public_id, at, actor,
        {"code": code, "procedure": found.code, "channel": int(filing.channel), "version": found.version,
         "unit": place.uid, "organ": organ.pk if organ else 0, "components": len(filing.components) + filing.carried},
    )  # fmt: skip
    values = {
        "id": pk, "public_id": public_id, "code": code, "procedure_code": found.code[:8], "procedure_version_id": found.version,
        "instance_id": found.instance, "state": int(State.REGISTERED), "step": 0, "channel": int(filing.channel),
        "unit_id": unit_id, "province_id": place.province_id, "organ_id": organ.pk if organ else None,
        "competent_name": competent, "received_at_organ_id": received_at.pk if received_at else None,
        "papers_at_id": centre.pk if centre else None, "answers": rows.as_json(answers), "filed_at": at,
        **_of_applicant(applicant), **_of_filing(filing), **EMPTY, "version": head.version, "head": head.hash,
    }  # fmt: skip
    rows.insert_later("dossiers_dossier", values, refuse=_already_there)
    add_components(pk, filing.components, found, actor=actor, at=at)
    if filing.channel is Channel.ONLINE:
        _charge_ahead(pk, found, answers)
    return _taken(values, organ)


def _of_applicant(who: Applicant) -> dict[str, Any]:
    return {
        "applicant_name": who.name, "applicant_sort": sort_key(who.name), "applicant_kind": who.kind,
        "applicant_number": who.number, "applicant_phone": who.phone, "applicant_email": who.email,
        "applicant_address": who.address, "applicant_user": who.user, "proxy": who.proxy,
    }  # fmt: skip


def _of_filing(filing: Filing) -> dict[str, Any]:
    """What the filing says of itself, and the flags of the index its papers set. Papers of a draft came as files."""
    flags = {flag: any(c.origin in origins for c in filing.components) for flag, origins in FLAGS.items()}
    flags["digitised"] = flags["digitised"] or filing.carried > 0
    return {
        "helped_at_id": filing.helped_at, "language": rules.language(filing.language), "vneid": filing.vneid,
        "result_method": filing.result_method.value, **flags,
    }  # fmt: skip


def _begun(public_id: UUID, at: datetime, actor: str, data: Mapping[str, object]) -> Head:
    """The first event of a stream. Refused `already_filed` when another of the same number was there before."""
    return record(
        stream=f"dossier:{public_id}", head=Head(), kind=events.FILED, at=at, actor=actor, data=data, taken=already_filed
    )  # fmt: skip


def _already_there(error: Error) -> Refused | None:
    return already_filed() if "public_id" in statements.constraint_of(error) else None


def already_filed() -> Refused:
    """The same filing came a second time; the door shows the dossier it became."""
    return Refused("already_filed", gettext_noop("Hồ sơ này đã được nộp rồi; không nộp lần nữa."), FILING)


def next_number(agency: str, on: date) -> tuple[int, int]:
    """The next running number of an agency on a day, and the key of the row it is for. One statement."""
    number, pk = statements.rows(_NUMBER, [agency, on])[0]
    return int(number), int(pk)


def _checked(filing: Filing, answers: Mapping[str, Any], found: Pinned, on: date) -> Applicant:
    if len(filing.components) > rules.MOST_COMPONENTS:
        raise Refused(
            "too_many",
            gettext_noop("Một hồ sơ có nhiều nhất %(most)s giấy tờ."),
            params={"most": rules.MOST_COMPONENTS},
        )
    rows.kept(answers)
    queries.check_answers(found.content, answers, filing.channel, on)
    return rules.applicant(filing.applicant)


def _centre(pk: int | None, posts: Sequence[policy.Post], place: Place, on: date) -> Office | None:
    """The centre one works at; any centre of the province takes any dossier of it (Decree 118/2025/NĐ-CP)."""
    if pk is None:
        return None
    if pk not in {post.organ_id for post in policy.at_counter(posts)}:
        raise policy.not_yours()
    office = queries.office(pk, on)
    if office is None or queries.place(queries.uid_of(office.unit_id), on).province_id != place.province_id:
        raise Refused(
            "other_province",
            gettext_noop(
                "Trung tâm chỉ nhận hồ sơ của các cơ quan trong tỉnh. Xin hướng dẫn người dân nộp trực tuyến."
            ),
            ANYWHERE,
        )
    return office


def _charge_ahead(dossier: int, found: Pinned, answers: Mapping[str, Any]) -> None:
    """What is owed whatever the counting of pages says, so that it can be paid at once. Online only."""
    fees = queries.fees_of(found.content, Channel.ONLINE, answers)
    owed = [(fee, fee.amount) for fee in fees if fee.kind is FeeKind.FIXED and fee.amount]
    if owed:
        charge(dossier, owed)


def charge(dossier: int, owed: Sequence[tuple[Fee, int]]) -> None:
    """Write down charges; one that is written already stays as it is. One statement."""
    Charge.objects.bulk_create(
        (Charge(dossier_id=dossier, key=fee.key, name=fee.name.vi, amount=amount) for fee, amount in owed),
        ignore_conflicts=True,
    )


def add_components(
    dossier: int, handed: Sequence[Handed], found: Pinned, *, actor: str, at: datetime, supplement: int = 0
) -> None:
    """Papers of a dossier; files by their opaque ids, one's own only. Refused `no_file`, `no_paper`."""
    if not handed:
        return
    papers = {paper.code: paper.name.vi for paper in found.content.papers}
    files = files_of([h.file for h in handed if h.file is not None], actor)
    if files:
        stored_files.keep(files=files, actor=actor, at=at)
    Component.objects.bulk_create(
        Component(
            dossier_id=dossier, paper=rules.one_line(h.paper, 80), name=_name(h, papers), originals=rules.count(h.originals),
            copies=rules.count(h.copies),
            file_id=files[h.file] if h.file is not None else None, origin=h.origin.value, supplement=supplement,
            added_by=actor, at=at,
        )
        for h in handed
    )  # fmt: skip


def _name(handed: Handed, papers: Mapping[str, str]) -> str:
    name = rules.one_line(handed.name, 300) or papers.get(handed.paper, "")
    if not name:
        raise Refused(
            "no_paper",
            gettext_noop("Thủ tục này không có giấy tờ “%(paper)s”. Xin ghi tên giấy tờ."),
            params={"paper": handed.paper[:40]},
        )
    return name


def files_of(ids: Sequence[UUID], actor: str) -> Mapping[UUID, int]:
    """Keys of stored files that the actor uploaded and an office can take.

    Refused `no_file` (somebody else's or none at all), `file_<finding>` with what to do about it, `infected`.
    """
    if not ids:
        return {}
    found = {row.public_id: row for row in Stored.objects.filter(public_id__in=ids, uploaded_by=actor)}
    if len(found) != len(set(ids)):
        raise Refused("no_file", gettext_noop("Không có tệp đính kèm này. Xin tải tệp lên lại."))
    stored.fit_for_dossiers(found.values())
    return {public_id: row.pk for public_id, row in found.items()}


def _taken(values: Mapping[str, Any], organ: Office | None) -> Taken:
    known: dict[str, Any] = {
        name: values.get(name) for name in Taken.__slots__ if name not in ("organ_kind", "posts")
    }
    return Taken(organ_kind=organ.kind if organ else "", posts=(), **known)
