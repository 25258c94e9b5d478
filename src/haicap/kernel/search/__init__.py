"""Mục lục từ: one index of folded words for whatever has names; no rows, no clock, no network."""
