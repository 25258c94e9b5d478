"""Đơn vị hành chính: units over time, lineage, addresses, organs, posts of officers."""
