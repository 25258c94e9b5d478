"""Nhiễu: how people write, and miswrite, one address. Pure text in, text out; every choice comes from the given `Random`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

from .truth import Mention
from .words import TONES, bare, nfc

SHORT = {
    "phường": ("P.", "P. ", "P ", "p."),
    "quận": ("Q.", "Q. ", "Q ", "q."),
    "thành phố": ("TP.", "TP. ", "TP ", "Tp. "),
    "thị xã": ("TX.", "TX. ", "TX ", "Tx. "),
    "thị trấn": ("TT.", "TT. ", "TT ", "Tt. "),
    "xã": ("X.", "X. ", "X "),
    "huyện": ("H.", "H. ", "H "),
    "tỉnh": ("T. ", "Tỉnh ", ""),
    "đặc khu": ("ĐK. ", "ĐK "),
}
STREETS = (
    "Nguyễn Trãi", "Lê Lợi", "Trần Hưng Đạo", "Hai Bà Trưng", "Lý Thường Kiệt", "Phan Đình Phùng", "Nguyễn Huệ", "Quang Trung",
    "Lê Duẩn", "Hùng Vương", "Điện Biên Phủ", "Cách Mạng Tháng Tám", "Võ Văn Kiệt", "Ngô Quyền", "Bà Triệu", "30/4", "3/2",
)  # fmt: skip
HAMLETS = (
    "Thôn {n}", "Ấp {n}", "Tổ {n}", "Tổ dân phố số {n}", "Khu phố {n}", "KP. {n}", "Tổ {n}, KP.{m}", "Khóm {n}", "Bản {n}",
    "Xóm {n}", "thôn Đông", "xóm Chùa", "ấp Chợ", "Đội {n}", "Lô B{n}, KCN", "Tầng {n}, tòa nhà A{m}", "Km {n}, QL1A",
)  # fmt: skip
NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo", "k": "jl", "l": "k", "m": "n",
    "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "x": "zc", "y": "tu",
}  # fmt: skip
TELEX: dict[str, str | None] = {
    "\u0302": None,
    "\u0306": "w",
    "\u031b": "w",
    "\u0300": "f",
    "\u0301": "s",
    "\u0309": "r",
    "\u0303": "x",
    "\u0323": "j",
}
VNI: dict[str, str | None] = {
    "\u0302": "6",
    "\u0306": "8",
    "\u031b": "7",
    "\u0300": "2",
    "\u0301": "1",
    "\u0309": "3",
    "\u0303": "4",
    "\u0323": "5",
}
OCR = {
    "l": "1", "o": "0", "m": "rn", "i": "l", "ă": "ã", "ạ": "a", "ộ": "ô", "ề": "ê", "ữ": "ư", "đ": "d", "Đ": "D", "h": "b",
    "e": "c", "g": "q", "B": "8", "S": "5", "ế": "ê", "ả": "a", "ọ": "o", "ị": "i",
}  # fmt: skip
OLD_TONE = re.compile(r"(?<![qQ])([òóỏõọÒÓỎÕỌ](?=[aeAE])|[ùúủũụÙÚỦŨỤ](?=[yY]))(\w)(?!\w)")


def full(m: Mention) -> str:
    """ "Phường Cửa Nam"."""
    return f"{m.kind[:1].upper()}{m.kind[1:]} {m.name}" if m.kind else m.name


def short(m: Mention, rng: Random) -> str:
    """ "P.Cửa Nam", "TX. Sơn Tây"."""
    return f"{rng.choice(SHORT[m.kind])}{m.name}" if m.kind in SHORT else m.name


def numbered(m: Mention, rng: Random) -> str:
    """A ward known by its number, in the ways forms print it."""
    n = int(m.name)
    return rng.choice(
        (
            f"P{n}",
            f"P.{n}",
            f"P.{n:02d}",
            f"P {n}",
            f"Phường {n:02d}",
            f"Phường {n}",
            f"phường{n}",
            f"P. {n}",
            f"p{n}",
        )
    )


def street(rng: Random, names: tuple[str, ...] = STREETS) -> str:
    """House, lane and street, or a hamlet."""
    n, m = rng.randint(1, 299), rng.randint(1, 9)
    name = rng.choice(names)
    return rng.choice(
        (
            f"{n} {name}", f"Số {n} đường {name}", f"{n}/{m} {name}", f"Số {n}, ngõ {m}, phố {name}", f"{n} Đ. {name}",
            f"Căn hộ {n}, chung cư {m}, đường {name}", f"Hẻm {n} {name}", rng.choice(HAMLETS).format(n=m, m=rng.randint(1, 9)),
        )
    )  # fmt: skip


def old_tones(text: str) -> str:
    """hòa → hoà, thủy → thuỷ: the tone on the last vowel, as older keyboards set it."""

    def turn(found: re.Match[str]) -> str:
        first = unicodedata.normalize("NFD", found.group(1))
        return first[0] + nfc(found.group(2) + first[1])

    return OLD_TONE.sub(turn, nfc(text))


def _letters(name: str, *, plain: bool) -> list[int]:
    return [
        i
        for i, c in enumerate(name)
        if i > 0 and c.isalpha() and name[i - 1].isalpha() and (not plain or c.lower() in NEIGHBOURS)
    ]


def swap(name: str, rng: Random) -> str:
    """Two neighbouring letters exchanged."""
    at = [
        i for i in _letters(name, plain=False) if i > 1 and name[i - 2].isalpha() and name[i] != name[i - 1]
    ]
    if not at:
        return name
    i = rng.choice(at)
    return name[: i - 1] + name[i] + name[i - 1] + name[i + 1 :]


def drop(name: str, rng: Random) -> str:
    """A letter left out."""
    at = _letters(name, plain=False)
    if not at:
        return name
    i = rng.choice(at)
    return name[:i] + name[i + 1 :]


def double(name: str, rng: Random) -> str:
    """A letter twice."""
    at = _letters(name, plain=True)
    if not at:
        return name
    i = rng.choice(at)
    return name[:i] + name[i] + name[i:]


def neighbour(name: str, rng: Random) -> str:
    """The key beside."""
    at = _letters(name, plain=True)
    if not at:
        return name
    i = rng.choice(at)
    return name[:i] + rng.choice(NEIGHBOURS[name[i].lower()]) + name[i + 1 :]


def tone(name: str, rng: Random) -> str:
    """One tone mistaken for another, or forgotten (hỏi and ngã sound alike in half of the country)."""
    parts = list(unicodedata.normalize("NFD", name))
    at = [i for i, c in enumerate(parts) if c in TONES]
    if not at:
        return name
    i = rng.choice(at)
    parts[i] = {"\u0309": "\u0303", "\u0303": "\u0309"}.get(
        parts[i], rng.choice(["", *TONES.replace(parts[i], "")])
    )
    return nfc("".join(parts))


def _residue(word: str, table: dict[str, str | None]) -> str:
    out, tones = [], ""
    for char in word:
        parts = unicodedata.normalize("NFD", char)
        letter = parts[0]
        if letter in "đĐ":
            out.append(letter.replace("đ", "d").replace("Đ", "D") + ("9" if table is VNI else "d"))
            continue
        extra = ""
        for mark in parts[1:]:
            if mark in TONES:
                tones += table[mark] or ""
            else:
                extra += table[mark] or letter.lower()
        out.append(letter + extra)
    return "".join(out) + tones


def _one_word(name: str, rng: Random, table: dict[str, str | None]) -> str:
    words = name.split(" ")
    at = [i for i, w in enumerate(words) if bare(w) != w]
    if not at:
        return name
    i = rng.choice(at)
    words[i] = _residue(nfc(words[i]), table)
    return " ".join(words)


def telex(name: str, rng: Random) -> str:
    """A syllable typed with the Telex method switched off ("Hafng")."""
    return _one_word(name, rng, TELEX)


def vni(name: str, rng: Random) -> str:
    """The same with VNI digits ("Hang2")."""
    return _one_word(name, rng, VNI)


def ocr(name: str, rng: Random) -> str:
    """One letter misread by a scanner."""
    at = [i for i, c in enumerate(name) if c in OCR]
    if not at:
        return name
    i = rng.choice(at)
    return name[:i] + OCR[name[i]] + name[i + 1 :]


def squeeze(name: str, rng: Random) -> str:
    """A space forgotten."""
    at = [i for i, c in enumerate(name) if c == " "]
    if not at:
        return name
    i = rng.choice(at)
    return name[:i] + name[i + 1 :]


def decomposed(text: str) -> str:
    """NFD, as some phones and file systems store it."""
    return unicodedata.normalize("NFD", text)


def wild_case(text: str) -> str:
    """pHƯỜNG: caps lock left on."""
    return text.swapcase()


Edit = Callable[[str, Random], str]
TYPOS: dict[str, Edit] = {
    "swap": swap, "drop": drop, "double": double, "neighbour": neighbour, "tone": tone, "telex": telex, "vni": vni, "ocr": ocr,
    "squeeze": squeeze,
}  # fmt: skip
