"""Sổ đăng ký: what is loaded, from where, what is unconfirmed."""
