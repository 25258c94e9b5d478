"""Văn bản: search, one document on a day and in a place, what changed, downloads, ELI addresses."""
