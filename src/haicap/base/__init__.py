"""Cellar: plain Python values that every storey may use. No Django."""
