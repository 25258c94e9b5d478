"""Nay tôi thuộc xã, phường nào? The one question of the front page."""
