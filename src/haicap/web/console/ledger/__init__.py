"""Sổ ghi: browsing, verifying, stuck deliveries, anchors."""
