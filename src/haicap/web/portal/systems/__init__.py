"""Trang trạng thái: what works, what does not since when, what is planned, what happened in 90 days."""
