"""Text as it is stored."""

from __future__ import annotations

import pytest

from haicap.base.text import nfc, unturned


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Nghị định \u202e5202/151\u202c", "Nghị định 5202/151"),  # would show as 151/2025
        ("\u2066An\u2069 \u200fBình\u200e", "An Bình"),
        ("Phu\u031bo\u031b\u0300ng\u00a0 Sa\tPa\n", "Phường Sa Pa"),
        ("Đắk Lắk", "Đắk Lắk"),
    ],
)
def test_names_are_shown_in_the_order_in_which_they_are_stored(typed: str, stored: str) -> None:
    assert nfc(typed) == stored
    assert nfc(stored) == stored


def test_white_space_stays_where_only_marks_of_direction_go() -> None:
    assert unturned("a\n\u202e b\u2066\t") == "a\n b\t"
