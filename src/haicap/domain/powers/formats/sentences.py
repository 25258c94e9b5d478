"""Phát hiện thành lời: what is wrong, for whom, until when, and what to do, as everyday sentences.

Templates are Vietnamese and marked for translation; the door fills them in its language:
`gettext(phrase.template) % phrase.params`. Names of organs and roles come from the door already in its language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from haicap.base.citation import Citation
from haicap.base.dates import show_date
from haicap.base.words import gettext_noop
from haicap.domain.powers.states import LOCAL_GOVERNMENT, FindingKind, Reason


@dataclass(frozen=True, slots=True)
class Phrase:
    """A Vietnamese %-template with its values."""

    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def vietnamese(self) -> str:
        """The sentence as it stands in Vietnamese."""
        return self.template % self.params if self.params else self.template


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a finding.

    power, role   in words
    organs        names of the organs whose provisions it cites, in order; "" when there is none
    note          as the detectors left it: "guidance", the code of a procedure, the kind of an organ, or ""
    """

    kind: FindingKind
    power: str
    role: str
    organs: str = ""
    reason: str = ""
    since: date | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """wrong: what is wrong and for whom; when: its days; todo: what repairs it; basis: the principle behind it."""

    wrong: Phrase
    when: Phrase
    todo: Phrase
    basis: Citation


