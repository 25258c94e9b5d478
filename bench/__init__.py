"""Measurements: `make bench` prints them as one table with the limit each must hold."""
