"""ELI: addresses of documents and places, and what is known of a document in the words of the ELI ontology.

    /eli/vn/nd/2025/140/vi                      Decree 140/2025/NĐ-CP
    /eli/vn/nd/2025/140/vi/art_5/para_1         điều 5 khoản 1 of it
    /eli/vn/nq-hdnd/hdnd:p:48/2025/15/vi        a resolution of one council: the issuer stands before the year
    /eli/vn/nq-cp/2025-10-03/303/vi             no year in the number: the day it was issued, "-" when not known

The documents of the country carry no such addresses officially; the form follows the template of the ELI guidelines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

from haicap.domain.law.formats.addresses import (
    Address,
    actor_of,
    bad_address,
    day_of,
    letters_of,
    place_of,
    read_number,
    segment_of,
    split,
    year_of,
)
from haicap.domain.law.formats.cells import document_parts
from haicap.domain.law.formats.checks import kind_of, names_of
from haicap.domain.law.formats.rows import DocumentRow, RelationRow
from haicap.domain.law.numbers import issuer_name, parse
from haicap.domain.law.states import DocumentState, RelationKind

PREFIX = "/eli/vn"
LANGUAGE = "vi"
ONTOLOGY = "http://data.europa.eu/eli/ontology#"
_IN_FORCE = {
    DocumentState.IN_FORCE: "InForce-inForce",
    DocumentState.PARTLY_ENDED: "InForce-partiallyInForce",
    DocumentState.PARTLY_SUSPENDED: "InForce-partiallyInForce",
    DocumentState.NOT_YET: "InForce-notInForce",
    DocumentState.ENDED: "InForce-notInForce",
    DocumentState.SUSPENDED: "InForce-notInForce",
}
PROPERTIES: Mapping[RelationKind, str] = {
    RelationKind.BASIS: "based_on",
    RelationKind.DETAILS: "based_on",
    RelationKind.AMENDS: "amends",
    RelationKind.CORRECTS: "corrects",
    RelationKind.REPLACES: "repeals",
    RelationKind.REPEALS: "repeals",
    RelationKind.SUSPENDS: "changes",
    RelationKind.RESUMES: "changes",
    RelationKind.EXTENDS: "changes",
    RelationKind.CONTINUES: "changes",
    RelationKind.CONSOLIDATES: "consolidates",
    RelationKind.CITES: "cites",
}
INVERSE = {
    "based_on": "basis_for", "amends": "amended_by", "corrects": "corrected_by", "repeals": "repealed_by",
    "changes": "changed_by", "consolidates": "consolidated_by", "cites": "cited_by",
}  # fmt: skip


def path_of(number: str, issuer: str = "", issued_on: date | None = None, place: str = "") -> str:
    """The address of a document or of a place in it. Refused when the number is none."""
    read = parse(number)
    year = str(read.year) if read.year else issued_on.isoformat() if issued_on else "-"
    parts = [PREFIX, letters_of(read), actor_of(read, issuer), year, segment_of(read), LANGUAGE]
    parts += [quote(segment) for segment in place.split("__") if segment]
    return "/".join(part for part in parts if part)


def read_path(address: str) -> Address:
    """What an address names. Refused `bad_address`."""
    parts = split(address, PREFIX)
    issuer = ""
    if len(parts) > 2 and not _is_time(parts[1]):
        issuer = unquote(parts.pop(1))
    if len(parts) < 3 or not _is_time(parts[1]):
        raise bad_address(address)
    letters, time, serial, *rest = parts
    language, *place = rest or [""]
    if language not in ("", LANGUAGE):
        raise bad_address(address)
    number = read_number(letters, serial, year_of(time), address)
    return Address(number.printed, issuer, day_of(time), place_of("__".join(place), address), language)


def _is_time(segment: str) -> bool:
    return segment == "-" or year_of(segment) is not None or day_of(segment) is not None


def described(
    row: DocumentRow,
    relations: Iterable[RelationRow] = (),
    *,
    state: DocumentState = DocumentState.UNKNOWN,
    base: str = "",
) -> dict[str, Any]:
    """A document as JSON-LD. Unknown days and states are left out.

    relations  those the document makes, and those made to it; others are passed over
    state      on the day that is asked for
    base       "https://…" in front of addresses
    """
    number = parse(row.number)
    issuer = row.issuer or number.issuer
    me = base + path_of(row.number, row.issuer, row.issued_on)
    known: dict[str, Any] = {
        "@context": {"@vocab": ONTOLOGY, "eli": ONTOLOGY},
        "@id": me,
        "@type": "LegalResource",
        "id_local": row.number,
        "type_document": kind_of(row),
        "date_document": _day(row.issued_on),
        "first_date_entry_in_force": _day(row.effective_on),
        "date_no_longer_in_force": _day(row.sunset_on),
        "in_force": {"@id": ONTOLOGY + _IN_FORCE[state]} if state in _IN_FORCE else None,
        "passed_by": issuer_name(issuer) or issuer,
        "jurisdiction": row.territory or "VN",
        "responsibility_of": issuer_name(row.owner) or row.owner,
        "title": {"@language": LANGUAGE, "@value": row.title} if row.title else None,
    }
    known.update(_linked(row, relations, base))
    return {key: value for key, value in known.items() if value}


def _day(day: date | None) -> dict[str, str] | None:
    return {"@type": "http://www.w3.org/2001/XMLSchema#date", "@value": day.isoformat()} if day else None


def _linked(row: DocumentRow, relations: Iterable[RelationRow], base: str) -> dict[str, list[dict[str, str]]]:
    """Property → addresses, each once, in the order they came."""
    names = names_of(row)
    found: dict[str, dict[str, None]] = {}
    for relation in relations:
        name = PROPERTIES[relation.kind]
        if relation.document in names:
            address = base + _address(relation.target, relation.target_place)
            found.setdefault(name, {})[address] = None
        if relation.target in names:
            address = base + _address(relation.document, relation.place)
            found.setdefault(INVERSE[name], {})[address] = None
    return {name: [{"@id": address} for address in addresses] for name, addresses in found.items()}


def _address(named: str, place: str) -> str:
    number, issuer, issued_on = document_parts(named)
    return path_of(number, issuer, issued_on, place)