GUIDANCE = "guidance"
_OVERLAP = (
    gettext_noop(
        "%(organs)s cùng được giao %(role)s “%(power)s”, và không bên nào nhận việc này từ bên kia."
    ),
    gettext_noop("Sửa một trong hai quy định, hoặc ghi rõ trường hợp nào thuộc bên nào."),
    "điều 11 khoản 2",
)
_GUIDED = (
    gettext_noop(
        "Theo câu chữ và theo công văn hướng dẫn, người %(role)s “%(power)s” là hai bên khác nhau: %(organs)s."
    ),
    gettext_noop(
        "Công văn không sửa được quy định: sửa văn bản quy phạm cho đúng ý định, hoặc rút công văn."
    ),
    "điều 11 khoản 2",
)
_SENTENCES: Mapping[FindingKind, tuple[str, str, str]] = {
    FindingKind.OVERLAP: _OVERLAP,
    FindingKind.CHAIN_REAUTHORISED: (
        gettext_noop("Bên được ủy quyền đã ủy quyền tiếp việc %(role)s “%(power)s”: %(organs)s."),
        gettext_noop("Thu hồi văn bản ủy quyền thứ hai; bên giao ban đầu ủy quyền thẳng cho nơi làm việc này."),
        "điều 14",
    ),
    FindingKind.CHAIN_NOT_HOLDER: (
        gettext_noop("Bên giao việc %(role)s “%(power)s” không có thẩm quyền đó trong thời gian hoặc trường hợp này: %(organs)s."),
        gettext_noop("Sửa ngày, phạm vi của văn bản giao cho khớp thẩm quyền của bên giao, hoặc để đúng cơ quan có thẩm quyền giao."),
        "điều 13, điều 14",
    ),
    FindingKind.CHAIN_NO_END: (
        gettext_noop("Văn bản ủy quyền %(role)s “%(power)s” không ghi ngày kết thúc: %(organs)s."),
        gettext_noop("Bổ sung thời hạn ủy quyền vào văn bản; việc giao lâu dài thì dùng phân cấp."),
        "điều 14",
    ),
    FindingKind.CHAIN_BEYOND_BASIS: (
        gettext_noop("Việc giao %(role)s “%(power)s” kéo dài hơn căn cứ của nó; từ ngày này bên giao không còn thẩm quyền: %(organs)s."),
        gettext_noop("Rút ngắn thời hạn của văn bản giao, hoặc có căn cứ mới trước ngày căn cứ cũ hết hiệu lực."),
        "điều 13, điều 14",
    ),
    FindingKind.CHAIN_RECEIVER: (
        gettext_noop("Bên nhận không thuộc loại cơ quan được nhận việc %(role)s “%(power)s” theo cách giao này: %(organs)s."),
        gettext_noop("Giao lại cho cơ quan được luật cho phép nhận."),
        "điều 13, điều 14",
    ),
    FindingKind.CHAIN_INSTRUMENT: (
        gettext_noop("Loại văn bản dùng để giao việc %(role)s “%(power)s” không phải loại mà luật đòi hỏi: %(organs)s."),
        gettext_noop("Ban hành lại bằng đúng loại văn bản: phân quyền bằng luật, phân cấp bằng văn bản quy phạm, ủy quyền bằng văn bản hành chính."),
        "điều 12, điều 13, điều 14",
    ),
    FindingKind.CHAIN_BURDEN: (
        gettext_noop("Sau khi giao, việc %(role)s “%(power)s” đòi nhiều ngày hoặc nhiều giấy tờ hơn trước: %(organs)s."),
        gettext_noop("Bỏ phần ngày, giấy tờ tăng thêm trong văn bản giao."),
        "điều 13, điều 14",
    ),
    FindingKind.HOLDER_ABOLISHED: (
        gettext_noop("Sổ vẫn ghi một cơ quan đã thôi tồn tại là nơi %(role)s “%(power)s”: %(organs)s."),
        gettext_noop("Ghi cơ quan tiếp nhận cùng căn cứ, hoặc sửa ngày kết thúc của quy định cũ."),
        "điều 11 khoản 2",
    ),
    FindingKind.CATALOGUE_DIFFERS: (
        gettext_noop("Thủ tục %(note)s công bố một cơ quan khác với cơ quan mà luật giao %(role)s “%(power)s”; theo sổ là %(organs)s."),
        gettext_noop("Công bố lại thủ tục với đúng cơ quan, hoặc sửa quy định trong sổ nếu sổ ghi sai."),
        "điều 11 khoản 2",
    ),
    FindingKind.CLIFF: (
        gettext_noop("Hôm trước còn có nơi %(role)s “%(power)s” (%(organs)s), từ ngày này không còn ai."),
        gettext_noop("Trước ngày đó, đưa nội dung vào luật, nghị định mới hoặc kéo dài hiệu lực của nghị định đang dùng."),
        "điều 11 khoản 2",
    ),
}  # fmt: skip
_OMISSIONS: Mapping[str, tuple[str, str, str]] = {
    Reason.NO_SUCCESSOR: (
        gettext_noop("Cấp huyện thôi giữ việc này từ 01/07/2025 và không quy định nào nói ai %(role)s “%(power)s”."),
        gettext_noop("Ban hành quy định phân định thẩm quyền này cho cấp xã hoặc cấp tỉnh."),
        "điều 11 khoản 2",
    ),
    Reason.LAPSED: (
        gettext_noop("Quy định giao %(role)s “%(power)s” hết hiệu lực và chưa quy định mới nào nói ai làm."),
        gettext_noop("Kéo dài quy định cũ, hoặc ban hành quy định mới trước ngày bắt đầu bỏ trống."),
        "điều 11 khoản 2",
    ),
    Reason.DELEGATION_ENDED: (
        gettext_noop("Phân cấp hoặc ủy quyền việc %(role)s “%(power)s” đã hết, mà bên giao không làm lại việc này."),
        gettext_noop("Giao lại bằng văn bản mới, hoặc quy định rõ bên giao trực tiếp làm."),
        "điều 13, điều 14",
    ),
    Reason.NO_SUCH_ORGAN: (
        gettext_noop("Những nơi này không có cơ quan nào được giao %(role)s “%(power)s”."),
        gettext_noop("Quy định cơ quan làm việc này ở những nơi đó."),
        "điều 11 khoản 2",
    ),
    Reason.CROSSES_UNITS: (
        gettext_noop("Việc nằm trên nhiều đơn vị hành chính thì không quy định nào nói đơn vị nào %(role)s “%(power)s”."),
        gettext_noop("Cơ quan cấp trên trực tiếp của các đơn vị đó giải quyết, hoặc chỉ định một đơn vị."),
        "điều 11 khoản 2 điểm g",
    ),
    Reason.NOT_PUBLISHED: (
        gettext_noop("Có nơi giữ việc %(role)s “%(power)s” nhưng thủ tục chưa công bố, hoặc công bố cơ quan khác."),
        gettext_noop("Công bố thủ tục với đúng cơ quan."),
        "điều 11 khoản 2",
    ),
    Reason.CASE_HOLE: (
        gettext_noop("Điều kiện của các quy định để sót một trường hợp: không ai %(role)s “%(power)s” trong trường hợp đó."),
        gettext_noop("Sửa điều kiện để trường hợp còn sót thuộc một cơ quan."),
        "điều 11 khoản 2",
    ),
    Reason.NO_MEANS: (
        gettext_noop("Có nơi được giao %(role)s “%(power)s” nhưng chưa có người đứng đầu: %(organs)s."),
        gettext_noop("Bổ nhiệm hoặc giao phụ trách cơ quan, hoặc để cấp có thẩm quyền giao nơi khác làm tạm."),
        "điều 11 khoản 2",
    ),
}  # fmt: skip
_BARE = (
    gettext_noop("Không quy định nào nói ai %(role)s “%(power)s”."),
    gettext_noop("Ban hành quy định nói cơ quan nào làm việc này."),
    "điều 11 khoản 2",
)
_WHEN = {
    (False, False): gettext_noop("mọi ngày"),
    (True, False): gettext_noop("từ %(since)s, chưa có ngày kết thúc"),
    (False, True): gettext_noop("đến trước ngày %(until)s"),
    (True, True): gettext_noop("từ %(since)s đến trước ngày %(until)s"),
}


def told(facts: Facts) -> Told:
    """A finding in words."""
    wrong, todo, clause = _of(facts)
    params = {"power": facts.power, "role": facts.role, "organs": facts.organs or "…", "note": facts.note}
    return Told(
        Phrase(wrong, params),
        when(facts.since, facts.until),
        Phrase(todo),
        Citation(LOCAL_GOVERNMENT, clause),
    )


def when(since: date | None, until: date | None) -> Phrase:
    """Days [since, until) in words."""
    days = {"since": show_date(since), "until": show_date(until)}
    return Phrase(_WHEN[since is not None, until is not None], days if since or until else {})


def _of(facts: Facts) -> tuple[str, str, str]:
    if facts.kind is FindingKind.OMISSION:
        return _OMISSIONS.get(facts.reason, _BARE)
    if facts.kind is FindingKind.OVERLAP and facts.note == GUIDANCE:
        return _GUIDED
    return _SENTENCES[facts.kind]
