"""Composition: settings, addresses of pages, wiring of slots, the command line, the launcher."""
