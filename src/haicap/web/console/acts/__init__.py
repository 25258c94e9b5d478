"""Văn bản sắp xếp: entering acts that change the map."""
