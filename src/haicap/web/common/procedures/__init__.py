"""Thủ tục thành chữ: the words, sums and pieces that citizens and controllers see alike."""

from haicap.web.common.procedures import words
from haicap.web.common.procedures.differences import Section, side_by_side
from haicap.web.common.procedures.forms import PageShown, pages_shown
from haicap.web.common.procedures.shown import Shown, shown

__all__ = ["PageShown", "Section", "Shown", "pages_shown", "shown", "side_by_side", "words"]
