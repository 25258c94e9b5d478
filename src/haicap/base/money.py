"""Tiền: whole đồng, in figures and in the words of office papers."""

from __future__ import annotations

HIGHEST = 10**15  # đồng; no paper of an office states more

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LARGE = ("", "nghìn", "triệu")  # within one "tỷ"; above it the same names are read again


def show(dong: int) -> str:
    """ "1.500.000 đồng"; a minus sign stands before the figures."""
    return f"{figures(dong)} đồng"


def figures(dong: int) -> str:
    """ "1.500.000": groups of three with points, as in Vietnamese."""
    return f"{dong:,}".replace(",", ".")


def in_words(dong: int, *, capital: bool = False) -> str:
    """Số tiền bằng chữ: 1005 → "một nghìn không trăm linh năm đồng".

    The careful form of receipts: after the first group every group says its hundreds and its "linh", so that
    nothing can be written in between. Groups of nothing but zeros are left out. `capital` makes the first letter
    large, as receipts ask. ValueError outside 0 … 10^15.
    """
    if not 0 <= dong <= HIGHEST:
        raise ValueError(f"amount in words: {dong} is not between 0 and {HIGHEST}")
    words = " ".join((*_above(dong), "đồng")) if dong else "không đồng"
    return words[0].upper() + words[1:] if capital else words


def _above(number: int, *, full: bool = False) -> list[str]:
    """Words of a number > 0; `full`: something stood before it, so its first group is said in full too."""
    billions, rest = divmod(number, 10**9)
    words = [*_above(billions, full=full), "tỷ"] if billions else []
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            words += _group(group, full=full or bool(words))
            words += [_LARGE[power]] if power else []
    return words


def _group(group: int, *, full: bool) -> list[str]:
    """Words of 1 … 999; `full` says the hundreds even when there are none."""
    hundreds, below = divmod(group, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, ones = divmod(below, 10)
    if not below:
        return words
    if tens == 0:
        return [*words, *(["linh"] if words else []), _DIGITS[ones]]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return words + _ones(ones, tens)


def _ones(ones: int, tens: int) -> list[str]:
    """The last digit after tens: mốt, tư and lăm are its changed forms."""
    if ones == 0:
        return []
    if ones == 5:
        return ["lăm"]
    if ones == 1 and tens > 1:
        return ["mốt"]
    if ones == 4 and tens > 1:
        return ["tư"]
    return [_DIGITS[ones]]
