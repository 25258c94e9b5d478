"""Cây của một tờ giấy: a form and its data → headed, worded blocks that the layout only has to place.

Nodes are plain JSON. Every string in them is clean (drawable) and is text, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from haicap.base.money import figures
from haicap.domain.dossiers.documents.forms import HOLE, Block, Column, Form, Needs, Party, known, needs
from haicap.domain.dossiers.documents.values import dateline, said, text_of

Data = Mapping[str, Any]
Node = dict[str, Any]

MAX_ROWS = 2_000  # of one list: typst takes 0.15 MB of memory a row; a longer book is printed in volumes
UNVERIFIED = "Bố cục chưa xác minh"
_WIDTH = {"a5": 124, "a4": 170, "a4-landscape": 269}  # mm between the margins
_LINE, _NARROW = 24, 12  # letters of an unbroken run that surely fit a line, half a line
_WIDEST = 3.4  # mm of the widest letter in a table
_TOGETHER = re.compile(
    r"hành chính công|tiếp nhận|từ chối|không phải|ủy ban|nhân dân|hồ sơ|kết quả|quá trình|giải quyết",
    re.IGNORECASE,
)
_SPACE, _SPACES = re.compile("[ \u00a0]"), re.compile("([ \u00a0])")
_AFTER = re.compile(r"(?<=[-/._@,;:])(?=\w)")


def loose(text: str, run: int = _LINE) -> str:
    """Text that can break inside runs longer than `run` letters: after signs first, anywhere else then."""
    if len(text) <= run or max(map(len, _SPACE.split(text))) <= run:
        return text
    return "".join(_loosened(word, run) if len(word) > run else word for word in _SPACES.split(text))


def narrow(text: str) -> str:
    """The same for half a line."""
    return loose(text, _NARROW)


def _loosened(word: str, run: int) -> str:
    pieces = [piece for piece in _AFTER.split(word) if piece]
    return "\u200b".join(piece[i : i + run] for piece in pieces for i in range(0, len(piece), run))


def tree_of(form: Form, data: Data) -> Node:
    """The paper a form and its data make. ValueError names what is missing, unknown or wrong."""
    check(needs(form.number, form.set.key), data, f"{form.set.key} {form.number}", known(form.set.key))
    return {
        "paper": form.paper,
        "name": form.title,
        "author": text_of(data["agency"], "agency"),
        "head": head_of(data),
        "title": _glued(form.title),
        "subtitle": _glued(form.subtitle),
        "foot": _foot(form),
        "blocks": [node for block in _runs(form.blocks) if (node := _node(block, data, form.paper))],
    }


def head_of(data: Data) -> Node:
    """Agency, number and date line at the top of a paper."""
    date = dateline(data["issued_at"], "issued_at")
    place = said("text", data.get("place"), "place")
    return {
        "parent": narrow(_glued(said("text", data.get("parent"), "parent"))),
        "agency": narrow(_glued(text_of(data["agency"], "agency"))),
        "number": narrow(said("text", data.get("number"), "number")),
        "dateline": f"{narrow(place)}, {date}" if place else date[0].upper() + date[1:],
    }


def _glued(title: str) -> str:
    """Words that read badly apart stay on one line."""
    return _TOGETHER.sub(lambda words: words[0].replace(" ", "\u00a0"), title)


def check(wanted: Needs, data: Data, where: str, others: frozenset[str] = frozenset()) -> None:
    """ValueError when a key is missing, says nothing, or is unknown; `others` may be there and are not used."""
    missing = sorted(key for key in wanted.needed if data.get(key) in (None, ""))
    missing += sorted(key for key in wanted.may_be_empty if key not in data)
    if missing:
        raise ValueError(f"{where}: missing {', '.join(missing)}")
    unknown = sorted(set(data) - wanted.needed - wanted.may_be_empty - wanted.optional - others)
    if unknown:
        raise ValueError(f"{where}: unknown {', '.join(unknown)}")
    for key, wanted_of_row in wanted.rows.items():
        for n, row in enumerate(_rows(data.get(key), key), 1):
            check(wanted_of_row, row, f"{where}, {key} {n}")


def _rows(value: object, key: str) -> Sequence[Data]:
    if value is None:
        return ()
    if not isinstance(value, Sequence) or not all(isinstance(row, Mapping) for row in value):
        raise ValueError(f"{key}: a list of objects is wanted")
    if len(value) > MAX_ROWS:
        raise ValueError(f"{key}: {len(value)} rows are more than {MAX_ROWS}")
    return value


def _foot(form: Form) -> str:
    if form.set.layout != "unconfirmed":
        return f"{form.set.name}, phiên bản {form.set.version}"
    return f"Mẫu số {form.number}, {form.set.name} (phiên bản {form.set.version}). {UNVERIFIED}."


def _runs(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    """Blocks, with neighbouring halves together, two to a line."""
    runs: list[tuple[Block, ...]] = []
    for block in blocks:
        if block.half and runs and len(runs[-1]) == 1 and runs[-1][0].half:
            runs[-1] += (block,)
        else:
            runs.append((block,))
    return runs


def _node(run: tuple[Block, ...], data: Data, paper: str) -> Node | None:
    block = run[0]
    if block.kind == "value":
        lines = [line for each in run if (line := _line(each, data))]
        if len(lines) < 2:
            return lines[0] if lines else None
        return {"k": "pair", "lines": [{**each, "value": narrow(each["value"])} for each in lines]}
    if block.kind == "text":
        return _text(block, data)
    if block.kind == "items":
        return _items(block, data)
    if block.kind == "table":
        return _table(block, data, paper)
    return {"k": "signatures", "parties": [_party(party, data) for party in block.parties]}


def _line(block: Block, data: Data) -> Node | None:
    value = said(block.type, data.get(block.key), block.key)
    if not value and block.optional and not (block.empty and block.key in data):
        return None
    if value and block.unit:
        value = f"{value} {block.unit}"
    return line(block.label, value or block.empty, strong=block.strong and bool(value))


def line(label: str, value: str, *, strong: bool = False) -> Node:
    """A label and its value."""
    return {"k": "line", "label": label, "value": loose(value), "strong": strong}


def _text(block: Block, data: Data) -> Node | None:
    if block.when and data.get(block.when) in (None, ""):
        return None
    filled = HOLE.sub(
        lambda hole: said(hole["type"] or "text", data.get(hole["key"]), hole["key"]), block.text
    )
    return {"k": "text", "text": loose(filled), "style": block.style}


def _items(block: Block, data: Data) -> Node | None:
    values = data.get(block.key) or ()
    if isinstance(values, str) or not isinstance(values, Sequence):
        raise ValueError(f"{block.key}: a list of texts is wanted")
    if not values:
        return None
    items = [loose(said("long", value, block.key)) for value in values]
    return {"k": "items", "label": block.label, "items": items}


def _table(block: Block, data: Data, paper: str) -> Node:
    rows = _rows(data.get(block.key), block.key)
    share = _WIDTH[paper] / sum(column.fr for column in block.columns)
    runs = [max(4, int(column.fr * share / _WIDEST)) for column in block.columns]
    return {
        "k": "table",
        "label": block.label,
        "number": block.number or "TT",
        "small": block.small,
        "count": f"Tổng số: {figures(len(rows))} {block.count}." if block.count and rows else "",
        "empty": block.empty,
        "columns": [{"label": c.label, "fr": c.fr, "align": c.align} for c in block.columns],
        "rows": [[_cell(c, row, run) for c, run in zip(block.columns, runs, strict=True)] for row in rows],
    }


def _cell(column: Column, row: Data, run: int) -> str:
    text = said(column.type, row.get(column.key), column.key)
    return text.replace(" ", "\n") if column.type == "moment" else loose(text, run)


def _party(party: Party, data: Data) -> Node:
    title = said("long", data.get(party.title_key), party.title_key) if party.title_key else ""
    name = said("text", data.get(party.name), party.name)
    return {"title": narrow(title or party.title), "hint": party.hint, "name": narrow(name)}
