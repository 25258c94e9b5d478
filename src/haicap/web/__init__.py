"""Doors: portal (citizens), console (administration), api (machines), over a common design system."""
