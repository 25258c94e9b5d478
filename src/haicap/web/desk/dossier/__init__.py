"""Một hồ sơ: everything about it and the next actions."""
