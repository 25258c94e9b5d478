"""Dạng viết ra và đọc vào: rows as they come in and go out (workbooks, JSON, Akoma Ntoso, ELI addresses). Pure."""
