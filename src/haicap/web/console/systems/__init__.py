"""Hệ thống, thăm dò, sự cố, bảo trì."""
