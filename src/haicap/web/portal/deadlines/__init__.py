"""Thời hạn và lịch làm việc, for everybody."""
