"""Mã định danh cơ quan: what dossier codes begin with. Packaged ones are unconfirmed and can be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import events, policy, queries, rules
from haicap.domain.dossiers.models import Agency
from haicap.domain.dossiers.rules import IDENTIFIERS
from haicap.domain.units import policy as units
from haicap.domain.units.models import Unit
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.chain import Head

STREAM = "dossiers.agencies:all"


@action
def load_agencies(*, identifiers: Mapping[str, str], source: str, actor: str, at: datetime) -> int:
    """Nạp identifiers by unit (uid), those of units that have none yet; how many. All unconfirmed."""
    keys = dict(Unit.objects.filter(uid__in=identifiers).values_list("uid", "pk"))
    known = set(Agency.objects.values_list("unit__uid", flat=True))
    new = [
        Agency(unit_id=keys[uid], identifier=rules.agency_id(identifier), source=source)
        for uid, identifier in identifiers.items()
        if uid in keys and uid not in known
    ]
    Agency.objects.bulk_create(new, batch_size=1000)
    head = ledger.head_of(STREAM)
    record(
        stream=STREAM, head=head, kind=events.AGENCIES_LOADED, at=at, actor=actor, data={"agencies": len(new)}
    )
    queries.forget()
    return len(new)


@action
def name_agency(*, unit: str, identifier: str, source: str, actor: str, at: datetime) -> Agency:
    """Sửa the identifier of a unit by the document that gives it: dossiers filed from now on begin with it.

    By those who may change the register of units, or from the command line. Refused `not_yours`, `bad_agency`, `agency_taken`, `no_source`.
    """
    if actor != policy.SYSTEM:
        units.require(actor, units.Verb.DRAFT, today(at))
    spelled = rules.agency_id(identifier)
    if not source.strip():
        raise Refused("no_source", gettext_noop("Cần ghi văn bản cấp mã định danh."), IDENTIFIERS)
    place = queries.place(unit, today(at))
    row, _new = Agency.objects.select_for_update().get_or_create(
        unit_id=place.unit_id, defaults={"identifier": spelled, "source": source}
    )
    head = record(
        stream=f"dossiers.agency:{place.uid}", head=Head(row.version, bytes(row.head)), kind=events.AGENCY_NAMED, at=at,
        actor=actor, data={"unit": place.uid, "identifier": spelled, "evidence": "confirmed"},
    )  # fmt: skip
    try:
        with transaction.atomic():
            Agency.objects.filter(pk=row.pk).update(
                identifier=spelled,
                source=rules.one_line(source, 300),
                evidence="confirmed",
                version=head.version,
                head=head.hash,
            )
    except IntegrityError:
        raise Refused(
            "agency_taken", gettext_noop("Mã định danh này đã thuộc về đơn vị khác."), IDENTIFIERS
        ) from None
    queries.forget()
    row.refresh_from_db()
    return row
