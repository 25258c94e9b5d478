"""Tài khoản cán bộ: accounts, locks, second factors, keys for machines."""
