"""Chuyển đổi hàng loạt: lists of addresses in, the same lists with answers out."""
