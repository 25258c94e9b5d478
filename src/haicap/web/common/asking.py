"""Trợ lý nói bằng lời: behaviours and topics of the assistant, for every door."""

from __future__ import annotations

from collections.abc import Mapping

from haicap.base.words import gettext_noop
from haicap.edges.assistant.reply import Behaviour, Topic

BEHAVIOURS: Mapping[str, str] = {
    Behaviour.ANSWER: gettext_noop("trả lời"),
    Behaviour.CLARIFY: gettext_noop("hỏi lại"),
    Behaviour.REFUSE: gettext_noop("không trả lời được"),
}
TONES: Mapping[str, str] = {Behaviour.ANSWER: "ok", Behaviour.CLARIFY: "warn", Behaviour.REFUSE: "late"}
TOPICS: Mapping[str, str] = {
    Topic.PROCEDURE: gettext_noop("thủ tục"),
    Topic.POWER: gettext_noop("thẩm quyền"),
    Topic.UNIT: gettext_noop("đơn vị hành chính"),
    Topic.GUIDANCE: gettext_noop("cẩm nang, hỏi đáp"),
    Topic.NONE: gettext_noop("không rõ"),
}
