"""API: the door of machines."""
