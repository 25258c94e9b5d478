"""Journeys through the public pages."""
