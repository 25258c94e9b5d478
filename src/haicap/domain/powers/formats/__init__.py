"""Dạng viết: assertions and findings as they come in and go out. Pure."""
