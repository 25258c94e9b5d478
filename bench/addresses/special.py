"""Ca riêng: kinds that are not one address with one noise: islands, "nay là", districts alone, contradictions, near ties, no address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from . import noise
from .maker import Maker, Row
from .recipes import Recipe
from .truth import Address, Answer, Mention
from .words import bare, bare_key

ISLANDS = (
    ("Huyện Bạch Long Vĩ", "Thành phố Hải Phòng"), ("Huyện Cồn Cỏ", "Tỉnh Quảng Trị"), ("Huyện Hoàng Sa", "Thành phố Đà Nẵng"),
    ("Huyện Lý Sơn", "Tỉnh Quảng Ngãi"), ("Huyện Côn Đảo", "Tỉnh Bà Rịa - Vũng Tàu"),
)  # fmt: skip
NO_ADDRESS = (
    "", " ", ",,,", "-", "N/A", "không rõ", "chưa có địa chỉ", "như trên", "null", "12345678", "0900 000 000", "@@@###",
    "giao giờ hành chính, gọi trước khi đến", "xin cảm ơn quý khách", "lorem ipsum dolor sit amet", "ngo@example.com",
    "https://example.org/?q=1", "!!!", "đang cập nhật", "địa chỉ cũ", "nhà riêng, không có số", "Paris, France",
    "Tokyo, Japan", "10 Downing Street, London", "x" * 400, "1/2/3/4/5", "A" * 30, "số nhà 12", "cổng sau, tầng hầm B2",
    "🙂🙂🙂", "\t\t", "0000-00-00", "SELECT 1;", "<b>?</b>", "=1+1", "không", "ở nhà", "gửi sau", "????",
)  # fmt: skip
Draw = Callable[[Maker], Row | None]


def rows(maker: Maker, seen: set[str]) -> Iterator[Row]:
    """All special rows of the maker's part."""
    for draw, wanted in PLAN:
        made = 0
        for _ in range(wanted * 30):
            row = draw(maker)
            if row and row.address not in seen:
                seen.add(row.address)
                made += 1
                yield row
            if made >= wanted:
                break
    for text in NO_ADDRESS[maker.part == "tuned" :: 2]:
        yield maker.row("no address", text, Answer("not_found"), Address())


def island(maker: Maker) -> Row | None:
    """Special zones, and the five island districts that had no communes."""
    rng = maker.rng
    if rng.random() < 0.5:
        zones = [n for n in maker.oracle.facts.current if n.kind == "đặc khu"]
        n = rng.choice(zones)
        a = maker.parts_of(n, Recipe("", 0, source="new"))
        if rng.random() < 0.3:
            a = replace(a, province=None)
    else:
        district, province = rng.choice(ISLANDS)
        a = Address(
            None,
            Mention("huyện", district[6:]),
            Mention("", province.split(" ", 1 if "Tỉnh" in province else 2)[-1]),
        )
    answer = maker.oracle.answer(a)
    return maker.row("islands", maker.write(a, Recipe("", 0, form=rng.choice(("full", "short")))), answer, a)


def was_old(maker: Maker) -> Row | None:
    """ "(cũ)" behind a name."""
    a = maker.parts_of(maker.deal("old"), Recipe("", 0))
    if not (a.commune and a.district and a.province):
        return None
    mark = maker.rng.choice((" (cũ)", " cũ"))
    text = f"{noise.full(a.commune)}{mark}, {noise.full(a.district)}{maker.rng.choice(('', mark))}, {noise.full(a.province)}"
    return maker.row("marked as old (cũ)", text, maker.oracle.answer(a), a)


def now_called(maker: Maker) -> Row | None:
    """ "nay là …": the old address and the new one in one text, both leading to one unit."""
    n = maker.deal("old")
    a = maker.parts_of(n, Recipe("", 0))
    answer = maker.oracle.answer(a)
    if answer.status != "unique" or answer.silent or not (a.commune and a.district and a.province):
        return None
    (uid,) = maker.oracle.became(n.uid)
    v = maker.oracle.facts.in_force(uid)
    assert v is not None
    p = maker.oracle.facts.versions[v["parent_uid"]][-1]
    new = Address(Mention(v["kind"], v["short_name"]), None, Mention("", p["short_name"]))
    alone = maker.oracle.answer(new)
    if alone.status != "unique" or alone.silent:
        return None
    before = f"{noise.full(a.commune)}, {noise.full(a.district)}, {noise.full(a.province)}"
    after = f"{v['name']}, {p['name']}"
    form = maker.rng.choice(("{b} (nay là {a})", "{b}, nay là {a}", "{a} (trước là {b})", "{a} ({b} cũ)"))
    return maker.row(
        "old and new together", form.format(b=before, a=after), replace(answer, plain_legacy=""), a
    )


