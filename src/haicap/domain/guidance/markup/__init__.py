"""Chữ có định dạng: CommonMark as pieces are written, read into plain blocks. Pure.

read(text)    blocks; what they become (HTML, a paper) is for the doors: nothing an editor typed is ever markup there
faults(text)  what must not stand in a piece: raw HTML, pictures, links to elsewhere than the web
plain(text)   its words alone, for search
"""

from haicap.domain.guidance.markup.blocks import Block, BlockKind, Run, read
from haicap.domain.guidance.markup.judging import LONGEST, check, faults
from haicap.domain.guidance.markup.words import headings, plain, plain_blocks

__all__ = [
    "LONGEST",
    "Block",
    "BlockKind",
    "Run",
    "check",
    "faults",
    "headings",
    "plain",
    "plain_blocks",
    "read",
]
