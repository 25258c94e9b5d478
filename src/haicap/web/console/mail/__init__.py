"""Thư đến để riêng: mails that a person must look at."""
