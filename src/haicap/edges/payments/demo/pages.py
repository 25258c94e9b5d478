"""Pages of the demo gateway: plain on purpose, and saying that no money is taken."""

from __future__ import annotations

from html import escape

from haicap.edges.payments.demo.counterpart import Choice, Order

_WORDS = {
    Choice.PAY: "Trả tiền",
    Choice.PAY_LATE: "Trả tiền, báo cho máy chủ sau 20 giây",
    Choice.PAY_SILENT: "Trả tiền, không báo cho máy chủ",
    Choice.CANCEL: "Hủy giao dịch (24)",
    Choice.NO_FUNDS: "Không đủ số dư (51)",
    Choice.DOUBT: "Trừ tiền nhưng nghi ngờ (07)",
}
_FRAME = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<style>body{{font:1.05rem/1.5 sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}}
button{{font:inherit;display:block;width:100%;padding:.7rem;margin:.5rem 0;text-align:left}}
dt{{color:#555}}dd{{margin:0 0 .6rem;font-weight:600}}.warn{{background:#fff4d6;padding:.6rem 1rem}}</style></head>
<body><h1>{title}</h1><p class="warn">Cổng thử trên máy này. Không có tiền nào được chuyển.
<br><span lang="en">A demo gateway on this machine. No money moves.</span></p>{body}</body></html>"""


def _page(title: str, body: str) -> bytes:
    return _FRAME.format(title=escape(title), body=body).encode()


def choose(order: Order) -> bytes:
    """The payment page of an order."""
    values = order.values
    dong = f"{int(values['vnp_Amount']) // 100:,}".replace(",", ".")
    facts = (("Số tiền", f"{dong} đ"), ("Nội dung", values["vnp_OrderInfo"]), ("Mã", values["vnp_TxnRef"]))
    shown = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    buttons = "".join(
        f'<button name="choice" value="{choice.value}">{escape(word)}</button>'
        for choice, word in _WORDS.items()
    )
    form = f'<form method="post" action="/paymentv2/pay"><input type="hidden" name="key" value="{escape(order.key)}">{buttons}</form>'
    return _page("Cổng thanh toán thử", f"<dl>{shown}</dl>{form}")


def turned(code: str, words: str) -> bytes:
    """The page instead of a payment page."""
    return _page("Không thanh toán được", f"<p>{escape(words)} (mã {escape(code)}).</p>")


def books(orders: list[Order]) -> bytes:
    """Everything this gateway has seen."""
    rows = "".join(
        f"<li>{escape(o.values['vnp_TxnRef'])}: {escape(o.said.get('vnp_ResponseCode', 'chờ'))}; "
        f"thông báo được đáp: {escape(', '.join(o.heard) or '–')}</li>"
        for o in reversed(orders)
    )
    return _page("Các giao dịch", f"<ul>{rows}</ul>" if rows else "<p>Chưa có giao dịch nào.</p>")
