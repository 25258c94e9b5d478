"""Hỏi: the assistant's page, what people thought of its answers, how often it errs."""
