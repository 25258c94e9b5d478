"""Thủ tục: the catalogue as its controllers keep it."""
