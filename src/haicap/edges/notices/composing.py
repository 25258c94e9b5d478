"""Soạn tin: a wording and its parameters → the blocks of a letter and the line for a telephone.

Everything is put into words when it is sent, in the language of the receiver; what people typed is made harmless first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from haicap.base.dates import HANOI
from haicap.base.words import gettext_noop
from haicap.edges.notices.addresses import greeted, harmless, repeated
from haicap.edges.notices.channels import Facts, Items, Link, Text
from haicap.edges.notices.wording import ALWAYS, ANY_WAY, DIGEST, FACTS, TEST, WORDINGS
from haicap.edges.notices.wording_tickets import (
    OFFICER_WORDINGS,
    TICKET_ALWAYS,
    TICKET_FACTS,
    TICKET_WORDINGS,
    TICKETS_DIGEST,
)

SUBJECT = 77  # characters at most
ROWS = 50  # of each list of a digest
MORE, MORE_TICKETS = gettext_noop("và %(n)s hồ sơ nữa"), gettext_noop("và %(n)s phiếu nữa")
PageOf = Callable[[str], str]  # code of a dossier → path of the page that tracks it, in the active language
_pages: dict[str, PageOf] = {}
_grounds: dict[str, str] = {}


def page(path: PageOf) -> None:
    """Fill the slot: the page where a dossier is tracked (config/wiring.py)."""
    _pages["track"] = path


def desk(path: Callable[[], str]) -> None:
    """Fill the slot: the page where an officer works."""
    _pages["desk"] = lambda _code: path()


def tickets(follow: PageOf, desk_page: Callable[[], str], grounds: Mapping[str, str]) -> None:
    """Fill the slots: the page where a ticket is followed, the officers' list of tickets, why tickets are refused in words."""
    _pages["ticket"] = follow
    _pages["tickets"] = lambda _code: desk_page()
    _grounds.update(grounds)


def compose(template: str, params: Mapping[str, Any], language: str) -> Text:
    """The message in words. KeyError for a template or a parameter that does not exist."""
    with translation.override(language):
        if template == DIGEST:
            return _digest(params)
        if template == TEST:
            return _test()
        if template == TICKETS_DIGEST:
            return _tickets_digest(params)
        if template in TICKET_WORDINGS or template in OFFICER_WORDINGS:
            return _of_ticket(template, params)
        return _of_dossier(template, params)


def _of_dossier(template: str, params: Mapping[str, Any]) -> Text:
    wording = WORDINGS[template]
    shown = {name: written(name, value) for name, value in params.items() if name != "items"}
    code = shown["code"]
    facts = tuple((_(FACTS[n]), shown[n]) for n in (*ALWAYS, *wording.facts) if shown.get(n))
    items = tuple(harmless(item, 500) for item in params.get("items", ()))
    then = wording.then.get(shown.get("way", ""), wording.then[ANY_WAY])
    track = Link(_("Theo dõi hồ sơ"), address("track", code))
    blocks: list[str | Facts | Items | Link] = [_greeting(params), _(wording.opening), facts]
    if wording.items and items:
        blocks += [_(wording.items), items]
    blocks += [_("Tiếp theo: %(then)s") % {"then": _(then)}, track]
    why = _(
        "Bạn nhận tin này vì địa chỉ này được ghi khi nộp hồ sơ %(code)s. Nếu không phải bạn, xin bỏ qua. Đây là tin tự động, xin không trả lời; cần hỏi, xin liên hệ nơi tiếp nhận. Cơ quan nhà nước không bao giờ hỏi mật khẩu hay mã xác thực của bạn."
    ) % {"code": code}
    subject = _("Hồ sơ %(code)s: %(what)s") % {"code": code, "what": _(wording.subject)}
    return Text(clipped(subject), tuple(blocks), why, _short(wording.short, wording.short_at, shown, track))


