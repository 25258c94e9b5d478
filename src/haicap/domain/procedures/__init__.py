"""Thủ tục hành chính: the catalogue of administrative procedures, its versions and how each is published."""
