"""Trạng thái và từ vựng: roles, modes, kinds of findings, cases. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from haicap.base.citation import Citation
from haicap.base.words import gettext_noop

REFORM = date(2025, 7, 1)  # districts end
CLIFF = date(2027, 3, 1)  # the 28 decrees of June 2025 lapse
LOCAL_GOVERNMENT = "72/2025/QH15"
PRINCIPLES = Citation(LOCAL_GOVERNMENT, "điều 11 khoản 2")


class Role(StrEnum):
    """Vai trò trong một thẩm quyền. Holders collide only inside one role."""

    DECIDE = "decide"  # quyết định
    SIGN = "sign"  # ký
    APPRAISE = "appraise"  # thẩm định, tham mưu
    RECEIVE = "receive"  # tiếp nhận
    CONSULT = "consult"  # cho ý kiến
    SUPERVISE = "supervise"  # giám sát
    INSPECT = "inspect"  # thanh tra, kiểm tra
    PUBLISH = "publish"  # công bố


class Mode(StrEnum):
    """Cách có thẩm quyền: Law 72/2025/QH15, điều 11–14."""

    ORIGINAL = "original"  # luật giao từ đầu
    DELIMITATION = "delimitation"  # phân định (điều 11)
    ASSIGNMENT = "assignment"  # phân quyền (điều 12): by law or resolution of the National Assembly
    DELEGATION = "delegation"  # phân cấp (điều 13): standing, by a normative document
    AUTHORISATION = "authorisation"  # ủy quyền (điều 14): for a time, by an administrative document
    OVERRIDE = "override"  # điều 11 khoản 3: the superior steers a matter itself, for a time


DERIVED = (Mode.DELEGATION, Mode.AUTHORISATION, Mode.OVERRIDE)  # always have a parent


class Level(StrEnum):
    """Cấp của cơ quan. Districts are kept for the days before REFORM."""

    NATION = "nation"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


# Holders that are no organ kinds of the units room: bodies of districts until REFORM, the top of the executive.
OTHER_ORGANS: Mapping[str, tuple[Level, str]] = {
    "district_council": (Level.DISTRICT, gettext_noop("Hội đồng nhân dân cấp huyện")),
    "district_committee": (Level.DISTRICT, gettext_noop("Ủy ban nhân dân cấp huyện")),
    "district_chairman": (Level.DISTRICT, gettext_noop("Chủ tịch Ủy ban nhân dân cấp huyện")),
    "district_office": (Level.DISTRICT, gettext_noop("Cơ quan chuyên môn cấp huyện")),
    "government": (Level.NATION, gettext_noop("Chính phủ")),
    "prime_minister": (Level.NATION, gettext_noop("Thủ tướng Chính phủ")),
}


class FindingKind(StrEnum):
    """Lỗi của sổ thẩm quyền."""

    OVERLAP = "overlap"
    OMISSION = "omission"
    CHAIN_REAUTHORISED = "chain_reauthorised"
    CHAIN_NOT_HOLDER = "chain_not_holder"
    CHAIN_NO_END = "chain_no_end"
    CHAIN_BEYOND_BASIS = "chain_beyond_basis"
    CHAIN_RECEIVER = "chain_receiver"
    CHAIN_INSTRUMENT = "chain_instrument"
    CHAIN_BURDEN = "chain_burden"
    HOLDER_ABOLISHED = "holder_abolished"
    CATALOGUE_DIFFERS = "catalogue_differs"
    CLIFF = "cliff"


class Reason(StrEnum):
    """Vì sao không ai có thẩm quyền."""

    NO_SUCCESSOR = "a"  # the holder was a district body and nobody succeeded it
    LAPSED = "b"  # the provision lapsed and nothing newer names a holder
    DELEGATION_ENDED = "c"  # delegation or authorisation ended, and the parent no longer acts
    NO_SUCH_ORGAN = "d"  # the organ is not organised in this unit
    CROSSES_UNITS = "e"  # the matter spans several units (điều 11 khoản 2 điểm g)
    NOT_PUBLISHED = "f"  # held, but the procedure is not published, or with another holder
    CASE_HOLE = "g"  # the conditions leave a hole
    NO_MEANS = "h"  # no head, no accounts, no receiving point


class Reading(StrEnum):
    """Cách hiểu: the words of the provision, or how a guiding letter wants them read."""

    LITERAL = "literal"
    GUIDED = "guided"


class Sort(StrEnum):
    """A power over matters of people and businesses, or a field of work of an organ (Decree 150/2025/NĐ-CP)."""

    POWER = "power"
    FUNCTION = "function"


class CaseState(StrEnum):
    """Phát hiện như một vụ việc: open until somebody decides, gone when the register no longer shows it."""

    OPEN = "open"
    ACCEPTED = "accepted"  # with a reason: it is meant so
    TO_BE_AMENDED = "to_be_amended"
    ANSWERED = "answered"  # by guidance
    GONE = "gone"  # with what made it disappear


SPANS_UNITS = (
    "lien_don_vi"  # the attribute that says whether a matter spans several units (điều 11 khoản 2 điểm g)
)


class Gone(StrEnum):
    """Vì sao một phát hiện không còn."""

    CORRECTED = "corrected"  # an assertion of the power was corrected or withdrawn
    ENTERED = "entered"  # a new assertion of the power
    LAW = "law"  # what is in force changed
    UNITS = "units"  # the map or the organs changed
    CATALOGUE = "catalogue"  # the published holder changed
    DAY = "day"  # a day came: a version or an appointment began or ended


class Survey(StrEnum):
    """Khả năng thực hiện: letter 137/CV-BCĐ of 1 October 2025."""

    CAN = "can"
    CANNOT = "cannot"
    DIFFICULT = "difficult"


class Difficulty(StrEnum):
    """Loại khó khăn of an answer to the survey."""

    UNDERSTANDING = "understanding"  # hiểu quy định
    PROCEDURE = "procedure"  # trình tự, thủ tục
    STAFF = "staff"  # người làm
    EXPERTISE = "expertise"  # chuyên môn
    MEANS = "means"  # tiền, trang thiết bị, hệ thống
    DATA = "data"
    OTHER = "other"


class Addressee(StrEnum):
    """Kiến nghị với ai."""

    MINISTER = "minister"
    PRIME_MINISTER = "prime_minister"
    GOVERNMENT = "government"
    NONE = ""
