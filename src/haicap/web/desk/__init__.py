"""Bàn làm việc: where officers take dossiers in, work on them and hand results out."""
