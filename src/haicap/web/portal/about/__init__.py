"""Giới thiệu, tiếp cận, trạng thái: what the site says about itself."""
