"""Báo tin: letters and short messages on their way out."""
