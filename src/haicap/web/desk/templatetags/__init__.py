"""Thẻ của bàn làm việc."""
