"""Người dùng: people who sign in, officers and citizens, their proofs and their keys."""
