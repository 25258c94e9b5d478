"""Nơi xảy ra: what a caller calls the place, old or new, read by the address engine; choices when it was divided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from haicap.base.text import fold
from haicap.domain.units import queries as units

LONGEST = 300
MOST = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """What words for a place lead to. `uid` once it is clear; else `choices` (uid, name), or the `reason` there is none."""

    text: str
    uid: str = ""
    name: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody has to choose."""
        return bool(self.text) and not self.uid and bool(self.choices)


def read(text: str, chosen: str, on: date) -> Spot:
    """The place of a text; `chosen` is a uid picked among the choices, and counts only when it is one of them."""
    text = text.strip()[:LONGEST]
    if not text:
        return Spot("")
    register = units.register()
    found = [(c.uid, register.title(c.uid, on)) for c in units.convert_address(text, on=on).for_page][:MOST]
    if not found:
        uid = _province(text, on)
        if uid:
            return Spot(text, uid, register.title(uid, on))
        return Spot(
            text, reason=gettext("Chưa nhận ra nơi này. Thử ghi xã, phường và tỉnh, tên cũ hay mới đều được.")
        )
    picked = next(
        ((uid, name) for uid, name in found if uid == chosen), found[0] if len(found) == 1 else None
    )
    return Spot(text, *picked) if picked else Spot(text, choices=tuple(found))


def _province(text: str, on: date) -> str:
    """A province named alone: no address of a commune, but a place all the same."""
    wanted = _bare(text)
    return next((v.uid for v in units.register().provinces(on) if _bare(v.name) == wanted), "")


def _bare(name: str) -> str:
    return fold(name).removeprefix("tinh ").removeprefix("thanh pho ").strip()
