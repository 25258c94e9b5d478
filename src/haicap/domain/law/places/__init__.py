"""Vị trí trong văn bản: a place in a document as a path, "art_5__para_1__point_đ" ("" = the whole document). Pure.

Segments follow Akoma Ntoso: part (phần), chap (chương), sec (mục), art (điều), para (khoản), point (điểm), item (tiết),
annex (phụ lục). Articles are numbered through a document, so the path of an article names no chapter; inside an annex
it names the annex. Points follow the Vietnamese order a b c d đ e g …, without f, j, w, z.

    read("điểm đ khoản 1 Điều 5") == "art_5__para_1__point_đ";  written(path) == "điều 5 khoản 1 điểm đ"
"""

from haicap.domain.law.places.paths import LETTERS, Level, covers, order, parent, segments, valid, written
from haicap.domain.law.places.reading import read
from haicap.domain.law.places.running import Mention, mentions

__all__ = [
    "LETTERS",
    "Level",
    "Mention",
    "covers",
    "mentions",
    "order",
    "parent",
    "read",
    "segments",
    "valid",
    "written",
]
