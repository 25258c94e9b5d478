"""Thẻ của cửa quản trị: tags of the console."""
