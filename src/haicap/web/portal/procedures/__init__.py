"""Thủ tục: the catalogue, one procedure on a day, its versions side by side, its form, exports."""
