"""Trang đầu của cán bộ: what I hold, what waits, what happened last."""
