"""Tệp đính kèm: bytes kept under their own hash, with their kind, their limits and the day they may go."""
