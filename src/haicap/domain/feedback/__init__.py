"""Phản ánh, kiến nghị: one queue, one clock, one answer; incidents of systems."""
