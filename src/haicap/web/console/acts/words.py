"""Chữ của văn bản: states and columns as people read them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from haicap.base.words import gettext_noop
from haicap.domain.units.states import ActState

STATES: Mapping[ActState, str] = {
    ActState.DRAFT: gettext_noop("dự thảo"),
    ActState.ENACTED: gettext_noop("đã ghi"),
    ActState.CORRECTED: gettext_noop("đã bị đính chính"),
    ActState.DROPPED: gettext_noop("đã bỏ"),
}
TONES: Mapping[ActState, str] = {
    ActState.DRAFT: "warn",
    ActState.ENACTED: "ok",
    ActState.CORRECTED: "late",
    ActState.DROPPED: "calm",
}
# Columns of the table that is imported: field of a line → heading in the template file.
COLUMNS: Mapping[str, str] = {
    "from_code": "ma_cu",
    "relation": "quan_he",
    "area_share": "phan_dien_tich",
    "people_share": "phan_dan_so",
    "to_code": "ma_moi",
    "to_kind": "loai_moi",
    "to_name": "ten_moi",
    "to_parent_code": "ma_tinh",
    "clause": "dieu_khoan",
}


def state(value: str) -> str:
    """The word of a state in the language of the page."""
    return gettext(STATES[ActState(value)])
