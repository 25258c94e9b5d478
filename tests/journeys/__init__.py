"""Journeys: a person walks through a door, by the client of the test, no browser."""
