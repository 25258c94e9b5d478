"""Kiểm tra văn bản: no territory without successor, no code twice, no gap. Findings name line and repair."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from haicap.base.words import gettext_noop
from haicap.domain.units.rearrangement.lines import (
    AREA_SHARES,
    KINDS_OF_TIER,
    PEOPLE_SHARES,
    RELATIONS,
    Line,
    Order,
)
from haicap.domain.units.timeline import HORIZON, Register, Version

_CODE = re.compile(r"[0-9]{2}|[0-9]{5}")


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a draft: which line (0 = the act), a stable word, a sentence (a %-template over `params`)."""

    line: int
    code: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The Vietnamese sentence."""
        return self.template % self.params if self.params else self.template


def check(order: Order, register: Register) -> tuple[Finding, ...]:
    """Everything that keeps the act from counting, in order of lines; empty when it may be enacted.

    register: the map without this act (and, for a correction, without the corrected one).
    """
    found = [*_act(order)]
    for line in order.lines:
        found += _form(line)
    if found:  # what is malformed cannot be judged further
        return tuple(sorted(found, key=lambda f: f.line))
    found += [*_sources(order, register), *_targets(order, register), *_orphans(order, register)]
    return tuple(sorted(found, key=lambda f: f.line))


def _act(order: Order) -> Iterator[Finding]:
    if order.effective_on <= HORIZON:
        yield Finding(
            0, "before_horizon", gettext_noop("Ngày hiệu lực ở trước mốc dữ liệu. Xin xem lại ngày.")
        )
    if not order.lines:
        yield Finding(0, "no_lines", gettext_noop("Chưa có dòng nào. Xin nhập ít nhất một dòng."))


def _form(line: Line) -> Iterator[Finding]:
    """What can be seen on the line alone."""
    for code in (line.from_code, line.to_code):
        if not _CODE.fullmatch(code):
            yield Finding(
                line.n,
                "bad_code",
                gettext_noop("Mã “%(code)s” sai dạng: tỉnh 2 chữ số, xã 5 chữ số."),
                {"code": code},
            )
    if (
        line.relation not in RELATIONS
        or line.area_share not in AREA_SHARES
        or line.people_share not in PEOPLE_SHARES
    ):
        yield Finding(
            line.n,
            "bad_word",
            gettext_noop("Quan hệ, phần diện tích hoặc phần dân số không có trong danh sách."),
        )
    if line.to_kind not in KINDS_OF_TIER.get(line.target.tier, {}):
        yield Finding(
            line.n, "bad_kind", gettext_noop("Loại “%(kind)s” không hợp với mã %(code)s."),
            {"kind": line.to_kind, "code": line.to_code},
        )  # fmt: skip
    if not line.to_name.strip():
        yield Finding(line.n, "no_name", gettext_noop("Thiếu tên đơn vị mới."))
    if not line.clause.strip():
        yield Finding(line.n, "no_clause", gettext_noop("Thiếu điều, khoản của văn bản."))
    if line.relation == "whole" and (line.area_share, line.people_share) != ("all", "all"):
        yield Finding(
            line.n, "whole_is_all", gettext_noop("Nhập nguyên trạng thì diện tích và dân số đều là toàn bộ.")
        )


def _sources(order: Order, register: Register) -> Iterator[Finding]:
    """Every unit touched exists on the eve, is not changed later, and all of it goes somewhere."""
    by_source: dict[str, list[Line]] = defaultdict(list)
    for line in order.lines:
        by_source[line.from_code].append(line)
    for code, lines in by_source.items():
        first = lines[0]
        version = register.at(code, order.eve)
        if version is None:
            yield Finding(
                first.n, "unknown_unit", gettext_noop("Không có đơn vị mang mã %(code)s vào ngày trước ngày hiệu lực."),
                {"code": code},
            )  # fmt: skip
            continue
        if later := [
            v for v in register.versions(version.uid) if v.span.start and v.span.start >= order.effective_on
        ]:
            yield Finding(
                first.n, "changed_later",
                gettext_noop("%(name)s đã có thay đổi từ %(day)s, sau ngày hiệu lực. Xin đính chính văn bản đó trước."),
                {"name": version.name, "day": f"{later[0].span.start:%d/%m/%Y}"},
            )  # fmt: skip
        elif version.span.end is not None:
            yield Finding(
                first.n, "already_ended",
                gettext_noop("%(name)s đã được văn bản khác cho kết thúc từ %(day)s. Xin đính chính văn bản đó trước."),
                {"name": version.name, "day": f"{version.span.end:%d/%m/%Y}"},
            )  # fmt: skip
        yield from _whole_of(version, lines)


def _whole_of(version: Version, lines: list[Line]) -> Iterator[Finding]:
    """No territory and nobody without a successor."""
    first, named = lines[0], {"name": version.name}
    if any(line.target.tier != version.tier for line in lines):
        yield Finding(
            first.n, "other_tier", gettext_noop("%(name)s không thể thành đơn vị của cấp khác."), named
        )
    if len(lines) == 1:
        if first.relation in ("part", "rest"):
            yield Finding(
                first.n, "territory_left",
                gettext_noop("Một phần của %(name)s không có nơi tiếp nhận. Xin thêm dòng cho phần còn lại."), named,
            )  # fmt: skip
        return
    if any(line.relation not in ("part", "rest") for line in lines):
        yield Finding(
            first.n,
            "whole_and_more",
            gettext_noop("%(name)s vừa đi nguyên trạng vừa có dòng khác. Xin giữ một cách."),
            named,
        )
    rests = sum(line.relation == "rest" for line in lines)
    if rests != 1:
        yield Finding(
            first.n, "one_rest", gettext_noop("%(name)s bị chia thì phải có đúng một dòng “phần còn lại”; nay có %(n)s."),
            {**named, "n": rests},
        )  # fmt: skip
    people = [line.people_share for line in lines]
    if people.count("all") > 1 or ("all" in people and "part" in people) or set(people) <= {"none"}:
        yield Finding(
            first.n,
            "people_do_not_add_up",
            gettext_noop("Dân số của %(name)s không cộng đủ: xem lại các phần dân số."),
            named,
        )
    if len({line.to_code for line in lines}) != len(lines):
        yield Finding(
            first.n, "target_twice", gettext_noop("%(name)s có hai dòng vào cùng một đơn vị."), named
        )


def _targets(order: Order, register: Register) -> Iterator[Finding]:
    """Every new unit is described once, takes a free code, and has a parent that day."""
    leaving = {line.from_code for line in order.lines}
    described: dict[str, Line] = {}
    continuing: dict[str, str] = {}
    for line in order.lines:
        known = described.setdefault(line.to_code, line)
        if known.target != line.target:
            yield Finding(
                line.n, "described_twice",
                gettext_noop("Đơn vị mã %(code)s được mô tả khác nhau ở dòng %(other)s và dòng này."),
                {"code": line.to_code, "other": known.n},
            )  # fmt: skip
        if line.continues or line.to_code in continuing:
            if (
                continuing.setdefault(line.to_code, line.from_code) != line.from_code
                or known.continues != line.continues
            ):
                yield Finding(
                    line.n, "continues_and_merges",
                    gettext_noop("Đơn vị được sáp nhập thêm là đơn vị mới: dùng “nguyên trạng” thay cho “giữ nguyên”."),
                )  # fmt: skip
    for code, line in described.items():
        holder = register.at(code, order.effective_on)
        if holder is not None and code not in leaving:
            yield Finding(
                line.n, "code_taken", gettext_noop("Mã %(code)s đang thuộc %(name)s, đơn vị này không có dòng nào."),
                {"code": code, "name": holder.name},
            )  # fmt: skip
        if line.target.tier == "commune" and not _parent_that_day(line, described, order, register):
            yield Finding(
                line.n, "no_parent", gettext_noop("Mã %(code)s không phải là tỉnh, thành phố vào ngày hiệu lực."),
                {"code": line.to_parent_code},
            )  # fmt: skip


def _parent_that_day(line: Line, described: dict[str, Line], order: Order, register: Register) -> bool:
    if line.to_parent_code in described:
        return described[line.to_parent_code].target.tier == "province"
    if line.to_parent_code in {other.from_code for other in order.lines}:
        return False
    if len(line.to_parent_code) != 2 or not line.to_parent_code.isdigit():
        return False
    return register.at(line.to_parent_code, order.effective_on) is not None


def _orphans(order: Order, register: Register) -> Iterator[Finding]:
    """No commune is left under a province that ends divided: only a province that goes whole takes them along."""
    named = {line.from_code for line in order.lines}
    for line in order.lines:
        if len(line.from_code) != 2 or line.relation not in ("part", "rest"):
            continue
        version = register.at(line.from_code, order.eve)
        children = register.children(version.uid, order.eve) if version else ()
        left = [child for child in children if child.code not in named]
        if left:
            yield Finding(
                line.n, "children_left",
                gettext_noop("%(n)s đơn vị của %(name)s không có dòng nào, ví dụ %(example)s. Tỉnh bị chia thì phải nêu từng xã."),
                {"n": len(left), "name": version.name if version else "", "example": left[0].name},
            )  # fmt: skip
