"""Tên gọi của văn bản trong một ô: “số | cơ quan | ngày”; issuer and day only where the number is shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Name:
    """A reference to a document as it stands in a cell; "" for what it leaves out.

    issuer  code ("cp", "ubnd"), with the unit of a local body where one is meant: "ubnd:p:10"
    day     date of issue, ISO
    """

    number: str
    issuer: str = ""
    day: str = ""

    @classmethod
    def of(cls, text: str) -> Name:
        """What a cell says. Parts beyond the third are not looked at; the readers of files refuse them."""
        return cls(*[part.strip() for part in [*text.split("|"), "", ""][:3]])

    def fits(self, issuer: str, uid: str, issued_on: date | None) -> bool:
        """Whether a document with this number may be meant."""
        who = (issuer, f"{issuer}:{uid}") if uid else (issuer,)
        day = issued_on.isoformat() if issued_on else ""
        return self.issuer in ("", *who) and self.day in ("", day)
