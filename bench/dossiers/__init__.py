"""Dossiers: whole lives over HTTP against the same statements in pgbench, lists and look-ups, on an empty and a full database."""
