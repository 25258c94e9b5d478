"""Hình vẽ bằng SVG: small drawings made on the server from plain values; templates only write them down."""

from haicap.web.common.drawings.bars import Bars, Lane, Stretch, draw_bars
from haicap.web.common.drawings.flow import Arrow, Box, Flow, draw_flow
from haicap.web.common.drawings.life import Life, Stage, draw_life
from haicap.web.common.drawings.provinces import Map, Region, draw_map
from haicap.web.common.drawings.strip import Strip, StripDay, draw_strip

__all__ = [
    "Arrow",
    "Bars",
    "Box",
    "Flow",
    "Lane",
    "Life",
    "Map",
    "Region",
    "Stage",
    "Stretch",
    "Strip",
    "StripDay",
    "draw_bars",
    "draw_flow",
    "draw_life",
    "draw_map",
    "draw_strip",
]
