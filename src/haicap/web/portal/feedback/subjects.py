"""Phản ánh về việc gì: what was typed about place, procedure, document and day, read by the registers; asked back if unclear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from haicap.base.dates import read_date
from haicap.base.refused import Refused
from haicap.base.text import fold
from haicap.domain.dossiers import rules as dossiers
from haicap.domain.feedback import rules
from haicap.domain.feedback.queries import Subject, systems
from haicap.domain.feedback.queries.systems import SystemLine
from haicap.domain.feedback.states import Kind
from haicap.domain.law import places as clauses
from haicap.domain.law import queries as law
from haicap.domain.law.queries import Doc
from haicap.domain.procedures import queries as procedures
from haicap.domain.procedures.catalogue import Asked
from haicap.web.common import refusals
from haicap.web.portal.dossiers import places
from haicap.web.portal.dossiers.places import Choice
from haicap.web.portal.feedback.drafting import Draft

PLACED = frozenset({Kind.PROCEDURE, Kind.OFFICER})  # without a place nobody can tell whose office it is
FEW = 6
NONE = "-"  # "none of these"


@dataclass(frozen=True, slots=True)
class Option:
    """Something a text may have meant."""

    value: str
    label: str


@dataclass(slots=True)
class About:
    """A draft as it was read. `wrong`: sentence by field; the lists hold what is to be chosen from."""

    kind: Kind | None
    wrong: dict[str, str] = field(default_factory=dict)
    place: Choice | None = None
    places: tuple[Choice, ...] = ()
    procedure: Option | None = None
    procedures: tuple[Option, ...] = ()
    document: Doc | None = None
    documents: tuple[Option, ...] = ()
    path: str = ""
    system: SystemLine | None = None
    happened_on: date | None = None
    dossier: str = ""

    def subject(self) -> Subject:
        """What the routing table is asked."""
        return Subject(
            self.kind or Kind.RULE,
            unit=self.place.uid if self.place else "",
            procedure=self.procedure.value if self.procedure else "",
            document=self.document.slug if self.document else "",
            system_owner=self.system.owner if self.system else "",
            system_unit=self.system.unit_uid if self.system else "",
        )


def read(draft: Draft, on: date) -> About:
    """Everything of the first page; what is wrong or unclear stands in it."""
    about = About(draft.kind)
    if about.kind is None:
        about.wrong["loai"] = gettext("Xin chọn phản ánh về việc gì.")
    _text(draft, about)
    _place(draft, about, on)
    _procedure(draft, about, on)
    _document(draft, about, on)
    _rest(draft, about, on)
    return about


def _text(draft: Draft, about: About) -> None:
    if not draft.get("noi-dung").strip():
        about.wrong["noi-dung"] = gettext("Xin viết nội dung phản ánh, kiến nghị.")
    for name, check in (("noi-dung", rules.paragraphs), ("ve-ai", lambda text: rules.words(text, 300))):
        try:
            check(draft.get(name))
        except Refused as refused:
            about.wrong[name] = refusals.sentence(refused)


def _place(draft: Draft, about: About, on: date) -> None:
    address = draft.get("dia-chi").strip()
    if not address:
        if about.kind in PLACED:
            about.wrong["dia-chi"] = gettext("Xin ghi xã, phường nơi xảy ra việc này.")
        return
    found = places.read(address, on)
    about.place = found.chosen(draft.get("don-vi")) or next(
        (c for c in found.choices if c.code == draft.get("don-vi")), None
    )
    if about.place is not None:
        return
    if found.choices:
        about.places = found.choices
        about.wrong["don-vi"] = gettext("Xin chọn một nơi.")
    else:
        about.wrong["dia-chi"] = found.reason or gettext("Không tìm thấy nơi này.")


def _procedure(draft: Draft, about: About, on: date) -> None:
    typed, picked = draft.get("thu-tuc"), draft.get("ma-thu-tuc")
    if not typed or picked == NONE:
        return
    hits = procedures.search(Asked(text=typed), on).hits[:FEW]
    options = tuple(Option(h.entry.code, h.entry.name) for h in hits)
    named = next((o for o in options if o.value in (picked, typed) or fold(o.label) == fold(typed)), None)
    about.procedure = named or (options[0] if len(options) == 1 else None)
    if about.procedure is None and options:
        about.procedures = options
        about.wrong["ma-thu-tuc"] = gettext(
            "Xin chọn thủ tục bạn nói đến, hoặc “không phải thủ tục nào ở đây”."
        )
    elif about.procedure is None:
        about.wrong["thu-tuc"] = gettext("Không thấy thủ tục nào như thế. Xin ghi ít chữ hơn, hoặc để trống.")


def _document(draft: Draft, about: About, on: date) -> None:
    typed, picked = draft.get("van-ban"), draft.get("ma-van-ban")
    if not typed or picked == NONE:
        return
    known = law.corpus()
    docs = list(known.numbered(typed)) or ([known.by_slug[typed]] if typed in known.by_slug else [])
    if not docs:
        docs = list({h.doc.pk: h.doc for h in law.search(typed, on=on)}.values())[:FEW]
    about.document = next((d for d in docs if d.slug == picked), docs[0] if len(docs) == 1 else None)
    if about.document is None and docs:
        about.documents = tuple(Option(d.slug, f"{d.number}: {d.title}"[:160]) for d in docs[:FEW])
        about.wrong["ma-van-ban"] = gettext(
            "Xin chọn văn bản bạn nói đến, hoặc “không phải văn bản nào ở đây”."
        )
    elif about.document is None:
        about.wrong["van-ban"] = gettext(
            "Sổ văn bản không có văn bản như thế. Xin ghi số hiệu, hoặc để trống."
        )
    if about.document is not None and draft.get("vi-tri"):
        try:
            about.path = clauses.read(draft.get("vi-tri"))
        except Refused as refused:
            about.wrong["vi-tri"] = refusals.sentence(refused)


def _rest(draft: Draft, about: About, on: date) -> None:
    if draft.get("ngay"):
        try:
            about.happened_on = read_date(draft.get("ngay"))
        except Refused as refused:
            about.wrong["ngay"] = refusals.sentence(refused)
    if about.happened_on is not None and about.happened_on > on:
        about.wrong["ngay"] = gettext("Ngày xảy ra không thể sau hôm nay.")
    if draft.get("ho-so"):
        about.dossier = dossiers.read_code(draft.get("ho-so"))
        if not about.dossier:
            about.wrong["ho-so"] = gettext(
                "Mã hồ sơ không đúng dạng. Mã có trên giấy tiếp nhận, hoặc để trống."
            )
    if about.kind is Kind.INCIDENT and draft.get("he-thong"):
        about.system = next((s for s in systems.systems(on) if s.code == draft.get("he-thong")), None)


# --- led elsewhere ------------------------------------------------------------------------------------------------
COMPLAINTS = (
    "2.002409",
    "2.002407",
    "2.002411",
)  # first instance at a commune, at a province, second at a province
DENUNCIATIONS = ("2.002396", "2.002394")
_WORDS: Mapping[str, str] = {"khieu nai": "complaint", "to cao": "denunciation"}


def led(codes: tuple[str, ...], on: date) -> list[Option]:
    """Those of the procedures that count on the day, by the names they bear then."""
    known = procedures.catalogue()
    found = ((code, known.at(code, on)) for code in codes)
    return [Option(code, entry.name) for code, entry in found if entry is not None]


def sounds_like(text: str) -> str:
    """ "complaint" or "denunciation" when the words name one: they go their own way; "" otherwise."""
    folded = f" {fold(text)} "
    return next((what for words, what in _WORDS.items() if f" {words} " in folded), "")
