"""Dữ kiện đóng gói: the catalogue and the complete procedures as they come with the program. Pure."""
