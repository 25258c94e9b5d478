"""Kiểm giữa các dòng: what each cell allows alone may still contradict another cell or another row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from haicap.base.text import fold
from haicap.base.words import gettext_noop
from haicap.domain.law.formats.cells import reference
from haicap.domain.law.formats.problems import Problem
from haicap.domain.law.formats.rows import (
    AnyRow,
    DocumentRow,
    OwedRow,
    ProvisionRow,
    RelationRow,
    TextRow,
)
from haicap.domain.law.formats.soundness import issuer_of_another, strange_days
from haicap.domain.law.numbers import parse
from haicap.domain.law.states import DocumentKind, RelationKind

Lined = Sequence[tuple[int, AnyRow]]  # line of the file, row
_ORDER = gettext_noop("Ngày %(later)s phải sau ngày %(earlier)s.")
_MEND_DAYS = gettext_noop("Xem lại hai ngày (cột ngày kết thúc là ngày đầu tiên không còn hiệu lực).")
_TWICE = gettext_noop("Dòng này đã có ở dòng %(line)s.")
_DROP = gettext_noop("Bỏ một trong hai dòng.")
_CONTRARY = gettext_noop("Dòng này nói khác dòng %(line)s về cùng một việc.")
_KEEP_ONE = gettext_noop("Giữ một dòng đúng.")
_TITLES = (
    ("bo luat", DocumentKind.LAW), ("luat", DocumentKind.LAW), ("phap lenh", DocumentKind.ORDINANCE),
)  # fmt: skip


def kind_of(row: DocumentRow) -> DocumentKind | None:
    """The kind of a document: its column, its number, or the first word of its title; None when none of them tells."""
    number = parse(row.number)
    if row.kind or number.kind:
        return row.kind or number.kind
    title = fold(row.title)
    named = next((kind for word, kind in _TITLES if title.startswith(word)), None)
    if named is None and title.startswith("nghi quyet"):
        named = next((k for k in number.kinds if k not in (DocumentKind.LAW, DocumentKind.ORDINANCE)), None)
    return named if named in number.kinds else None


def check(sheet: str, rows: Lined) -> Iterator[Problem]:
    """Problems of single rows and between the rows of one sheet."""
    for line, row in rows:
        yield from _row(line, row)
    yield from _doubled(sheet, rows)
    if sheet == "documents":
        yield from _half_dated(rows)
    if sheet == "texts":
        yield from _overlapping(rows)


def _row(line: int, row: AnyRow) -> Iterator[Problem]:
    yield from strange_days(line, row)
    match row:
        case DocumentRow():
            yield from _days(line, row, "effective_on", "sunset_on")
            yield from _document(line, row)
        case OwedRow():
            pass
        case _:
            yield from _days(line, row, "since", "until")
    if isinstance(row, RelationRow) and row.kind is RelationKind.EXTENDS and not row.until:
        yield Problem(
            row.sheet, line, "until",
            gettext_noop("Gia hạn phải ghi ngày hết hiệu lực mới."), {}, gettext_noop("Ghi ngày vào cột until."),
        )  # fmt: skip
    if isinstance(row, RelationRow) and (row.document, row.place) == (row.target, row.target_place):
        yield Problem(
            row.sheet, line, "target",
            gettext_noop("Quy định không thể có quan hệ với chính nó."), {}, gettext_noop("Ghi đúng văn bản, vị trí được tác động."),
        )  # fmt: skip


def _days(line: int, row: AnyRow, first: str, second: str) -> Iterator[Problem]:
    earlier: date | None = getattr(row, first)
    later: date | None = getattr(row, second)
    if earlier and later and later <= earlier:
        params = {"earlier": first, "later": second}
        yield Problem(row.sheet, line, second, _ORDER, params, _MEND_DAYS)


def _document(line: int, row: DocumentRow) -> Iterator[Problem]:
    number = parse(row.number)
    if number.year and row.issued_on and number.year != row.issued_on.year:
        yield Problem(
            row.sheet, line, "issued_on",
            gettext_noop("Số %(number)s là của năm %(year)s, ngày ban hành lại là %(day)s."),
            {"number": row.number, "year": number.year, "day": row.issued_on.isoformat()},
            gettext_noop("Sửa số hoặc ngày ban hành."),
        )  # fmt: skip
    yield from issuer_of_another(line, row, number)
    known = [kind for kind in number.kinds if kind is not DocumentKind.OTHER]
    if row.kind and known and number.known and row.kind not in known:
        yield Problem(
            row.sheet, line, "kind",
            gettext_noop("Số %(number)s không phải của loại “%(kind)s”."),
            {"number": row.number, "kind": row.kind.value, "right": ", ".join(known)},
            gettext_noop("Để trống hoặc ghi: %(right)s."),
        )  # fmt: skip
    if kind_of(row) is None:
        yield Problem(
            row.sheet, line, "kind",
            gettext_noop("Số %(number)s không cho biết loại văn bản."),
            {"number": row.number, "right": ", ".join(number.kinds)},
            gettext_noop("Ghi một trong: %(right)s."),
        )  # fmt: skip


def identity(row: AnyRow) -> tuple[object, ...]:
    """What two rows of a sheet may not share."""
    match row:
        case DocumentRow():
            return (row.number, row.issuer or parse(row.number).issuer, row.issued_on)
        case ProvisionRow():
            return (row.document, row.place)
        case TextRow():
            return (row.document, row.place, row.since)
        case RelationRow():
            return (
                row.document, row.place, row.kind, row.target, row.target_place, row.territory, row.since,
            )  # fmt: skip
        case OwedRow():
            return (row.document, row.place, row.kind, row.subject, row.holder)


def _doubled(sheet: str, rows: Lined) -> Iterator[Problem]:
    first: dict[tuple[object, ...], tuple[int, AnyRow]] = {}
    for line, row in rows:
        before = first.setdefault(identity(row), (line, row))
        if before[0] == line:
            continue
        same = before[1] == row
        sentence, repair = (_TWICE, _DROP) if same else (_CONTRARY, _KEEP_ONE)
        yield Problem(sheet, line, "", sentence, {"line": before[0]}, repair)


def _half_dated(rows: Lined) -> Iterator[Problem]:
    """One number of one issuer with a date and without: nobody can tell whether they are one document."""
    groups: dict[tuple[object, ...], list[tuple[int, DocumentRow]]] = defaultdict(list)
    for line, row in rows:
        if isinstance(row, DocumentRow):
            groups[identity(row)[:2]].append((line, row))
    for group in groups.values():
        dated = [line for line, row in group if row.issued_on]
        for line, row in group:
            if not row.issued_on and dated:
                yield Problem(
                    "documents", line, "issued_on",
                    gettext_noop("Số %(number)s đã có ở dòng %(line)s với ngày ban hành, ở đây không có ngày."),
                    {"number": row.number, "line": dated[0]},
                    gettext_noop("Ghi ngày ban hành, hoặc bỏ dòng này nếu cùng là một văn bản."),
                )  # fmt: skip


def _overlapping(rows: Lined) -> Iterator[Problem]:
    """Two texts of one place may not count on one day."""
    places: dict[tuple[str, str], list[tuple[int, TextRow]]] = defaultdict(list)
    for line, row in rows:
        if isinstance(row, TextRow):
            places[row.document, row.place].append((line, row))
    for texts in places.values():
        texts.sort(key=lambda pair: pair[1].since or date.min)
        for (line, row), (after, following) in pairwise(texts):
            if row.since != following.since and (row.until or date.max) > (following.since or date.min):
                yield Problem(
                    "texts", after, "since",
                    gettext_noop("Hai văn bản của cùng một vị trí trùng ngày với dòng %(line)s."), {"line": line}, _MEND_DAYS,
                )  # fmt: skip


def unresolved(rows: Mapping[str, Lined], known: Callable[[str], int]) -> Iterator[Problem]:
    """References that name no document, or several.

    known  how many documents of the register a reference ("number" or "number | issuer | date") names, besides the file
    """
    here = _references(row for _, row in rows.get("documents", ()))
    for sheet, lined in rows.items():
        for line, row in lined:
            for column in ("document", "target", "fulfilled_by"):
                named: str = getattr(row, column, "")
                if named:
                    yield from _one(sheet, line, column, named, here.get(named, 0) or known(named))


def names_of(row: DocumentRow) -> frozenset[str]:
    """Every way to refer to a document: by number, with its issuer, with its date, with both."""
    issuer = row.issuer or parse(row.number).issuer
    return frozenset(reference(row.number, who, day) for who in ("", issuer) for day in (None, row.issued_on))


def _references(rows: Iterable[AnyRow]) -> Mapping[str, int]:
    """Every way to name the documents of the file → how many it names."""
    names: dict[str, int] = defaultdict(int)
    for row in rows:
        if isinstance(row, DocumentRow):
            for name in names_of(row):
                names[name] += 1
    return names


def _one(sheet: str, line: int, column: str, named: str, count: int) -> Iterator[Problem]:
    if count == 1:
        return
    sentence = (
        gettext_noop("Nhiều văn bản cùng số: “%(named)s”.")
        if count
        else gettext_noop("Không có văn bản “%(named)s” trong tệp cũng như trong sổ.")
    )
    repair = (
        gettext_noop("Ghi “số | cơ quan | ngày ban hành”.")
        if count
        else gettext_noop("Thêm văn bản vào trang documents, hoặc sửa số.")
    )
    yield Problem(sheet, line, column, sentence, {"named": named}, repair)
