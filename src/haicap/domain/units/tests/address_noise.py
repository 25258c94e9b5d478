"""Ways in which people write an address: each turns the parts of one into text. Dice are passed in."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple


class Parts(NamedTuple):
    """A house line, and full names; empty when left out."""

    house: str
    commune: str
    district: str
    province: str


Style = Callable[[Parts, random.Random], str]

SHORT = {
    "phường": ["P.", "P. ", "P ", "Ph. ", "p.", "F.", "phường "],
    "xã": ["X.", "X. ", "x. ", "xã "],
    "thị trấn": ["TT.", "TT ", "TT. ", "tt "],
    "đặc khu": ["ĐK ", "Đặc khu "],
    "quận": ["Q.", "Q ", "Q. ", "q.", "quận "],
    "huyện": ["H.", "H. ", "huyện "],
    "thị xã": ["TX.", "TX ", "TX. ", "tx "],
    "thành phố": ["TP.", "TP ", "TP. ", "Tp. ", "tp ", "T.P ", "thành phố "],
    "tỉnh": ["T. ", "Tỉnh ", "tỉnh ", ""],
}
HOUSES = [
    "", "12 Nguyễn Huệ", "Số 5 ngõ 12 đường Lê Lợi", "123/4/5 Trần Hưng Đạo", "Thôn Đông", "Tổ 3, khu phố 2",
    "45 đường Ba Đình", "Ấp 3", "Xóm Mới", "Số nhà 27, tổ dân phố số 4", "Hẻm 56 Lý Thường Kiệt", "Khu 5", "KP3",
    "88 Nguyễn Thị Minh Khai", "Lô B2 KĐT Mới", "Căn hộ A12.05 chung cư Hoà Bình", "Bản Nà Lá", "Km 12 Quốc lộ 1A",
]  # fmt: skip
KINDS = sorted(SHORT, key=len, reverse=True)


def split_kind(name: str) -> tuple[str, str]:
    """("phường", "Bến Nghé")"""
    low = name.lower()
    kind = next((k for k in KINDS if low.startswith(k + " ")), "")
    return kind, name[len(kind) + 1 :] if kind else name


def fold(text: str) -> str:
    """No marks, case kept."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def plain(p: Parts, r: random.Random) -> str:
    """Official, with commas."""
    return ", ".join(x for x in p if x)


def short(p: Parts, r: random.Random) -> str:
    """Kind words abbreviated."""
    out = [p.house]
    for name in p[1:]:
        kind, rest = split_kind(name)
        head = r.choice(SHORT[kind]) if kind else ""
        if head.strip(" .").lower() in ("f", "ph") and not rest[:1].isdigit() and r.random() < 0.5:
            head = "P. "
        out.append(head + rest if rest else "")
    return ", ".join(x for x in out if x)


def no_marks(p: Parts, r: random.Random) -> str:
    """Without marks."""
    return fold(plain(p, r))


def lower_no_marks_short(p: Parts, r: random.Random) -> str:
    """Short, without marks, lower case."""
    return fold(short(p, r)).lower()


def no_commas(p: Parts, r: random.Random) -> str:
    """Official, marks, no commas."""
    return plain(p, r).replace(",", "")


def no_commas_no_marks(p: Parts, r: random.Random) -> str:
    """Nothing but letters."""
    return fold(plain(p, r)).lower().replace(",", "")


def short_no_commas(p: Parts, r: random.Random) -> str:
    """Short and no commas."""
    return short(p, r).replace(",", "")


def tight(p: Parts, r: random.Random) -> str:
    """No blank after commas."""
    return plain(p, r).replace(", ", ",")


def upper(p: Parts, r: random.Random) -> str:
    """Capitals."""
    return plain(p, r).upper()


def nfd(p: Parts, r: random.Random) -> str:
    """Decomposed."""
    return unicodedata.normalize("NFD", plain(p, r))


OLD_TONE = {
    "òa": "oà",
    "óa": "oá",
    "ỏa": "oả",
    "õa": "oã",
    "ọa": "oạ",
    "òe": "oè",
    "óe": "oé",
    "ỏe": "oẻ",
    "ọe": "oẹ",
    "úy": "uý",
    "ùy": "uỳ",
    "ủy": "uỷ",
    "ũy": "uỹ",
    "ụy": "uỵ",
}


def other_tone(p: Parts, r: random.Random) -> str:
    """Tone marks at the other vowel."""
    text = plain(p, r)
    for a, b in OLD_TONE.items():
        text = text.replace(a, b) if a in text else text.replace(b, a)
    return text


def reverse(p: Parts, r: random.Random) -> str:
    """Province first."""
    return ", ".join(x for x in p[::-1] if x)


def reverse_short(p: Parts, r: random.Random) -> str:
    """Province first, short."""
    return ", ".join(reversed(short(p, r).split(", ")))


def with_country(p: Parts, r: random.Random) -> str:
    """Country and postal code behind."""
    return plain(p, r) + r.choice(
        [", Việt Nam", ", Vietnam", ", VN", ", Việt Nam 700000", " - Việt Nam", ", 10000"]
    )


def dashes(p: Parts, r: random.Random) -> str:
    """Dashes for commas."""
    return " - ".join(x for x in p if x)


def repeated(p: Parts, r: random.Random) -> str:
    """Parts twice."""
    return plain(Parts(p.house, p.commune + ", " + p.commune, p.district, p.province), r)


