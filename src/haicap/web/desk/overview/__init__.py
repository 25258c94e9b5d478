"""Nhìn chung: my unit today, the leader's view."""
