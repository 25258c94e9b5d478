"""Hệ thống và sự cố bằng lời và hình, for every door that shows them."""