def noise_signs(p: Parts, r: random.Random) -> str:
    """Too many signs."""
    return "Địa chỉ: " + plain(p, r).replace(",", r.choice([" ,", ",,", " ;", "..,", " ,  "])) + "."


def bare_tail(p: Parts, r: random.Random) -> str:
    """Kind words of district and province left out."""
    return ", ".join(
        x
        for x in (
            p.house,
            p.commune,
            split_kind(p.district)[1] if not re.search(r"\d", p.district) else p.district,
            split_kind(p.province)[1],
        )
        if x
    )


def bare_tail_no_commas(p: Parts, r: random.Random) -> str:
    """The same as typed in a search box."""
    return fold(bare_tail(p, r)).lower().replace(",", "")


def partial_marks(p: Parts, r: random.Random) -> str:
    """Some words lose their marks."""
    return " ".join(fold(w) if r.random() < 0.5 else w for w in plain(p, r).split(" "))


def number_styles(p: Parts, r: random.Random) -> str:
    """P1, P.01, Phường 01, Q3."""
    _, rest = split_kind(p.commune)
    _, drest = split_kind(p.district)
    c, d = p.commune, p.district
    if rest.isdigit():
        c = r.choice(["P%s", "P.%s", "p %s", "F%s", "Phường 0%s", "P.0%s", "phuong%s"]) % rest
    if drest.isdigit():
        d = r.choice(["Q%s", "Q.%s", "q %s", "Quận %s", "quan %s", "quan%s"]) % drest
    return ", ".join(x for x in (p.house, c, d, p.province) if x)


STYLES: dict[str, Style] = {
    f.__name__: f
    for f in (
        plain, short, no_marks, lower_no_marks_short, no_commas, no_commas_no_marks, short_no_commas, tight, upper, nfd,
        other_tone, reverse, reverse_short, with_country, dashes, repeated, noise_signs, bare_tail, bare_tail_no_commas,
        partial_marks, number_styles,
    )
}  # fmt: skip
FOLDED = {"no_marks", "lower_no_marks_short", "no_commas_no_marks", "bare_tail_no_commas", "partial_marks"}

_NEAR = {"a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "rw", "g": "fh", "h": "gj", "i": "uo", "k": "jl", "l": "kp",
         "m": "n", "n": "mb", "o": "ip", "p": "ol", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "x": "zc", "y": "tu"}  # fmt: skip


def _position(name: str, r: random.Random) -> int:
    spots = [i for i, c in enumerate(name) if c.isalpha()]
    return r.choice(spots)


def typo_swap(name: str, r: random.Random) -> str:
    """Two neighbours change places."""
    spots = [
        i
        for i in range(len(name) - 1)
        if name[i].isalpha() and name[i + 1].isalpha() and name[i].lower() != name[i + 1].lower()
    ]
    i = r.choice(spots)
    return name[:i] + name[i + 1] + name[i] + name[i + 2 :]


def typo_missing(name: str, r: random.Random) -> str:
    """A letter is missing."""
    i = _position(name, r)
    return name[:i] + name[i + 1 :]


def typo_extra(name: str, r: random.Random) -> str:
    """A letter is typed twice, or a neighbour with it."""
    i = _position(name, r)
    return (
        name[:i]
        + r.choice([fold(name[i]).lower(), r.choice(_NEAR.get(fold(name[i]).lower(), "n"))])
        + name[i:]
    )


def typo_replaced(name: str, r: random.Random) -> str:
    """A neighbouring key."""
    i = _position(name, r)
    return name[:i] + r.choice(_NEAR.get(fold(name[i]).lower(), "n")) + name[i + 1 :]


def typo_space(name: str, r: random.Random) -> str:
    """A blank is missing."""
    return name.replace(" ", "", 1)


_TELEX_SHAPE = {"\u0302": "{}{}", "\u0306": "{}w", "\u031b": "{}w"}
_TELEX_TONE = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}


def typo_telex(name: str, r: random.Random) -> str:
    """Keys of the Telex method left in the text."""
    out = []
    for word in name.split(" "):
        letters, tone = "", ""
        for c in unicodedata.normalize("NFD", word):
            if c in _TELEX_TONE:
                tone = _TELEX_TONE[c]
            elif c in _TELEX_SHAPE:
                letters += _TELEX_SHAPE[c].format("", letters[-1].lower())[0:1] if c == "\u0302" else "w"
            elif c in "đĐ":
                letters += "dd"
            else:
                letters += c
        out.append(letters + tone)
    return " ".join(out)


def typo_ocr(name: str, r: random.Random) -> str:
    """0 for o, 1 for l and i."""
    flat = [i for i, c in enumerate(name) if fold(c).lower() in "oil"]
    if not flat:
        return typo_replaced(name, r)
    i = r.choice(flat)
    return name[:i] + ("0" if fold(name[i]).lower() == "o" else "1") + name[i + 1 :]


def typo_tone(name: str, r: random.Random) -> str:
    """A wrong tone."""
    chars = list(unicodedata.normalize("NFD", name))
    spots = [i for i, c in enumerate(chars) if c in _TELEX_TONE]
    if not spots:
        return typo_replaced(name, r)
    i = r.choice(spots)
    chars[i] = r.choice([c for c in _TELEX_TONE if c != chars[i]])
    return unicodedata.normalize("NFC", "".join(chars))


TYPOS = {
    f.__name__: f
    for f in (typo_swap, typo_missing, typo_extra, typo_replaced, typo_space, typo_telex, typo_ocr, typo_tone)
}
