"""Haicap (hai cấp): the platform of two-tier local government."""

__version__ = "0.1.0"