def district_alone(maker: Maker) -> Row | None:
    """Only a district named: not found. Islands whose district became one zone are left out."""
    facts, rng = maker.oracle.facts, maker.rng
    uid = rng.choice(sorted(facts.districts))
    if len(maker.scopes.communes_of(uid)) <= 4:
        return None
    v = facts.versions[uid][-1]
    if "Phú Quốc" in v["name"] or v["parent_uid"] == "p:46":
        return None
    province = facts.versions[v["parent_uid"]][-1]["short_name"]
    kind = "thành phố" if v["kind"].startswith("thành phố") else v["kind"]
    a = Address(None, Mention(kind, v["short_name"]), Mention("", province))
    return maker.row(
        "district alone",
        maker.write(a, Recipe("", 0, form=rng.choice(("full", "short")))),
        Answer("not_found"),
        a,
    )


def province_alone(maker: Maker) -> Row | None:
    """Only a province named: not found. Names that are also a commune's are left out."""
    facts, rng = maker.oracle.facts, maker.rng
    uid = rng.choice(sorted(facts.provinces))
    v = facts.versions[uid][-1]
    kind = "thành phố" if v["kind"].startswith("thành phố") else v["kind"]
    m = Mention(kind, v["short_name"])
    text = rng.choice(
        (noise.full(m), noise.short(m, rng), noise.full(m).upper(), f"{noise.full(m)}, Việt Nam")
    )
    if text == v["short_name"] and maker.oracle.answer(Address(Mention("", text))).status != "not_found":
        return None
    return maker.row("province alone", text, Answer("not_found"), Address())


def contradiction(maker: Maker) -> Row | None:
    """A province that has nothing of the kind: no reading holds, so anything but one sure unit is right."""
    facts, rng = maker.oracle.facts, maker.rng
    a = maker.parts_of(maker.deal("old"), Recipe("", 0, district=rng.random() < 0.7))
    wrong = facts.versions[rng.choice(sorted(p for p in facts.provinces if facts.in_force(p)))][-1][
        "short_name"
    ]
    b = replace(a, province=Mention("", wrong))
    assert b.commune is not None
    if maker.oracle.answer(replace(b, marked=False)).status != "not_found":
        return None
    if maker.oracle.answer(replace(b, district=None, marked=False)).status != "not_found":
        return None
    if maker.scopes.communes(b).within(b.commune.name, -1, 2):
        return None
    return maker.row("contradictory province", maker.write(b, Recipe("", 0)), Answer("not_unique"), b)


def tie(maker: Maker) -> Row | None:
    """A slip that lies as near to a second commune of the same district: one sure answer would be a guess."""
    rng = maker.rng
    a = maker.parts_of(maker.deal("old"), Recipe("", 0))
    if a.commune is None or a.district is None or a.commune.name.isdigit():
        return None
    typed = noise.TYPOS[rng.choice(("neighbour", "drop", "swap", "double"))](a.commune.name, rng)
    crowd = maker.scopes.of_districts(a)
    if crowd.within(typed, 0, 0):
        return None
    near = crowd.within(typed, 1, -1)
    if len({bare_key(m) for m in near}) < 2:
        return None
    ends = {
        maker.oracle.answer(replace(a, commune=Mention(a.commune.kind, m.title()))).candidates
        for m in sorted(near)
    } - {()}
    if len(ends) < 2:
        return None
    b = replace(a, commune=Mention(a.commune.kind, typed))
    return maker.row("typo between two names", maker.write(b, Recipe("", 0)), Answer("not_unique"), b)


def no_marks_twins(maker: Maker) -> Row | None:
    """Without marks two names of one scope fall together: all are candidates."""
    a = maker.parts_of(maker.deal("old"), Recipe("", 0, bare=True, district=False))
    answer = maker.oracle.answer(a)
    if answer.status != "ambiguous" or maker.oracle.answer(replace(a, marked=True)).status == "ambiguous":
        return None
    return maker.row("twins without marks", bare(maker.write(a, Recipe("", 0))), answer, a)


PLAN: tuple[tuple[Draw, int], ...] = (
    (island, 60),
    (was_old, 120),
    (now_called, 120),
    (district_alone, 100),
    (province_alone, 50),
    (contradiction, 100),
    (tie, 200),
    (no_marks_twins, 80),
)
