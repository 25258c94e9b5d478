"""Trợ lý: a question in everyday words → the procedure, power, unit or guidance it means, a question back, or a no."""
