"""Quản trị: the door of ministries, provinces and operators."""
