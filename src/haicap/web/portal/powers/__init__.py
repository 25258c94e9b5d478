"""Thẩm quyền cho mọi người: who decides what, where, on which day, by which clause."""
