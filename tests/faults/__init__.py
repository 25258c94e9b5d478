"""The hostile user and the broken machine."""
