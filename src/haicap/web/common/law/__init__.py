"""Văn bản ở mọi cửa: what the portal and the console both show of legal documents."""
