"""Chữ của văn bản: kinds, relations, standings and states in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext

from haicap.base.words import gettext_noop
from haicap.domain.law import places
from haicap.domain.law.numbers import issuer_name
from haicap.domain.law.queries import Doc
from haicap.domain.powers.queries import organ_name
from haicap.domain.units import queries as units
from haicap.web.common import citations, vocabulary

KINDS = {
    "constitution": gettext_noop("hiến pháp"),
    "law": gettext_noop("luật, bộ luật"),
    "assembly_resolution": gettext_noop("nghị quyết của Quốc hội"),
    "ordinance": gettext_noop("pháp lệnh"),
    "standing_resolution": gettext_noop("nghị quyết của Ủy ban Thường vụ Quốc hội"),
    "president_order": gettext_noop("lệnh, quyết định của Chủ tịch nước"),
    "decree": gettext_noop("nghị định"),
    "government_resolution": gettext_noop("nghị quyết của Chính phủ"),
    "pm_decision": gettext_noop("quyết định của Thủ tướng Chính phủ"),
    "court_resolution": gettext_noop("nghị quyết của Hội đồng Thẩm phán"),
    "circular": gettext_noop("thông tư"),
    "joint_circular": gettext_noop("thông tư liên tịch"),
    "council_resolution": gettext_noop("nghị quyết của Hội đồng nhân dân"),
    "committee_decision": gettext_noop("quyết định của Ủy ban nhân dân"),
    "chairman_decision": gettext_noop("quyết định của Chủ tịch Ủy ban nhân dân"),
    "minister_decision": gettext_noop("quyết định của bộ trưởng"),
    "consolidation": gettext_noop("văn bản hợp nhất"),
    "dispatch": gettext_noop("công điện"),
    "letter": gettext_noop("công văn"),
    "notice": gettext_noop("thông báo"),
    "directive": gettext_noop("chỉ thị"),
    "plan": gettext_noop("kế hoạch"),
    "report": gettext_noop("báo cáo"),
    "submission": gettext_noop("tờ trình"),
    "party": gettext_noop("văn bản của Đảng"),
    "other": gettext_noop("văn bản khác"),
}
# The word before a number; kinds that are not here are named by their number alone.
_BEFORE = {
    "law": gettext_noop("Luật"), "assembly_resolution": gettext_noop("Nghị quyết"), "ordinance": gettext_noop("Pháp lệnh"),
    "standing_resolution": gettext_noop("Nghị quyết"), "decree": gettext_noop("Nghị định"),
    "government_resolution": gettext_noop("Nghị quyết"), "pm_decision": gettext_noop("Quyết định"),
    "court_resolution": gettext_noop("Nghị quyết"), "circular": gettext_noop("Thông tư"),
    "joint_circular": gettext_noop("Thông tư liên tịch"), "council_resolution": gettext_noop("Nghị quyết"),
    "committee_decision": gettext_noop("Quyết định"), "chairman_decision": gettext_noop("Quyết định"),
    "minister_decision": gettext_noop("Quyết định"), "dispatch": gettext_noop("Công điện"),
    "letter": gettext_noop("Công văn"), "notice": gettext_noop("Thông báo"), "directive": gettext_noop("Chỉ thị"),
}  # fmt: skip
_CODE = gettext_noop("Bộ luật")
# What the source does to the target, and what the target suffers.
RELATIONS = {
    "basis": gettext_noop("căn cứ vào"),
    "details": gettext_noop("quy định chi tiết"),
    "amends": gettext_noop("sửa đổi, bổ sung"),
    "corrects": gettext_noop("đính chính"),
    "replaces": gettext_noop("thay thế"),
    "repeals": gettext_noop("bãi bỏ"),
    "suspends": gettext_noop("ngưng hiệu lực"),
    "resumes": gettext_noop("cho có hiệu lực trở lại"),
    "extends": gettext_noop("gia hạn"),
    "consolidates": gettext_noop("hợp nhất"),
    "continues": gettext_noop("công bố tiếp tục có hiệu lực"),
    "cites": gettext_noop("dẫn chiếu"),
}
STANDINGS = {
    "not_yet": gettext_noop("chưa có hiệu lực"),
    "in_force": gettext_noop("còn hiệu lực"),
    "suspended": gettext_noop("ngưng hiệu lực"),
    "ended": gettext_noop("hết hiệu lực"),
    "unknown": gettext_noop("chưa rõ hiệu lực"),
}
STATES = {
    "not_yet": gettext_noop("chưa có hiệu lực"),
    "in_force": gettext_noop("còn hiệu lực"),
    "partly_ended": gettext_noop("hết hiệu lực một phần"),
    "ended": gettext_noop("hết hiệu lực toàn bộ"),
    "partly_suspended": gettext_noop("ngưng hiệu lực một phần"),
    "suspended": gettext_noop("ngưng hiệu lực"),
    "unknown": gettext_noop("chưa rõ hiệu lực"),
}
TONES = {
    "in_force": "ok", "partly_ended": "warn", "partly_suspended": "warn", "suspended": "warn", "ended": "late",
    "not_yet": "calm", "unknown": "calm", "open": "warn", "issued": "ok", "answered": "ok", "mended": "ok",
    "withdrawn": "calm",
}  # fmt: skip
EVIDENCE = {
    "confirmed": gettext_noop("đã xác minh"),
    "unconfirmed": gettext_noop("chưa xác minh"),
    "doubtful": gettext_noop("nguồn không thống nhất"),
}
OWED = {
    "open": gettext_noop("còn nợ"),
    "issued": gettext_noop("đã ban hành"),
    "withdrawn": gettext_noop("không còn phải ban hành"),
}
PROBLEM_KINDS = {
    "missing": gettext_noop("thiếu quy định"),
    "contradictory": gettext_noop("mâu thuẫn, chồng chéo"),
    "unclear": gettext_noop("chưa rõ, khó hiểu"),
}
PROBLEMS = {
    "open": gettext_noop("chờ trả lời"),
    "answered": gettext_noop("đã trả lời"),
    "mended": gettext_noop("đã sửa quy định"),
    "withdrawn": gettext_noop("đã rút"),
}
SHEETS = {
    "documents": gettext_noop("văn bản"),
    "provisions": gettext_noop("điều khoản"),
    "texts": gettext_noop("lời văn"),
    "relations": gettext_noop("quan hệ"),
    "owed": gettext_noop("văn bản còn nợ"),
}


said = vocabulary.said


def named(doc: Doc) -> str:
    """ "Nghị định 140/2025/NĐ-CP"."""
    word = _BEFORE.get(doc.kind, "")
    if doc.kind == "law" and doc.title.casefold().startswith("bộ luật"):
        word = _CODE
    return f"{gettext(word)} {doc.number}" if word else doc.number


def placed(doc: Doc, path: str) -> str:
    """ "Nghị định 140/2025/NĐ-CP, điều 5 khoản 1"."""
    return f"{named(doc)}, {clause(path)}" if path else named(doc)


def clause(path: str) -> str:
    """ "điều 5 khoản 1" in the language of the page; "" for the whole document."""
    return citations.clause(places.written(path)) if path else ""


def issuer(code: str, uid: str = "", on: date | None = None) -> str:
    """Name of an issuer: of a local body with its unit."""
    name = gettext(issuer_name(code)) if issuer_name(code) else code
    unit = unit_name(uid, on)
    return f"{name} {unit[:1].lower()}{unit[1:]}" if unit else name


def unit_name(uid: str, on: date | None = None) -> str:
    """Name of a unit, also of one that is no more; "" for none."""
    if not uid:
        return ""
    register = units.register()
    version = register.version(uid, on) if on else None
    known = register.versions(uid)
    return version.name if version else known[-1].name if known else uid


def organ(kind: str) -> str:
    """Name of a kind of organ; words for a class of them ("class:các bộ") as they stand."""
    if kind.startswith("class:"):
        return kind.removeprefix("class:")
    name = organ_name(kind) if kind else ""
    if name == kind and issuer_name(kind):
        name = issuer_name(kind)
    return gettext(name) if name else ""


def kind_of(doc: Doc) -> str:
    """Kind of a document in words."""
    return said(KINDS, doc.kind)


def issuer_of(doc: Doc) -> str:
    """Who issued a document, by the name of that day."""
    return issuer(doc.issuer, doc.issuer_uid, doc.issued_on or doc.since)


def area_of(doc: Doc) -> str:
    """Where a document counts; "" for the whole country."""
    return unit_name(doc.territory or doc.issuer_uid)


def word(name: str, value: object) -> str:
    """A value in words; `name`: kinds, relations, standings, states, evidence, owed, problem_kinds, problems, sheets."""
    known: Mapping[str, Mapping[str, str]] = {
        "kinds": KINDS, "relations": RELATIONS, "standings": STANDINGS, "states": STATES, "evidence": EVIDENCE,
        "owed": OWED, "problem_kinds": PROBLEM_KINDS, "problems": PROBLEMS, "sheets": SHEETS,
    }  # fmt: skip
    return said(known[name], value)
