"""Nền chung của các cửa: the design system, and what every page needs before it knows what it shows."""
