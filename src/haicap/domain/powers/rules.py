"""Quy tắc của sổ thẩm quyền: what rows must satisfy before they are entered. Pure; cites the law."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law.numbers import FIRST_YEAR, LAST_YEAR
from haicap.domain.powers.conditions import Choice, Condition, Interval, Term, parse, written
from haicap.domain.powers.formats.rows import AssertionLine, PowerLine
from haicap.domain.powers.states import DERIVED, LOCAL_GOVERNMENT, REFORM, Level
from haicap.domain.units.organs import KINDS

CODE = re.compile(r"[a-z0-9][a-z0-9.-]{1,79}")
# The register's pages have these addresses: a power of that code could not be opened.
TAKEN = frozenset(
    "nhap phat-hien het-han theo-cap giao-viec ro-nguoi-ro-viec khao-sat quy-dinh tep.csv tep.xlsx".split()
)
DERIVATION = Citation(LOCAL_GOVERNMENT, "điều 13, điều 14")


def _no(code: str, sentence: str, **params: object) -> Refused:
    return Refused(code, sentence, params=params)


def check_power(n: int, line: PowerLine) -> None:
    """Refused `bad_code`, `no_name`, `bad_attribute`: a power is named, and its attributes can tell cases apart."""
    if not CODE.fullmatch(line.code) or line.code in TAKEN:
        raise _no(
            "bad_code",
            gettext_noop(
                "Dòng %(row)s: mã thẩm quyền “%(name)s” phải gồm 2–80 chữ thường không dấu, chữ số, dấu chấm, dấu gạch."
            ),
            row=n, name=line.code[:80],
        )  # fmt: skip
    if not line.name.strip():
        raise _no("no_name", gettext_noop("Dòng %(row)s: xin ghi tên thẩm quyền."), row=n)
    for name, values in line.attributes.items():
        numeric = is_numeric(values)
        if not is_attribute(name, values) or (not numeric and len(set(values)) < len(values)):
            raise _no(
                "bad_attribute",
                gettext_noop(
                    "Dòng %(row)s: thuộc tính “%(name)s” phải là danh sách giá trị khác nhau, hoặc hai số nguyên tăng dần."
                ),
                row=n, name=name,
            )  # fmt: skip


def check_days(n: int, line: AssertionLine) -> None:
    """Refused `bad_date`, `dates_order`, `district_after_reform`."""
    for day in (line.since, line.until):
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise _no(
                "bad_date",
                gettext_noop(
                    "Dòng %(row)s: năm %(name)s không thể đúng. Xin sửa, hoặc để trống nếu không có ngày kết thúc."
                ),
                row=n, name=day.year,
            )  # fmt: skip
    if line.since and line.until and line.since >= line.until:
        raise _no(
            "dates_order",
            gettext_noop("Dòng %(row)s: ngày kết thúc phải sau ngày bắt đầu. Xin sửa cột since hoặc until."),
            row=n,
        )
    if line.level is Level.DISTRICT and line.since is not None and line.since >= REFORM:
        raise _no(
            "district_after_reform",
            gettext_noop(
                "Dòng %(row)s: từ 01/7/2025 không còn cấp huyện. Xin ghi cơ quan tiếp nhận thẩm quyền."
            ),
            row=n,
        )


def check_parent(n: int, line: AssertionLine) -> None:
    """Refused `parent_missing`, `parent_unfit`: delegations name what they derive from, and only they do."""
    if line.mode in DERIVED and not line.parent:
        raise Refused(
            "parent_missing",
            gettext_noop("Dòng %(row)s: phân cấp, ủy quyền phải ghi quy định gốc ở cột parent."),
            DERIVATION,
            params={"row": n},
        )
    if line.mode not in DERIVED and line.parent:
        raise _no(
            "parent_unfit",
            gettext_noop(
                "Dòng %(row)s: chỉ phân cấp, ủy quyền, trực tiếp chỉ đạo mới có quy định gốc. Xin bỏ cột parent."
            ),
            row=n,
        )


def check_condition(n: int, line: AssertionLine, power: PowerLine) -> None:
    """Refused `bad_condition`, `unknown_attribute`, `unknown_value`: a condition speaks of what the power declares."""
    for term in parse(line.condition).terms:
        declared = power.attributes.get(term.attribute)
        if declared is None:
            raise _no(
                "unknown_attribute",
                gettext_noop(
                    "Dòng %(row)s: thẩm quyền %(power)s không có thuộc tính “%(name)s”. Xin khai thuộc tính trước, hoặc sửa "
                    "điều kiện."
                ),
                row=n, power=power.code, name=term.attribute,
            )  # fmt: skip
        numeric = is_numeric(declared)
        if isinstance(term.of, Interval) != numeric:
            raise _no(
                "unknown_attribute",
                gettext_noop("Dòng %(row)s: thuộc tính “%(name)s” được khai theo cách khác (số hoặc danh sách)."),
                row=n, name=term.attribute,
            )  # fmt: skip
        if isinstance(term.of, Choice):
            strange = [v for v in term.of.values if v not in set(map(str, declared))]
            if strange:
                raise _no(
                    "unknown_value",
                    gettext_noop("Dòng %(row)s: thuộc tính “%(name)s” không có giá trị “%(value)s”."),
                    row=n, name=term.attribute, value=strange[0],
                )  # fmt: skip


def is_numeric(values: Iterable[object]) -> bool:
    """Whether an attribute is declared as two whole numbers [lo, hi)."""
    listed = list(values)
    return len(listed) == 2 and all(isinstance(v, int) for v in listed)


def is_attribute(name: str, values: Sequence[object]) -> bool:
    """Whether conditions can speak of the attribute: its name and values read back as they are written."""
    if not values:
        return False
    of = (
        Interval(int(str(values[0])), int(str(values[1])))
        if is_numeric(values)
        else Choice(tuple(sorted({str(v) for v in values})))
    )
    said = Condition((Term(name, of),))
    try:
        return parse(written(said)) == said
    except Refused:
        return False


def check_cycles(parents: Mapping[str, str]) -> None:
    """Refused `cycle`: no chain of delegations returns to itself. `parents` maps codes to the codes above."""
    for start in parents:
        seen = [start]
        above = parents.get(start, "")
        while above:
            if above in seen:
                raise Refused(
                    "cycle",
                    gettext_noop("Chuỗi phân cấp, ủy quyền quay vòng: %(chain)s. Xin sửa cột parent."),
                    DERIVATION,
                    params={"chain": " → ".join([*seen, above])},
                )
            seen.append(above)
            above = parents.get(above, "")


COMMITTEES = {"commune_committee": "commune", "province_committee": "province"}
_OF_THEIR_OWN = ("commune_council", "province_council")


def stands_for(named: str, holder: str) -> bool:
    """Whether an organ named on a record or a dossier may mean the holder (kinds of organs).

    Records say “Ủy ban nhân dân cấp xã” for the committee, its chairman and its offices; they share its people and its
    counter. The other way round it is not so: an office is not the committee it belongs to.
    """
    if named == holder:
        return True
    kind = KINDS.get(holder)
    return kind is not None and COMMITTEES.get(named) == kind.level and holder not in _OF_THEIR_OWN
