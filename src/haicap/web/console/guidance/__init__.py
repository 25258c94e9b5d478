"""Bài viết: written, compared, approved, reviewed; questions the assistant could not answer."""
