"""Thời hạn: the working calendar, when something is due, and the proof of it."""
