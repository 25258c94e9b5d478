"""A real browser looks at every page."""
