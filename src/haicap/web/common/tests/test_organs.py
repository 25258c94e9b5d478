"""Kinds of organs without a unit are words of the page, not names of somebody: every one is translated."""

from __future__ import annotations

from datetime import date

from django.utils import translation

from haicap.domain.powers.formats.cells import organ_names
from haicap.web.common.powers import deciding, words


def test_every_kind_of_a_level_has_its_words():
    levelled = {name for name in organ_names().values() if name.endswith(("cấp tỉnh", "cấp xã"))}
    assert levelled == set(words.ORGANS)


def test_kinds_in_the_language_of_the_page():
    on = date(2026, 11, 22)
    assert deciding.organ_said("commune_chairman", "", on) == "Chủ tịch Ủy ban nhân dân cấp xã"
    with translation.override("en"):
        assert deciding.organ_said("commune_chairman", "", on) == ("Chair of the Commune People's Committee")
        assert deciding.organ_said("district_committee", "", on) == "District People's Committee"
