"""Thẩm quyền ở mọi cửa: values of the powers room in words. Known by no door in particular."""
