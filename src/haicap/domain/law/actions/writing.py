"""Ghi bảng: rows that name documents by number become rows of the database, in five bulk statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from psycopg.types.range import DateRange

from haicap.base.refused import Refused
from haicap.base.text import fold
from haicap.base.words import gettext_noop
from haicap.domain.law import numbers
from haicap.domain.law.actions import judging
from haicap.domain.law.formats.checks import kind_of
from haicap.domain.law.formats.naming import Name
from haicap.domain.law.formats.rows import DocumentRow, OwedRow, ProvisionRow, RelationRow, Tables, TextRow
from haicap.domain.law.models import Document, Owed, Provision, ProvisionText, Relation
from haicap.domain.law.states import ACTING, OwedState, RelationKind
from haicap.domain.units.models.register import Unit

Hanging = ProvisionRow | TextRow | RelationRow | OwedRow


class Writing:
    """One table on its way into the register: names are resolved first, then everything is written in bulk."""

    def __init__(self, tables: Tables, at: datetime) -> None:
        judging.check(tables)
        self.tables, self.at = tables, at
        self._units = _units(tables)
        self._known: dict[str, list[Document]] = defaultdict(list)
        for row in Document.objects.select_related("issuer_unit").order_by("pk"):
            self._known[numbers.fold(row.number)].append(row)
        self._slugs = {d.slug for docs in self._known.values() for d in docs}
        self.made: list[Document] = []
        for n, line in enumerate(tables.documents, start=1):
            self._add(n, line)
        self._written = {"provisions": 0, "relations": 0, "texts": 0, "owed": 0}

    # --- names --------------------------------------------------------------------------------------------------
    def _add(self, n: int, line: DocumentRow) -> None:
        fresh = self._document(n, line)
        same = [d for d in self._known[numbers.fold(fresh.number)] if _identity(d) == _identity(fresh)]
        if not same:
            fresh.slug = self._slug(fresh)
            self._known[numbers.fold(fresh.number)].append(fresh)
            self.made.append(fresh)
            return
        differing = [f for f in _FACTS if getattr(same[0], f) != getattr(fresh, f)]
        if differing:
            raise Refused(
                "differs",
                gettext_noop(
                    "Dòng %(row)s: văn bản %(number)s đã có trong sổ với thông tin khác (%(fields)s). Xin sửa thông tin "
                    "trên trang của văn bản đó, hoặc bỏ dòng này."
                ),
                params={"row": n, "number": fresh.number, "fields": ", ".join(differing)},
            )

    def _document(self, n: int, line: DocumentRow) -> Document:
        number = numbers.parse(line.number)
        issuer, _, uid = (line.issuer or number.issuer or "").partition(":")
        if not issuer:
            raise Refused(
                "no_issuer",
                gettext_noop("Dòng %(row)s: không biết cơ quan ban hành %(number)s. Xin ghi cột issuer."),
                params={"row": n, "number": line.number},
            )
        kind = kind_of(line)
        return Document(
            number=number.printed, issuer=issuer, issuer_unit=self._unit(uid, "documents", n), issued_on=line.issued_on,
            kind=kind or "other", rank=numbers.rank(kind, number.normative) if kind else 0, title=line.title,
            since=line.effective_on, until=line.sunset_on, until_by=line.sunset_clause,
            territory=self._unit(line.territory, "documents", n), owner=line.owner, urgency=line.urgency, signer=line.signer,
            evidence=line.evidence.value, source=line.source, note=line.note,
            folded=fold(f"{number.printed} {line.title}"), recorded_at=self.at,
        )  # fmt: skip

    def _slug(self, row: Document) -> str:
        first = numbers.slug(row.number)
        where = row.issuer_unit.uid.replace(":", "").replace("@", "-") if row.issuer_unit else row.issuer
        day = row.issued_on.isoformat() if row.issued_on else "0"
        for slug in (first, f"{first}-{where}", f"{first}-{where}-{day}"):
            if slug not in self._slugs:
                self._slugs.add(slug)
                return slug
        raise AssertionError("identities are unique")

    def _unit(self, uid: str, sheet: str, n: int) -> Unit | None:
        if uid and uid not in self._units:
            raise judging.unknown_unit(sheet, n, uid)
        return self._units.get(uid)

    def _named(self, name: str, sheet: str, n: int) -> Document:
        """The document a row names: a number, or "number | issuer | date"."""
        wanted = Name.of(name)
        found = [d for d in self._known.get(numbers.fold(wanted.number), []) if _fits(wanted, d)]
        if len(found) == 1:
            return found[0]
        sentence = (
            gettext_noop(
                "Bảng %(sheet)s, dòng %(row)s: có nhiều văn bản số %(number)s. Xin ghi “số | cơ quan | ngày”."
            )
            if found
            else gettext_noop(
                "Bảng %(sheet)s, dòng %(row)s: sổ chưa có văn bản %(number)s. Xin thêm vào bảng documents."
            )
        )
        code = "many_documents" if found else "unknown_document"
        raise Refused(code, sentence, params={"sheet": sheet, "row": n, "number": name})

    def issuers_touched(self) -> set[str]:
        """Uids of local issuers ("" for central ones) whose documents get rows, and of the areas that new documents of
        local issuers claim; one must keep them all."""
        issuers = {row.issuer_unit.uid if row.issuer_unit else "" for row in [*self.made, *self._hung_on()]}
        return issuers | {row.territory.uid for row in self.made if row.issuer_unit and row.territory}

    def issuers_acted_on(self) -> set[str]:
        """The same for documents that a relation of the table changes."""
        targets = [
            self._named(line.target, line.sheet, n)
            for n, line in enumerate(self.tables.relations, start=1)
            if line.kind in _CHANGING
        ]
        return {row.issuer_unit.uid if row.issuer_unit else "" for row in targets}

    def _hung_on(self) -> Iterator[Document]:
        """The document of every row that hangs on one."""
        tables = self.tables
        hanging: tuple[tuple[Hanging, ...], ...] = (
            tables.provisions, tables.texts, tables.relations, tables.owed
        )  # fmt: skip
        for rows in hanging:
            for n, line in enumerate(rows, start=1):
                yield self._named(line.document, line.sheet, n)

    def touched(self) -> list[str]:
        """Names of the pages of documents that are new or got something, in order."""
        return list(dict.fromkeys(d.slug for d in [*self.made, *self._hung_on()]))

    def counts(self) -> dict[str, int]:
        """How many rows of each kind are new; places that got a heading count too."""
        return {"documents": len(self.made), **self._written}

    # --- rows ---------------------------------------------------------------------------------------------------
    def write(self) -> None:
        """Everything, in an order that references allow."""
        Document.objects.bulk_create(self.made, batch_size=1000)
        places = self._provisions()
        self._texts(places)
        self._relations()
        self._owed()

    def _provisions(self) -> dict[tuple[int, str], Provision]:
        held = {(p.document_id, p.path): p for p in Provision.objects.all()}
        fresh: dict[tuple[int, str], Provision] = {}
        filled: list[Provision] = []  # places that get the heading they did not have
        for n, line in enumerate(self.tables.provisions, start=1):
            key = (self._named(line.document, "provisions", n).pk, line.place)
            if key in held:
                before = held[key]
                judging.check_same("provisions", n, (before.since, before.until), (line.since, line.until))
                judging.check_heading(n, before.heading, line.heading)
                if line.heading and not before.heading:
                    before.heading = line.heading
                    filled.append(before)
            else:
                fresh[key] = Provision(
                    document_id=key[0], path=line.place, heading=line.heading, since=line.since, until=line.until,
                    evidence=line.evidence.value, source=line.source, note=line.note,
                )  # fmt: skip
        for n, text in enumerate(self.tables.texts, start=1):
            key = (self._named(text.document, "texts", n).pk, text.place)
            if key not in held and key not in fresh:
                fresh[key] = Provision(document_id=key[0], path=text.place, evidence=text.evidence.value)
        Provision.objects.bulk_create(fresh.values(), batch_size=2000)
        Provision.objects.bulk_update(filled, ["heading"], batch_size=1000)
        self._written["provisions"] = len(fresh) + len(filled)
        return held | fresh

    def _texts(self, places: dict[tuple[int, str], Provision]) -> None:
        lines = [
            (n, line, places[self._named(line.document, "texts", n).pk, line.place])
            for n, line in enumerate(self.tables.texts, start=1)
        ]
        older: dict[int, list[ProvisionText]] = defaultdict(list)
        for row in ProvisionText.objects.filter(provision_id__in={place.pk for _, _, place in lines}):
            older[row.provision_id].append(row)
        fresh, ended = [], []
        for n, line, place in lines:
            days = DateRange(line.since, line.until, "[)")
            if any((old.text, old.valid) == (line.text, days) for old in older[place.pk]):
                continue
            ended += [_ended(old, line, n) for old in older[place.pk] if _meet(old, line)]
            fresh.append(
                ProvisionText(
                    provision=place, valid=days, text=line.text, folded=fold(line.text),
                    evidence=line.evidence.value, source=line.source,
                )
            )  # fmt: skip
        ProvisionText.objects.bulk_update(ended, ["valid"], batch_size=1000)
        ProvisionText.objects.bulk_create(fresh, batch_size=1000)
        self._written["texts"] = len(fresh)

    def _relations(self) -> None:
        held = {_tie(r): r for r in Relation.objects.filter(withdrawn_at__isnull=True)}
        fresh: dict[tuple[object, ...], Relation] = {}
        for n, line in enumerate(self.tables.relations, start=1):
            row = self._relation(n, line)
            before = held.get(_tie(row))
            if before is not None:
                judging.check_same("relations", n, (before.until,), (row.until,))
            fresh.setdefault(_tie(row), row)
        new = [row for tie, row in fresh.items() if tie not in held]
        Relation.objects.bulk_create(new, batch_size=2000)
        self._written["relations"] = len(new)

    def _relation(self, n: int, line: RelationRow) -> Relation:
        source, target = self._named(line.document, "relations", n), self._named(line.target, "relations", n)
        if (source.pk, line.place) == (target.pk, line.target_place):
            raise Refused(
                "same_place",
                gettext_noop("Bảng relations, dòng %(row)s: một quy định không tác động lên chính nó."),
                params={"row": n},
            )
        return Relation(
            kind=line.kind.value, source=source, source_path=line.place, target=target, target_path=line.target_place,
            since=line.since, until=line.until, territory=self._unit(line.territory, "relations", n), evidence=line.evidence.value,
            told_in=line.source, note=line.note, recorded_at=self.at,
        )  # fmt: skip

    def _owed(self) -> None:
        held = {(o.document_id, o.path, o.subject, o.holder): o for o in Owed.objects.all()}
        fresh = {}
        for n, line in enumerate(self.tables.owed, start=1):
            row = self._duty(n, line)
            key = (row.document_id, row.path, row.subject, row.holder)
            if key in held:
                before = held[key]
                judging.check_same("owed", n, (before.kind, before.due_on), (row.kind, row.due_on))
            else:
                fresh[key] = row
        Owed.objects.bulk_create(fresh.values(), batch_size=1000)
        self._written["owed"] = len(fresh)

    def _duty(self, n: int, line: OwedRow) -> Owed:
        by = self._named(line.fulfilled_by, "owed", n) if line.fulfilled_by else None
        return Owed(
            document=self._named(line.document, "owed", n), path=line.place, kind=line.kind.value,
            subject=line.subject, holder=line.holder, due_on=line.due_on, fulfilled_by=by,
            state=OwedState.ISSUED if by else OwedState.OPEN, evidence=line.evidence.value, source=line.source,
            note=line.note,
        )  # fmt: skip


_CHANGING = {*ACTING, RelationKind.AMENDS, RelationKind.CORRECTS, RelationKind.CONSOLIDATES}
_FACTS = ("kind", "title", "since", "until", "until_by", "territory_id", "owner", "urgency", "signer")


def _meet(old: ProvisionText, line: TextRow) -> bool:
    """Whether an older text counts on a day of a new one."""
    begun = old.valid.lower is None or line.until is None or old.valid.lower < line.until
    return begun and (old.valid.upper is None or line.since is None or line.since < old.valid.upper)


def _ended(old: ProvisionText, line: TextRow, n: int) -> ProvisionText:
    """An open older text ends where the new one begins. Refused `text_days` where it cannot."""
    begins_later = line.since is not None and (old.valid.lower is None or old.valid.lower < line.since)
    if old.valid.upper is not None or not begins_later:
        raise judging.text_days(n)
    old.valid = DateRange(old.valid.lower, line.since, "[)")
    return old


def _fits(wanted: Name, row: Document) -> bool:
    return wanted.fits(row.issuer, row.issuer_unit.uid if row.issuer_unit else "", row.issued_on)


def _identity(row: Document) -> tuple[object, ...]:
    return (row.number, row.issuer, row.issuer_unit_id, row.issued_on)


def _tie(row: Relation) -> tuple[object, ...]:
    return (
        row.kind, row.source_id, row.source_path, row.target_id, row.target_path, row.since, row.territory_id
    )  # fmt: skip


def _units(tables: Tables) -> dict[str, Unit]:
    uids = {d.territory for d in tables.documents} | {r.territory for r in tables.relations}
    uids |= {line.issuer.partition(":")[2] for line in tables.documents}
    return {row.uid: row for row in Unit.objects.filter(uid__in=uids - {""})}
