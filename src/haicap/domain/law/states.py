"""Trạng thái và từ vựng: kinds of documents and relations, states of effect. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from haicap.base.citation import Citation

# Law 64/2025/QH15 as amended by 87/2025/QH15: documents that detail an ended law end with it, from this day on.
CASCADE_FROM = date(2025, 7, 1)
CASCADE = Citation("87/2025/QH15")
# Documents of abolished districts and of merged provinces count in their former area at most until this day.
BRIDGE_ENDS = date(2027, 3, 1)
BRIDGE = Citation("64/2025/QH15")


class Evidence(StrEnum):
    """How sure a fact is: read in a source, known without one, or told differently by sources."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    DOUBTFUL = "doubtful"


class DocumentKind(StrEnum):
    """Loại văn bản: legal forms of Law 64/2025/QH15 (điều 4), then administrative and Party documents."""

    CONSTITUTION = "constitution"  # hiến pháp
    LAW = "law"  # bộ luật, luật
    ASSEMBLY_RESOLUTION = "assembly_resolution"  # nghị quyết của Quốc hội
    ORDINANCE = "ordinance"  # pháp lệnh
    STANDING_RESOLUTION = "standing_resolution"  # nghị quyết của Ủy ban Thường vụ Quốc hội
    PRESIDENT_ORDER = "president_order"  # lệnh, quyết định của Chủ tịch nước
    DECREE = "decree"  # nghị định
    GOVERNMENT_RESOLUTION = "government_resolution"  # nghị quyết của Chính phủ
    PM_DECISION = "pm_decision"  # quyết định của Thủ tướng
    COURT_RESOLUTION = "court_resolution"  # nghị quyết của Hội đồng Thẩm phán
    CIRCULAR = "circular"  # thông tư
    JOINT_CIRCULAR = "joint_circular"  # thông tư liên tịch
    COUNCIL_RESOLUTION = "council_resolution"  # nghị quyết của Hội đồng nhân dân
    COMMITTEE_DECISION = "committee_decision"  # quyết định của Ủy ban nhân dân
    CHAIRMAN_DECISION = "chairman_decision"  # quyết định của Chủ tịch Ủy ban nhân dân
    MINISTER_DECISION = "minister_decision"  # quyết định của bộ trưởng
    CONSOLIDATION = "consolidation"  # văn bản hợp nhất
    DISPATCH = "dispatch"  # công điện
    LETTER = "letter"  # công văn
    NOTICE = "notice"  # thông báo
    DIRECTIVE = "directive"  # chỉ thị
    PLAN = "plan"  # kế hoạch
    REPORT = "report"  # báo cáo
    SUBMISSION = "submission"  # tờ trình
    PARTY = "party"  # văn bản của Đảng
    OTHER = "other"


class RelationKind(StrEnum):
    """Quan hệ giữa hai quy định: what the source does to the target, from its own day."""

    BASIS = "basis"  # căn cứ
    DETAILS = "details"  # quy định chi tiết, hướng dẫn
    AMENDS = "amends"  # sửa đổi, bổ sung
    CORRECTS = "corrects"  # đính chính
    REPLACES = "replaces"  # thay thế
    REPEALS = "repeals"  # bãi bỏ
    SUSPENDS = "suspends"  # ngưng hiệu lực, đình chỉ
    RESUMES = "resumes"  # có hiệu lực trở lại
    EXTENDS = "extends"  # gia hạn
    CONSOLIDATES = "consolidates"  # hợp nhất
    CONTINUES = "continues"  # công bố tiếp tục có hiệu lực
    CITES = "cites"  # dẫn chiếu


ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)
ACTING = (  # relations that change what is in force; the others only inform
    RelationKind.REPLACES,
    RelationKind.REPEALS,
    RelationKind.SUSPENDS,
    RelationKind.RESUMES,
    RelationKind.EXTENDS,
    RelationKind.CONTINUES,
)


class Standing(StrEnum):
    """Hiệu lực of one provision on one day."""

    NOT_YET = "not_yet"  # chưa có hiệu lực
    IN_FORCE = "in_force"  # còn hiệu lực
    SUSPENDED = "suspended"  # ngưng hiệu lực
    ENDED = "ended"  # hết hiệu lực
    UNKNOWN = "unknown"  # the day it begins is not known


class DocumentState(StrEnum):
    """Hiệu lực of a whole document: follows from its provisions."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    PARTLY_ENDED = "partly_ended"  # hết hiệu lực một phần
    ENDED = "ended"  # hết hiệu lực toàn bộ
    PARTLY_SUSPENDED = "partly_suspended"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """What began or ended a stretch of effect: each step of a chain names one."""

    COMMENCED = "commenced"
    SUNSET = "sunset"  # its own last day
    REPLACED = "replaced"
    REPEALED = "repealed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    PARENT_ENDED = "parent_ended"  # what it details has ended (CASCADE)
    CONTINUED = "continued"  # kept alive by announcement although its parent ended
    FORMER_AREA = "former_area"  # issued by a body of an abolished district or merged province (BRIDGE)


class OwedState(StrEnum):
    """Văn bản còn nợ."""

    OPEN = "open"  # late is read from the day it was due
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"  # no longer called for


class ProblemKind(StrEnum):
    """Vướng mắc của quy định."""

    MISSING = "missing"
    CONTRADICTORY = "contradictory"
    UNCLEAR = "unclear"


class ProblemState(StrEnum):
    """Vướng mắc: open until its owner answers or an act mends it; it stays linked to the clause."""

    OPEN = "open"
    ANSWERED = "answered"
    MENDED = "mended"  # by an amending act
    WITHDRAWN = "withdrawn"
