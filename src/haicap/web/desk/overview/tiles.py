"""Ô số: figures as tiles, each leading to the rows behind it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from haicap.domain.dossiers.queries.overviews import Figures

Tile = tuple[str, int, str, str, str]  # address, figure, word, more, tone of what is more


def percent(part: int, whole: int) -> str:
    """ "76%"; empty without a whole."""
    return f"{100 * part / whole:.0f}%" if whole else ""


def _behind(kind: str, days: dict[str, str]) -> str:
    return f"{reverse('desk:leader')}?{urlencode({**days, 'xem': kind})}"


def of_period(found: Figures, days: dict[str, str], *, linked: bool) -> list[Tile]:
    """Received, online, returned, ended otherwise."""

    def href(kind: str) -> str:
        return _behind(kind, days) if linked else reverse("desk:list")

    online = percent(found.online, found.received)
    share = percent(found.on_time, found.promised)
    return [
        (href("received"), found.received, gettext("đã tiếp nhận"), "", ""),
        (href("online"), found.online, gettext("nộp trực tuyến"), online, ""),
        (href("returned"), found.returned, gettext("đã trả kết quả"), gettext("đúng hạn %(share)s") % {"share": share} if share else "", "ok"),
        (href("late"), found.late, gettext("trả trễ hạn"), "", ""),
        (href("refused"), found.refused, gettext("từ chối"), "", ""),
        (href("left"), found.left, gettext("dừng, rút"), "", ""),
    ]  # fmt: skip


def of_now(late: int, due: int) -> list[Tile]:
    """Late and due today among what is open."""
    base = reverse("desk:list")
    return [
        (f"{base}?han=tre", late, gettext("đang trễ hạn"), gettext("cần xử lý ngay") if late else "", "late"),
        (f"{base}?han=hom-nay", due, gettext("đến hạn hôm nay"), "", ""),
    ]
