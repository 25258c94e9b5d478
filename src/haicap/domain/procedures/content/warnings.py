"""Cảnh báo: what may be published but should be looked at once more. Nothing here refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from haicap.base.words import gettext_noop
from haicap.domain.procedures.content.problems import Problem

# Words of the level that ended on 1 July 2025 (Law 72/2025/QH15); names of places such as "Quận 1" are not meant.
DISTRICT = re.compile(
    r"cấp huyện|quận, huyện|UBND huyện|Ủy ban nhân dân huyện"
    r"|(?:công an|bảo hiểm xã hội|phòng tư pháp) (?:cấp )?(?:huyện|quận)",
    re.IGNORECASE,
)
# The seven parts whose presence the service index counts (766/QĐ-TTg, criterion 1.3), besides the name.
_PARTS = {
    "order": gettext_noop("Thiếu trình tự thực hiện."),
    "channels": gettext_noop("Thiếu cách thức thực hiện."),
    "papers": gettext_noop("Thiếu thành phần hồ sơ."),
    "limits": gettext_noop("Thiếu thời hạn giải quyết: không hẹn được ngày trả."),
    "subjects": gettext_noop("Thiếu đối tượng thực hiện."),
    "authority": gettext_noop("Thiếu cơ quan thực hiện."),
    "fees": gettext_noop("Thiếu phí, lệ phí."),
    "results": gettext_noop("Thiếu kết quả."),
    "legal_basis": gettext_noop("Thiếu căn cứ pháp lý."),
}
_QUOTED = frozenset({"doubts", "source", "note"})  # where a record may speak of what is wrong with it


def warnings(name: str, document: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What to look at once more in a version: parts that are missing, words of the level that is no more."""
    found = [Problem(part, sentence) for part, sentence in _PARTS.items() if not document.get(part)]
    if document.get("limits") and not any(limit.get("parts") for limit in document["limits"]):
        found.append(Problem("limits", _PARTS["limits"]))
    for path, text in (("name", name), *_texts(document, "")):
        if words := DISTRICT.search(text):
            found.append(
                Problem(
                    path,
                    gettext_noop("Còn chữ chỉ cấp huyện, cấp đã bỏ từ 01/07/2025: “%(words)s”."),
                    {"words": words.group()},
                )
            )
    return tuple(found)


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, below in value.items():
            if key not in _QUOTED:
                yield from _texts(below, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for n, below in enumerate(value):
            yield from _texts(below, f"{path}[{n}]")