def _of_ticket(template: str, params: Mapping[str, Any]) -> Text:
    """About a ticket, to its sender or to an officer."""
    to_sender = template in TICKET_WORDINGS
    wording = (TICKET_WORDINGS if to_sender else OFFICER_WORDINGS)[template]
    shown = {name: written(name, value) for name, value in params.items() if name != "items"}
    shown["ground"] = (
        _(_grounds.get(shown.get("ground", ""), shown.get("ground", ""))) if shown.get("ground") else ""
    )
    if to_sender:
        shown["subject"] = repeated(shown.get("subject", ""))
    code, names = shown["code"], (*TICKET_ALWAYS, *wording.facts)
    facts = tuple((_(TICKET_FACTS[n]), harmless(shown[n], 300)) for n in names if shown.get(n))
    items = tuple(harmless(item, 1000) for item in params.get("items", ()))
    link = (
        Link(_("Theo dõi phiếu"), address("ticket", code))
        if to_sender
        else Link(_("Mở bàn làm việc"), address("tickets", code))
    )
    blocks: list[str | Facts | Items | Link] = [_greeting(params), _(wording.opening), facts]
    if wording.items and items:
        blocks += [_(wording.items), items]
    blocks += [_("Tiếp theo: %(then)s") % {"then": _(wording.then[ANY_WAY])}, link]
    subject = _("Phiếu %(code)s: %(what)s") % {"code": code, "what": _(wording.subject)}
    short = " ".join([_(wording.short) % {"code": code}, link.href])
    return Text(clipped(subject), tuple(blocks), _why_told(to_sender, code), short)


def _why_told(to_sender: bool, code: str) -> str:
    if not to_sender:
        return _(
            "Bạn nhận tin này vì vị trí công tác của bạn. Tên và cách liên hệ của người gửi chỉ xem trên bàn làm việc."
        )
    return _(
        "Bạn nhận tin này vì địa chỉ này được ghi khi gửi phiếu %(code)s. Nếu không phải bạn, xin bỏ qua. Cơ quan nhà nước không bao giờ hỏi mật khẩu hay mã xác thực của bạn."
    ) % {"code": code}


def _tickets_digest(params: Mapping[str, Any]) -> Text:
    """To an officer in the morning: tickets in hand that are late or due. Codes and subjects."""
    late, soon = int(params["late"]), int(params["soon"])
    blocks: list[str | Facts | Items | Link] = [_greeting(params)]
    if late:
        blocks += [_("Đã quá hạn: %(n)s phiếu") % {"n": late}, _rows(params["late_rows"], late, MORE_TICKETS)]
    if soon:
        blocks += [
            _("Sắp đến hạn: %(n)s phiếu") % {"n": soon},
            _rows(params["soon_rows"], soon, MORE_TICKETS),
        ]
    blocks.append(Link(_("Mở bàn làm việc"), address("tickets", "")))
    why = _("Bạn nhận tin này mỗi sáng làm việc khi có phiếu giao cho bạn sắp đến hạn hoặc quá hạn.")
    subject = _("Phiếu của bạn: %(late)s quá hạn, %(soon)s sắp đến hạn") % {"late": late, "soon": soon}
    return Text(clipped(subject), tuple(blocks), why, clipped(subject))


def _greeting(params: Mapping[str, Any]) -> str:
    name = greeted(str(params.get("name", "")))
    return _("Kính gửi ông/bà %(name)s,") % {"name": name} if name else _("Kính gửi ông/bà,")


def _short(sentence: str, instant: str, shown: Mapping[str, str], track: Link) -> str:
    parts = [_(sentence) % {"code": shown["code"]}]
    if shown.get(instant):
        parts.append(_("Hẹn trả: %(instant)s.") % {"instant": shown[instant]})
    return " ".join([*parts, track.href])


