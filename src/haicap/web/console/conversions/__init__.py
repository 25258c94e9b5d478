"""Chuyển đổi hàng loạt: how far lists are, in figures only."""
