"""Thẩm quyền: who may do what, by which rule, from when until when; what overlaps and what nobody holds."""
