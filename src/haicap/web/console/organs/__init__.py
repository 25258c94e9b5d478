"""Cơ quan, vị trí, bổ nhiệm: who sits where on which day."""
