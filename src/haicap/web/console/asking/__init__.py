"""Trợ lý ở bàn quản trị: a question tried, and where its words and failures are kept."""
