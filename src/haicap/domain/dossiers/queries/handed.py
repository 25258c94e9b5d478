"""Xuất hồ sơ: one dossier in the national sync message, and whole as a bundle, for whoever may see it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from haicap.base.dates import HANOI, today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.domain.dossiers.formats import (
    Entry,
    SyncCharge,
    SyncDossier,
    SyncFile,
    SyncPaper,
    SyncProgress,
    SyncResult,
    SyncSupplement,
    safe_name,
    written,
)
from haicap.domain.dossiers.models import Charge, Component, Dossier, Supplement
from haicap.domain.dossiers.policy import not_found
from haicap.domain.dossiers.queries.dossiers import Whole, dossier, whole
from haicap.domain.dossiers.queries.exports import control_data, slip_pdf
from haicap.domain.dossiers.queries.hops import hops_of
from haicap.domain.dossiers.queries.people import names_of
from haicap.domain.dossiers.queries.pinned import limit_of, pinned
from haicap.domain.dossiers.queries.places import office, place, uid_of
from haicap.domain.dossiers.queries.saying import labels, said
from haicap.domain.dossiers.rules import RETURNED, UNITS, limit_text, read_code
from haicap.domain.dossiers.states import Channel, FileOrigin, PaymentPlace, ResultMethod
from haicap.domain.procedures.content import limit_value
from haicap.kernel.files import queries as files
from haicap.kernel.files.models import Stored
from haicap.kernel.ledger.exports import stream_lines

ORIGINAL, COPY = "1", "2"
ONLINE, COUNTER = "1", "2"
README = """Gói hồ sơ {code}

data.json     mọi dữ liệu của hồ sơ trên nền tảng
sync.json     thông điệp đồng bộ với Cổng Dịch vụ công quốc gia (DongBoHoSoMC, CapNhatTienDoHoSoMC; chưa xác nhận)
ledger.jsonl  sổ ghi của hồ sơ; kiểm tra không cần máy chủ: haicap ledger verify ledger.jsonl
giay-to/      tệp đã nộp
phieu/        phiếu đã lập, in lại như cũ
ket-qua/      kết quả đã ký

