"""Sổ ghi: the append-only record of every change, its deliveries, and the proof that nothing was altered."""
