"""Danh sách việc: lists, exports, search."""
