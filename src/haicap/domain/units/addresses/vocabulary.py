"""Từ chỉ loại: the words around names: kinds of unit, streets and hamlets, closing noise."""

from __future__ import annotations

from typing import NamedTuple

from haicap.domain.units.addresses.fold import Word, fold_word


class Kind(NamedTuple):
    """What a kind word says: label, the tiers it introduces (c commune, d district, p province), its letters."""

    label: str
    tiers: str
    marked: str = ""  # empty for abbreviations


def _kinds(label: str, tiers: str, *short: str) -> dict[str, Kind]:
    words = [fold_word(part) for part in label.split()]
    full = Kind(label, tiers, "".join(w.marked for w in words))
    return {"".join(w.plain for w in words): full, **{s: Kind(label, tiers) for s in short}}


KINDS: dict[str, Kind] = {
    **_kinds("phường", "c", "p", "ph", "f"),
    **_kinds("xã", "c", "x"),
    **_kinds("thị trấn", "c", "tt"),
    **_kinds("đặc khu", "c", "dk"),
    **_kinds("quận", "d", "q"),
    **_kinds("huyện", "d", "h"),
    "huyendao": Kind("huyện", "d", "huỵênđảo"),
    **_kinds("thị xã", "d", "tx"),
    **_kinds("thành phố", "dp", "tp"),
    **_kinds("tỉnh", "p", "t"),
    "ward": Kind("phường", "c"),
    "commune": Kind("xã", "c"),
    "district": Kind("", "d"),
}
# English words behind a name ("Ben Nghe Ward, District 1, Ho Chi Minh City").
ENGLISH = {
    "ward": KINDS["ward"],
    "commune": KINDS["commune"],
    "district": KINDS["district"],
    "town": Kind("", "cd"),
    "city": KINDS["tp"],
    "province": KINDS["t"],
}
_TWO_STEMS = frozenset({"thi", "dac", "thanh", "huyen"})
# Kind words that are glued to a number or that a slip of the hand may hit.
NUMBERED = frozenset({"p", "ph", "f", "phuong", "q", "quan"})
LONG_KINDS = ("phuong", "quan", "huyen", "tinh")
DOTTED = frozenset({"tp", "tt", "tx", "dk", "hcm", "hn", "tphcm", "tphn", "tth", "brvt", "vn", "kp"})

ROMAN = {
    r: str(n)
    for n, r in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)
}

# What follows these is a street, a house or a hamlet, until the next part of the address.
STREET = frozenset(
    (
        "duong pho ngo ngach hem kiet so to khu thon ap xom ban lang buon bon khom khoi lo block toa tang "
        "chung km quoc ql tl dt hl nha kdt kcn ccn kp tdp sn"
    ).split()
)
# The same with marks, where it stands behind a name.
STREET_MARKED = frozenset("đừơng phố ngõ ngách hẻm kịêt số tổ khu thôn ấp xóm khóm gần cạnh đối".split())
# Behind a name: where the house lies, or how to reach its people; no part of the name.
BEHIND = frozenset("gan doi canh sau truoc sdt dt tel lh lien dien cach ngay hotline zalo".split())
# Given-name stems before which a bare name is the tail of a person's name, so a street ("Nguyễn Thị Minh Khai").
NAME_STEMS = frozenset(
    (
        "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong trinh luong mai cao ta "
        "chu chau to thi van duc ngoc huu quang cong dinh dien hai ba bien cach mang thang"
    ).split()
)
OLD_WORDS = frozenset({"cũ", "cu"})
# Words between an old and a new name, or behind a name, that say nothing about places.
LINKING = frozenset(
    {"nay", "la", "thuoc", "truoc", "day", "kia", "moi", "cu", "doi", "ten", "thanh", "sap", "nhap", "vao"}
)


def kind_at(words: list[Word], i: int, end: int) -> tuple[Kind, int, bool] | None:
    """Kind word starting at `i`: (kind, words it takes, sure). Not sure when its marks say another word."""
    word = words[i]
    plain = word.plain
    if plain in _TWO_STEMS and i + 1 < end:
        second = words[i + 1]
        kind = KINDS.get(plain + second.plain)
        if kind is not None and kind.marked:
            written = word.marked + second.marked
            return kind, 2, written == kind.marked or written == plain + second.plain
    kind = KINDS.get(plain)
    if kind is None or (" " in kind.label and kind.marked):
        return None
    return kind, 1, word.marked in (plain, kind.marked)
