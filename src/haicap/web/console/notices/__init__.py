"""Tin gửi đi: what waits, what failed, whether the channels answer."""
