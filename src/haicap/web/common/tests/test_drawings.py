"""Drawings from plain values: nothing overlaps, nothing is left out, nothing leaves its frame."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.web.common.drawings import Arrow, Box, Region, Stage, draw_flow, draw_life, draw_map
from haicap.web.common.drawings.flow import BOX, columns_by_time, gaps
from haicap.web.common.drawings.provinces import level, shapes
from haicap.web.common.drawings.words import width, wrapped

LONG = "Phường Văn Miếu - Quốc Tử Giám mở rộng về phía tây nam thành phố"


def merged(count: int, name: str = "Xã Cũ"):
    boxes = [Box(f"o{i}", 0, f"{name} {i}", "Huyện Xa Lắm Lắm") for i in range(count)]
    arrows = [Arrow(b.key, "n", "part" if i % 2 else "whole") for i, b in enumerate(boxes)]
    return [*boxes, Box("n", 1, "Xã Mới", here=True)], arrows


@pytest.mark.parametrize("count", [1, 2, 3, 20])
def test_many_predecessors_fit_without_overlap(count):
    flow = draw_flow(*merged(count, LONG))
    assert len(flow.boxes) == count + 1 and len(flow.arrows) == count
    assert all(gap >= 0 for gap in gaps(flow))
    assert all(b.y >= 0 and b.y + b.height <= flow.height and b.x + BOX <= flow.width for b in flow.boxes)
    assert flow.width <= 352, "two columns fit a phone"


def test_a_chain_over_several_reforms_has_a_column_each():
    arrows = [("a", "b", 1), ("b", "c", 2), ("x", "c", 2)]
    columns = columns_by_time([d for *_, d in arrows], arrows)
    assert columns == {"a": 0, "b": 1, "c": 2, "x": 1}


def test_arrows_to_nowhere_are_left_out():
    flow = draw_flow([Box("a", 0, "A")], [Arrow("a", "missing")])
    assert flow.arrows == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.text(max_size=60)), min_size=1, max_size=30))
def test_boxes_never_overlap(columns):
    flow = draw_flow([Box(str(i), column, name) for i, (column, name) in enumerate(columns)], [])
    assert all(gap >= 0 for gap in gaps(flow))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.integers(60, 300))
def test_wrapped_words_stay_inside_or_are_single(text, room):
    lines = wrapped(text, room, 14)
    assert 1 <= len(lines) <= 3
    assert all(width(line.rstrip("…"), 14) <= room or " " not in line for line in lines)


def test_map_has_63_shapes_and_both_archipelagos():
    assert len(shapes()["shapes"]) == 63
    drawn = draw_map([Region(code, (code,)) for code in shapes()["shapes"]])
    assert all(d.d.startswith("M") for d in drawn.regions)
    islands = {" ".join(i.name) for d in drawn.regions for i in d.islands}
    assert islands == {"Quần đảo Hoàng Sa", "Quần đảo Trường Sa"}


def test_map_draws_what_stands_out_last():
    drawn = draw_map([Region("A", ("01",), here=True), Region("B", ("79",))])
    assert [d.region.name for d in drawn.regions] == ["B", "A"]


@pytest.mark.parametrize(("value", "expected"), [(0, 0), (1, 1), (50, 3), (100, 5)])
def test_levels(value, expected):
    assert level(value, 100) == expected


def test_life_places_stages_downwards():
    drawn = draw_life([Stage("trước 2019", LONG, "Huyện"), Stage("từ 01/07/2025", "Phường Mới", now=True)])
    first, second = drawn.stages
    assert first.y < second.y <= drawn.height
    assert second.last


def test_svg_text_is_escaped_and_numbers_have_points():
    flow = draw_flow([Box("a", 0, '<script>"&', href="/x?a=1&b=2")], [])
    html = Template("{% lineage_flow flow 'Sơ đồ' %}").render(Context({"flow": flow}))
    assert "<script>" not in html and "&amp;b=2" in html
    assert not re.search(r'(x|y|width|height)="[\d]+,[\d]', html)
    assert "style=" not in html