Gói này có thông tin cá nhân. Lập lúc {at}.
"""


def sync_message(code: str, *, actor: str, at: datetime) -> dict[str, Any]:
    """The dossier as it is synchronised, under the exact names of the contract. Refused `not_found`."""
    return sync_of(whole(dossier(code, actor=actor, on=today(at)))).written()


def sync_of(found: Whole) -> SyncDossier:
    """The message of a dossier one may see."""
    row, on = found.row, today(found.row.filed_at)
    version = pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    organ = office(row.organ_id, on)
    parts = limit_of(version.content, Channel(row.channel), row.answers)
    return SyncDossier(
        code=row.code, procedure=version.code, procedure_name=version.name, field_code="", field_name=version.field,
        channel=row.channel, applicant=row.applicant_name, subject="1" if row.applicant_kind == "person" else "2",
        subject_id=row.applicant_number, more=row.applicant_address, email=row.applicant_email, phone=row.applicant_phone,
        summary=version.name, received_at=row.received_at, due_at=row.due_at, state=row.state, returned_at=row.returned_at,
        returned_how=RETURNED[ResultMethod(row.result_method)], postal=row.result_method == ResultMethod.POST,
        finished_at=row.finished_at or (row.ended_at if not row.returned_at else None),
        organ=organ.name if organ else row.competent_name, note="", payment=row.payment_place, digitised=row.digitised,
        vneid=row.vneid, limit=limit_value(parts[0]) if len(parts) == 1 else limit_text(parts),
        limit_unit=UNITS.get(parts[0].unit, "trong ngày") if len(parts) == 1 else "", updating=row.version > 1,
        files=_files(found.components), papers=_papers(found.components), charges=[_charge(c, found) for c in found.charges],
        supplements=_supplements(found), results=_results(found), progress=_progress(found),
    )  # fmt: skip


def _files(components: Iterable[Component]) -> list[SyncFile]:
    return [
        SyncFile(
            str(c.public_id), c.file.original_name or c.name, c.paper, path_of("giay-to", n, c.file),
            c.origin in (FileOrigin.SCANNED, FileOrigin.UPLOADED), c.origin == FileOrigin.STORE,
        )
        for n, c in enumerate(components, 1)
        if c.file is not None
    ]  # fmt: skip


def path_of(folder: str, n: int, file: Stored) -> str:
    """Where a file lies in the bundle."""
    return f"{folder}/{safe_name(file.original_name or 'tep', n)}"


def _papers(components: Iterable[Component]) -> list[SyncPaper]:
    counted = (
        (c.name, n, kind) for c in components for n, kind in ((c.originals, ORIGINAL), (c.copies, COPY))
    )
    return [SyncPaper(name, n, kind) for name, n, kind in counted if n]


def _charge(charge: Charge, found: Whole) -> SyncCharge:
    paid = next((p for p in found.payments if p.pk == charge.payment_id), None)
    online = paid is not None and paid.place != PaymentPlace.NONE
    kind = "2" if nfc(charge.name).casefold().startswith("lệ phí") else "1"
    return SyncCharge(charge.name, charge.key, charge.amount, ONLINE if online else COUNTER, kind)


def _supplements(found: Whole) -> list[SyncSupplement]:
    names = names_of(who for s in found.supplements for who in (s.asked_by, s.supplied_by) if who)
    return [
        SyncSupplement(
            f"{found.row.code}-{s.n}", names[s.asked_by], _wanted(s), s.asked_at, names.get(s.supplied_by, ""), s.answer,
            s.supplied_at, s.due_before, s.due_after, _files(c for c in found.components if c.supplement == s.n),
        )
        for s in found.supplements
    ]  # fmt: skip


def _wanted(supplement: Supplement) -> str:
    return "; ".join(": ".join(part for part in (i["name"], i["what"]) if part) for i in supplement.items)


def _results(found: Whole) -> list[SyncResult]:
    return [
        SyncResult(r.title, "", str(r.public_id), path_of("ket-qua", r.n, r.file) if r.file else "", r.key)
        for r in found.results
        if r.revoked_at is None
    ]


def _progress(found: Whole) -> list[SyncProgress]:
    row, hops = found.row, hops_of(found)
    before = [None, *(hop.at for hop in hops)]
    return [
        SyncProgress(row.code, hop.actor, "", hop.at, hop.taker, hop.what, int(hop.state), since, row.due_at)
        for hop, since in zip(hops, before, strict=False)
    ]


def bundle(code: str, *, actor: str, at: datetime) -> Iterator[bytes]:
    """The dossier whole, as a ZIP in pieces: data, message, ledger, files, slips, results. Refused `not_found`.

    Memory holds a piece of one file at a time, and one slip.
    """
    return bundle_of(whole(dossier(code, actor=actor, on=today(at))), at)


def bundle_of(found: Whole, at: datetime) -> Iterator[bytes]:
    """The bundle of a dossier one may see."""
    return written(_entries(found, at), at)


def held(code: str) -> Whole:
    """A dossier for the command line: whoever runs it holds the database. Refused `not_found`."""
    found = Dossier.objects.filter(code=read_code(code) or "?").first()
    if found is None:
        raise not_found()
    return whole(found)


def _entries(found: Whole, at: datetime) -> Iterator[Entry]:
    row = found.row
    yield Entry(
        "README.txt", [README.format(code=row.code, at=f"{at.astimezone(HANOI):%d/%m/%Y %H:%M}").encode()]
    )
    yield Entry("data.json", [_json(data_of(found))])
    yield Entry("sync.json", [_json(sync_of(found).written())])
    yield Entry("ledger.jsonl", (line.encode() for line in stream_lines(row.stream)))
    for n, component in enumerate(found.components, 1):
        if component.file is not None:
            yield from _stored("giay-to", n, component.file)
    for slip in found.slips:
        if slip.data:
            yield Entry(f"phieu/{slip.n:02d}-mau-{slip.form}.pdf", [slip_pdf(slip)], packed=False)
    for result in found.results:
        if result.file is not None:
            yield from _stored("ket-qua", result.n, result.file)


def _stored(folder: str, n: int, file: Stored) -> Iterator[Entry]:
    """A file of the store; one that may not be given out is said so in its place."""
    name = path_of(folder, n, file)
    try:
        pieces = files.chunks(file)
        first = next(pieces, b"")
    except Refused as refused:
        yield Entry(f"{name}.txt", [refused.sentence.encode()])
        return
    yield Entry(name, _with(first, pieces), packed=False)


def _with(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()


def data_of(found: Whole) -> dict[str, Any]:
    """Everything the platform holds of a dossier, without keys of rows."""
    row, on = found.row, today(found.row.filed_at)
    version = pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    centre, organ = office(row.received_at_organ_id, on), office(row.organ_id, on)
    return {
        "code": row.code,
        "id": str(row.public_id),
        "procedure": {"code": version.code, "name": version.name, "version": version.version},
        "unit": place(uid_of(row.unit_id), on).title,
        "received_at_organ": centre.name if centre else "",
        "competent": organ.name if organ else row.competent_name,
        "answers": {
            key: {"label": labels(version.content.form).get(key, key), "said": text}
            for key, text in said(version.content.form, row.answers).items()
        },
        "row": _plain(row),
        **{
            name: [_plain(each) for each in getattr(found, name)]
            for name in (
                "components",
                "supplements",
                "handovers",
                "consultations",
                "charges",
                "payments",
                "slips",
                "results",
                "remarks",
            )
        },
        "rating": _plain(found.rating) if found.rating else None,
        "control": control_data(found, row.filed_at)["hops"],
    }


def _plain(row: Any) -> dict[str, Any]:
    """Columns that say something: no keys of rows, no hashes of the stream."""
    fields = (f for f in row._meta.concrete_fields if not f.is_relation and f.name not in ("id", "head"))
    return {f.name: getattr(row, f.name) for f in fields}
