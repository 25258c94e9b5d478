"""Tiếp nhận: one screen, by keyboard."""
