"""Lịch làm việc: the documents that decide it, and the hours of counters."""
