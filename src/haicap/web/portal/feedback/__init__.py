"""Phản ánh, kiến nghị của người dân: writing a ticket in two steps, following it, public answers and figures."""