def _digest(params: Mapping[str, Any]) -> Text:
    """To an officer in the morning: what is due today or tomorrow, and what is late. Codes only, no names of people."""
    late, soon = int(params["late"]), int(params["soon"])
    blocks: list[str | Facts | Items | Link] = [_greeting(params)]
    if late:
        blocks += [_("Đã quá hẹn: %(n)s hồ sơ") % {"n": late}, _rows(params["late_rows"], late)]
    if soon:
        blocks += [_("Sắp đến hẹn: %(n)s hồ sơ") % {"n": soon}, _rows(params["soon_rows"], soon)]
    blocks += [
        _("Tiếp theo: giải quyết trước giờ hẹn; hồ sơ không kịp thì lập văn bản xin lỗi và đề nghị gia hạn trước khi đến hẹn."),
        Link(_("Mở bàn làm việc"), address("desk", "")),
    ]  # fmt: skip
    why = _("Bạn nhận tin này mỗi sáng làm việc khi có hồ sơ giao cho bạn sắp đến hẹn hoặc quá hẹn.")
    subject = _("Hồ sơ của bạn: %(late)s quá hẹn, %(soon)s sắp đến hẹn") % {"late": late, "soon": soon}
    return Text(clipped(subject), tuple(blocks), why, clipped(subject))


def _rows(rows: Sequence[Sequence[str]], n: int, more: str = MORE) -> Items:
    """Rows of (code, procedure, instant) as lines, the first ROWS of `n`."""
    lines = [
        f"{harmless(c, 60)} · {written('due_at', due)} · {harmless(p, 120)}" for c, p, due in rows[:ROWS]
    ]
    if n > len(lines):
        lines.append(_(more) % {"n": n - len(lines)})
    return tuple(lines)


def _test() -> Text:
    site = settings.SITE_URL
    body = _("Thư này thử đường gửi thư của %(site)s. Nhận được là đường gửi đã chạy.") % {"site": site}
    why = _("Bạn nhận thư này vì người vận hành vừa gửi thử đến địa chỉ này.")
    return Text(clipped(_("Thư thử")), (body, Link(site, site)), why, body)


def written(name: str, value: object) -> str:
    """A parameter as people read it: instants "17:00 24/11/2026", money "8.000 đồng"; empty stays empty."""
    if value in (None, ""):
        return ""
    if name.endswith("_at"):
        at = datetime.fromisoformat(str(value))
        return f"{at.astimezone(HANOI) if at.tzinfo else at:%H:%M %d/%m/%Y}"
    if name == "amount":
        return _("%(n)s đồng") % {"n": f"{int(str(value)):,}".replace(",", ".")}
    return harmless(value)


def clipped(subject: str) -> str:
    """A subject in one line below 78 characters."""
    return harmless(subject, SUBJECT)


def address(kind: str, code: str) -> str:
    """Absolute address of a page of this site; the front page while nobody filled the slot."""
    path = _pages[kind](code) if kind in _pages else "/"
    return settings.SITE_URL.rstrip("/") + path


def as_text(text: Text) -> str:
    """The letter without any markup."""
    parts = []
    for block in text.blocks:
        match block:
            case str():
                parts.append(block)
            case Link():
                parts.append(f"{block.label}: {block.href}")
            case _:
                parts.append(
                    "\n".join(
                        f"- {item}" if isinstance(item, str) else f"- {item[0]}: {item[1]}" for item in block
                    )
                )
    return "\n\n".join(parts) + f"\n\n-- \n{text.footer}\n"


def as_html(text: Text, language: str) -> str:
    """The same letter with paragraphs, lists and one link; no picture, no script, nothing is fetched from anywhere."""
    body = "".join(_block(block) for block in text.blocks)
    title = escape(text.subject)
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{body}<hr><p><small>{escape(text.footer)}</small></p></body></html>\n"
    )


def _block(block: str | Facts | Items | Link) -> str:
    match block:
        case str():
            return f"<p>{escape(block)}</p>"
        case Link():
            return f'<p><a href="{escape(block.href)}">{escape(block.label)}</a></p>'
    rows = "".join(
        f"<li>{escape(item)}</li>"
        if isinstance(item, str)
        else f"<li>{escape(item[0])}: <strong>{escape(item[1])}</strong></li>"
        for item in block
    )
    return f"<ul>{rows}</ul>"
