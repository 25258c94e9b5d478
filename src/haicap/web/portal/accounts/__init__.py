"""Đăng nhập và tài khoản của tôi."""
