"""Nhiều hồ sơ một lúc: handed over, taken over, assigned."""
