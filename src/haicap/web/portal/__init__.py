"""Cửa công dân: public pages. One question a page; every answer names its date and its legal basis."""
