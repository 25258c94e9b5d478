"""Phản ánh, kiến nghị in words, for every door."""
